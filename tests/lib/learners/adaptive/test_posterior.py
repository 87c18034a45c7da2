"""A posterior equals Bayes' rule by hand, and its errors are what it says."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from saem.lib.learners.adaptive import GridPosterior, Precomputed, ability_grid
from saem.lib.learners.errors import ParameterError
from saem.lib.learners.irt.bank import ItemBank
from tests.lib.learners.adaptive.banks import bank_of, tables_of


def test_it_equals_bayes_by_hand() -> None:
    bank = bank_of(6, guess=0.2, upper=0.95)
    tables = Precomputed.of(bank)
    answers = [True, False, True, True, False, True]
    posterior = tables.prior(mean=0.3, sd=1.2)
    for item, right in enumerate(answers):
        posterior = posterior.updated(tables.likelihood(item, right=right))
    by_hand = []
    for ability in tables.grid:
        weight = math.exp(-0.5 * ((ability - 0.3) / 1.2) ** 2)
        for a, b, right in zip(bank.discrimination, bank.difficulty, answers, strict=True):
            chance = 0.2 + 0.75 / (1 + math.exp(-a * (ability - b)))
            weight *= chance if right else 1 - chance
        by_hand.append(weight)
    total = sum(by_hand)
    mean = sum(w * t for w, t in zip(by_hand, tables.grid, strict=True)) / total
    assert posterior.weights == pytest.approx([weight / total for weight in by_hand], abs=1e-12)
    assert posterior.mean == pytest.approx(mean)
    variance = sum(w * (t - mean) ** 2 for w, t in zip(by_hand, tables.grid, strict=True)) / total
    assert posterior.sd == pytest.approx(math.sqrt(variance))


def test_quantiles_are_those_of_a_normal() -> None:
    posterior = GridPosterior.normal(0.4, 0.7)
    for share in (0.025, 0.2, 0.5, 0.9, 0.975):
        assert posterior.quantile(share) == pytest.approx(stats.norm.ppf(share, 0.4, 0.7), abs=0.01)
        assert posterior.below(posterior.quantile(share)) == pytest.approx(share)
    estimate = posterior.estimate()
    assert estimate.low < estimate.value < estimate.high
    assert (posterior.below(-99.0), posterior.below(99.0)) == (0.0, pytest.approx(1.0))


def test_quantiles_cross_an_empty_middle() -> None:
    weights = np.zeros(61)
    weights[[5, 55]] = 0.5
    posterior = GridPosterior(ability_grid(), weights)
    assert posterior.quantile(0.25) < -3
    assert posterior.quantile(0.75) > 3


def test_json_keeps_it() -> None:
    posterior = GridPosterior.normal(-1.0, 0.5, ability_grid(-5, 3, 41))
    again = GridPosterior.from_json(json.loads(json.dumps(posterior.as_json(), allow_nan=False)))
    assert again.grid == pytest.approx(posterior.grid)
    assert again.weights == pytest.approx(posterior.weights, abs=1e-15)


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"lowest": -4, "highest": 4, "weights": 3},
        {"lowest": -4, "highest": 4, "weights": [1.0, float("nan"), 1.0]},
        {"lowest": -4, "highest": 4, "weights": [1.0, -1.0, 1.0]},
        {"lowest": -4, "highest": 4, "weights": [0.0, 0.0, 0.0]},
        {"lowest": 4, "highest": -4, "weights": [1.0, 1.0, 1.0]},
        {"lowest": "?", "highest": 4, "weights": [1.0, 1.0, 1.0]},
    ],
)
def test_other_documents_are_refused(document: dict[str, object]) -> None:
    with pytest.raises(ParameterError):
        GridPosterior.from_json(document)


@pytest.mark.parametrize(
    ("mean", "sd"), [(0.0, 0.0), (0.0, -1.0), (float("nan"), 1.0), (0.0, float("inf")), (1e9, 1.0)]
)
def test_impossible_priors_are_refused(mean: float, sd: float) -> None:
    with pytest.raises(ParameterError):
        GridPosterior.normal(mean, sd)


def test_shares_outside_0_and_1_are_refused() -> None:
    with pytest.raises(ParameterError):
        GridPosterior.normal().quantile(1.0)


def test_abilities_are_recovered_and_the_error_is_honest() -> None:
    """600 learners drawn from the prior, 30 items each: the error is as large as it says, and 95 % holds 95 %."""
    tables, rng = tables_of(30, guess=0.15), np.random.default_rng(5)
    abilities = rng.normal(size=600)
    right = rng.random((600, 30)) < tables.bank.chance(abilities)
    posteriors = []
    for row in right:
        posterior = tables.prior()
        for item, one in enumerate(row):
            posterior = posterior.updated(tables.likelihood(item, right=bool(one)))
        posteriors.append(posterior)
    means = np.array([each.mean for each in posteriors])
    claimed = np.sqrt(np.mean([each.sd**2 for each in posteriors]))
    assert np.sqrt(np.mean((means - abilities) ** 2)) == pytest.approx(claimed, rel=0.08)
    inside = [each.estimate().low <= a <= each.estimate().high for each, a in zip(posteriors, abilities, strict=True)]
    assert 0.92 <= np.mean(inside) <= 0.98


def test_a_bank_of_nothing_and_items_that_measure_nothing_are_refused() -> None:
    nothing = np.array([])
    with pytest.raises(ParameterError, match="empty"):
        Precomputed.of(ItemBank((), nothing, nothing, nothing, nothing))
    flat = ItemBank(("good", "flat"), np.array([1.0, 0.0]), np.zeros(2), np.zeros(2), np.ones(2))
    with pytest.raises(ParameterError, match="flat"):
        Precomputed.of(flat)
    with pytest.raises(ParameterError):
        Precomputed.of(ItemBank(("a", "b"), np.array([1.0, np.nan]), np.zeros(2), np.zeros(2), np.ones(2)))


def test_an_extreme_item_leaves_no_certainty_behind() -> None:
    """A wrong answer to an item that nobody fails must not make the posterior impossible."""
    bank = ItemBank(("trivial",), np.array([50.0]), np.array([-30.0]), np.zeros(1), np.ones(1))
    tables = Precomputed.of(bank)
    posterior = tables.prior().updated(tables.likelihood(0, right=False))
    assert np.isfinite(posterior.mean)
    assert posterior.weights.sum() == pytest.approx(1.0)


def test_abilities_beyond_the_grid_are_read_at_its_end() -> None:
    tables = tables_of(3)
    assert (tables.row(-99.0), tables.row(99.0)) == (0, 60)
    assert tables.row(float(tables.grid[17]) + 0.01) == 17
