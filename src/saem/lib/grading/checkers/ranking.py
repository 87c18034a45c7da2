"""How well the scores of one query put its relevant rows first; equal scores gain nothing from the file's order."""

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from .arrays import Array


def ndcg(relevance: Array, score: Array, *, most: int | None = None) -> float:
    """Normalised discounted cumulative gain with gains as given (Järvelin & Kekäläinen 2002), as scikit-learn has it.

    Rows with equal scores share the mean of their places' discounts. NaN where no row is relevant.
    """
    discount = 1.0 / np.log2(np.arange(len(relevance)) + 2.0)
    if most is not None:
        discount[most:] = 0.0
    best = float(np.sort(relevance)[::-1] @ discount)
    if best <= 0:
        return float("nan")
    _, tie, count = np.unique(-score, return_inverse=True, return_counts=True)
    gain = np.bincount(tie, weights=relevance) / count
    ends = np.cumsum(count)
    return float(gain @ np.diff(np.cumsum(discount)[ends - 1], prepend=0.0)) / best


def average_precision(relevance: Array, score: Array, *, most: int | None = None) -> float:
    """Mean of the precisions at the relevant rows among the first `most`. NaN where no row is relevant."""
    hits = _ordered(relevance, score)
    wanted = int(hits.sum()) if most is None else min(int(hits.sum()), most)
    if not wanted:
        return float("nan")
    hits = hits[:most]
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum()) / wanted


def reciprocal_rank(relevance: Array, score: Array) -> float:
    """1 / place of the first relevant row. NaN where no row is relevant."""
    places = np.flatnonzero(_ordered(relevance, score))
    return 1.0 / (int(places[0]) + 1) if len(places) else float("nan")


def _ordered(relevance: Array, score: Array) -> NDArray[np.bool_]:
    # Of rows with equal scores the irrelevant ones come first: a tie is not an answer.
    return np.asarray(relevance[np.lexsort((relevance, -score))] > 0)


RANKINGS: dict[str, Callable[[Array, Array], float]] = {
    "ndcg": ndcg,
    **{f"ndcg@{most}": partial(ndcg, most=most) for most in (3, 5, 10, 20)},
    "map": average_precision,
    **{f"map@{most}": partial(average_precision, most=most) for most in (3, 5, 10, 20)},
    "mrr": reciprocal_rank,
}
