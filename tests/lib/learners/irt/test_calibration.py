"""Calibration finds the top of the likelihood that plain numpy computes, and the truth behind simulated answers."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest

from saem.lib.learners.irt.calibration import Settings, calibrate
from saem.lib.learners.irt.expectation import expect
from saem.lib.learners.irt.maximisation import Problem, score
from saem.lib.learners.irt.priors import Priors
from saem.lib.learners.irt.quadrature import Grid
from saem.lib.learners.irt.table import Table
from tests.lib.learners.irt.simulated import (
    Scores,
    abilities,
    answers,
    calibrated,
    family_of_kind,
    names,
    plain_log_likelihood,
    values_of_kind,
)

KINDS = ("1pl", "2pl", "3pl", "4pl", "grm", "gpcm", "pcm")
# How far estimates of 3,000 persons may lie from the truth: slopes, then intercepts (root mean square).
REACH = {"1pl": (0.06, 0.08), "2pl": (0.12, 0.1), "3pl": (0.3, 0.35), "4pl": (0.35, 0.4)}
STRICT = Settings(tolerance=1e-12)


def lsat7() -> Scores:
    folder = os.environ.get("SAEM_TEST_DATA", "")
    path = Path(folder) / "lsat7_patterns.csv"
    if not (folder and path.is_file()):
        pytest.skip("SAEM_TEST_DATA names no folder with lsat7_patterns.csv")
    lines = list(csv.reader(path.read_text().splitlines()))
    rows = np.array([[int(cell) for cell in line] for line in lines[1:]])
    return np.repeat(rows[:, :5], rows[:, 5], axis=0)


def some_missing(scores: Scores, seed: int = 5) -> Scores:
    return np.where(np.random.default_rng(seed).random(scores.shape) < 0.4, -1, scores)


def test_lsat7_as_published() -> None:
    """Estimates and errors that mirt 1.45.1 gives for these data (TOL 1e-8, SE.type Louis)."""
    found = calibrated("2pl", lsat7())
    assert found.solution.log_likelihood == pytest.approx(-2658.805, abs=5e-4)
    assert np.allclose(found.values[:, 0], [0.988, 1.081, 1.706, 0.765, 0.736], atol=1.5e-3)
    assert np.allclose(found.values[:, 1], [1.856, 0.808, 1.804, 0.486, 1.855], atol=1.5e-3)
    assert np.allclose(found.errors()[:2], [[0.177195, 0.13145], [0.168764, 0.091247]], atol=1e-4)
    assert calibrated("1pl", lsat7()).solution.log_likelihood == pytest.approx(-2664.901, abs=5e-4)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("missing", [False, True])
def test_likelihood_is_that_of_plain_quadrature(kind: str, missing: bool) -> None:
    family, values = family_of_kind(kind, 6), values_of_kind(kind, 6)
    scores = answers(family, values, abilities(60))
    scores = some_missing(scores) if missing else scores
    table = Table.from_matrix(scores, family.categories)
    found = expect(table, family, values, Grid()).log_likelihood
    assert found == pytest.approx(plain_log_likelihood(family, values, scores), abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_left_to_gain_at_the_solution(kind: str) -> None:
    family, values = family_of_kind(kind, 6), values_of_kind(kind, 6)
    scores = answers(family, values, abilities(300))
    found = calibrated(kind, scores, STRICT)
    assert found.solution.converged
    flat = Priors(np.zeros_like(found.values), np.zeros_like(found.values))
    problem = Problem(found.table, family, flat, family.exists())
    gradient = score(problem, found.values, found.solution.expected, found.solution.grid.theta)
    if kind in {"3pl", "4pl"}:
        return  # their priors pull; test_priors_balance_the_likelihood looks at those
    gradient[:, 0] = gradient[:, 0].sum() if family.equal_slopes else gradient[:, 0]
    assert np.abs(gradient).max() < 1e-3


@pytest.mark.parametrize("kind", KINDS)
def test_the_score_is_the_slope_of_the_plain_likelihood(kind: str) -> None:
    family, values = family_of_kind(kind, 3), values_of_kind(kind, 3)
    scores = some_missing(answers(family, values, abilities(40)))
    table = Table.from_matrix(scores, family.categories)
    flat = Priors(np.zeros_like(values), np.zeros_like(values))
    grid = Grid()
    found = score(
        Problem(table, family, flat, family.exists()), values, expect(table, family, values, grid), grid.theta
    )
    for place in np.ndindex(values.shape):
        up, down = values.copy(), values.copy()
        up[place] += 1e-5
        down[place] -= 1e-5
        slope = (plain_log_likelihood(family, up, scores) - plain_log_likelihood(family, down, scores)) / 2e-5
        assert found[place] == pytest.approx(slope, abs=2e-4)


@pytest.mark.parametrize("kind", ["3pl", "4pl"])
def test_priors_balance_the_likelihood(kind: str) -> None:
    scores = answers(family_of_kind(kind, 6), values_of_kind(kind, 6), abilities(300))
    found = calibrated(kind, scores, STRICT)
    for step in (-0.02, 0.02):
        for place in np.ndindex(found.values.shape):
            values = found.values.copy()
            values[place] += step
            there = expect(found.table, found.family, values, found.solution.grid).log_likelihood
            assert there + log_prior(values) < found.solution.log_likelihood + log_prior(found.values)


def log_prior(values: np.ndarray) -> float:
    """The documented priors of 3PL and 4PL, written once more."""
    pieces = [(values[:, 0] - 1.0), (values[:, 2] + 1.4) / 0.5, (values[:, 3:] - 3.0) / 0.5]
    return -0.5 * float(sum((piece**2).sum() for piece in pieces))


@pytest.mark.parametrize("kind", KINDS)
def test_the_truth_is_recovered(kind: str) -> None:
    family, values = family_of_kind(kind, 20), values_of_kind(kind, 20)
    found = calibrated(kind, answers(family, values, abilities(3_000)), Settings(errors="none"))
    away = np.sqrt(((found.values - values) ** 2).mean(axis=0))
    slope, intercept = REACH.get(kind, (0.12, 0.15))
    assert away[0] < slope
    assert away[1 : 2 if kind in {"3pl", "4pl"} else None].max() < intercept


def test_missing_by_design_biases_nothing() -> None:
    """Three booklets handed out at random, linked by common items alone."""
    family, values = family_of_kind("2pl", 24), values_of_kind("2pl", 24)
    scores = answers(family, values, abilities(4_500))
    booklet = np.arange(4_500) % 3
    scores[(np.arange(24)[None, :] // 6 - booklet[:, None]) % 4 > 1] = -1
    found = calibrated("2pl", scores)
    assert len(found.table.booklets) == 3
    assert np.abs((found.values - values).mean(axis=0)).max() < 0.05
    # The errors know that each item was answered by fewer.
    assert 0.6 < np.abs((found.values - values) / found.errors()).mean() < 1.0


def test_a_second_half_chosen_by_the_first_biases_nothing() -> None:
    """Two-stage testing: what is missing depends on answers that are there, so the likelihood may ignore why."""
    family, values = family_of_kind("2pl", 30), values_of_kind("2pl", 30)
    values[:, 1] = np.linspace(2.0, -2.0, 30)[np.r_[10:20, 0:10, 20:30]]
    scores = answers(family, values, abilities(4_000))
    able = scores[:, :10].sum(axis=1) > 5
    scores[able, 10:20] = -1
    scores[~able, 20:30] = -1
    found = calibrated("2pl", scores)
    bias = (found.values - values).reshape(3, 10, 2).mean(axis=1)
    assert np.abs(bias).max() < 0.12
    assert 0.6 < np.abs((found.values - values) / found.errors()).mean() < 1.0


def test_booklets_and_rows_of_their_own_agree() -> None:
    """The shortcut over booklets gives what treating each person alone gives, dense or sparse."""
    family, values = family_of_kind("2pl", 8), values_of_kind("2pl", 8)
    scores = answers(family, values, abilities(200))
    scores[:90, :3] = -1
    scores[90:, 6:] = -1
    few = Table.from_matrix(scores)
    assert len(few.booklets) == 2
    person, item = np.nonzero(scores >= 0)
    wide = np.concatenate([scores, some_missing(scores)])
    for given in (few, Table.from_rows(person, item, scores[person, item], (200, 8, 2))):
        assert expect(given, family, values, Grid()).log_likelihood == pytest.approx(
            plain_log_likelihood(family, values, scores), abs=1e-7
        )
    many = Table.from_matrix(wide)
    assert many.booklet is None
    whole = expect(many, family, values, Grid()).log_likelihood
    assert whole == pytest.approx(plain_log_likelihood(family, values, wide), abs=1e-7)


@pytest.mark.parametrize("kind", ["2pl", "3pl", "gpcm", "grm"])
def test_a_sparse_table_gives_what_a_dense_one_gives(kind: str) -> None:
    family, values = family_of_kind(kind, 30), values_of_kind(kind, 30)
    scores = np.where(np.random.default_rng(0).random((90, 30)) < 0.92, -1, answers(family, values, abilities(90)))
    person, item = np.nonzero(scores >= 0)
    sparse = Table.from_rows(person, item, scores[person, item], (90, 30, family.categories))
    assert not isinstance(sparse.picks[0], np.ndarray)
    dense = Table.from_matrix(scores, family.categories)
    settings = Settings(most_iterations=4, errors="cross")
    one, other = (calibrate(table, family, names(30), settings) for table in (sparse, dense))
    assert np.allclose(one.values, other.values, atol=1e-9)
    assert np.allclose(one.errors(), other.errors(), equal_nan=True, rtol=1e-6)


def test_a_long_test_gets_a_finer_grid() -> None:
    family, values = family_of_kind("2pl", 150), values_of_kind("2pl", 150)
    values *= 1.5
    scores = answers(family, values, abilities(150))
    found = calibrated("2pl", scores, Settings(errors="none"))
    assert found.solution.grid.step < 0.2
    plain = plain_log_likelihood(family, found.values, scores, nodes=2001)
    assert found.solution.log_likelihood == pytest.approx(plain, abs=1e-3)


@pytest.mark.parametrize("kind", ["3pl", "4pl"])
def test_other_starts_end_in_the_same_place(kind: str) -> None:
    family, values = family_of_kind(kind, 15), values_of_kind(kind, 15)
    scores = answers(family, values, abilities(1_000))
    first = calibrated(kind, scores, Settings(tolerance=1e-10, errors="none"))
    drawn = calibrated(kind, scores, Settings(tolerance=1e-10, errors="none", starts=4, seed=3))
    assert drawn.starts == 4
    assert drawn.spread < 1e-4
    assert np.abs(first.values - drawn.values).max() < 0.01


def test_anchored_items_stay_and_set_the_scale() -> None:
    family, values = family_of_kind("2pl", 20), values_of_kind("2pl", 20)
    before = calibrated("2pl", answers(family, values, abilities(3_000)))
    later = answers(family, values, 0.6 + 1.3 * abilities(3_000, seed=9), seed=10)
    anchors = before.bank().chosen(names(8))
    found = calibrate(Table.from_matrix(later), family, names(20), Settings(), anchors)
    assert np.allclose(found.bank().difficulty[:8], anchors.difficulty)
    assert np.isnan(found.errors()[:8]).all()
    assert found.solution.grid.mean == pytest.approx(0.6, abs=0.1)
    assert found.solution.grid.deviation == pytest.approx(1.3, abs=0.1)
    assert np.sqrt(((found.values[8:] - values[8:]) ** 2).mean()) < 0.15
