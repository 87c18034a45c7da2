"""Whether what a model calls 70 % happens in 70 % of cases."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

BINS = 10
DEFINITION = f"{BINS} bins of equal width over [0, 1]; ECE is the mean of |observed - predicted| weighted by rows"


@dataclass(frozen=True)
class Calibration:
    """Per bin: rows, mean outcome, mean chance; None where a bin is empty. `error` is the expected
    calibration error (ECE).
    """

    edges: tuple[float, ...]
    counts: tuple[int, ...]
    observed: tuple[float | None, ...]
    predicted: tuple[float | None, ...]
    error: float


def calibration(outcome: Floats, chance: Floats) -> Calibration:
    """The calibration curve of chances (n,) against outcomes (n,) (Guo et al. 2017, section 2)."""
    which = np.minimum((chance * BINS).astype(np.int64), BINS - 1)
    counts = np.bincount(which, minlength=BINS).astype(np.int64)
    observed = np.bincount(which, weights=outcome, minlength=BINS).astype(np.float64)
    predicted = np.bincount(which, weights=chance, minlength=BINS).astype(np.float64)
    edges = tuple(place / BINS for place in range(BINS + 1))
    error = float(np.abs(observed - predicted).sum() / len(outcome))
    return Calibration(edges, tuple(counts.tolist()), _means(observed, counts), _means(predicted, counts), error)


def _means(sums: Floats, counts: NDArray[np.int64]) -> tuple[float | None, ...]:
    return tuple(float(total / count) if count else None for total, count in zip(sums, counts, strict=True))
