"""Standard errors are those of the plain likelihood's second derivatives, and cover the truth as often as they say."""

import numpy as np
import pytest

from saem.lib.learners.irt.calibration import Settings, calibrate
from saem.lib.learners.irt.families import Family
from saem.lib.learners.irt.maximisation import Problem
from saem.lib.learners.irt.priors import Priors
from saem.lib.learners.irt.standard_errors import Method, by_differences, cross_products, louis, uncertainty
from saem.lib.learners.irt.table import Table
from tests.lib.learners.irt.simulated import (
    abilities,
    answers,
    calibrated,
    family_of_kind,
    names,
    plain_log_likelihood,
    values_of_kind,
)

STEP = 1e-3


def problem_of(found: object) -> Problem:
    flat = Priors(np.zeros_like(found.values), np.zeros_like(found.values))
    return Problem(found.table, found.family, flat, found.family.exists())


def second_derivatives(family: object, values: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Of the plain log-likelihood, by central differences of its values."""
    size = values.size
    steps = np.eye(size) * STEP

    def at(away: np.ndarray) -> float:
        return plain_log_likelihood(family, values + away.reshape(values.shape), scores, nodes=141)

    whole = np.empty((size, size))
    for i in range(size):
        for j in range(i + 1):
            corners = [at(a * steps[i] + b * steps[j]) * a * b for a in (1, -1) for b in (1, -1)]
            whole[i, j] = whole[j, i] = sum(corners) / (4 * STEP**2)
    return whole


@pytest.mark.parametrize(("kind", "items"), [("2pl", 3), ("gpcm", 2), ("grm", 2), ("3pl", 2)])
def test_observed_information_is_the_curvature_of_the_plain_likelihood(kind: str, items: int) -> None:
    family = family_of_kind(kind, items)
    scores = answers(family, values_of_kind(kind, items), abilities(40))
    scores[:15, 0] = -1
    found = calibrated(kind, scores, Settings(errors="none", most_iterations=5))
    exact = -second_derivatives(family, found.values, scores)
    ours = by_differences(problem_of(found), found.solution)
    assert np.allclose(ours, exact, atol=2e-3)
    if kind in {"2pl", "gpcm"}:
        assert np.allclose(louis(problem_of(found), found.solution), ours, atol=1e-5)


def test_louis_over_booklets_equals_differences() -> None:
    scores = answers(family_of_kind("2pl", 9), values_of_kind("2pl", 9), abilities(300))
    scores[:100, :4] = -1
    scores[150:, 7:] = -1
    found = calibrated("2pl", scores)
    assert len(found.table.booklets) == 3
    assert found.uncertainty.method == Method.OBSERVED
    problem = problem_of(found)
    assert np.allclose(louis(problem, found.solution), by_differences(problem, found.solution), atol=1e-4)


def test_all_methods_agree_on_many_persons() -> None:
    scores = answers(family_of_kind("2pl", 10), values_of_kind("2pl", 10), abilities(4_000))
    found = calibrated("2pl", scores)
    problem = problem_of(found)
    observed = found.errors()
    for method, reach in ((Method.CROSS, 0.08), (Method.BLOCKS, 0.2)):
        errors = uncertainty(problem, found.solution, method).errors()
        assert np.abs(errors / observed - 1).max() < reach
    assert np.allclose(cross_products(problem, found.solution), cross_products(problem, found.solution).T)


@pytest.mark.parametrize("kind", ["2pl", "gpcm", "grm"])
def test_blocks_are_the_diagonal_of_the_cross_products(kind: str) -> None:
    family = family_of_kind(kind, 6)
    scores = answers(family, values_of_kind(kind, 6), abilities(300))
    person, item = np.nonzero(np.random.default_rng(0).random(scores.shape) < 0.6)
    twice = np.r_[person, person[:50]], np.r_[item, item[:50]]
    table = Table.from_rows(*twice, scores[twice], (300, 6, family.categories))
    found = calibrate(table, family, names(6), Settings(errors="blocks"))
    width = found.values.shape[1]
    whole = cross_products(problem_of(found), found.solution).reshape(6, width, 6, width)
    for place in range(6):
        assert np.allclose(np.linalg.inv(whole[place, :, place]), found.uncertainty.covariance[place], rtol=1e-6)
    assert "errors_without_covariances" in {finding.code for finding in found.findings}


@pytest.mark.parametrize("kind", ["2pl", "gpcm"])
def test_complete_information_written_out_is_that_of_the_derivatives(kind: str) -> None:
    family, values = family_of_kind(kind, 5), values_of_kind(kind, 5)
    theta, nodes = np.linspace(-3, 3, 11), np.random.default_rng(0).random((5, 11))
    log_chances = family.log_chances(values, theta)
    plain = Family.information(family, values, theta, log_chances, nodes)
    assert np.allclose(family.information(values, theta, log_chances, nodes), plain)


def test_one_slope_for_all_has_one_error() -> None:
    scores = answers(family_of_kind("1pl", 8), values_of_kind("1pl", 8), abilities(500))
    errors = calibrated("1pl", scores).errors()
    assert np.ptp(errors[:, 0]) == 0
    assert errors[0, 0] < 0.15


def test_intervals_cover_the_truth() -> None:
    family, values = family_of_kind("2pl", 10), values_of_kind("2pl", 10)
    inside = []
    for seed in range(60):
        found = calibrated("2pl", answers(family, values, abilities(600, seed), seed + 1000))
        inside.append(np.abs(found.values - values) < 1.96 * found.errors())
    assert 0.93 < np.mean(inside) < 0.97


def test_errors_of_difficulty_are_those_of_the_spread() -> None:
    family, values = family_of_kind("2pl", 8), values_of_kind("2pl", 8)
    banks = [calibrated("2pl", answers(family, values, abilities(800, s), s + 500)).bank() for s in range(40)]
    spread = np.std([bank.difficulty for bank in banks], axis=0)
    claimed = np.mean([bank.errors[:, 1] for bank in banks], axis=0)
    assert np.abs(np.log(spread / claimed)).max() < 0.45
