"""The loop over responses that numpy cannot do at once: each prediction needs the posterior after the one before."""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit(cache=True)
def predict_along(  # noqa: PLR0917  # arrays, as numba has them
    bounds: NDArray[np.int64],
    order: NDArray[np.int64],
    item: NDArray[np.int32],
    category: NDArray[np.int32],
    counts: NDArray[np.bool_],
    chances: NDArray[np.float64],
    shares: NDArray[np.float64],
    population: NDArray[np.float64],
) -> Any:
    """(n,): the expected share of points in each row, before its own answer is taken into account.

    Rows of student s are `order[bounds[s]:bounds[s + 1]]`. `chances` (items, K, q) are of each category at each node,
    `shares` (items, q) expected points; rows of which `counts` is False leave the posterior as it was.
    """
    predicted = np.empty(len(item))
    nodes = len(population)
    weights = np.empty(nodes)
    for student in range(len(bounds) - 1):
        weights[:] = population
        for place in range(bounds[student], bounds[student + 1]):
            row = order[place]
            share = shares[item[row]]
            value = 0.0
            for node in range(nodes):
                value += weights[node] * share[node]
            predicted[row] = value
            if counts[row]:
                chance = chances[item[row], category[row]]
                total = 0.0
                for node in range(nodes):
                    total += weights[node] * chance[node]
                # An answer that every node holds impossible teaches nothing.
                if total > 0.0:
                    for node in range(nodes):
                        weights[node] *= chance[node] / total
    return predicted
