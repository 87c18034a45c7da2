"""Priors of item parameters: flat where the data say enough, and never silent about the rest."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

from .families import Family, FourParameter

# A slope may be anything up to this; beyond, a normal tail holds it, so that perfect separation stays finite.
STEEPEST = 5.0
STEEPEST_SPREAD = 0.25
SLOPE, SLOPE_SPREAD = 1.0, 0.5
INTERCEPT_SPREAD = 2.0
# 3PL and 4PL: slope N(1, 1), guess around 0.2 and upper around 0.95 on the logit scale.
ASYMPTOTE_SLOPE_SPREAD = 1.0
GUESS, UPPER, ASYMPTOTE_SPREAD = -1.4, 3.0, 0.5


@dataclass(frozen=True)
class Priors:
    """Normal priors: `centre` and `precision` (items, p); a precision of 0 is a flat prior."""

    centre: Floats
    precision: Floats

    def log_density(self, values: Floats) -> float:
        """Up to a constant."""
        beyond = _beyond(values)
        tails = float((beyond**2).sum()) / STEEPEST_SPREAD**2
        return -0.5 * (float((self.precision * (values - self.centre) ** 2).sum()) + tails)

    def gradient(self, values: Floats) -> Floats:
        slope = -self.precision * (values - self.centre)
        slope[:, 0] -= np.sign(values[:, 0]) * _beyond(values) / STEEPEST_SPREAD**2
        return slope

    def curvature(self, values: Floats) -> Floats:
        """(items, p): minus the second derivatives."""
        curvature = self.precision.copy()
        curvature[:, 0] += (_beyond(values) > 0) / STEEPEST_SPREAD**2
        return curvature


def scarce_items(counts: Floats, least: int) -> NDArray[np.bool_]:
    """(items,): fewer than `least` answers outside the commonest category: all right, all wrong, or hardly asked."""
    return np.asarray(counts.sum(axis=1) - counts.max(axis=1) < least)


def default_priors(
    family: Family, start: Floats, scarce: NDArray[np.bool_], slope_spread: float | None = None
) -> Priors:
    """Flat priors, but for the asymptotes of 3PL and 4PL, and for scarce items, which are drawn to the others.

    A scarce item's slope is N(1, 0.5), its intercepts are normal around the other items' with deviation 2.
    `slope_spread` puts a prior N(1, slope_spread) on every slope.
    """
    centre, precision = np.zeros_like(start), np.zeros_like(start)
    centre[:, 0] = SLOPE
    enough = ~scarce if (~scarce).any() else np.ones_like(scarce)
    middle = np.median(start[enough], axis=0)
    precision[scarce, 0] = SLOPE_SPREAD**-2
    intercepts = slice(1, 2) if isinstance(family, FourParameter) else slice(1, None)
    centre[:, intercepts] = middle[intercepts]
    precision[scarce, intercepts] = INTERCEPT_SPREAD**-2
    if isinstance(family, FourParameter):
        centre[:, 2:] = np.array([GUESS, UPPER])[: family.width - 2]
        precision[:, 2:] = ASYMPTOTE_SPREAD**-2
        precision[:, 0] = np.maximum(precision[:, 0], ASYMPTOTE_SLOPE_SPREAD**-2)
    if slope_spread is not None:
        precision[:, 0] = np.maximum(precision[:, 0], slope_spread**-2)
    precision[~family.exists()] = 0.0
    return Priors(centre, precision)


def _beyond(values: Floats) -> Floats:
    return np.maximum(np.abs(values[:, 0]) - STEEPEST, 0.0)
