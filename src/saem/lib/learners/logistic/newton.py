"""Logistic regression with L2 to its optimum by Newton's method, the items' coefficients eliminated exactly.

A response belongs to one item, so the items' block of the Hessian is diagonal: eliminating it (a Schur complement)
leaves a system as small as the number of skills, and gives exact standard errors of thousands of coefficients.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse
from scipy.sparse.linalg import splu
from scipy.special import expit
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from saem.lib.learners.responses import Floats

from .kernels import eliminated_curvature

# Above this many coefficients beside the items' own, a dense inverse costs more than it tells.
DENSE = 4096
HALVINGS = 30


@dataclass(frozen=True)
class Problem:
    """Right answers (n,) explained by `features` (n, q) and, where `levels` > 0, one coefficient for each item.

    Rows stand item by item: `level` (n,) is sorted. `prior` (q,) is what the coefficients shrink to, with the strength
    `penalty` (q,); the items' coefficients shrink to 0 with the strength `level_penalty`.
    """

    features: sparse.csr_array
    level: NDArray[np.int64]
    levels: int
    right: Floats
    prior: Floats
    penalty: Floats
    level_penalty: float


@dataclass(frozen=True)
class Solution:
    """`covariance` is (q, q), or its approximate diagonal (q,) above DENSE columns; `pivots` (levels,) and `centres`
    (levels, q) are what an item's own variance needs (`covariance.py`).
    """

    coefficients: Floats
    level_coefficients: Floats
    log_likelihood: float
    converged: bool
    iterations: int
    covariance: Floats
    pivots: Floats
    centres: sparse.csr_array


@dataclass(frozen=True)
class _Place:
    """One point of the search: its objective, and what the derivatives need."""

    beta: Floats
    delta: Floats
    log_likelihood: float
    objective: float
    chance: Floats


def solve(problem: Problem, *, tolerance: float, most: int) -> Solution:
    """The optimum; converged where a further step promises less than `tolerance` of penalised log-likelihood."""
    # The systems are small: more threads of BLAS would spend their time waiting for each other.
    with threadpool_limits(1, user_api="blas"):
        place = _at(problem, problem.prior, np.zeros(problem.levels))
        converged, iterations = False, 0
        while not converged and iterations < most:
            iterations += 1
            step_beta, step_delta, promise = _step(problem, place)
            converged = promise < tolerance
            place = _walk(problem, place, step_beta, step_delta)
        return _solution(problem, place, iterations, converged=converged)


def _solution(problem: Problem, place: _Place, iterations: int, *, converged: bool) -> Solution:
    weight = place.chance * (1 - place.chance)
    pivots = _pivots(problem, weight)
    return Solution(
        place.beta, place.delta, place.log_likelihood, converged, iterations,
        _covariance(problem, weight, pivots), pivots, _centres(problem, weight, pivots),
    )  # fmt: skip


def _at(problem: Problem, beta: Floats, delta: Floats) -> _Place:
    score = problem.features @ beta
    if problem.levels:
        score += delta[problem.level]
    log_likelihood = float(problem.right @ score - np.logaddexp(0.0, score).sum())
    pull = float(problem.penalty @ (beta - problem.prior) ** 2 + problem.level_penalty * (delta @ delta)) / 2
    return _Place(beta, delta, log_likelihood, log_likelihood - pull, expit(score))


def _step(problem: Problem, place: _Place) -> tuple[Floats, Floats, float]:
    """Newton's step, and half of its squared length in the Hessian: the gain that it promises."""
    weight, miss = place.chance * (1 - place.chance), problem.right - place.chance
    pivots = _pivots(problem, weight)
    slope = problem.features.T @ miss - problem.penalty * (place.beta - problem.prior)
    level_slope = _by_level(problem, miss) - problem.level_penalty * place.delta
    beta = _solver(problem, weight, pivots)(
        slope - problem.features.T @ (weight * _spread(problem, level_slope / pivots))
    )
    delta = (level_slope - _by_level(problem, weight * (problem.features @ beta))) / pivots
    return beta, delta, float(slope @ beta + level_slope @ delta) / 2


def _walk(problem: Problem, place: _Place, beta: Floats, delta: Floats) -> _Place:
    """The whole step, halved until it does not lose."""
    for halving in range(HALVINGS):
        share = 0.5**halving
        there = _at(problem, place.beta + share * beta, place.delta + share * delta)
        if there.objective >= place.objective:
            return there
    return place


def _pivots(problem: Problem, weight: Floats) -> Floats:
    return _by_level(problem, weight) + problem.level_penalty


def _by_level(problem: Problem, values: Floats) -> Floats:
    if not problem.levels:
        return np.zeros(0)
    return np.bincount(problem.level, weights=values, minlength=problem.levels).astype(np.float64)


def _spread(problem: Problem, values: Floats) -> Floats:
    return values[problem.level] if problem.levels else np.zeros(len(problem.right))


def _solver(problem: Problem, weight: Floats, pivots: Floats) -> Callable[[Floats], Floats]:
    if len(problem.prior) > DENSE:
        solve_sparse: Callable[[Floats], Floats] = splu(_sparse_curvature(problem, weight, pivots)).solve
        return solve_sparse
    factor = linalg.cho_factor(_dense_curvature(problem, weight, pivots), lower=True, check_finite=False)
    return lambda slope: np.asarray(linalg.cho_solve(factor, slope, check_finite=False))


def _dense_curvature(problem: Problem, weight: Floats, pivots: Floats) -> Floats:
    """(q, q), lower triangle."""
    rows = problem.features
    bounds = np.searchsorted(problem.level, np.arange(problem.levels + 1)) if problem.levels else [0, len(weight)]
    curvature = eliminated_curvature(
        np.asarray(bounds, dtype=np.int64), pivots if problem.levels else np.zeros(1),
        rows.indptr.astype(np.int64, copy=False), rows.indices.astype(np.int32, copy=False), rows.data, weight,
        rows.shape[1],
    )  # fmt: skip
    curvature[np.diag_indices_from(curvature)] += problem.penalty
    return curvature


def _sparse_curvature(problem: Problem, weight: Floats, pivots: Floats) -> sparse.csc_array:
    rows = problem.features
    whole = rows.T @ (sparse.diags_array(weight) @ rows) + sparse.diags_array(problem.penalty)
    if problem.levels:
        centres = _centres(problem, weight, pivots)
        whole = whole - centres.T @ (sparse.diags_array(pivots) @ centres)
    return sparse.csc_array(whole)


def _centres(problem: Problem, weight: Floats, pivots: Floats) -> sparse.csr_array:
    """(levels, q): the mean features of each item's responses, weighted as the likelihood weighs them."""
    if not problem.levels:
        return sparse.csr_array((0, len(problem.prior)))
    share = weight / pivots[problem.level]
    places = (share, (problem.level, np.arange(len(share))))
    return sparse.csr_array(sparse.csr_array(places, shape=(problem.levels, len(share))) @ problem.features)


def _covariance(problem: Problem, weight: Floats, pivots: Floats) -> Floats:
    if len(problem.prior) > DENSE:
        return np.asarray(1.0 / _sparse_curvature(problem, weight, pivots).diagonal())
    curvature = _dense_curvature(problem, weight, pivots)
    inverse = linalg.cho_solve((linalg.cholesky(curvature, lower=True), True), np.eye(len(curvature)))
    return np.asarray((inverse + inverse.T) / 2)
