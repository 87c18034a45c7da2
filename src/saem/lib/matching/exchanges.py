"""What it would cost to give a team another mentor: the cheapest chain of teams that move on.

The residual graph of the assignment has a node for each mentor and one for nobody. An edge means that a team moves; to
nobody means that a place is taken, or that a team goes without. In a best assignment no cycle costs less than nothing,
so that shortest paths exist (Floyd and Warshall); a cycle below nothing would prove that the assignment is not the
best.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import NegativeCycleError, csgraph_from_dense, floyd_warshall

from saem.lib.matching.problem import NOBODY, Integers, Problem

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """A team moves from one mentor to another (NOBODY: none)."""

    team: int
    mentor: int


@dataclass(frozen=True, eq=False)
class Exchanges:
    """Of an assignment `given` (t,)."""

    problem: Problem
    given: Integers

    @cached_property
    def prices(self) -> Integers:
        """What each team pays for each mentor (t, m + 1), the last being nobody."""
        without = np.full((len(self.given), 1), self.problem.without)
        return np.hstack([self.problem.costs, without])

    @cached_property
    def _edges(self) -> tuple[Floats, Integers]:
        """Weights (m + 1, m + 1) and the team that moves, NOBODY where only a place is taken or given back."""
        count = len(self.problem.places)
        weights, movers = np.full((count + 1, count + 1), np.inf), np.full((count + 1, count + 1), NOBODY)
        for source in range(count + 1):
            teams = np.flatnonzero(np.where(self.given == NOBODY, count, self.given) == source)
            if not len(teams):
                continue
            change = (self.prices[teams] - self.prices[teams, source][:, None]).astype(np.float64)
            change[:, :count][~self.problem.may[teams]] = np.inf
            best = change.argmin(axis=0)
            weights[source], movers[source] = change[best, np.arange(count + 1)], teams[best]
        self._with_places(weights, movers)
        np.fill_diagonal(weights, np.inf)
        return weights, movers

    def _with_places(self, weights: Floats, movers: Integers) -> None:
        loads = self.problem.loads(self.given)
        last = len(loads)
        taken = np.where(loads < self.problem.room, self.problem.next_place(loads), np.inf)
        back = np.where(loads > 0, -self.problem.next_place(loads - 1), np.inf).astype(np.float64)
        movers[:last, last] = np.where(taken <= weights[:last, last], NOBODY, movers[:last, last])
        weights[:last, last] = np.minimum(weights[:last, last], taken)
        movers[last, :last] = np.where(back <= weights[last, :last], NOBODY, movers[last, :last])
        weights[last, :last] = np.minimum(weights[last, :last], back)

    @cached_property
    def _paths(self) -> tuple[Floats, Integers]:
        # Moves that cost nothing are edges, too.
        graph = csgraph_from_dense(self._edges[0], null_value=np.inf)
        distances, before = floyd_warshall(graph, return_predecessors=True)
        return distances, before

    @cached_property
    def potentials(self) -> Floats:
        """A number (m + 1,) for each node, by which no edge of a best assignment costs less than nothing."""
        potentials: Floats = np.minimum(self._paths[0].min(axis=0), 0)
        return potentials

    @cached_property
    def is_best(self) -> bool:
        """Whether no exchange makes anything better: the certificate of the assignment."""
        try:
            return bool((np.diag(self._paths[0]) >= 0).all())
        except NegativeCycleError:
            return False

    def price(self, team: int, mentor: int) -> int | None:
        """How many points less all get together where `team` has `mentor`; None where that is impossible."""
        if not self.problem.may[team, mentor]:
            return None
        rest = self._paths[0][mentor, self._node(team)]
        change = self.prices[team, mentor] - self.prices[team, self._node(team)]
        return int(change + rest) if np.isfinite(rest) else None

    def chain(self, team: int, mentor: int) -> tuple[Step, ...]:
        """All moves, that of `team` first. Raises ValueError where `price` is None."""
        if self.price(team, mentor) is None:
            raise ValueError("impossible")
        steps, node = [], self._node(team)
        while node != mentor:
            before = int(self._paths[1][mentor, node])
            mover = int(self._edges[1][before, node])
            if mover != NOBODY:
                steps.append(Step(mover, node if node < len(self.problem.places) else NOBODY))
            node = before
        return (Step(team, mentor), *reversed(steps))

    def reachable(self, team: int) -> NDArray[np.bool_]:
        """Mentors (m,) one more place with whom would give `team` a mentor without taking another team's."""
        edges = np.isfinite(self._edges[0][:-1, :-1])
        found: NDArray[np.bool_] = self.problem.may[team].copy()
        while (more := found | edges[found].any(axis=0)).sum() > found.sum():
            found = more
        return found

    def absorbing(self) -> NDArray[np.bool_]:
        """Mentors (m,) who could take one more team, if others moved on, without anybody going without."""
        edges = np.isfinite(self._edges[0][:-1, :-1])
        found: NDArray[np.bool_] = self.problem.loads(self.given) < self.problem.room
        while (more := found | edges[:, found].any(axis=1)).sum() > found.sum():
            found = more
        return found

    def _node(self, team: int) -> int:
        return len(self.problem.places) if self.given[team] == NOBODY else int(self.given[team])
