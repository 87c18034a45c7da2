"""How many of each kind of people can be chosen: integer programs over counts, solved by HiGHS and checked exactly.

People who belong to the same quotas are of one kind and interchangeable, so that ten thousand applications under six
quotas are at most 64 whole numbers. HiGHS (Huangfu and Hall 2018, doi:10.1007/s12532-017-0130-5) works in floating
point; every coefficient here is 0 or ±1 and every bound an integer, the relative gap is set to nothing (its default,
1e-4, would give a seat of 10,000 away), and each answer is rounded and verified in integers.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from saem.lib.selection.errors import SolverError

Counts = NDArray[np.int64]
Booleans = NDArray[np.bool_]
_INFEASIBLE, _UNBOUNDED_OR_INFEASIBLE = 2, 4
# More than anybody can be; an infinite bound in integers.
FREE = np.int64(2**40)


class End(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@dataclass(frozen=True, order=True)
class Side:
    """One side of a constraint: a quota's least or most number; an empty `quota` is the seats themselves."""

    quota: str
    end: End


@dataclass(frozen=True, eq=False)
class Limits:
    """What the count of each quota, and last the count of all, may be: `least` and `most` (q + 1,), people."""

    least: Counts
    most: Counts

    def without(self, row: int, end: End) -> "Limits":
        least, most = self.least.copy(), self.most.copy()
        if end is End.AT_LEAST:
            least[row] = 0
        else:
            most[row] = FREE
        return Limits(least, most)

    def only(self, sides: Collection[Side], names: Sequence[str]) -> "Limits":
        """These sides alone; `names` are those of the rows."""
        least = [low if Side(name, End.AT_LEAST) in sides else 0 for name, low in zip(names, self.least, strict=True)]
        most = [high if Side(name, End.AT_MOST) in sides else FREE for name, high in zip(names, self.most, strict=True)]
        return Limits(np.array(least, dtype=np.int64), np.array(most, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Kinds:
    """`rows` (q + 1, k): whether a kind counts for a quota, and last a row of ones; `supply` (k,): people there are."""

    rows: Counts
    supply: Counts

    def find(self, taken: Counts, limits: Limits) -> Counts | None:
        """Counts (k,) from `taken` to `supply` that keep the limits, or None where there are none."""
        if (taken > self.supply).any() or (self.rows @ taken > limits.most).any():
            return None
        return self._solve(np.zeros(self.rows.shape[1]), self.rows, (limits.least, limits.most), taken, self.supply)

    def most_people(self, taken: Counts, limits: Limits) -> int:
        """The largest number of people; the limits must be such that some counts keep them."""
        cost = -np.ones(self.rows.shape[1])
        found = self._solve(cost, self.rows, (limits.least, limits.most), taken, self.supply)
        if found is None:
            raise SolverError("no counts keep limits that some counts keep")
        return int(found.sum())

    def least_stretch(self, taken: Counts, limits: Limits, floors: Counts, caps: Counts) -> Counts | None:
        """By how much (q + 1,) the limits must give way, in the least sum; `floors` and `caps` say how far each may.

        None where that is not enough.
        """
        quotas, kinds = self.rows.shape
        # One more variable for each row, which lifts its sum to the floor and lowers it to the cap.
        lift = np.block([[self.rows, np.diag(floors > 0)], [self.rows, -np.diag(caps > 0).astype(np.int64)]])
        free = np.full(quotas, FREE)
        sides = np.concatenate([limits.least, -free]), np.concatenate([free, limits.most])
        low = np.concatenate([taken, np.zeros(quotas, dtype=np.int64)])
        high = np.concatenate([self.supply, np.maximum(floors, caps)])
        found = self._solve(np.repeat([0.0, 1.0], [kinds, quotas]), lift, sides, low, high)
        return None if found is None else found[kinds:]

    @staticmethod
    def _solve(
        cost: NDArray[np.float64], matrix: Counts, sides: tuple[Counts, Counts], low: Counts, high: Counts
    ) -> Counts | None:
        """Integers from `low` to `high` of the least cost whose sums by `matrix` lie between the sides, or None."""
        least = np.where(sides[0] <= -FREE, -np.inf, sides[0])
        most = np.where(sides[1] >= FREE, np.inf, sides[1])
        done = milp(
            cost,
            constraints=LinearConstraint(matrix, least, most),
            integrality=np.ones(len(cost)),
            bounds=Bounds(low, high),
            options={"mip_rel_gap": 0.0},
        )
        if done.x is None:
            # All variables are bounded, so "unbounded or infeasible" is infeasible.
            if done.status in {_INFEASIBLE, _UNBOUNDED_OR_INFEASIBLE}:
                return None
            raise SolverError(done.message)
        found: Counts = np.rint(done.x).astype(np.int64)
        sums = matrix @ found
        if (found < low).any() or (found > high).any() or (sums < sides[0]).any() or (sums > sides[1]).any():
            raise SolverError("counts that do not keep the limits")
        return found

    def conflict(self, taken: Counts, limits: Limits, names: Sequence[str]) -> tuple[Side, ...]:
        """An irreducible set of sides that cannot hold together: without any one of them, the others can.

        By the deletion filter (Chinneck and Dravnieks 1991, doi:10.1287/ijoc.3.2.157), sides of rows from the last to
        the first, the seats at the end; so what is declared first is named. The limits must be infeasible. Where one
        row alone is over its most, that row is the answer.
        """
        over = np.flatnonzero(self.rows @ taken > limits.most)
        if over.size:
            return (Side(names[over[0]], End.AT_MOST),)
        kept: list[tuple[int, End]] = []
        for row in [*range(len(self.rows) - 2, -1, -1), len(self.rows) - 1]:
            for end in (End.AT_LEAST, End.AT_MOST):
                if limits.least[row] <= 0 if end is End.AT_LEAST else limits.most[row] >= FREE:
                    continue
                looser = limits.without(row, end)
                if self.find(taken, looser) is None:
                    limits = looser
                else:
                    kept.append((row, end))
        return tuple(Side(names[row], end) for row, end in sorted(kept))
