"""A small dense logistic regression, for likelihood-ratio tests."""

import numpy as np

from saem.lib.learners.responses import Booleans, Floats

MOST_STEPS = 30
RIDGE = 1e-6


def log_likelihood(columns: Floats, right: Booleans) -> float:
    """The greatest log-likelihood of right answers (n,) given columns (n, k).

    A tiny ridge keeps it finite where the columns separate right from wrong.
    """
    weights, best = np.zeros(columns.shape[1]), -np.inf
    signs = np.where(right, 1.0, -1.0)
    for _ in range(MOST_STEPS):
        logit = columns @ weights
        value = -float(np.logaddexp(0.0, -signs * logit).sum())
        if value - best < 1e-9 * abs(value):
            return max(value, best)
        best = value
        chance = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
        slope = columns.T @ (right - chance) - RIDGE * weights
        curve = (columns * (chance * (1 - chance))[:, None]).T @ columns + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return best
