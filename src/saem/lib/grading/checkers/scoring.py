"""A metric's value and its 95 % bootstrap interval for a truth column and a predicted column."""

from dataclasses import dataclass

import numpy as np

from .arrays import Array, Codes
from .metrics import ConfusionMetric, Metric, Needs, QueryMetric, RankMetric, RowMetric

RESAMPLES = 400
FEWEST_RESAMPLES = 200
FEWEST_KNOWN = 50  # fewer values say nothing about their outer 5 %
MOST_DRAWS = 2_000_000  # resamples x rows held at a time
LEVEL = (2.5, 97.5)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Truth and prediction, row by row: numbers, or codes of labels when `labels` > 0; `group` ties rows together."""

    truth: Array | Codes
    predicted: Array | Codes
    labels: int = 0
    positive: int = 0
    group: Codes | None = None

    def part(self, rows: np.ndarray) -> "Pair":
        group = None if self.group is None else np.unique(self.group[rows], return_inverse=True)[1]
        return Pair(
            truth=self.truth[rows],
            predicted=self.predicted[rows],
            labels=self.labels,
            positive=self.positive,
            group=group,
        )


def value(metric: Metric, pair: Pair) -> float:
    """The metric of all rows; NaN where it has no meaning (one label only, no rows)."""
    if not len(pair.truth):
        return float("nan")
    truth, predicted = _columns(metric, pair)
    if isinstance(metric, RowMetric):
        return float(metric.finish(metric.rows(truth, predicted).mean(axis=0)))
    if isinstance(metric, ConfusionMetric):
        return float(metric.finish(_confusion(_cells(pair), pair.labels), pair.positive))
    if isinstance(metric, RankMetric):
        return float(metric.value(truth, predicted, np.ones(len(truth))))
    if isinstance(metric, QueryMetric):
        return _mean_known(_by_query(metric, pair))
    return metric.value(truth, predicted)


def interval(metric: Metric, pair: Pair, *, seed: int = 0) -> tuple[float, float] | None:
    """95 % percentile bootstrap interval over rows, or over whole groups where rows belong together.

    Resampling groups is the cluster bootstrap (Davison & Hinkley 1997, §3.8): days or stations, not their hours,
    are what another test set would bring anew.
    """
    if len(pair.truth) < 2:  # noqa: PLR2004  # one row has no spread
        return None
    values = _resample(metric, pair, np.random.default_rng(seed))
    values = values[np.isfinite(values)]
    if len(values) < FEWEST_KNOWN:
        return None
    low, high = np.percentile(values, LEVEL)
    return float(low), float(high)


def _columns(metric: Metric, pair: Pair) -> tuple[Array, Array]:
    truth = pair.truth.astype(np.float64)
    if metric.needs in (Needs.SCORE, Needs.PROBABILITY):
        truth = (pair.truth == pair.positive).astype(np.float64)
    return truth, pair.predicted.astype(np.float64)


def _cells(pair: Pair) -> Codes:
    return np.asarray(pair.truth * pair.labels + pair.predicted, dtype=np.int64)


def _confusion(cells: Codes, labels: int) -> Array:
    return np.bincount(cells, minlength=labels * labels).reshape(labels, labels).astype(np.float64)


def _by_query(metric: QueryMetric, pair: Pair) -> Array:
    """The metric of every query; all rows are one query where nothing groups them."""
    truth, predicted = _columns(metric, pair)
    if pair.group is None:
        return np.array([metric.value(truth, predicted)])
    order = np.argsort(pair.group, kind="stable")
    starts = np.flatnonzero(np.diff(pair.group[order])) + 1
    return np.array([metric.value(truth[rows], predicted[rows]) for rows in np.split(order, starts)])


def _mean_known(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def _resample(metric: Metric, pair: Pair, generator: np.random.Generator) -> Array:
    truth, predicted = _columns(metric, pair)
    if isinstance(metric, RowMetric):
        return metric.finish(_mean_rows(metric.rows(truth, predicted), pair.group, generator))
    if isinstance(metric, ConfusionMetric):
        return metric.finish(_confusions(pair, generator), pair.positive)
    if isinstance(metric, QueryMetric):
        known = _by_query(metric, pair)
        known = known[np.isfinite(known)]
        # One query has no spread that could be seen.
        return (
            np.concatenate([known[draw].mean(axis=1) for draw in _draws(len(known), generator)])
            if known[1:].size
            else known[:0]
        )
    if isinstance(metric, RankMetric):
        parts = [metric.value(truth, predicted, weights) for weights in _weights(pair, generator)]
        return np.concatenate(parts)
    draws = (np.arange(len(row)).repeat(row) for row in _integer_weights(pair, generator))
    return np.array([metric.value(truth[rows], predicted[rows]) if len(rows) else np.nan for rows in draws])


def _mean_rows(rows: Array, group: Codes | None, generator: np.random.Generator) -> Array:
    """Means of `rows` (n, k) over every resample: (resamples, k)."""
    sums, sizes = rows, np.ones(len(rows))
    if group is not None:
        sums = np.stack([np.bincount(group, weights=column) for column in rows.T], axis=1)
        sizes = np.bincount(group).astype(np.float64)
    means = []
    for draw in _draws(len(sums), generator):
        total = sizes[draw].sum(axis=1)
        means.append(np.stack([column[draw].sum(axis=1) for column in sums.T], axis=1) / total[:, None])
    return np.concatenate(means)


def _confusions(pair: Pair, generator: np.random.Generator) -> Array:
    """Confusion matrices of every resample: (resamples, labels, labels)."""
    cells, shape = _cells(pair), (-1, pair.labels, pair.labels)
    if pair.group is None:
        # Rows drawn with replacement land in the cells as a multinomial: no need to draw rows at all.
        share = np.bincount(cells, minlength=pair.labels**2) / len(cells)
        return generator.multinomial(len(cells), share, size=RESAMPLES).reshape(shape).astype(np.float64)
    width = pair.labels**2
    groups = int(pair.group.max()) + 1
    table = np.bincount(pair.group * width + cells, minlength=groups * width).reshape(groups, width)
    drawn = [table[draw].sum(axis=1) for draw in _draws(groups, generator, width=width)]
    return np.concatenate(drawn).reshape(shape).astype(np.float64)


def _weights(pair: Pair, generator: np.random.Generator) -> list[Array]:
    """How often each row is in each resample, in slices that fit in memory."""
    units = len(pair.truth) if pair.group is None else int(pair.group.max()) + 1
    slices = []
    for draw in _draws(units, generator, width=max(1, len(pair.truth) // units)):
        shifted = draw + np.arange(len(draw), dtype=np.int64)[:, None] * units
        counts = np.bincount(shifted.ravel(), minlength=len(draw) * units).reshape(len(draw), units)
        slices.append((counts if pair.group is None else counts[:, pair.group]).astype(np.float64))
    return slices


def _integer_weights(pair: Pair, generator: np.random.Generator) -> list[Codes]:
    return [row.astype(np.int64) for weights in _weights(pair, generator) for row in weights]


def _draws(units: int, generator: np.random.Generator, *, width: int = 1) -> list[Codes]:
    """Units drawn with replacement, `(slice of resamples, units)` at a time; fewer resamples of very many rows."""
    resamples = RESAMPLES if units * RESAMPLES <= MOST_DRAWS else FEWEST_RESAMPLES
    step = max(1, min(resamples, MOST_DRAWS // max(1, units * width)))
    return [
        generator.integers(0, units, size=(min(step, resamples - start), units), dtype=np.int32)
        for start in range(0, resamples, step)
    ]
