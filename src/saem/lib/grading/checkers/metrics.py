"""Metrics by name: direction, the kind of column each needs, its value and its bootstrap.

Every metric is written over *weighted rows*, so one formula gives both the value (each row once) and all bootstrap
resamples at a time. The values equal scikit-learn's, which the tests prove; scikit-learn itself is not called because
its input validation alone costs more than the whole comparison.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from .arrays import Array
from .ranking import RANKINGS

EPSILON = float(np.finfo(np.float64).eps)


class Needs(StrEnum):
    """What a metric wants in the predicted column."""

    NUMBER = "number"
    LABEL = "label"
    SCORE = "score"  # a number that ranks rows; the truth has two labels
    PROBABILITY = "probability"  # a number from 0 to 1; the truth has two labels


@dataclass(frozen=True, kw_only=True)
class RowMetric:
    """A function of means over rows: `rows(truth, predicted) -> (n, k)` and `finish((…, k)) -> (…)`."""

    needs: Needs
    higher_is_better: bool
    rows: Callable[[Array, Array], Array]
    finish: Callable[[Array], Array]


@dataclass(frozen=True, kw_only=True)
class ConfusionMetric:
    """A function of the confusion matrix `(…, truth, predicted)` and the code of the positive label."""

    finish: Callable[[Array, int], Array]
    higher_is_better: bool = True
    binary: bool = False
    needs: Needs = Needs.LABEL


@dataclass(frozen=True, kw_only=True)
class SampleMetric:
    """Anything else: a function of the two columns, called once for each resample (slow: 200 calls)."""

    needs: Needs
    higher_is_better: bool
    value: Callable[[Array, Array], float]


@dataclass(frozen=True, kw_only=True)
class RankMetric:
    """A function of the order of the scores: `value(truth, score, weights (…, n)) -> (…)`."""

    value: Callable[[Array, Array, Array], Array]
    needs: Needs = Needs.SCORE
    higher_is_better: bool = True


@dataclass(frozen=True, kw_only=True)
class QueryMetric:
    """A mean over queries (rows with one `group`): `value(relevance, score)` of one, NaN where it says nothing."""

    value: Callable[[Array, Array], float]
    needs: Needs = Needs.NUMBER
    higher_is_better: bool = True


Metric = RowMetric | ConfusionMetric | RankMetric | SampleMetric | QueryMetric


def _first(means: Array) -> Array:
    return means[..., 0]


def _root(means: Array) -> Array:
    return np.sqrt(means[..., 0])


def _one_minus_ratio(means: Array) -> Array:
    squared_error, truth, truth_squared = means[..., 0], means[..., 1], means[..., 2]
    return 1.0 - _divide(squared_error, truth_squared - truth**2)


def _explained(means: Array) -> Array:
    error, squared_error, truth, truth_squared = (means[..., k] for k in range(4))
    return 1.0 - _divide(squared_error - error**2, truth_squared - truth**2)


def _divide(above: Array, below: Array) -> Array:
    """Division that gives 0 where nothing was there to divide, as scikit-learn's scores do."""
    return np.divide(above, below, out=np.zeros_like(above, dtype=np.float64), where=below != 0)


def _divide_or_nan(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full_like(above, np.nan, dtype=np.float64), where=below != 0)


def _columns(*columns: Array) -> Array:
    return np.stack(columns, axis=1)


def _squares(truth: Array, predicted: Array) -> Array:
    # Spread does not change when a constant is taken off, and small numbers keep their digits when squared.
    centred = truth - truth.mean()
    return _columns((truth - predicted) ** 2, centred, centred**2)


def _errors_and_squares(truth: Array, predicted: Array) -> Array:
    return np.concatenate([(truth - predicted)[:, None], _squares(truth, predicted)], axis=1)


def _log_loss(truth: Array, predicted: Array) -> Array:
    chance = np.clip(predicted, EPSILON, 1 - EPSILON)
    return _columns(-(truth * np.log(chance) + (1 - truth) * np.log(1 - chance)))


def _smape(truth: Array, predicted: Array) -> Array:
    return _columns(_divide(2 * np.abs(truth - predicted), np.abs(truth) + np.abs(predicted)))


def _log_error(truth: Array, predicted: Array) -> Array:
    floor = -1 + EPSILON
    return _columns((np.log1p(np.maximum(truth, floor)) - np.log1p(np.maximum(predicted, floor))) ** 2)


def _diagonal(matrix: Array) -> Array:
    return np.diagonal(matrix, axis1=-2, axis2=-1)


def _counts(matrix: Array) -> tuple[Array, Array, Array]:
    """Of every label: right claims, how often it was true, how often it was claimed."""
    return _diagonal(matrix), matrix.sum(axis=-1), matrix.sum(axis=-2)


