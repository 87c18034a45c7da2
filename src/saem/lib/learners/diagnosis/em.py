"""Latent classes by EM: one machine for DINA and G-DINA, which differ only in which classes share a chance."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError, ResponsesError
from saem.lib.learners.responses import Booleans, Floats

from .qmatrix import profiles_of

Indexes = NDArray[np.int64]
# Chances stay this far from 0 and 1: one careless answer must not make a class impossible.
EDGE = 1e-4
TINY = 1e-300
ROWS_AT_A_TIME = 4096


@dataclass(frozen=True)
class Design:
    """Which chance speaks for which item in which class.

    `group` (items, classes) points into the flat chances; `item` (chances,) is the reverse. `lowest` and `highest`
    (items,) point at the chance without any and with all of the needed skills. `is_ordered`: two chances an item, and
    the second is at least the first, so that guess + slip ≤ 1.
    """

    group: Indexes
    item: Indexes
    lowest: Indexes
    highest: Indexes
    is_ordered: bool

    @property
    def classes(self) -> int:
        return int(self.group.shape[1])


@dataclass(frozen=True)
class Patterns:
    """Distinct response patterns: `right` and `wrong` (patterns, items) are counts, both 0 where an item was not asked;
    `count` (patterns,) is how many learners gave each, and `learner` (learners,) points from a learner to a pattern.
    """

    right: Floats
    wrong: Floats
    count: Floats
    learner: Indexes


@dataclass(frozen=True)
class Solution:
    """`chance` (chances,) of a right answer by group, `prior` (classes,); `trace` is the log-likelihood by step."""

    chance: Floats
    prior: Floats
    log_likelihood: float
    converged: bool
    iterations: int
    trace: tuple[float, ...]


def dina_design(q: Booleans) -> Design:
    """All needed skills, or not (Junker & Sijtsma 2001): chances 2j (guess) and 2j + 1 (1 - slip) for item j."""
    items = np.arange(len(q))
    has_all = (~q[:, None, :] | profiles_of(q.shape[1])[None]).all(axis=2)
    return Design(2 * items[:, None] + has_all, np.repeat(items, 2), 2 * items, 2 * items + 1, is_ordered=True)


def gdina_design(q: Booleans) -> Design:
    """A chance of its own for every subset of an item's needed skills: the saturated G-DINA (de la Torre 2011)."""
    needed = q.sum(axis=1)
    sizes = 2**needed
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    # Skill k of item j counts 2^(its place among the needed skills of j).
    weights = np.where(q, 2.0 ** (np.cumsum(q, axis=1) - 1), 0.0)
    within = (weights @ profiles_of(q.shape[1]).T).astype(np.int64)
    return Design(
        first[:, None] + within, np.repeat(np.arange(len(q)), sizes), first, first + sizes - 1, is_ordered=False
    )


def merge_patterns(score: Floats) -> Patterns:
    """From scores (learners, items) of 0 and 1, NaN where an item was not asked; raises ResponsesError for others."""
    asked = ~np.isnan(score)
    other = np.argwhere(asked & (score != 0) & (score != 1))
    if len(other):
        raise ResponsesError("score_not_binary", row=int(other[0, 0]))
    return merge_counts((score == 1).astype(np.int32), (score == 0).astype(np.int32))


def merge_counts(right: NDArray[np.int32], wrong: NDArray[np.int32]) -> Patterns:
    """The same from counts of right and wrong answers (learners, items)."""
    distinct, learner, count = np.unique(np.hstack([right, wrong]), axis=0, return_inverse=True, return_counts=True)
    items = right.shape[1]
    values = distinct.astype(np.float64)
    return Patterns(values[:, :items], values[:, items:], count.astype(np.float64), learner.ravel().astype(np.int64))


