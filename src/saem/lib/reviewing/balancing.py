"""Gives reviews so that works get as equal numbers as can be, one after the other, along the best exchange.

Each new review goes to the work with the fewest that can be reached, by the reviewer or by reviewers who pass theirs
on (Harvey, Ladner, Lovász and Tamir 2006, Semi-matchings for bipartite graphs and load balancing,
doi:10.1016/j.jalgor.2004.01.003). Where no such exchange is left, no other assignment is more even.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass
class Table:
    """`may`: the works of each reviewer, in the order that decides between equals. `kept` ones are never passed on."""

    may: Mapping[str, Sequence[str]]
    kept: Mapping[str, frozenset[str]]
    given: dict[str, set[str]] = field(default_factory=dict)
    loads: dict[str, int] = field(default_factory=dict)
    # Who could pass a work's review on; a dict, whose order is the order in which they came.
    _holders: dict[str, dict[str, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = {reviewer: set(self.kept.get(reviewer, ())) for reviewer in self.may}
        self.loads = {work: 0 for works in self.may.values() for work in works}
        for works in self.kept.values():
            for work in works:
                self.loads[work] = self.loads.get(work, 0) + 1
        self._holders = {work: {} for work in self.loads}

    def add(self, reviewer: str) -> bool:
        """One more review of the reviewer; whether there is a work left for them."""
        before = self._reached(reviewer)
        if not before:
            return False
        self._pass_on(min(before, key=lambda work: (self.loads[work], before[work][0])), before)
        return True

    def even_out(self) -> None:
        """Pass reviews on from works that have two more than others can be given."""
        while any(self._relieve(work) for work in self._crowded()):
            pass

    def _crowded(self) -> list[str]:
        least = min(self.loads.values(), default=0)
        crowded = [work for work, load in self.loads.items() if load >= least + 2]
        return sorted(crowded, key=lambda work: -self.loads[work])

    def _relieve(self, work: str) -> bool:
        for reviewer in list(self._holders[work]):
            before = self._reached(reviewer)
            best = min(before, key=lambda other: (self.loads[other], before[other][0]), default=None)
            if best is not None and self.loads[best] <= self.loads[work] - 2:
                self._remove(reviewer, work)
                self._pass_on(best, before)
                return True
        return False

    def _reached(self, start: str) -> dict[str, tuple[int, str, str | None]]:
        """Works by how they are reached: distance, the reviewer who would take it, and the work they would pass on for
        it.
        """
        before: dict[str, tuple[int, str, str | None]] = {}
        waiting: deque[tuple[int, str, str | None]] = deque([(0, start, None)])
        least = min(self.loads.values(), default=0)
        while waiting:
            distance, reviewer, instead_of = waiting.popleft()
            for work in self.may[reviewer]:
                if work in before or work in self.given[reviewer]:
                    continue
                before[work] = (distance, reviewer, instead_of)
                if self.loads[work] == least:
                    return before
                waiting.extend((distance + 1, holder, work) for holder in self._holders[work])
        return before

    def _pass_on(self, work: str, before: Mapping[str, tuple[int, str, str | None]]) -> None:
        target: str | None = work
        while target is not None:
            _, reviewer, instead_of = before[target]
            self.given[reviewer].add(target)
            self._holders[target][reviewer] = None
            self.loads[target] += 1
            if instead_of is not None:
                self._remove(reviewer, instead_of)
            target = instead_of

    def _remove(self, reviewer: str, work: str) -> None:
        self.given[reviewer].remove(work)
        del self._holders[work][reviewer]
        self.loads[work] -= 1
