"""An item bank as tables on a grid of abilities, so that a step of an adaptive test is a look-up."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.irt.bank import ItemBank
from saem.lib.learners.responses import Floats

from .posterior import GridPosterior, ability_grid

# A chance of exactly 0 or 1 would make one response final; every table stays this far from both.
SMALLEST = 1e-12


@dataclass(frozen=True)
class Precomputed:
    """Tables of n items on a grid of k abilities.

    `right` and `wrong` (n, k) are the chances of both responses: one row is the likelihood of one response.
    `information` (k, n) is Fisher's: one row ranks the items at one ability.
    """

    bank: ItemBank
    grid: Floats
    right: Floats
    wrong: Floats
    information: Floats

    @classmethod
    def of(cls, bank: ItemBank, grid: Floats | None = None) -> "Precomputed":
        """Raises ParameterError for an empty bank, an item whose discrimination is not above 0, and an uneven grid."""
        if not len(bank):
            raise ParameterError("the item bank is empty")
        flat = np.flatnonzero(~(bank.discrimination > 0))
        if len(flat):
            raise ParameterError(f"{bank.items[flat[0]]}: an item whose discrimination is not above 0 measures nothing")
        points = ability_grid() if grid is None else grid
        if len(points) < 3 or not np.allclose(np.diff(points), points[1] - points[0]) or points[1] <= points[0]:  # noqa: PLR2004
            raise ParameterError("a grid of abilities rises in equal steps")
        chance = np.clip(bank.chance(points), SMALLEST, 1 - SMALLEST)
        right = np.ascontiguousarray(chance.T)
        return cls(bank, points, right, 1.0 - right, np.ascontiguousarray(bank.information(points)))

    def __len__(self) -> int:
        return len(self.bank)

    @cached_property
    def log_right(self) -> Floats:
        """(k, n): the logarithm of the chance of a right answer."""
        return np.ascontiguousarray(np.log(self.right).T)

    @cached_property
    def log_wrong(self) -> Floats:
        """(k, n): the logarithm of the chance of a wrong answer."""
        return np.ascontiguousarray(np.log(self.wrong).T)

    @cached_property
    def ranking(self) -> NDArray[np.int32]:
        """(k, n): the items by falling information at each ability: the best one left is found in a few looks."""
        return np.argsort(-self.information, axis=1, kind="stable").astype(np.int32)

    @cached_property
    def ranked_rows(self) -> list[list[int]]:
        """The same as lists: a look at one of their numbers costs a tenth of a look into an array."""
        rows: list[list[int]] = self.ranking.tolist()
        return rows

    @cached_property
    def likelihood_rows(self) -> tuple[list[Floats], list[Floats]]:
        """The rows of `wrong` and of `right`, as views."""
        return list(self.wrong), list(self.right)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each item stands, by its name."""
        return {name: code for code, name in enumerate(self.bank.items)}

    def codes(self, names: Iterable[str]) -> tuple[int, ...]:
        """Where these items stand; raises ParameterError for a name that the bank does not have."""
        try:
            return tuple(self.place[name] for name in names)
        except KeyError as error:
            raise ParameterError(f"the bank has no item called {error}") from None

    @cached_property
    def _scale(self) -> tuple[float, float]:
        return float(self.grid[0]), float(self.grid[1] - self.grid[0])

    def row(self, ability: float) -> int:
        """The grid's point that is nearest to an ability; beyond its ends, the end."""
        lowest, step = self._scale
        return min(max(int((ability - lowest) / step + 0.5), 0), len(self.grid) - 1)

    def prior(self, mean: float = 0.0, sd: float = 1.0) -> GridPosterior:
        """A normal prior on this grid."""
        return GridPosterior.normal(mean, sd, self.grid)

    def likelihood(self, item: int, *, right: bool) -> Floats:
        """(k,): the chance of this response at each ability."""
        return np.asarray((self.right if right else self.wrong)[item])
