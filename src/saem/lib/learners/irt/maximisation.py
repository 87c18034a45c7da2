"""The M-step as one scoring step: the score of the marginal likelihood, divided by the complete-data information."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

from .expectation import Expected
from .families import Family, PartialCredit
from .priors import Priors
from .table import Table


@dataclass(frozen=True)
class Problem:
    """What is estimated from what: `free` (items, p) says which parameters."""

    table: Table
    family: Family
    priors: Priors
    free: NDArray[np.bool_]


def score(problem: Problem, values: Floats, expected: Expected, theta: Floats) -> Floats:
    """(items, p): the gradient of the penalised marginal log-likelihood (by Fisher's identity), 0 where fixed."""
    gradient = _likelihood_score(problem, values, expected, theta) + problem.priors.gradient(values)
    return np.where(problem.free, gradient, 0.0)


def _likelihood_score(problem: Problem, values: Floats, expected: Expected, theta: Floats) -> Floats:
    family = problem.family
    if isinstance(family, PartialCredit) and expected.moments is not None:
        gradient = -np.einsum("jpq,jq->jp", family.means(expected.log_chances, theta), expected.nodes)
        gradient[:, 0] += expected.moments
        gradient[:, 1:] += problem.table.counts[:, 1:]
        return np.asarray(gradient)
    assert expected.counts is not None
    by = family.derivatives(values, theta)
    return np.asarray((by * expected.counts[:, None]).sum(axis=(2, 3)))


def information(problem: Problem, values: Floats, expected: Expected, theta: Floats) -> Floats:
    """(items, p, p): expected information of the complete data, priors included; the unit matrix where fixed."""
    blocks = problem.family.information(values, theta, expected.log_chances, expected.nodes)
    width = blocks.shape[1]
    diagonal = np.arange(width)
    blocks[:, diagonal, diagonal] += problem.priors.curvature(values)
    blocks *= problem.free[:, :, None] & problem.free[:, None, :]
    blocks[:, diagonal, diagonal] += ~problem.free
    return np.asarray(blocks)


def scoring_step(gradient: Floats, blocks: Floats, *, equal_slopes: bool) -> Floats:
    """(items, p): the solution of information × step = gradient, all slopes moving together where they are equal."""
    ridge = 1e-9 * (1.0 + np.einsum("jpp->jp", blocks))
    blocks = blocks + ridge[:, :, None] * np.eye(blocks.shape[1])
    if not equal_slopes:
        return np.asarray(np.linalg.solve(blocks, gradient[:, :, None])[:, :, 0])
    # One slope for all is an arrow-shaped matrix: eliminate each item's intercepts, solve for the slope, go back.
    cross, inner = blocks[:, 1:, :1], blocks[:, 1:, 1:]
    both = np.linalg.solve(inner, np.concatenate([gradient[:, 1:, None], cross], axis=2))
    moved, pull = both[:, :, 0], both[:, :, 1]
    left = gradient[:, 0].sum() - float((pull * gradient[:, 1:]).sum())
    slope = left / (blocks[:, 0, 0].sum() - float((pull * cross[:, :, 0]).sum()))
    return np.concatenate([np.full((len(blocks), 1), slope), moved - pull * slope], axis=1)
