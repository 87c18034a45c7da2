"""Every metric equals scikit-learn's, and every interval is a bootstrap's."""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats
from sklearn import metrics as sk

from saem.lib.grading.checkers.metrics import METRICS, ConfusionMetric, Needs, QueryMetric
from saem.lib.grading.checkers.scoring import Pair, interval, value

RNG = np.random.default_rng(7)
ROWS = 400
TRUTH = RNG.gamma(3, 4, ROWS)
GUESS = TRUTH + RNG.normal(0, 2, ROWS)
NUMBERS = Pair(truth=TRUTH, predicted=np.maximum(GUESS, 0.0))
LABELS = RNG.integers(0, 3, ROWS)
GUESSES = np.where(RNG.random(ROWS) < 0.6, LABELS, RNG.integers(0, 3, ROWS))
SORTS = Pair(truth=LABELS, predicted=GUESSES, labels=3, positive=1)
COIN = RNG.integers(0, 2, ROWS)
TOSS = np.where(RNG.random(ROWS) < 0.8, COIN, 1 - COIN)
SIDES = Pair(truth=COIN, predicted=TOSS, labels=2, positive=1)
CHANCE = np.clip(np.round(COIN * 0.3 + RNG.random(ROWS) * 0.7, 2), 0, 1)  # rounded, so that there are ties
SCORES = Pair(truth=COIN, predicted=CHANCE, labels=2, positive=1)
QUERY = np.arange(ROWS) // 10
RELEVANCE = RNG.choice([0.0, 0.0, 0.0, 1.0, 2.0], ROWS)
RANKED = Pair(truth=RELEVANCE, predicted=RELEVANCE + RNG.normal(0, 1, ROWS), group=QUERY)


def by_query(peer: Callable[[Any, Any], float]) -> Callable[[Any, Any], float]:
    """A peer that knows one query, as a mean over those with a relevant row."""

    def mean(truth: Any, score: Any) -> float:
        queries = [np.arange(start, start + 10) for start in range(0, ROWS, 10)]
        return float(np.mean([peer(truth[rows], score[rows]) for rows in queries if truth[rows].any()]))

    return mean


def ndcg_peer(most: int | None) -> Callable[[Any, Any], float]:
    return by_query(lambda t, s: sk.ndcg_score(t[None], s[None], k=most))


def map_peer(most: int) -> Callable[[Any, Any], float]:
    """By the definition, in a loop."""

    def one(truth: Any, score: Any) -> float:
        hits, total = 0, 0.0
        for place, row in enumerate(np.argsort(-score)[:most], start=1):
            if truth[row] > 0:
                hits += 1
                total += hits / place
        return total / min(most, int((truth > 0).sum()))

    return by_query(one)


PEERS: dict[str, Callable[[Any, Any], float]] = {
    "rmse": sk.root_mean_squared_error,
    "mse": sk.mean_squared_error,
    "mae": sk.mean_absolute_error,
    "mape": sk.mean_absolute_percentage_error,
    "smape": lambda t, p: float(np.mean(2 * np.abs(t - p) / (np.abs(t) + np.abs(p)))),
    "wape": lambda t, p: float(np.abs(t - p).sum() / np.abs(t).sum()),
    "rmsle": sk.root_mean_squared_log_error,
    "msle": sk.mean_squared_log_error,
    "median_ae": sk.median_absolute_error,
    "max_error": sk.max_error,
    "r2": sk.r2_score,
    "explained_variance": sk.explained_variance_score,
    "pearson": lambda t, p: stats.pearsonr(t, p).statistic,
    "spearman": lambda t, p: stats.spearmanr(t, p).statistic,
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "precision": sk.precision_score,
    "recall": sk.recall_score,
    "specificity": lambda t, p: sk.recall_score(t, p, pos_label=0),
    "f1": sk.f1_score,
    "f2": lambda t, p: sk.fbeta_score(t, p, beta=2),
    "iou": sk.jaccard_score,
    "dice": sk.f1_score,
    "mean_dice": lambda t, p: sk.f1_score(t, p, average="macro"),
    "weighted_precision": lambda t, p: sk.precision_score(t, p, average="weighted"),
    "weighted_recall": lambda t, p: sk.recall_score(t, p, average="weighted"),
    "macro_precision": lambda t, p: sk.precision_score(t, p, average="macro"),
    "macro_recall": lambda t, p: sk.recall_score(t, p, average="macro"),
    "macro_f1": lambda t, p: sk.f1_score(t, p, average="macro"),
    "weighted_f1": lambda t, p: sk.f1_score(t, p, average="weighted"),
    "mean_iou": lambda t, p: sk.jaccard_score(t, p, average="macro"),
    "matthews": sk.matthews_corrcoef,
    "kappa": sk.cohen_kappa_score,
    "quadratic_kappa": lambda t, p: sk.cohen_kappa_score(t, p, weights="quadratic"),
    "auc": sk.roc_auc_score,
    "average_precision": sk.average_precision_score,
    "log_loss": lambda t, p: sk.log_loss(t, np.stack([1 - p, p], axis=1)),
    "brier": sk.brier_score_loss,
    "ndcg": ndcg_peer(None),
    **{f"ndcg@{most}": ndcg_peer(most) for most in (3, 5, 10, 20)},
    "map": by_query(lambda t, s: sk.average_precision_score(t > 0, s)),
    **{f"map@{most}": map_peer(most) for most in (3, 5, 10, 20)},
    "mrr": by_query(lambda t, s: 1 / (1 + int(np.flatnonzero(t[np.argsort(-s)] > 0)[0]))),
}


