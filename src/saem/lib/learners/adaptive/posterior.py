"""What is known of one ability: a distribution on a grid, in logits."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from typing import Any

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.model import Estimate
from saem.lib.learners.responses import Floats

LOWEST, HIGHEST, POINTS = -4.0, 4.0, 61


def ability_grid(lowest: float = LOWEST, highest: float = HIGHEST, points: int = POINTS) -> Floats:
    """(points,) abilities at equal distances; raises ParameterError for fewer than three points or an empty range."""
    if points < 3 or not lowest < highest or not np.isfinite([lowest, highest]).all():  # noqa: PLR2004
        raise ParameterError("a grid of abilities needs at least three points from a lowest to a higher number")
    return np.linspace(lowest, highest, points)


@dataclass(frozen=True)
class GridPosterior:
    """The chance `weights` (k,), which sum to 1, of each ability on the `grid` (k,), which rises in equal steps."""

    grid: Floats
    weights: Floats

    @classmethod
    def normal(cls, mean: float = 0.0, sd: float = 1.0, grid: Floats | None = None) -> "GridPosterior":
        """A person drawn from a normal population; raises ParameterError for a deviation that is not above 0."""
        if not (sd > 0 and np.isfinite([mean, sd]).all()):
            raise ParameterError(f"a prior needs a finite mean and a deviation above 0, not {mean} and {sd}")
        points = ability_grid() if grid is None else grid
        return cls(points, _normalised(np.exp(-0.5 * ((points - mean) / sd) ** 2), "the prior is 0 on the whole grid"))

    def updated(self, likelihood: Floats) -> "GridPosterior":
        """After one response, by Bayes' rule; `likelihood` (k,) is its chance at each ability of the grid."""
        return GridPosterior(self.grid, _normalised(self.weights * likelihood, "the response is impossible"))

    @cached_property
    def mean(self) -> float:
        """The expected a posteriori ability (EAP; Bock & Mislevy 1982)."""
        return float(self.weights @ self.grid)

    @cached_property
    def sd(self) -> float:
        """The standard deviation of the posterior: the standard error of the EAP."""
        return float(np.sqrt(self.weights @ (self.grid - self.mean) ** 2))

    def below(self, ability: float) -> float:
        """The chance that the ability is below this one; each point's weight is spread over its cell of the grid."""
        half = (self.grid[1] - self.grid[0]) / 2
        edges = np.append(self.grid - half, self.grid[-1] + half)
        return float(np.interp(ability, edges, np.append(0.0, np.cumsum(self.weights))))

    def quantile(self, share: float) -> float:
        """The ability below which this share of the posterior lies; raises ParameterError for a share not in (0, 1)."""
        if not 0 < share < 1:
            raise ParameterError(f"a quantile's share lies between 0 and 1, not {share}")
        passed = np.cumsum(self.weights)
        cell = min(int(np.searchsorted(passed, share)), len(passed) - 1)
        into = (share - (passed[cell] - self.weights[cell])) / self.weights[cell]
        return float(self.grid[cell] + (into - 0.5) * (self.grid[1] - self.grid[0]))

    def estimate(self) -> Estimate:
        """The EAP with the quantiles that hold 95 %."""
        return Estimate(self.mean, self.quantile(0.025), self.quantile(0.975))

    def as_json(self) -> dict[str, Any]:
        """Numbers that JSON can hold; `from_json` reads them back."""
        return {
            "lowest": float(self.grid[0]),
            "highest": float(self.grid[-1]),
            "weights": [float(weight) for weight in self.weights],
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> "GridPosterior":
        """Raises ParameterError for anything that `as_json` did not write."""
        try:
            weights = np.array(document["weights"], dtype=np.float64)
            grid = ability_grid(float(document["lowest"]), float(document["highest"]), len(weights))
        except (KeyError, TypeError, ValueError) as error:
            raise ParameterError(f"not a posterior: {error}") from error
        if weights.ndim != 1 or not (np.isfinite(weights).all() and (weights >= 0).all()):
            raise ParameterError("not a posterior: weights are chances")
        return cls(grid, _normalised(weights, "not a posterior: it is 0 on the whole grid"))


def _normalised(weights: Floats, otherwise: str) -> Floats:
    total = float(weights.sum())
    if not (total > 0 and isfinite(total)):
        raise ParameterError(otherwise)
    return np.asarray(weights / total)