def _per_label(matrix: Array) -> tuple[Array, Array, Array, Array]:
    """Precision, recall, F1 and support of every label, and 0 where a label was never there."""
    hits, support, claims = _counts(matrix)
    return _divide(hits, claims), _divide(hits, support), _divide(2 * hits, support + claims), support


def _accuracy(matrix: Array, _positive: int) -> Array:
    return _divide(_diagonal(matrix).sum(axis=-1), matrix.sum(axis=(-2, -1)))


def _mean_present(values: Array, present: NDArray[np.bool_]) -> Array:
    return _divide((values * present).sum(axis=-1), present.sum(axis=-1).astype(np.float64))


def _seen(matrix: Array) -> NDArray[np.bool_]:
    return np.asarray(matrix.sum(axis=-1) + matrix.sum(axis=-2) > 0, dtype=np.bool_)


def _balanced_accuracy(matrix: Array, _positive: int) -> Array:
    _, recall, _, support = _per_label(matrix)
    return _mean_present(recall, support > 0)


def _positive_column(which: int) -> Callable[[Array, int], Array]:
    return lambda matrix, positive: np.asarray(_per_label(matrix)[which][..., positive])


def _macro(which: int) -> Callable[[Array, int], Array]:
    return lambda matrix, _positive: _mean_present(_per_label(matrix)[which], _seen(matrix))


def _weighted(which: int) -> Callable[[Array, int], Array]:
    def finish(matrix: Array, _positive: int) -> Array:
        values, support = _per_label(matrix)[which], _per_label(matrix)[3]
        return _divide((values * support).sum(axis=-1), support.sum(axis=-1))

    return finish


def _f_beta(beta: float) -> Callable[[Array, int], Array]:
    def finish(matrix: Array, positive: int) -> Array:
        hits, support, claims = (part[..., positive] for part in _counts(matrix))
        return _divide((1 + beta**2) * hits, beta**2 * support + claims)

    return finish


def _specificity(matrix: Array, positive: int) -> Array:
    """The share of rows of the other label that were not called positive."""
    hits, support, claims = (part[..., positive] for part in _counts(matrix))
    others = matrix.sum(axis=(-2, -1)) - support
    return _divide(others - (claims - hits), others)


def _iou(matrix: Array, positive: int) -> Array:
    hits, support, claims = (part[..., positive] for part in _counts(matrix))
    return _divide(hits, support + claims - hits)


def _mean_iou(matrix: Array, _positive: int) -> Array:
    hits, support, claims = _counts(matrix)
    return _mean_present(_divide(hits, support + claims - hits), _seen(matrix))


def _kappa(power: int) -> Callable[[Array, int], Array]:
    """Cohen's kappa: 1 - observed / expected disagreement, weighted by the distance of labels to `power`."""

    def finish(matrix: Array, _positive: int) -> Array:
        places = np.arange(matrix.shape[-1])
        distance = np.abs(places[:, None] - places[None, :])
        weights = (distance > 0) * 1.0 if power == 0 else distance**power * 1.0
        expected = matrix.sum(axis=-1)[..., :, None] * matrix.sum(axis=-2)[..., None, :]
        above = (weights * matrix).sum(axis=(-2, -1)) * matrix.sum(axis=(-2, -1))
        return 1.0 - _divide(above, (weights * expected).sum(axis=(-2, -1)))

    return finish


def _matthews(matrix: Array, _positive: int) -> Array:
    total, hits = matrix.sum(axis=(-2, -1)), _diagonal(matrix).sum(axis=-1)
    support, claims = matrix.sum(axis=-1), matrix.sum(axis=-2)
    covariance = hits * total - (support * claims).sum(axis=-1)
    spread = (total**2 - (support**2).sum(axis=-1)) * (total**2 - (claims**2).sum(axis=-1))
    return _divide(covariance, np.sqrt(spread))


def _by_score(truth: Array, score: Array, weights: Array) -> tuple[Array, Array]:
    """Weight of positive and of negative rows at every distinct score, lowest score first."""
    order = np.argsort(score, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(score[order]) != 0))
    ordered = weights[..., order]
    positive = np.add.reduceat(ordered * truth[order], starts, axis=-1)
    return positive, np.add.reduceat(ordered, starts, axis=-1) - positive


def _auc(truth: Array, score: Array, weights: Array) -> Array:
    """Area under the ROC curve: the share of pairs in the right order, ties counting half (Mann-Whitney)."""
    positive, negative = _by_score(truth, score, weights)
    below = np.cumsum(negative, axis=-1) - negative / 2
    pairs = positive.sum(axis=-1) * negative.sum(axis=-1)
    return _divide_or_nan((positive * below).sum(axis=-1), pairs)