def pair_for(name: str) -> Pair:
    metric = METRICS[name]
    if isinstance(metric, ConfusionMetric):
        return SIDES if metric.binary else SORTS
    if isinstance(metric, QueryMetric):
        return RANKED
    return NUMBERS if metric.needs == Needs.NUMBER else SCORES


def test_every_metric_has_a_peer_here() -> None:
    assert set(PEERS) == set(METRICS)


@pytest.mark.parametrize("name", METRICS)
def test_equals_scikit_learn(name: str) -> None:
    pair = pair_for(name)
    assert value(METRICS[name], pair) == pytest.approx(PEERS[name](pair.truth, pair.predicted), abs=1e-9)


@pytest.mark.parametrize("name", METRICS)
def test_a_perfect_prediction_beats_the_other(name: str) -> None:
    pair = pair_for(name)
    best = value(
        METRICS[name],
        Pair(truth=pair.truth, predicted=pair.truth, labels=pair.labels, positive=pair.positive, group=pair.group),
    )
    other = value(METRICS[name], pair)
    assert (best > other) == METRICS[name].higher_is_better


@pytest.mark.parametrize("name", METRICS)
def test_interval_holds_the_value_and_repeats_itself(name: str) -> None:
    pair = pair_for(name)
    low, high = interval(METRICS[name], pair) or (1.0, 0.0)
    assert low <= high
    assert (low, high) == interval(METRICS[name], pair)
    if name != "max_error":  # a resample can only miss the largest error
        assert low < value(METRICS[name], pair) < high


@pytest.mark.parametrize("name", ["rmse", "accuracy", "auc", "f1"])
def test_interval_agrees_with_a_plain_bootstrap(name: str) -> None:
    pair = pair_for(name)
    draws = np.random.default_rng(1).integers(0, ROWS, (2000, ROWS))
    plain = [PEERS[name](pair.truth[rows], pair.predicted[rows]) for rows in draws[:600]]
    low, high = interval(METRICS[name], pair) or (0.0, 0.0)
    spread = np.percentile(plain, 97.5) - np.percentile(plain, 2.5)
    assert low == pytest.approx(np.percentile(plain, 2.5), abs=0.2 * spread)
    assert high == pytest.approx(np.percentile(plain, 97.5), abs=0.2 * spread)


@pytest.mark.parametrize("name", ["rmse", "accuracy", "auc"])
def test_rows_that_belong_together_widen_the_interval(name: str) -> None:
    pair = pair_for(name)
    # Each row five times over: five times the rows, and not a bit more knowledge.
    five = {"truth": np.repeat(pair.truth, 5), "predicted": np.repeat(pair.predicted, 5)}
    kind = {"labels": pair.labels, "positive": pair.positive}
    grouped = interval(METRICS[name], Pair(**five, **kind, group=np.repeat(np.arange(ROWS), 5)))
    single = interval(METRICS[name], pair)
    blind = interval(METRICS[name], Pair(**five, **kind))
    assert grouped is not None
    assert single is not None
    assert blind is not None
    width = single[1] - single[0]
    assert grouped[1] - grouped[0] == pytest.approx(width, rel=0.25)
    assert blind[1] - blind[0] < 0.7 * width


def test_without_both_labels_there_is_no_auc() -> None:
    one_sided = Pair(truth=np.ones(5, dtype=int), predicted=np.arange(5.0), labels=2, positive=1)
    assert np.isnan(value(METRICS["auc"], one_sided))
    assert interval(METRICS["auc"], one_sided) is None


def test_no_rows_no_value() -> None:
    assert np.isnan(value(METRICS["rmse"], Pair(truth=np.array([]), predicted=np.array([]))))


def test_constant_truth_divides_by_nothing() -> None:
    flat = Pair(truth=np.full(4, 2.0), predicted=np.arange(4.0))
    assert np.isfinite(value(METRICS["r2"], flat))


@pytest.mark.parametrize("name", ["rmse", "accuracy"])
def test_many_rows_fit_in_memory_and_time(name: str) -> None:
    rows = 100_000
    pair = Pair(truth=RNG.integers(0, 2, rows), predicted=RNG.integers(0, 2, rows), labels=2, positive=1)
    started = time.process_time()
    assert interval(METRICS[name], pair) is not None
    assert time.process_time() - started < 5


@pytest.mark.parametrize("name", [name for name in METRICS if isinstance(METRICS[name], QueryMetric)])
def test_a_constant_score_gains_nothing_from_a_sorted_table(name: str) -> None:
    relevant_first = Pair(truth=np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0]), predicted=np.zeros(6))
    found = value(METRICS[name], relevant_first)
    turned = Pair(truth=relevant_first.truth[::-1], predicted=np.zeros(6))
    assert found == pytest.approx(value(METRICS[name], turned))
    assert found < 0.8


def test_queries_without_a_relevant_row_say_nothing() -> None:
    pair = Pair(truth=np.array([0.0, 0.0, 1.0, 0.0]), predicted=np.arange(4.0), group=np.array([0, 0, 1, 1]))
    assert value(METRICS["mrr"], pair) == 0.5
    assert interval(METRICS["mrr"], pair) is None
    assert np.isnan(value(METRICS["ndcg"], Pair(truth=np.zeros(3), predicted=np.arange(3.0))))
