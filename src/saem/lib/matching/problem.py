"""The matching as numbers: what pairs cost, what loads cost, and the best assignment of teams to places.

Places of a mentor are columns of their own, each dearer than the one before, so that a linear assignment (Jonker and
Volgenant, as in scipy) spreads loads by itself; a team's own column is to go without. Costs are whole numbers that
floats hold exactly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Integers = NDArray[np.int64]

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Problem:
    """`costs` (t, m): points below the best that a pair could have; `may` (t, m); `places` and `has` (m,); `load`: what
    each further team of a mentor costs more than the one before; `top` points are those at cost 0.
    """

    costs: Integers
    may: NDArray[np.bool_]
    places: Integers
    has: Integers
    load: int
    top: int = 0

    @property
    def room(self) -> Integers:
        room: Integers = np.clip(self.places - self.has, 0, len(self.costs))
        return room

    @property
    def without(self) -> int:
        """The cost of a team that goes without: more than everything else together can save."""
        dearest = int(self.costs.max(initial=0)) + self.load * int((self.has + self.room).max(initial=0))
        return (dearest + 1) * (len(self.costs) + 1)

    def next_place(self, loads: Integers) -> Integers:
        """What one more team costs each mentor (m,) who has `loads` teams of this matching."""
        return self.load * (self.has + loads)

    def loads(self, given: Integers) -> Integers:
        return np.bincount(given[given != NOBODY], minlength=len(self.places)).astype(np.int64)

    def cost(self, given: Integers) -> int:
        """Of mentors (t,) for the teams, NOBODY for none."""
        is_given = given != NOBODY
        pairs = int(self.costs[np.flatnonzero(is_given), given[is_given]].sum())
        loads = self.loads(given)
        steps = self.load * (self.has * loads + loads * (loads - 1) // 2)
        return pairs + int(steps.sum()) + self.without * int((~is_given).sum())

    def solved(self) -> Integers:
        """A mentor (t,) for each team or NOBODY, at the least cost."""
        count = len(self.costs)
        owners = np.repeat(np.arange(len(self.places)), self.room)
        order = np.concatenate([np.arange(room) for room in self.room]) if len(owners) else np.empty(0, np.int64)
        # A team that may not have a mentor is better off without anybody, at twice that price never chosen.
        pairs = np.where(self.may, self.costs, 2 * self.without)[:, owners]
        columns = np.hstack([pairs + self.load * (self.has[owners] + order), np.full((count, count), self.without)])
        rows, chosen = linear_sum_assignment(columns)
        given = np.full(count, NOBODY, dtype=np.int64)
        is_place = chosen < len(owners)
        given[rows[is_place]] = owners[chosen[is_place]]
        return given
