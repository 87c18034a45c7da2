"""Who is matched: teams, mentors, and how much each thing is worth."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from saem.lib.matching.errors import RangeError, RepeatedError, UnknownError

_MOST = 10_000


@dataclass(frozen=True, kw_only=True)
class Team:
    """`wishes` are mentors, the first wish first; `ties` are names as "school:B10-7010537" that no mentor may share.

    Empty `languages` or `times` ask for nothing. `barred` are mentors with a declared conflict.
    """

    id: str
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    wishes: tuple[str, ...] = ()
    ties: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Mentor:
    """`places` teams at most, `has` of them already elsewhere. Vetting (성범죄 경력 조회 and others) holds from
    `vetted_from` to `vetted_until`, both included; None: not vetted.
    """

    id: str
    places: int
    has: int = 0
    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    vetted_from: date | None = None
    vetted_until: date | None = None


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise RangeError(f"{self.first} to {self.last}")


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Points. `topics`: all of a team's topics are the mentor's, part of them proportionally. `time`: each shared
    time, up to `most_times`. `wish`: the first wish; each later one is worth `wish_step` less, never below nothing.
    `load`: taken from a mentor's second team, twice from the third, and so on, so that loads are even where fits are.
    """

    topics: int = 100
    time: int = 10
    most_times: int = 3
    wish: int = 60
    wish_step: int = 20
    load: int = 15

    def __post_init__(self) -> None:
        if not all(0 <= getattr(self, field.name) <= _MOST for field in fields(self)):
            raise RangeError("weights")


def check(teams: Sequence[Team], mentors: Sequence[Mentor]) -> None:
    """Raises RepeatedError, UnknownError or RangeError, with the name that is wrong."""
    for kind in (teams, mentors):
        for name, count in Counter(each.id for each in kind).items():
            if count > 1:
                raise RepeatedError(name)
    known = {mentor.id for mentor in mentors}
    for team in teams:
        strangers = [name for name in team.wishes if name not in known]
        if strangers or len(set(team.wishes)) < len(team.wishes):
            raise (UnknownError(f"{team.id}: {strangers[0]}") if strangers else RepeatedError(f"wishes of {team.id}"))
    for mentor in mentors:
        if not (0 <= mentor.places <= _MOST and 0 <= mentor.has <= _MOST):
            raise RangeError(mentor.id)
