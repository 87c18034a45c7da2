"""Standard errors from the observed information of the marginal likelihood, or from the persons' scores."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

from .em import Solution
from .expectation import expect, weights_of_parts
from .families import PartialCredit
from .maximisation import Problem, information, score
from .table import Part, dense

# Central differences cost two E-steps for each parameter: so many numbers at most may be worked on for them.
MOST_DIFFERENCES = 2e10
# A matrix of more parameters than this is not inverted; each item's block is, alone.
MOST_PARAMETERS = 4000
DIFFERENCE = 1e-4
MANY_CELLS = 1_000_000


class Method(StrEnum):
    """`observed`: minus the second derivatives of the log-likelihood, exact by Louis (1982) for the partial credit
    family with few booklets, else by differences of the exact score. `cross`: sums of products of the persons'
    scores, which has the same limit. `blocks`: cross-products of each item alone, its covariance with others ignored.
    """

    OBSERVED = "observed"
    CROSS = "cross"
    BLOCKS = "blocks"


@dataclass(frozen=True)
class Uncertainty:
    """`covariance` (items, p, p) of each item's parameters, NaN where it cannot be had; `singular` says that the whole
    information could not be inverted.
    """

    method: Method
    covariance: Floats
    singular: bool = False

    def errors(self) -> Floats:
        """(items, p): standard errors."""
        variance = np.einsum("jpp->jp", self.covariance)
        return np.sqrt(np.where(variance > 0, variance, np.nan))


def uncertainty(problem: Problem, solution: Solution, method: Method | None = None) -> Uncertainty:
    """Covariances at a solution; without a method the best that is affordable."""
    numbers = _numbered(problem)
    method = method or _affordable(problem, solution, int(numbers.max()) + 1)
    if method == Method.BLOCKS:
        return Uncertainty(method, _inverted_blocks(problem, _cross_blocks(problem, solution)))
    if method == Method.CROSS:
        whole = cross_products(problem, solution)
    elif _has_few_booklets(problem):
        whole = louis(problem, solution)
    else:
        whole = by_differences(problem, solution)
    return _inverted(whole, numbers, method)


def louis(problem: Problem, solution: Solution) -> Floats:
    """(items p, items p): the observed information of the partial credit family (Louis 1982).

    It is the complete data's information less the covariance of the complete data's score over each posterior. That
    score is score × theta less what the model expects, so all of it needs only the posteriors' products (q, q) in each
    booklet, and answers weighted by the posteriors.
    """
    family, grid = problem.family, solution.grid
    assert isinstance(family, PartialCredit)
    means = family.means(solution.expected.log_chances, grid.theta)
    items, width, nodes = means.shape
    booklets = problem.table.booklets
    # Single precision within a block is far below what so many persons leave uncertain, and twice as fast.
    precision: type[np.float32 | np.float64] = np.float32 if problem.table.persons * items > MANY_CELLS else np.float64
    spread = np.zeros((len(booklets), nodes, nodes))
    pulled = np.zeros((len(booklets), items, nodes))
    squares = np.zeros((items, items))
    for part, weights in weights_of_parts(problem.table, family, solution.values, grid):
        mean = weights @ grid.theta
        variance = np.maximum(weights @ grid.theta**2 - mean**2, 0.0)
        scores = dense(part.scores)
        single = (scores * np.sqrt(variance)[:, None]).astype(precision)
        squares += _product(single, single)
        for booklet, rows in _by_booklet(part):
            here = weights[rows]
            spread[booklet] += np.diag(here.sum(axis=0)) - here.T @ here
            away = here * (grid.theta - mean[rows, None])
            pulled[booklet] += _product(scores[rows].astype(precision), away.astype(precision))
    missing = np.zeros((items, width, items, width))
    missing[:, 0, :, 0] = squares
    for booklet, asked in enumerate(booklets):
        expected = (asked[:, None, None] * means).reshape(items * width, nodes)
        missing += (expected @ spread[booklet] @ expected.T).reshape(missing.shape)
        crossed = (pulled[booklet] @ expected.T).reshape(items, items, width)
        missing[:, 0] -= crossed
        missing[:, :, :, 0] -= crossed.transpose(1, 2, 0)
    return _complete(problem, solution) - missing.reshape(items * width, items * width)


def by_differences(problem: Problem, solution: Solution) -> Floats:
    """(items p, items p): the observed information by central differences of the exact score."""
    size = solution.values.size
    whole = np.zeros((size, size))
    for number in np.flatnonzero(problem.free.ravel()):
        sides = []
        for step in (DIFFERENCE, -DIFFERENCE):
            values = solution.values.copy()
            values.flat[number] += step
            there = expect(problem.table, problem.family, values, solution.grid)
            sides.append(score(problem, values, there, solution.grid.theta).ravel())
        whole[number] = (sides[1] - sides[0]) / (2 * DIFFERENCE)
    return (whole + whole.T) / 2


def cross_products(problem: Problem, solution: Solution) -> Floats:
    """(items p, items p): the sum over persons of the outer product of their scores, and the priors' curvature."""
    size = solution.values.size
    whole = np.diag(problem.priors.curvature(solution.values).ravel())
    for scores in _person_scores(problem, solution):
        flat = scores.reshape(-1, size)
        whole += flat.T @ flat
    return whole


