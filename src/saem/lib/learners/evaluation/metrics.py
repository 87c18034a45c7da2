"""How good predicted chances are, over all rows at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Booleans, Floats

EVEN = 0.5
# A definition is part of the protocol: whoever changes one changes every hash.
DEFINITIONS = {
    "auc": "area under the ROC curve over all rows pooled, a tie counts half; none where all outcomes are alike",
    "log_loss": "mean of -(y ln p + (1 - y) ln(1 - p)), nothing clipped",
    "rmse": "square root of the mean of (y - p)^2",
    "accuracy": "share of rows where (p >= 0.5) = y",
    "outcome": "y is the score divided by the highest score of its item in training and test rows, at least 1",
}


@dataclass(frozen=True)
class Scores:
    """Of n rows; `auc` and `accuracy` are None where outcomes are not right or wrong, `auc` also where all
    are alike.
    """

    n: int
    auc: float | None
    log_loss: float
    rmse: float
    accuracy: float | None


@dataclass(frozen=True)
class Spread:
    """A metric over folds: its mean and standard deviation (with n - 1, so of one fold taken at random)."""

    mean: float
    deviation: float


def scores(outcome: Floats, chance: Floats) -> Scores:
    """All of them for outcomes (n,) from 0 to 1 and chances (n,) strictly between; n is at least 1."""
    binary = bool(np.isin(outcome, (0.0, 1.0)).all())
    return Scores(
        n=len(outcome),
        auc=auc(outcome == 1, chance) if binary else None,
        log_loss=log_loss(outcome, chance),
        rmse=rmse(outcome, chance),
        accuracy=accuracy(outcome == 1, chance) if binary else None,
    )


def auc(right: Booleans, chance: Floats) -> float | None:
    """Area under the ROC curve by ranks, a tie counting half (Mann & Whitney 1947); None without both outcomes."""
    positives = int(np.count_nonzero(right))
    negatives = len(right) - positives
    if not positives or not negatives:
        return None
    order = np.argsort(chance)
    ordered, hits = chance[order], np.concatenate([[0], np.cumsum(right[order])])
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    ends = np.append(begins[1:], len(ordered))
    # The mean rank of a run of equal chances is (first + last + 1) / 2 from 1.
    rank_sum = float(((begins + ends + 1) / 2.0) @ (hits[ends] - hits[begins]))
    return (rank_sum - positives * (positives + 1) / 2.0) / (positives * negatives)


def log_loss(outcome: Floats, chance: Floats) -> float:
    """Mean cross-entropy in nats; a fractional outcome counts as that share of a right answer."""
    return float(-np.mean(outcome * np.log(chance) + (1.0 - outcome) * np.log1p(-chance)))


def rmse(outcome: Floats, chance: Floats) -> float:
    """Root of the mean squared error."""
    return float(np.sqrt(np.mean((outcome - chance) ** 2)))


def accuracy(right: Booleans, chance: Floats) -> float:
    """The share of rows where a chance of at least one half meets a right answer, or a lower one a wrong answer."""
    return float(np.mean((chance >= EVEN) == right))


def spread(folds: Sequence[Scores]) -> Mapping[str, Spread | None]:
    """`auc`, `log_loss`, `rmse` and `accuracy` over folds; None for fewer than two, or where a fold lacks the metric.

    The folds' models share most of their training rows, so the deviation says how much folds differ and, divided by the
    root of their number, is no standard error (Bengio and Grandvalet 2004).
    """
    return {name: _spread([getattr(one, name) for one in folds]) for name in ("auc", "log_loss", "rmse", "accuracy")}


def _spread(values: Sequence[float | None]) -> Spread | None:
    known = np.array([value for value in values if value is not None])
    if len(known) < max(2, len(values)):
        return None
    return Spread(float(known.mean()), float(known.std(ddof=1)))
