"""Compiled loops over whole cohorts of simulated adaptive tests."""

import math
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[Any]


@njit(cache=True)
def learn(weights: Numbers, likelihood: Numbers, grid: Numbers) -> tuple[float, float]:
    """Bayes' rule in place, on `weights` (k,); gives the mean and the standard deviation."""
    total, first = 0.0, 0.0
    for point in range(len(grid)):
        weights[point] *= likelihood[point]
        total += weights[point]
        first += weights[point] * grid[point]
    mean, spread = first / total, 0.0
    for point in range(len(grid)):
        weights[point] /= total
        spread += weights[point] * (grid[point] - mean) ** 2
    return mean, math.sqrt(spread)


@njit(cache=True)
def ranked(ranking: Numbers, closed: Numbers, most: int, among: int, rng: Any) -> int:
    """One of the best `among` items whose mark in `closed` (n,) is at most `most`; -1 where there is none."""
    found = np.empty(among, dtype=np.int64)
    count = 0
    for item in ranking:
        if closed[item] <= most:
            found[count] = item
            count += 1
            if count == among:
                break
    if count <= 1:
        return -1 if count == 0 else int(found[0])
    return int(found[int(rng.random() * count)])


@njit(cache=True)
def highest(scores: Numbers, closed: Numbers, most: int) -> int:
    """The item with the highest score whose mark is at most `most`; -1 where there is none."""
    best = -1
    for item in range(len(scores)):
        if closed[item] <= most and (best < 0 or scores[item] > scores[best]):
            best = item
    return best


@njit(cache=True)
def mix(information: Numbers, closed: Numbers, share: float, rng: Any, scores: Numbers) -> None:
    """The progressive rule's scores (n,): chance and information, weighted by the share of the test that is over."""
    largest = 0.0
    for item in range(len(scores)):
        if closed[item] < GIVEN and information[item] > largest:
            largest = information[item]
    for item in range(len(scores)):
        scores[item] = (1.0 - share) * largest * rng.random() + share * information[item]


# Marks of items within one test.
OPEN, SET_ASIDE, GIVEN = 0, 1, 2


@njit(cache=True)
def kept_item(  # noqa: PLR0917 (compiled code takes its arrays by place)
    scores: Numbers, ranking: Numbers, closed: Numbers, progressive: bool, among: int, keep: Numbers,
    selected: Numbers, rng: Any,
) -> int:  # fmt: skip
    """Choose, and give the choice with the chance `keep` (n,) or set it aside; `selected` (n,) counts choices."""
    while True:
        item = highest(scores, closed, OPEN) if progressive else ranked(ranking, closed, OPEN, among, rng)
        if item < 0:
            break
        selected[item] += 1
        if keep[item] >= 1.0 or rng.random() < keep[item]:
            return item
        closed[item] = SET_ASIDE
    return highest(scores, closed, SET_ASIDE) if progressive else ranked(ranking, closed, SET_ASIDE, 1, rng)


@njit(cache=True)
def cohort(  # noqa: PLR0917
    likelihood: Numbers, information: Numbers, ranking: Numbers, grid: Numbers, prior: Numbers, chance: Numbers,
    keep: Numbers, progressive: bool, among: int, error: float, shortest: int, rng: Any,
    items: Numbers, right: Numbers, means: Numbers, errors: Numbers, selected: Numbers,
) -> None:  # fmt: skip
    """Tests of m learners: fills `items`, `right`, `means` and `errors` (m, length) from `chance` (m, n).

    `likelihood` (2, n, k) of wrong and right answers; `information` and `ranking` (k, n); `prior` (k,). A test ends
    early once its standard error is at most `error` after `shortest` items, or where no item is left.
    """
    learners, length = items.shape
    step = grid[1] - grid[0]
    closed = np.empty(len(keep), dtype=np.int8)
    scores = np.empty(len(keep))
    for learner in range(learners):
        closed[:] = OPEN
        weights = prior.copy()
        mean = 0.0
        for point in range(len(grid)):
            mean += weights[point] * grid[point]
        for place in range(length):
            row = min(max(int((mean - grid[0]) / step + 0.5), 0), len(grid) - 1)
            if progressive:
                mix(information[row], closed, place / length, rng, scores)
            item = kept_item(scores, ranking[row], closed, progressive, among, keep, selected, rng)
            if item < 0:
                break
            closed[item] = GIVEN
            answer = 1 if rng.random() < chance[learner, item] else 0
            mean, spread = learn(weights, likelihood[answer, item], grid)
            items[learner, place], right[learner, place] = item, answer
            means[learner, place], errors[learner, place] = mean, spread
            if place + 1 >= shortest and spread <= error:
                break
