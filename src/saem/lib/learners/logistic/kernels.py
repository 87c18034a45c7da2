"""Compiled loops of the logistic models: what came before each response, and the curvature of the likelihood."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from saem.lib.learners.responses import Booleans, Floats

Places = NDArray[np.int64]
# The pattern of recent answers is kept in this many bits: a leading one, then up to five answers.
PATTERN = 64


@njit(cache=True)
def history_before(bounds: Places, right: Booleans, time: Floats, windows: Floats, fades: Floats) -> Floats:
    """(n, 2 windows + 2 fades + 1): what the earlier rows of the same run say, for each row.

    Rows are sorted by run (`bounds`, (runs + 1,)) and within it by time. For each window the right and wrong answers at
    most so long ago (one pointer walks along); for each fade both numbers again, multiplied by the fade
    at each new response; last the recent answers as bits behind a leading one.
    """
    faded = 2 * len(windows)
    history = np.zeros((len(right), faded + 2 * len(fades) + 1))
    for run in range(len(bounds) - 1):
        first, last = bounds[run], bounds[run + 1]
        for window in range(len(windows)):
            oldest = first
            rights, wrongs = 0.0, 0.0
            for row in range(first, last):
                while oldest < row and time[oldest] < time[row] - windows[window]:
                    rights -= right[oldest]
                    wrongs -= not right[oldest]
                    oldest += 1
                history[row, 2 * window] = rights
                history[row, 2 * window + 1] = wrongs
                rights += right[row]
                wrongs += not right[row]
        for fade in range(len(fades)):
            at = faded + 2 * fade
            for row in range(first, last - 1):
                history[row + 1, at] = history[row, at] * fades[fade] + right[row]
                history[row + 1, at + 1] = history[row, at + 1] * fades[fade] + (not right[row])
        pattern = 1
        for row in range(first, last):
            history[row, -1] = pattern
            pattern = pattern * 2 + right[row]
            if pattern >= PATTERN:
                pattern = (pattern & (PATTERN // 2 - 1)) | (PATTERN // 2)
    return history


@njit(cache=True)
def eliminated_curvature(  # noqa: PLR0917 (numba knows no keyword-only arguments)
    bounds: Places, pivots: Floats, indptr: Places, columns: NDArray[np.int32], values: Floats, weight: Floats,
    size: int,
) -> Floats:  # fmt: skip
    """(size, size): `R' W R - B' D^-1 B`, the curvature of the other coefficients once those of the items are solved.

    Rows of R (CSR, sorted columns, none twice) stand item by item (`bounds`, (groups + 1,)). The items' own block D
    (`pivots`, (groups,)) is diagonal, and a row of B touches only the columns that the item's rows touch, so one pass
    adds both terms. A pivot of 0 says that the group has no coefficient of its own. Fills the lower triangle.
    """
    curvature = np.zeros((size, size))
    sums = np.zeros(size)
    touched = np.empty(size, dtype=np.int64)
    last_group = np.full(size, -1)
    for group in range(len(bounds) - 1):
        count = 0
        for row in range(bounds[group], bounds[group + 1]):
            for a in range(indptr[row], indptr[row + 1]):
                column, scaled = columns[a], weight[row] * values[a]
                for b in range(indptr[row], a + 1):
                    curvature[column, columns[b]] += scaled * values[b]
                if last_group[column] != group:
                    last_group[column] = group
                    touched[count] = column
                    count += 1
                    sums[column] = 0.0
                sums[column] += scaled
        if pivots[group] == 0.0:
            continue
        for a in range(count):
            share = sums[touched[a]] / pivots[group]
            for b in range(count):
                if touched[b] <= touched[a]:
                    curvature[touched[a], touched[b]] -= share * sums[touched[b]]
    return curvature
