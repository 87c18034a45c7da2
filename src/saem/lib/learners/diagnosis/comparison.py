"""Whether an item needs the saturated model, or all its needed skills at once explain it."""

from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from .em import Design, Solution
from .information import Covariance

# An item of one needed skill has two chances, and both models say the same of it.
PAIR = 2


@dataclass(frozen=True)
class ItemTest:
    """A Wald test of DINA within G-DINA for one item; a small `p_value` speaks against DINA. NaN where it cannot be
    tested: a chance sits at a bound.
    """

    item: int
    statistic: float
    freedom: int
    p_value: float


def compare_items(design: Design, solution: Solution, covariance: Covariance) -> tuple[ItemTest, ...]:
    """Every item with two or more needed skills: are the chances of all groups but the highest equal (de la Torre & Lee
    2013, Journal of Educational Measurement)? `design` and `solution` are of a G-DINA.
    """
    sizes = design.highest - design.lowest + 1
    return tuple(_test(design, solution, covariance, int(item)) for item in np.flatnonzero(sizes > PAIR))


def _test(design: Design, solution: Solution, covariance: Covariance, item: int) -> ItemTest:
    chance = solution.chance[design.lowest[item] : design.highest[item] + 1]
    freedom = len(chance) - 2
    matrix = covariance.of_item(design, item)
    if matrix is None:
        return ItemTest(item, float("nan"), freedom, float("nan"))
    contrast = np.zeros((freedom, len(chance)))
    contrast[:, 0] = -1.0
    contrast[np.arange(freedom), np.arange(freedom) + 1] = 1.0
    apart = contrast @ chance
    statistic = float(apart @ np.linalg.solve(contrast @ matrix @ contrast.T, apart))
    return ItemTest(item, statistic, freedom, float(chi2.sf(statistic, freedom)))
