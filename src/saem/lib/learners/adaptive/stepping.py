"""One step of a maximum-information test in microseconds: arrays that change in place, and as few calls as can be."""

import numpy as np

from saem.lib.learners.errors import ParameterError

from .posterior import GridPosterior
from .precomputed import Precomputed
from .rules import Progress
from .selection import started

NONE_LEFT = -1


class Stepper:
    """One learner's test. `first()`, then `step(item, right)` after each response, which gives the next item's code.

    It chooses what `MaximumInformation` chooses (ties: the item that stands first in the bank), without content or
    exposure control. `mean` is the EAP after the last step. Not for several threads at once.
    """

    def __init__(self, tables: Precomputed, prior: GridPosterior | None = None) -> None:
        begin = started(tables, prior).posterior
        self._tables = tables
        self._weights = begin.weights.copy()
        self._ones = np.ones(len(begin.grid))
        self._likelihood = tables.likelihood_rows
        self._ranking = tables.ranked_rows
        self._lowest = float(begin.grid[0])
        self._per_logit = 1.0 / float(begin.grid[1] - begin.grid[0])
        self._last = len(begin.grid) - 1
        self._given: dict[int, bool] = {}
        self.mean = begin.mean

    def first(self) -> int:
        """The first item's code, from the prior alone."""
        return self._best_left()

    def step(self, item: int, right: bool) -> int:
        """The next item's code, or NONE_LEFT (-1). Raises ParameterError for an item that was given before."""
        if item in self._given:
            raise ParameterError(f"{self._tables.bank.items[item]}: an item counts once in a test")
        weights = self._weights
        np.multiply(weights, self._likelihood[right][item], weights)
        scale = 1.0 / float(weights.dot(self._ones))
        self.mean = scale * float(weights.dot(self._tables.grid))
        np.multiply(weights, scale, weights)
        self._given[item] = right
        return self._best_left()

    def progress(self) -> Progress:
        """The same test as a value, for everything else that is asked of one."""
        posterior = GridPosterior(self._tables.grid, self._weights / self._weights.sum())
        return Progress(posterior, tuple(self._given), tuple(self._given.values()))

    def _best_left(self) -> int:
        row = min(max(int((self.mean - self._lowest) * self._per_logit + 0.5), 0), self._last)
        given = self._given
        for item in self._ranking[row]:
            if item not in given:
                return item
        return NONE_LEFT
