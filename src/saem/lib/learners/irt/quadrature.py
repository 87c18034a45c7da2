"""Equally spaced abilities with their weights, as fine as the sharpest posterior needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from saem.lib.learners.responses import Floats

FARTHEST = 6.0
COARSEST_STEP = 0.2
MOST_NODES = 1201
# The trapezoid rule on a normal curve of deviation s and step h errs by exp(-2 π² s² / h²): 4e-5 at h = 1.4 s.
STEP_PER_DEVIATION = 1.4


@dataclass(frozen=True)
class Grid:
    """Abilities `theta` (q,) from -6 to 6 standard deviations around the population's mean, and a normal population."""

    step: float = COARSEST_STEP
    mean: float = 0.0
    deviation: float = 1.0
    centre: float = 0.0
    width: float = 1.0

    @cached_property
    def theta(self) -> Floats:
        half = round(FARTHEST / self.step)
        return np.asarray(self.centre + self.width * self.step * np.arange(-half, half + 1))

    @cached_property
    def log_weights(self) -> Floats:
        """(q,): logarithms of the population's share at each node; the shares sum to 1."""
        heights = -0.5 * ((self.theta - self.mean) / self.deviation) ** 2
        return np.asarray(heights - np.log(np.exp(heights - heights.max()).sum()) - heights.max())

    def with_population(self, mean: float, deviation: float) -> "Grid":
        """The same nodes under another population."""
        return Grid(self.step, mean, deviation, self.centre, self.width)

    def moved(self) -> "Grid":
        """Nodes around the population as it is now, in its units."""
        return Grid(self.step, self.mean, self.deviation, self.mean, self.deviation)

    def finer_for(self, variance: Floats) -> "Grid":
        """A grid that is fine enough for all but the sharpest 1 % of posteriors of these variances; itself if it is."""
        sharpest = float(np.sqrt(np.quantile(variance, 0.01))) / self.width
        if self.step <= STEP_PER_DEVIATION * sharpest or 2 * FARTHEST / self.step + 1 >= MOST_NODES:
            return self
        # A variance seen on too coarse a grid is only a hint: never more than twice as fine at once.
        step = max(self.step / 2, STEP_PER_DEVIATION * sharpest * 0.9, 2 * FARTHEST / (MOST_NODES - 1))
        return Grid(step, self.mean, self.deviation, self.centre, self.width)
