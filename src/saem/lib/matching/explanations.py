"""Why a team has its mentor and not the one it wished for, and what would have to change for those without one."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.matching.exchanges import Exchanges
from saem.lib.matching.fitting import Bar, Fit, bars
from saem.lib.matching.people import Mentor, Period, Team
from saem.lib.matching.problem import NOBODY, Integers


@dataclass(frozen=True)
class Move:
    """A team that would have to move; None: no mentor."""

    team: str
    mentor: str | None


@dataclass(frozen=True)
class Refusal:
    """Why not this mentor: `bars` make the pair impossible; else `holders` have the places, and giving one to this
    team would cost all teams together `cost` points by these `moves`. `leaves` is how many teams more would then go
    without a mentor (`cost` may then be below nothing: goals come in an order). A cost of 0 is a tie that the declared
    order ended.
    """

    mentor: str
    bars: tuple[Bar, ...]
    holders: tuple[str, ...]
    cost: int | None
    leaves: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Change:
    """With this mentor the team would have somebody, if only this were otherwise."""

    mentor: str
    bar: Bar


@dataclass(frozen=True)
class Shortage:
    """These teams can be given to these mentors only, who have `room` for them."""

    teams: tuple[str, ...]
    mentors: tuple[str, ...]
    room: int


@dataclass(frozen=True)
class Matched:
    """`first_wish` is None where the team wished for nobody or has its first wish."""

    team: str
    mentor: str
    fit: Fit
    first_wish: Refusal | None


@dataclass(frozen=True)
class Unmatched:
    """`more_places`: one more place with any of them is enough. `changes`: so is one of these. `shortage` is None
    where nobody may be given to the team at all.
    """

    team: str
    more_places: tuple[str, ...]
    changes: tuple[Change, ...]
    shortage: Shortage | None


def _places(are: NDArray[np.bool_]) -> list[int]:
    return [int(place) for place in np.flatnonzero(are)]


class Explainer:
    """Explains one assignment."""

    def __init__(self, teams: Sequence[Team], mentors: Sequence[Mentor], period: Period, exchanges: Exchanges) -> None:
        self._teams, self._mentors, self._period, self._exchanges = teams, mentors, period, exchanges
        self._places = {mentor.id: place for place, mentor in enumerate(mentors)}
        self._given: Integers = exchanges.given

    def refusal(self, team: int, mentor: int) -> Refusal:
        """Why the team has not this mentor."""
        name = self._mentors[mentor].id
        found = bars(self._teams[team], self._mentors[mentor], self._period)
        holders = tuple(self._teams[each].id for each in _places(self._given == mentor))
        cost = self._exchanges.price(team, mentor)
        if cost is None:
            return Refusal(name, found, holders, None, 0, ())
        steps = self._exchanges.chain(team, mentor)
        moved = self._given.copy()
        for step in steps:
            moved[step.team] = step.mentor
        leaves = int((moved == NOBODY).sum() - (self._given == NOBODY).sum())
        moves = tuple(Move(self._teams[step.team].id, self._name(step.mentor)) for step in steps[1:])
        # Without a mentor a team costs a large number, which stands for the points it no longer has.
        problem = self._exchanges.problem
        return Refusal(name, found, holders, cost - leaves * (problem.without - problem.top), leaves, moves)

    def first_wish(self, team: int) -> Refusal | None:
        wishes = self._teams[team].wishes
        if not wishes or self._places[wishes[0]] == self._given[team]:
            return None
        return self.refusal(team, self._places[wishes[0]])

    def unmatched(self, team: int) -> Unmatched:
        reached = self._exchanges.reachable(team)
        changes = []
        for place in _places(self._exchanges.absorbing()):
            found = bars(self._teams[team], self._mentors[place], self._period)
            # A conflict is not changed for a mentor's sake.
            if len(found) == 1 and found[0] is not Bar.CONFLICT:
                changes.append(Change(self._mentors[place].id, found[0]))
        more = tuple(self._mentors[place].id for place in _places(reached))
        return Unmatched(self._teams[team].id, more, tuple(changes), self._shortage(reached) if more else None)

    def _shortage(self, mentors: NDArray[np.bool_]) -> Shortage:
        """All teams that may have these mentors only; they are more than there is room."""
        problem = self._exchanges.problem
        others = problem.may[:, ~mentors].any(axis=1)
        only: NDArray[np.bool_] = np.logical_and(problem.may.any(axis=1), np.logical_not(others))
        return Shortage(
            tuple(self._teams[team].id for team in _places(only)),
            tuple(self._mentors[place].id for place in _places(mentors)),
            int(problem.room[mentors].sum()),
        )

    def _name(self, mentor: int) -> str | None:
        return None if mentor == NOBODY else self._mentors[mentor].id
