"""Item response theory, estimated response by response."""

import math
from typing import ClassVar

from saem.lib.learners.errors import ParameterError

from .model import RatingModel


class OnlineIRT(RatingModel):
    """Online IRT: Gaussian beliefs about abilities and difficulties, moved by one Gauss-Newton step for each response.

    The Rasch model with abilities and difficulties of skills, filtered with assumed densities: an extended Kalman
    filter, with the ratings of a response kept independent (Glickman 1999 for pairs of players). `variance` is that of
    every rating before its first response; `drift` is added to an ability's variance after each, as learners change.
    """

    name: ClassVar[str] = "online-irt"

    def __init__(self, *, variance: float = 0.5, drift: float = 0.0) -> None:
        self.variance = variance
        self.drift = drift

    @property
    def first_variance(self) -> float:
        return self.variance

    @property
    def growth(self) -> float:
        return 0.0

    @property
    def wandering(self) -> float:
        return self.drift

    def _check_parameters(self) -> None:
        if not 0 < self.variance < math.inf:
            raise ParameterError(f"variance must be above 0, not {self.variance!r}")
        if not 0 <= self.drift < math.inf:
            raise ParameterError(f"drift must be at least 0, not {self.drift!r}")