def _cross_blocks(problem: Problem, solution: Solution) -> Floats:
    width = solution.values.shape[1]
    blocks = problem.priors.curvature(solution.values)[:, :, None] * np.eye(width)
    for item, scores in _answer_scores(problem, solution):
        np.add.at(blocks, item, scores[:, :, None] * scores[:, None, :])
    return blocks


def _answer_scores(problem: Problem, solution: Solution) -> Iterator[tuple[NDArray[np.int64], Floats]]:
    """(m,) items and (m, p) gradients in turn, one for each item that a person was asked."""
    family, theta, table = problem.family, solution.grid.theta, problem.table
    by = family.derivatives(solution.values, theta).transpose(2, 0, 1, 3)
    answered = int(table.counts.sum()) // table.persons + 1
    columns = answered * by.shape[2] * len(theta)
    for part, weights in weights_of_parts(table, family, solution.values, solution.grid, columns=columns):
        asked = table.booklets[part.booklet] if part.booklet is not None else part.asked
        assert asked is not None
        person, item = asked.nonzero()
        picked = [np.asarray(pick[person, item]).ravel() for pick in part.picks]
        none = np.asarray(asked[person, item]).ravel() - sum(picked)
        belief = weights[person]
        yield (
            item,
            sum(
                count[:, None] * np.einsum("mq,mpq->mp", belief, by[category, item])
                for category, count in enumerate([none, *picked])
            ),
        )


def _person_scores(problem: Problem, solution: Solution) -> Iterator[Floats]:
    """(rows, items, p) in turn: the gradient of each person's log-likelihood."""
    family, theta, table = problem.family, solution.grid.theta, problem.table
    by = family.derivatives(solution.values, theta)
    items, width = by.shape[:2]
    # Bound the memory of long sparse banks: a row takes (items, p, K) numbers here.
    for part, weights in weights_of_parts(table, family, solution.values, solution.grid, columns=by.size // len(theta)):
        expected = np.einsum("nq,jpkq->nkjp", weights, by, optimize=True)
        picks = [dense(pick) for pick in part.picks]
        asked = table.booklets[part.booklet] if part.booklet is not None else dense(part.asked)
        none = asked - sum(picks)
        total = np.zeros((len(weights), items, width))
        for category, pick in enumerate([none, *picks]):
            total += pick[:, :, None] * expected[:, category]
        yield np.where(problem.free, total, 0.0)


def _complete(problem: Problem, solution: Solution) -> Floats:
    blocks = information(problem, solution.values, solution.expected, solution.grid.theta)
    items, width = blocks.shape[:2]
    whole = np.zeros((items, width, items, width))
    each = np.arange(items)
    whole[each, :, each, :] = blocks
    return whole.reshape(items * width, items * width)


def _by_booklet(part: Part) -> Iterator[tuple[int, slice]]:
    assert part.booklet is not None
    here, first = np.unique(part.booklet, return_index=True)
    for booklet, start, stop in zip(here, first, [*first[1:], len(part.booklet)], strict=True):
        yield int(booklet), slice(start, stop)


def _has_few_booklets(problem: Problem) -> bool:
    return isinstance(problem.family, PartialCredit) and problem.table.booklet is not None


def _affordable(problem: Problem, solution: Solution, parameters: int) -> Method:
    if parameters > MOST_PARAMETERS:
        return Method.BLOCKS
    table = problem.table
    work = 2.0 * parameters * table.persons * len(solution.grid.theta) * table.items
    return Method.OBSERVED if _has_few_booklets(problem) or work < MOST_DIFFERENCES else Method.CROSS


def _numbered(problem: Problem) -> NDArray[np.int64]:
    """(items, p): the number of each free parameter, the same for equal slopes, and -1 where fixed."""
    numbers = np.where(problem.free, 1, 0).astype(np.int64)
    if problem.family.equal_slopes:
        numbers[1:, 0] = 0
    numbers = np.cumsum(numbers.ravel()).reshape(numbers.shape) - 1
    if problem.family.equal_slopes:
        numbers[:, 0] = numbers[0, 0]
    return np.where(problem.free, numbers, -1)


def _inverted(whole: Floats, numbers: NDArray[np.int64], method: Method) -> Uncertainty:
    flat = numbers.ravel()
    free = np.flatnonzero(flat >= 0)
    count = int(flat.max()) + 1
    gathered = np.zeros((count, count))
    np.add.at(gathered, (flat[free][:, None], flat[free][None, :]), whole[np.ix_(free, free)])
    try:
        np.linalg.cholesky(gathered)
        inverse, singular = np.linalg.inv(gathered), False
    except np.linalg.LinAlgError:
        inverse, singular = np.full_like(gathered, np.nan), True
    padded = np.pad(inverse, (0, 1), constant_values=np.nan)
    blocks = padded[numbers[:, :, None], numbers[:, None, :]]
    return Uncertainty(method, blocks, singular)


def _inverted_blocks(problem: Problem, blocks: Floats) -> Floats:
    fixed = ~problem.free
    width = blocks.shape[1]
    blocks = blocks * (problem.free[:, :, None] & problem.free[:, None, :]) + fixed[:, :, None] * np.eye(width)
    inverse = np.linalg.pinv(blocks, hermitian=True)
    inverse[fixed[:, :, None] | fixed[:, None, :]] = np.nan
    return np.asarray(inverse)


def _product(left: NDArray[Any], right: NDArray[Any]) -> Floats:
    return np.asarray(left.T @ right, dtype=np.float64)
