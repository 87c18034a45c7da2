"""What of a mentor fits a team, what does not, and what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum

from saem.lib.matching.people import Mentor, Period, Team, Weights


class Bar(StrEnum):
    CONFLICT = "conflict"  # a shared tie, or declared
    NOT_VETTED = "not_vetted"
    VETTING_ENDS = "vetting_ends"  # or has not begun: it does not hold on every day of the period
    LANGUAGE = "language"
    TIME = "time"


@dataclass(frozen=True)
class Fit:
    """`points` is what the pair is worth without loads. `missing` are the team's topics that the mentor has not;
    `wish` is the place among the team's wishes, from 1, or None. With any of `bars` the pair is impossible.
    """

    points: int
    topics: frozenset[str]
    missing: frozenset[str]
    languages: frozenset[str]
    times: frozenset[str]
    wish: int | None
    bars: tuple[Bar, ...]


def fit(team: Team, mentor: Mentor, period: Period, weights: Weights) -> Fit:
    topics, times = team.topics & mentor.topics, team.times & mentor.times
    wish = team.wishes.index(mentor.id) + 1 if mentor.id in team.wishes else None
    # Whole numbers, so that ties are ties; a team without topics is at home with everybody.
    points = weights.topics * len(topics) // len(team.topics) if team.topics else weights.topics
    points += weights.time * min(len(times), weights.most_times)
    points += max(0, weights.wish - weights.wish_step * (wish - 1)) if wish else 0
    languages = team.languages & mentor.languages
    return Fit(points, topics, team.topics - topics, languages, times, wish, bars(team, mentor, period))


def bars(team: Team, mentor: Mentor, period: Period) -> tuple[Bar, ...]:
    found = []
    if mentor.id in team.barred or team.ties & mentor.ties:
        found.append(Bar.CONFLICT)
    if mentor.vetted_from is None or mentor.vetted_until is None:
        found.append(Bar.NOT_VETTED)
    elif not mentor.vetted_from <= period.first <= period.last <= mentor.vetted_until:
        found.append(Bar.VETTING_ENDS)
    if team.languages and not team.languages & mentor.languages:
        found.append(Bar.LANGUAGE)
    if team.times and not team.times & mentor.times:
        found.append(Bar.TIME)
    return tuple(found)
