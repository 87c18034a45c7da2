"""The optimum is scipy's, and the errors are those of the whole Hessian's inverse."""

import numpy as np
import pytest
from scipy import optimize, sparse

from saem.lib.learners.logistic import newton
from saem.lib.learners.logistic.newton import Problem, Solution, solve
from saem.lib.learners.logistic.weights import Weights

ROWS, WIDTH, LEVELS = 200, 5, 7


def problem(*, levels: int = LEVELS) -> Problem:
    rng = np.random.default_rng(3)
    features = rng.normal(0, 1, (ROWS, WIDTH)) * (rng.random((ROWS, WIDTH)) < 0.6)
    features[:, 0] = 1.0
    level = np.sort(rng.integers(0, max(1, levels), ROWS))
    right = (rng.random(ROWS) < 1 / (1 + np.exp(-features @ [0.5, 1, -1, 0, 2] - level / 3 + 1))).astype(float)
    prior = np.array([0.7, 0, 0, 0, 0])
    return Problem(sparse.csr_array(features), level, levels, right, prior, np.full(WIDTH, 0.5), 1.5)


def whole(given: Problem) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The design with one column for each item, and prior and penalty of all coefficients."""
    design = np.hstack([given.features.toarray(), np.eye(max(given.levels, 1))[given.level][:, : given.levels]])
    penalty = np.concatenate([given.penalty, np.full(given.levels, given.level_penalty)])
    return design, np.concatenate([given.prior, np.zeros(given.levels)]), penalty


def peer(given: Problem) -> np.ndarray:
    design, prior, penalty = whole(given)

    def loss(beta: np.ndarray) -> float:
        score = design @ beta
        return float(np.logaddexp(0, score).sum() - given.right @ score + penalty @ (beta - prior) ** 2 / 2)

    return np.asarray(optimize.minimize(loss, prior, method="BFGS", options={"gtol": 1e-7}).x)


def solved(given: Problem) -> tuple[Solution, np.ndarray]:
    solution = solve(given, tolerance=1e-9, most=50)
    return solution, np.concatenate([solution.coefficients, solution.level_coefficients])


@pytest.mark.parametrize("levels", [0, LEVELS])
def test_the_optimum_is_that_of_a_general_optimiser(levels: int) -> None:
    given = problem(levels=levels)
    solution, beta = solved(given)
    assert solution.converged
    np.testing.assert_allclose(beta, peer(given), atol=1e-4)
    score = whole(given)[0] @ beta
    assert solution.log_likelihood == pytest.approx(float(given.right @ score - np.logaddexp(0, score).sum()))


@pytest.mark.parametrize("levels", [0, LEVELS])
def test_errors_are_those_of_the_whole_hessian(levels: int) -> None:
    given = problem(levels=levels)
    solution, beta = solved(given)
    design, _, penalty = whole(given)
    chance = 1 / (1 + np.exp(-design @ beta))
    covariance = np.linalg.inv(design.T @ (design * (chance * (1 - chance))[:, None]) + np.diag(penalty))
    weights = Weights.of(solution, sparse.csr_array((0, levels)))
    np.testing.assert_allclose(np.concatenate(weights.errors()), np.sqrt(np.diag(covariance)), rtol=1e-8)
    for row in (0, 50, 199):
        columns = np.flatnonzero(given.features.toarray()[row])
        values = given.features.toarray()[row][columns]
        mean, variance = weights.log_odds(columns, values, int(given.level[row]) if levels else None)
        assert mean == pytest.approx(design[row] @ beta)
        assert variance == pytest.approx(design[row] @ covariance @ design[row])


@pytest.mark.parametrize("levels", [0, LEVELS])
def test_a_wide_model_is_solved_sparsely_to_the_same_optimum(levels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    _, beta = solved(problem(levels=levels))
    monkeypatch.setattr(newton, "DENSE", 1)
    solution, sparsely = solved(problem(levels=levels))
    np.testing.assert_allclose(sparsely, beta, rtol=1e-7)
    assert solution.covariance.shape == (WIDTH,)
    weights = Weights.of(solution, sparse.csr_array((0, levels)))
    assert all(np.isfinite(errors).all() for errors in weights.errors())
    _, variance = weights.log_odds(np.array([0, 1, 1]), np.array([1.0, 2.0, -1.0]), None)
    assert variance == pytest.approx(solution.covariance[0] + solution.covariance[1])


def test_stopping_at_the_cap_is_not_convergence() -> None:
    solution = solve(problem(), tolerance=1e-9, most=2)
    assert (solution.converged, solution.iterations) == (False, 2)


@pytest.mark.parametrize("dense", [newton.DENSE, 1])
def test_an_average_item_is_multiplied_out_to_the_same(dense: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newton, "DENSE", dense)
    solution, _ = solved(problem())
    weights = Weights.of(solution, sparse.csr_array(np.array([[0.5, 0.5, 0, 0, 0, 0, 0], [0, 0, 0.2, 0, 0, 0, 0.8]])))
    columns, values = np.array([0, 2, 4]), np.array([1.0, -0.3, 2.0])
    for level in (LEVELS, LEVELS + 1, LEVELS):
        assert weights.average_log_odds(columns, values, level) == pytest.approx(
            weights.log_odds(columns, values, level)
        )
