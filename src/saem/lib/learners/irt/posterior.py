"""One learner's ability as shares of belief in each node, and what it says of a curve."""

import numpy as np

from saem.lib.learners.model import Estimate
from saem.lib.learners.responses import Floats

TAIL = 0.025


def learned(weights: Floats, chance: Floats) -> Floats:
    """(q,): the belief after an answer that had this chance (q,) at each node (Bayes)."""
    heights = weights * chance
    total = heights.sum()
    # An answer that every node holds impossible teaches nothing.
    return np.asarray(heights / total) if total > 0 else weights


def expectation(weights: Floats, curve: Floats, *, usable: bool = True, why: str = "") -> Estimate:
    """The mean of a curve (q,) of ability, and an interval that holds 95 % of the belief."""
    order = np.argsort(curve, kind="stable")
    # Half of a node's belief lies on each side of it, so that an interval moves smoothly between nodes.
    below = np.cumsum(weights[order]) - weights[order] / 2
    low, high = np.interp([TAIL, 1 - TAIL], below, curve[order])
    value = float(weights @ curve)
    return Estimate(value, min(float(low), value), max(float(high), value), usable, why)
