"""How well the responses determine chances and class shares: the cross-product information of the whole model."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Booleans, Floats

from .em import EDGE, Design, Patterns, Solution, posteriors

# A class with a smaller share has no neighbourhood on both sides: it is at the edge, and fixed there.
SMALLEST_SHARE = 1e-5
SINGULAR = 1e-11


@dataclass(frozen=True)
class Covariance:
    """`matrix` (free, free) of the free chances, then of the free classes' shares (the `reference` class takes what is
    left). `chance_is_free` (chances,) and `class_is_free` (classes,) say which; what sits at a bound is held fixed.
    """

    matrix: Floats
    chance_is_free: Booleans
    class_is_free: Booleans
    reference: int

    def chance_errors(self) -> Floats:
        """Standard errors (chances,), NaN for a chance at a bound."""
        errors = np.full(len(self.chance_is_free), np.nan)
        free = int(self.chance_is_free.sum())
        errors[self.chance_is_free] = np.sqrt(np.diag(self.matrix)[:free])
        return errors

    def of_item(self, design: Design, item: int) -> Floats | None:
        """The covariance of one item's chances, or None where one of them sits at a bound."""
        mine = np.flatnonzero(design.item == item)
        if not self.chance_is_free[mine].all():
            return None
        places = (np.cumsum(self.chance_is_free) - 1)[mine]
        matrix: Floats = self.matrix[np.ix_(places, places)]
        return matrix


def parameter_covariance(design: Design, patterns: Patterns, solution: Solution) -> Covariance | None:
    """Inverse of the summed outer products of the learners' scores, class shares included: leaving those out makes the
    errors too small (Philipp, Strobl, de la Torre & Zeileis 2018, JEBS). None where the information is singular
    or there are fewer learners than chances.
    """
    if patterns.count.sum() < len(solution.chance):
        return None
    reference = int(solution.prior.argmax())
    chance_is_free = (solution.chance > 2 * EDGE) & (solution.chance < 1 - 2 * EDGE) & _separate(design, solution)
    class_is_free = solution.prior > SMALLEST_SHARE
    class_is_free[reference] = False
    empty = Covariance(np.zeros((0, 0)), chance_is_free, class_is_free, reference)
    information = np.zeros((int(chance_is_free.sum() + class_is_free.sum()),) * 2)
    for rows, posterior, _ in posteriors(design, patterns, solution.chance, solution.prior):
        score = _scores(design, solution, empty, (patterns.right[rows], patterns.wrong[rows]), posterior)
        information += score.T @ (score * patterns.count[rows, None])
    matrix = _inverse(information)
    return None if matrix is None else Covariance(matrix, chance_is_free, class_is_free, reference)


def _scores(
    design: Design, solution: Solution, free: Covariance, answers: tuple[Floats, Floats], posterior: Floats
) -> Floats:
    """(rows, free): derivatives of each row's log-likelihood, its classes weighed by the posterior (rows, classes)."""
    chances = np.flatnonzero(free.chance_is_free)
    item, chance = design.item[chances], solution.chance[chances]
    in_group = (design.group[item] == chances[:, None]).astype(np.float64)
    right, wrong = answers
    slope = (right[:, item] * (1 - chance) - wrong[:, item] * chance) / (chance * (1 - chance))
    share = posterior / np.maximum(solution.prior, SMALLEST_SHARE)
    of_classes = share[:, free.class_is_free] - share[:, [free.reference]]
    return np.hstack([(posterior @ in_group.T) * slope, of_classes])


def _separate(design: Design, solution: Solution) -> Booleans:
    # A pooled pair (guess + slip = 1) lies on its bound too.
    if not design.is_ordered:
        return np.ones(len(solution.chance), dtype=np.bool_)
    pairs = solution.chance.reshape(-1, 2)
    return np.repeat(pairs[:, 1] - pairs[:, 0] > EDGE, 2)


def _inverse(information: Floats) -> Floats | None:
    """Scaled to a unit diagonal first, so that small classes do not look singular only because they are small."""
    scale = np.sqrt(np.diag(information))
    if not len(scale) or not (scale > 0).all():
        return None
    values, vectors = np.linalg.eigh(information / np.outer(scale, scale))
    if values[0] < SINGULAR * values[-1]:
        return None
    inverse: Floats = (vectors / values) @ vectors.T / np.outer(scale, scale)
    return inverse
