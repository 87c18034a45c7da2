"""What a person chooses about a fit."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.errors import ParameterError

from .sequences import Floats
from .task import FORGET

# The first start, and the ranges of the others: learn, forget, prior, guess, slip.
USUAL = (0.15, 0.05, 0.4, 0.2, 0.1)
LOWEST, HIGHEST = (0.01, 0.01, 0.05, 0.02, 0.02), (0.5, 0.2, 0.95, 0.45, 0.4)


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The estimator's parameters; see `BKT`."""

    starts: int
    tolerance: float
    most_iterations: int
    forgetting: bool
    item_effects: bool
    individual_prior: bool
    prior_weight: float
    seed: int
    jobs: int

    def check(self) -> None:
        """Raises ParameterError naming what is impossible."""
        for name in ("starts", "tolerance", "most_iterations", "prior_weight"):
            if not getattr(self, name) > 0:
                raise ParameterError(f"{name} must be above 0, not {getattr(self, name)!r}")
        if self.jobs == 0:
            raise ParameterError("jobs must be a number of workers, or -1 for one on each core")

    def first_guesses(self) -> Floats:
        """(starts, 5): a usual place, then places drawn evenly from the ranges; the same for every skill."""
        drawn = np.random.default_rng(self.seed).uniform(LOWEST, HIGHEST, size=(self.starts - 1, len(USUAL)))
        starts = np.vstack([USUAL, drawn])
        starts[:, FORGET] *= self.forgetting
        return starts
