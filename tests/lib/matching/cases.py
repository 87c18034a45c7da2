"""Small matchings at random, and the best of all assignments."""

import itertools
import random
from collections.abc import Sequence
from datetime import date

from saem.lib.matching import Mentor, Period, Team, Weights, fit

PERIOD = Period(date(2026, 3, 2), date(2026, 7, 17))
WEIGHTS = Weights(load=20)


def some(words: str, rng: random.Random, share: float) -> frozenset[str]:
    return frozenset(word for word in words if rng.random() < share)


def mentor(name: str, rng: random.Random, words: str = "abc") -> Mentor:
    until = date(2026, 7, 17) if rng.random() < 0.8 else date(2026, 7, 16)
    return Mentor(
        id=name, places=rng.randint(0, 2), has=rng.choice([0, 0, 1]), topics=some(words, rng, 0.5),
        languages=some("ke", rng, 0.7), times=some("mtw", rng, 0.6), ties=some("xyz", rng, 0.1),
        vetted_from=date(2026, 3, 2), vetted_until=until,
    )  # fmt: skip


def team(name: str, mentors: Sequence[Mentor], rng: random.Random, words: str = "abc") -> Team:
    wishes = rng.sample([each.id for each in mentors], min(len(mentors), rng.randint(0, 3)))
    return Team(
        id=name, topics=some(words, rng, 0.5), languages=some("ke", rng, 0.4), times=some("mtw", rng, 0.5),
        wishes=tuple(wishes), ties=some("xyz", rng, 0.1),
    )  # fmt: skip


def small(rng: random.Random) -> tuple[list[Team], list[Mentor]]:
    mentors = [mentor(f"M{number}", rng) for number in range(rng.randint(0, 4))]
    return [team(f"T{number}", mentors, rng) for number in range(rng.randint(0, 5))], mentors


def value(
    teams: Sequence[Team], mentors: Sequence[Mentor], given: Sequence[int | None]
) -> tuple[int, int, list[tuple[int, int]]] | None:
    """What the goals compare, the greatest being best: teams with a mentor, points, then each team's in their order; None where
    the assignment is not allowed.
    """
    points, order = 0, []
    loads = [each.has for each in mentors]
    for each, place in zip(teams, given, strict=True):
        if place is None:
            order.append((-1, 0))
            continue
        found = fit(each, mentors[place], PERIOD, WEIGHTS)
        if found.bars or loads[place] >= mentors[place].places:
            return None
        points += found.points - WEIGHTS.load * loads[place]
        loads[place] += 1
        order.append((found.points, -place))
    return len(teams) - list(given).count(None), points, order


def best(
    teams: Sequence[Team], mentors: Sequence[Mentor]
) -> tuple[tuple[int, int, list[tuple[int, int]]], tuple[int | None, ...]]:
    """The best of all assignments, by trying them."""
    choices: list[int | None] = [None, *range(len(mentors))]
    tried = ((value(teams, mentors, given), given) for given in itertools.product(choices, repeat=len(teams)))
    return max(((worth, given) for worth, given in tried if worth is not None), key=lambda pair: pair[0])
