"""One learner at a time: the posterior over classes, and how far errors of the estimates move what it says."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.model import Estimate
from saem.lib.learners.responses import Floats

from .em import TINY, Design, Solution
from .information import SMALLEST_SHARE, Covariance


@dataclass(frozen=True)
class Fitted:
    """What a fit left: `covariance` is None where the responses do not determine the estimates."""

    design: Design
    solution: Solution
    covariance: Covariance | None


@dataclass(frozen=True)
class Evidence:
    """What one learner answered: `right` and `asked` (items,) are counts, `posterior` (classes,) what it comes to."""

    right: Floats
    asked: Floats
    posterior: Floats


def log_prior(solution: Solution) -> Floats:
    """(classes,) and finite, so that JSON can hold it."""
    logs: Floats = np.log(np.maximum(solution.prior, TINY))
    return logs


def normalised(log_weights: Floats) -> Floats:
    """(…, classes) of weights that sum to 1."""
    weights = np.exp(log_weights - log_weights.max(axis=-1, keepdims=True))
    shares: Floats = weights / weights.sum(axis=-1, keepdims=True)
    return shares


def estimate(fitted: Fitted, evidence: Evidence, values: Floats, item: int = -1) -> Estimate:
    """The posterior mean of `values` (classes,), which are the chances of `item` if one is given.

    The interval is of the errors in chances and class shares, by the delta method on the logit scale; it is 0 to 1
    where those errors are not known. That the learner's class itself is uncertain is what the value says.
    """
    mean = float(evidence.posterior @ values)
    design, solution, covariance = fitted.design, fitted.solution, fitted.covariance
    if covariance is None:
        return Estimate(mean, 0.0, 1.0)
    pull = evidence.posterior * (values - mean)
    gradient = np.concatenate(
        [
            _by_chance(design, solution, evidence, pull, item)[covariance.chance_is_free],
            _by_share(solution, covariance, pull),
        ]
    )
    inside = min(max(mean, TINY), 1 - 1e-12)
    error = np.sqrt(max(float(gradient @ covariance.matrix @ gradient), 0.0)) / (inside * (1 - inside))
    logit = np.log(inside) - np.log1p(-inside)
    low, high = (float(0.5 * (1 + np.tanh((logit + side * error) / 2))) for side in (-1.96, 1.96))
    return Estimate(mean, min(low, mean), max(high, mean))


def _by_chance(design: Design, solution: Solution, evidence: Evidence, pull: Floats, item: int) -> Floats:
    """Derivative by every chance: through the posterior, and directly where the value is that item's own chance."""
    chance = solution.chance
    in_group = _group_sums(design, pull)
    right, wrong = evidence.right[design.item], (evidence.asked - evidence.right)[design.item]
    slope: Floats = in_group * (right * (1 - chance) - wrong * chance) / (chance * (1 - chance))
    if item >= 0:
        slope += np.where(design.item == item, _group_sums(design, evidence.posterior), 0.0)
    return slope


def _by_share(solution: Solution, covariance: Covariance, pull: Floats) -> Floats:
    share = pull / np.maximum(solution.prior, SMALLEST_SHARE)
    slope: Floats = share[covariance.class_is_free] - share[covariance.reference]
    return slope


def _group_sums(design: Design, weights: Floats) -> Floats:
    repeated = np.broadcast_to(weights, design.group.shape).ravel()
    return np.bincount(design.group.ravel(), weights=repeated, minlength=len(design.item)).astype(np.float64)
