"""Items with points: the graded response model and the generalised partial credit model."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats, Responses

from .irt import booklet_design, from_matrix
from .shapes import logistic


@dataclass(frozen=True)
class PolytomousTruth:
    """`theta` (students,), `discrimination` (items,); `thresholds` (items, most points) rise within an item. For the
    graded model they are where a score of at least k becomes likelier than not; for partial credit where k overtakes
    k - 1.
    """

    theta: Floats
    discrimination: Floats
    thresholds: Floats

    def graded_chances(self) -> Floats:
        """(students, items, points + 1): the chance of each score (Samejima 1969)."""
        steps = self._steps()
        ones = np.ones((*steps.shape[:2], 1))
        at_least = np.concatenate([ones, logistic(steps), np.zeros_like(ones)], axis=2)
        chances: Floats = at_least[:, :, :-1] - at_least[:, :, 1:]
        return chances

    def credit_chances(self) -> Floats:
        """(students, items, points + 1): the chance of each score (Muraki 1992)."""
        steps = self._steps()
        total = np.concatenate([np.zeros((*steps.shape[:2], 1)), np.cumsum(steps, axis=2)], axis=2)
        weight = np.exp(total - total.max(axis=2, keepdims=True))
        chances: Floats = weight / weight.sum(axis=2, keepdims=True)
        return chances

    def _steps(self) -> Floats:
        gap = self.theta[:, None, None] - self.thresholds
        logits: Floats = self.discrimination[:, None] * gap
        return logits


def simulate_graded(
    students: int = 300, items: int = 12, *, points: int = 3, booklets: int = 1, anchors: int = 0, seed: int = 0
) -> tuple[Responses, PolytomousTruth]:
    """Scores from 0 to `points` by the graded response model."""
    rng = np.random.default_rng(seed)
    truth = _truth(students, items, points, rng)
    return _drawn(truth.graded_chances(), booklets, anchors, rng), truth


def simulate_gpcm(
    students: int = 300, items: int = 12, *, points: int = 3, booklets: int = 1, anchors: int = 0, seed: int = 0
) -> tuple[Responses, PolytomousTruth]:
    """Scores from 0 to `points` by the generalised partial credit model."""
    rng = np.random.default_rng(seed)
    truth = _truth(students, items, points, rng)
    return _drawn(truth.credit_chances(), booklets, anchors, rng), truth


def _truth(students: int, items: int, points: int, rng: np.random.Generator) -> PolytomousTruth:
    if points < 1:
        raise ParameterError("points is at least 1")
    centre = rng.normal(0.0, 0.7, (items, 1))
    spacing = np.cumsum(rng.uniform(0.4, 1.2, (items, points)), axis=1)
    thresholds = centre + spacing - spacing.mean(axis=1, keepdims=True)
    return PolytomousTruth(rng.normal(size=students), rng.lognormal(0.1, 0.3, items), thresholds)


def _drawn(chances: Floats, booklets: int, anchors: int, rng: np.random.Generator) -> Responses:
    students, items, _scores = chances.shape
    luck = rng.random((students, items, 1))
    score = (luck >= np.cumsum(chances, axis=2)[:, :, :-1]).sum(axis=2).astype(np.float64)
    return from_matrix(score, booklet_design(students, items, booklets, anchors, rng), rng)