def posteriors(
    design: Design, patterns: Patterns, chance: Floats, prior: Floats
) -> Iterator[tuple[slice, Floats, Floats]]:
    """Blocks of rows, their posterior (rows, classes) over classes and their log-likelihood (rows,)."""
    log_right, log_wrong = np.log(chance)[design.group], np.log1p(-chance)[design.group]
    log_prior = np.log(np.maximum(prior, TINY))
    for start in range(0, len(patterns.count), ROWS_AT_A_TIME):
        rows = slice(start, start + ROWS_AT_A_TIME)
        joint = patterns.right[rows] @ log_right + patterns.wrong[rows] @ log_wrong + log_prior
        top = joint.max(axis=1, keepdims=True)
        joint = np.exp(joint - top)
        total = joint.sum(axis=1, keepdims=True)
        yield rows, joint / total, (np.log(total) + top)[:, 0]


def fit_classes(
    design: Design, patterns: Patterns, chance: Floats, *, tolerance: float = 1e-6, most_iterations: int = 5000
) -> Solution:
    """EM from these chances and equal classes, until one step gains at most `tolerance` in log-likelihood.

    No step loses: each maximises the expected log-likelihood within the bounds. Raises ParameterError for a tolerance
    that is not positive.
    """
    if tolerance <= 0 or most_iterations < 1:
        raise ParameterError("tolerance must be positive and most_iterations at least 1")
    prior = np.full(design.classes, 1.0 / design.classes)
    trace: list[float] = []
    for _ in range(most_iterations):
        next_chance, next_prior, value = _step(design, patterns, chance, prior)
        trace.append(value)
        if len(trace) > 1 and value - trace[-2] <= tolerance:
            return Solution(chance, prior, value, True, len(trace), tuple(trace))
        chance, prior = next_chance, next_prior
    value = sum(float(patterns.count[rows] @ part) for rows, _, part in posteriors(design, patterns, chance, prior))
    return Solution(chance, prior, value, False, len(trace), (*trace, value))


def starting_chances(design: Design, generator: np.random.Generator | None = None) -> Floats:
    """Chances that rise with the needed skills a class has: .2 to .8, or a random pair of ends for each item."""
    items = len(design.lowest)
    low, high = (
        (np.full(items, 0.2), np.full(items, 0.8))
        if generator is None
        else (generator.uniform(0.05, 0.45, items), generator.uniform(0.55, 0.95, items))
    )
    mastered = np.array([int(place).bit_count() for place in np.arange(len(design.item)) - design.lowest[design.item]])
    share = mastered / mastered[design.highest][design.item]
    chance: Floats = low[design.item] + (high - low)[design.item] * share
    return chance


def _step(design: Design, patterns: Patterns, chance: Floats, prior: Floats) -> tuple[Floats, Floats, float]:
    right, wrong = np.zeros(design.group.shape), np.zeros(design.group.shape)
    mass, value = np.zeros(design.classes), 0.0
    for rows, posterior, log_likelihood in posteriors(design, patterns, chance, prior):
        weighted = posterior * patterns.count[rows, None]
        right += patterns.right[rows].T @ weighted
        wrong += patterns.wrong[rows].T @ weighted
        mass += weighted.sum(axis=0)
        value += float(patterns.count[rows] @ log_likelihood)
    return _best_chances(design, right, wrong, chance), mass / mass.sum(), value


def _best_chances(design: Design, right: Floats, wrong: Floats, before: Floats) -> Floats:
    hits, misses = (
        np.bincount(design.group.ravel(), part.ravel(), len(design.item)).astype(np.float64) for part in (right, wrong)
    )
    if design.is_ordered:
        hits, misses = _pooled(hits, misses)
    asked = hits + misses
    # A group that nobody can be in keeps its chance.
    best = np.divide(hits, asked, out=before.copy(), where=asked > TINY)
    return np.clip(best, EDGE, 1 - EDGE)


def _pooled(hits: Floats, misses: Floats) -> tuple[Floats, Floats]:
    """Where the first of a pair would be above the second, the best pair in order has both at their common share."""
    hit, miss = hits.reshape(-1, 2), misses.reshape(-1, 2)
    crossed = hit[:, 0] * miss[:, 1] > hit[:, 1] * miss[:, 0]
    merged = [np.where(crossed[:, None], part.sum(axis=1, keepdims=True), part).ravel() for part in (hit, miss)]
    return merged[0], merged[1]
