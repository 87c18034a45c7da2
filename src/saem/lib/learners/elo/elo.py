"""Elo ratings of learners, items and skills."""

import math
from typing import ClassVar

from saem.lib.learners.errors import ParameterError

from .model import RatingModel


class Elo(RatingModel):
    """Elo: after each response the learner and the item move by a step that shrinks with what is known of them.

    Pelanek (2016), "Applications of the Elo rating system in adaptive educational systems", with abilities in general
    and on each skill. The n-th response moves a rating by K = `k` / (1 + `decay` n) times the surprise. An interval
    takes K / 2 for a rating's variance, which a rating with a constant small K wanders with: an approximation.
    """

    name: ClassVar[str] = "elo"

    def __init__(self, *, k: float = 0.5, decay: float = 0.05) -> None:
        self.k = k
        self.decay = decay

    @property
    def first_variance(self) -> float:
        return self.k / 2

    @property
    def growth(self) -> float:
        return 2 * self.decay / self.k

    def _check_parameters(self) -> None:
        for name in ("k", "decay"):
            if not 0 < getattr(self, name) < math.inf:
                raise ParameterError(f"{name} must be above 0, not {getattr(self, name)!r}")