def _average_precision(truth: Array, score: Array, weights: Array) -> Array:
    positive, negative = (part[..., ::-1] for part in _by_score(truth, score, weights))
    hits, claims = np.cumsum(positive, axis=-1), np.cumsum(positive + negative, axis=-1)
    return _divide_or_nan((positive * _divide(hits, claims)).sum(axis=-1), positive.sum(axis=-1))


def _ranks(values: Array) -> Array:
    """Ranks from 1, equal values sharing the mean of their places."""
    _, which, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2.0)[which], dtype=np.float64)


def _pearson(truth: Array, predicted: Array) -> float:
    a, b = truth - truth.mean(), predicted - predicted.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread else 0.0


def _spearman(truth: Array, predicted: Array) -> float:
    return _pearson(_ranks(truth), _ranks(predicted))


def _relative_error(means: Array) -> Array:
    return _divide_or_nan(means[..., 0], means[..., 1])


def _median_error(truth: Array, predicted: Array) -> float:
    return float(np.median(np.abs(truth - predicted)))


def _max_error(truth: Array, predicted: Array) -> float:
    return float(np.max(np.abs(truth - predicted)))


def _number(rows: Callable[[Array, Array], Array], finish: Callable[[Array], Array], *, higher: bool) -> RowMetric:
    return RowMetric(needs=Needs.NUMBER, higher_is_better=higher, rows=rows, finish=finish)


def _chance(rows: Callable[[Array, Array], Array]) -> RowMetric:
    return RowMetric(needs=Needs.PROBABILITY, higher_is_better=False, rows=rows, finish=_first)


def _sample(value: Callable[[Array, Array], float], *, higher: bool) -> SampleMetric:
    return SampleMetric(needs=Needs.NUMBER, higher_is_better=higher, value=value)


METRICS: dict[str, Metric] = {
    "rmse": _number(lambda t, p: _columns((t - p) ** 2), _root, higher=False),
    "mse": _number(lambda t, p: _columns((t - p) ** 2), _first, higher=False),
    "mae": _number(lambda t, p: _columns(np.abs(t - p)), _first, higher=False),
    "mape": _number(lambda t, p: _columns(np.abs(t - p) / np.maximum(np.abs(t), EPSILON)), _first, higher=False),
    "smape": _number(_smape, _first, higher=False),
    "wape": _number(lambda t, p: _columns(np.abs(t - p), np.abs(t)), _relative_error, higher=False),
    "rmsle": _number(_log_error, _root, higher=False),
    "msle": _number(_log_error, _first, higher=False),
    "median_ae": _sample(_median_error, higher=False),
    "max_error": _sample(_max_error, higher=False),
    "r2": _number(_squares, _one_minus_ratio, higher=True),
    "explained_variance": _number(_errors_and_squares, _explained, higher=True),
    "pearson": _sample(_pearson, higher=True),
    "spearman": _sample(_spearman, higher=True),
    "accuracy": ConfusionMetric(finish=_accuracy),
    "balanced_accuracy": ConfusionMetric(finish=_balanced_accuracy),
    "precision": ConfusionMetric(finish=_positive_column(0), binary=True),
    "recall": ConfusionMetric(finish=_positive_column(1), binary=True),
    "specificity": ConfusionMetric(finish=_specificity, binary=True),
    "f1": ConfusionMetric(finish=_positive_column(2), binary=True),
    "f2": ConfusionMetric(finish=_f_beta(2.0), binary=True),
    "macro_precision": ConfusionMetric(finish=_macro(0)),
    "macro_recall": ConfusionMetric(finish=_macro(1)),
    "macro_f1": ConfusionMetric(finish=_macro(2)),
    "weighted_precision": ConfusionMetric(finish=_weighted(0)),
    "weighted_recall": ConfusionMetric(finish=_weighted(1)),
    "weighted_f1": ConfusionMetric(finish=_weighted(2)),
    # Masks: a row is a pixel. Dice is F1 by another name; `iou` and `dice` are of the positive label.
    "iou": ConfusionMetric(finish=_iou, binary=True),
    "dice": ConfusionMetric(finish=_positive_column(2), binary=True),
    "mean_iou": ConfusionMetric(finish=_mean_iou),
    "mean_dice": ConfusionMetric(finish=_macro(2)),
    "matthews": ConfusionMetric(finish=_matthews),
    "kappa": ConfusionMetric(finish=_kappa(0)),
    "quadratic_kappa": ConfusionMetric(finish=_kappa(2)),
    "auc": RankMetric(value=_auc),
    "average_precision": RankMetric(value=_average_precision),
    "log_loss": _chance(_log_loss),
    "brier": _chance(lambda t, p: _columns((t - p) ** 2)),
    **{name: QueryMetric(value=one) for name, one in RANKINGS.items()},
}
