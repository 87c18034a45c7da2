"""Of equally good assignments the one that the declared order names: the first team's best mentor, then the second's …

A team's best is its higher points, then the mentor who is declared first. Equally good assignments have the same dual
prices, so that one set of prices says which moves cost nothing, whatever was moved before (complementary slackness).
"""

from collections import deque

import numpy as np
from numpy.typing import NDArray

from saem.lib.matching.exchanges import Exchanges, Step
from saem.lib.matching.problem import NOBODY, Integers, Problem


def ordered(problem: Problem, given: Integers) -> Integers:
    """Move along exchanges that cost nothing, team by team; a team that has had its turn stays."""
    free = _FreeMoves(problem, given)
    for team in range(len(given)):
        for mentor in free.preferred(team):
            if free.move(team, mentor):
                break
        free.fixed[team] = True
    return free.given


class _FreeMoves:
    def __init__(self, problem: Problem, given: Integers) -> None:
        self._problem, self._nobody = problem, len(problem.places)
        self.given, self.fixed = given.copy(), np.zeros(len(given), dtype=np.bool_)
        self._loads = problem.loads(given)
        exchanges = Exchanges(problem, given)
        self._potentials = exchanges.potentials
        nodes = np.where(given == NOBODY, self._nobody, given)
        over = exchanges.prices - self._potentials
        slack = over - over[np.arange(len(given)), nodes][:, None]
        self._is_free: NDArray[np.bool_] = slack == 0
        self._is_free[:, :-1] &= problem.may

    def preferred(self, team: int) -> list[int]:
        """Mentors that cost nothing and that the team would rather have than the one it has, the best first."""
        costs, now = self._problem.costs[team], int(self.given[team])
        order = [int(each) for each in np.argsort(costs, kind="stable")]
        better = order if now == NOBODY else order[: order.index(now)]
        return [mentor for mentor in better if self._is_free[team, mentor]]

    def move(self, team: int, mentor: int) -> bool:
        """Give the team the mentor, and whoever must move the next one; whether that costs nothing."""
        start, end = mentor, self._node(team)
        self.fixed[team] = True
        before: dict[int, tuple[int, int]] = {start: (start, team)}
        waiting = deque([start])
        while waiting and end not in before:
            node = waiting.popleft()
            for mover, to in self._onward(node):
                if to not in before:
                    before[to] = (node, mover)
                    waiting.append(to)
        if end not in before:
            self.fixed[team] = False
            return False
        steps, node = [Step(team, mentor)], end
        while node != start:
            source, mover = before[node]
            if mover != NOBODY:
                steps.append(Step(mover, node if node != self._nobody else NOBODY))
            node = source
        for step in steps:
            self.given[step.team] = step.mentor
        self._loads = self._problem.loads(self.given)
        return True

    def _onward(self, node: int) -> list[tuple[int, int]]:
        """Who may move on from here and where to, at no cost; NOBODY where a place is taken or given back."""
        here = NOBODY if node == self._nobody else node
        teams = np.flatnonzero((self.given == here) & ~self.fixed)
        free = self._is_free[teams]
        found = [(int(teams[free[:, to].argmax()]), int(to)) for to in np.flatnonzero(free.any(axis=0))]
        difference = self._potentials[:-1] - self._potentials[-1]
        if node != self._nobody:
            next_place = self._problem.next_place(self._loads)[node]
            has_room = self._loads[node] < self._problem.room[node]
            return [*found, (NOBODY, self._nobody)] if has_room and next_place + difference[node] == 0 else found
        back = (self._loads > 0) & (self._problem.next_place(self._loads - 1) + difference == 0)
        return [*found, *((NOBODY, int(mentor)) for mentor in np.flatnonzero(back))]

    def _node(self, team: int) -> int:
        return self._nobody if self.given[team] == NOBODY else int(self.given[team])
