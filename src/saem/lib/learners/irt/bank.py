"""Calibrated right-or-wrong items as arrays: what adaptive tests, linking and scoring read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats

# Beyond this logit a chance is 0 or 1 in every use; it keeps the exponential and its square finite.
FARTHEST_LOGIT = 300.0


@dataclass(frozen=True)
class ItemBank:
    """n items of the four-parameter logistic model (Barton & Lord 1981), on the logistic metric (no 1.7):

        chance = guess + (upper - guess) / (1 + exp(-discrimination (theta - difficulty)))

    `discrimination`, `difficulty`, `guess` and `upper` are (n,); 1PL to 3PL are the special cases. `errors` (n, 4) has
    their standard errors in that order, NaN where a parameter was not estimated. Raises ParameterError for arrays of
    other lengths, a name that occurs twice, numbers that are not finite, or not 0 <= guess < upper <= 1.
    """

    items: tuple[str, ...]
    discrimination: Floats
    difficulty: Floats
    guess: Floats
    upper: Floats
    errors: Floats | None = field(default=None, kw_only=True)

    def __post_init__(self) -> None:
        for name in ("discrimination", "difficulty", "guess", "upper"):
            values = np.asarray(getattr(self, name), dtype=np.float64)
            if values.shape != (len(self.items),) or not np.isfinite(values).all():
                raise ParameterError(f"{name} must be {len(self.items)} finite numbers, one for each item")
            object.__setattr__(self, name, values)
        if self.errors is not None and self.errors.shape != (len(self.items), 4):
            raise ParameterError("errors must have four columns and one row for each item")
        if len(set(self.items)) != len(self.items):
            raise ParameterError("an item occurs twice in the bank")
        wrong = np.flatnonzero(~((self.guess >= 0) & (self.guess < self.upper) & (self.upper <= 1)))
        if len(wrong):
            raise ParameterError(f"{self.items[wrong[0]]}: guess and upper must keep 0 <= guess < upper <= 1")

    def __len__(self) -> int:
        return len(self.items)

    def chance(self, theta: Floats) -> Floats:
        """(k, n): the chance of a right answer at each of the abilities theta (k,)."""
        return np.asarray(self.guess + (self.upper - self.guess) * self._logistic(theta))

    def information(self, theta: Floats) -> Floats:
        """(k, n): Fisher information of each item at each of the abilities theta (k,)."""
        right = self._logistic(theta)
        span = self.upper - self.guess
        slope = self.discrimination * span * right * (1.0 - right)
        # 1 - chance without a cancellation, so that an easy item keeps its digits.
        wrong = (1.0 - self.upper) + span * (1.0 - right)
        spread = (self.guess + span * right) * wrong
        return np.divide(slope**2, spread, out=np.zeros_like(slope), where=spread > 0)

    def chosen(self, names: Sequence[str]) -> "ItemBank":
        """The items with these names, in this order; raises ParameterError for a name that is not here."""
        place = {name: code for code, name in enumerate(self.items)}
        missing = [name for name in names if name not in place]
        if missing:
            raise ParameterError(f"the bank has no item called {missing[0]!r}")
        rows = np.array([place[name] for name in names], dtype=np.int64)
        errors = None if self.errors is None else self.errors[rows]
        columns = (column[rows] for column in (self.discrimination, self.difficulty, self.guess, self.upper))
        return ItemBank(tuple(names), *columns, errors=errors)

    def _logistic(self, theta: Floats) -> Floats:
        logit = self.discrimination * (np.asarray(theta, dtype=np.float64)[:, None] - self.difficulty)
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(logit, -FARTHEST_LOGIT, FARTHEST_LOGIT))))
