"""Metrics equal scikit-learn's, and say nothing where there is nothing to say."""

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk

from saem.lib.learners import Responses
from saem.lib.learners.evaluation import Spread, auc, calibration, scores, spread
from saem.lib.learners.evaluation.breakdown import by_group, by_skill, mean_skill_auc

RNG = np.random.default_rng(4)
RIGHT = (RNG.random(600) < 0.7).astype(float)
CHANCE = np.clip(np.round(RIGHT * 0.2 + RNG.random(600) * 0.75, 2), 0.01, 0.99)  # rounded, so that there are ties


def test_scores_are_scikit_learns() -> None:
    found = scores(RIGHT, CHANCE)
    assert found.n == 600
    assert found.auc == pytest.approx(sk.roc_auc_score(RIGHT, CHANCE), abs=1e-12)
    assert found.log_loss == pytest.approx(sk.log_loss(RIGHT, CHANCE), abs=1e-12)
    assert found.rmse == pytest.approx(sk.root_mean_squared_error(RIGHT, CHANCE), abs=1e-12)
    assert found.accuracy == pytest.approx(sk.accuracy_score(RIGHT, CHANCE >= 0.5), abs=1e-12)


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 5)), min_size=1, max_size=30))
def test_auc_with_many_ties(rows: list[tuple[bool, int]]) -> None:
    right, chance = np.array([row[0] for row in rows]), np.array([row[1] / 6 for row in rows])
    pairs = [(p > q) + (p == q) / 2 for p in chance[right] for q in chance[~right]]
    expected = float(np.mean(pairs)) if pairs else None
    assert auc(right, chance) == (None if expected is None else pytest.approx(expected, abs=1e-12))


def test_one_outcome_has_no_auc() -> None:
    assert scores(np.ones(5), np.linspace(0.1, 0.9, 5)).auc is None
    assert scores(np.zeros(1), np.array([0.5])).auc is None


def test_points_have_an_error_and_no_auc() -> None:
    found = scores(np.array([0.0, 0.5, 1.0]), np.array([0.2, 0.5, 0.8]))
    assert (found.auc, found.accuracy) == (None, None)
    assert found.rmse == pytest.approx(np.sqrt(0.08 / 3))
    assert found.log_loss == pytest.approx(-(2 * np.log(0.8) + np.log(0.5)) / 3)


def test_spread_is_the_mean_and_deviation_of_folds() -> None:
    folds = [scores(RIGHT[part], CHANCE[part]) for part in (slice(0, 100), slice(100, 300), slice(300, 600))]
    found = spread(folds)
    for name in ("auc", "log_loss", "rmse", "accuracy"):
        values = [getattr(one, name) for one in folds]
        assert found[name] == Spread(pytest.approx(mean(values)), pytest.approx(stdev(values)))
    assert set(spread(folds[:1]).values()) == set(spread([]).values()) == {None}


def test_no_spread_where_a_fold_has_no_auc() -> None:
    found = spread([scores(RIGHT, CHANCE), scores(np.ones(5), np.linspace(0.1, 0.9, 5))])
    assert found["auc"] is None
    assert found["rmse"] is not None


def test_calibration_counts_and_means() -> None:
    curve = calibration(np.array([0.0, 1.0, 1.0, 1.0]), np.array([0.05, 0.08, 0.95, 0.999]))
    assert curve.counts == (2, *[0] * 8, 2)
    assert curve.observed == (0.5, *[None] * 8, 1.0)
    assert curve.predicted[0] == pytest.approx(0.065)
    assert curve.error == pytest.approx((2 * 0.435 + 2 * 0.0255) / 4)
    assert calibration(np.array([1.0]), np.array([0.7])).counts[7] == 1


def test_each_skill_has_its_rows_and_one_without_both_outcomes_no_auc() -> None:
    skills = [["a"], ["a", "b"], ["b"], ["a"], ["c"], ["c"]]
    responses = Responses.from_columns(["s"] * 6, list("ijklmn"), skills, [1, 0, 1, 1, 1, 1])
    chance = np.array([0.9, 0.3, 0.2, 0.6, 0.5, 0.6])
    found = by_skill(responses, responses.score, chance)
    assert [(one.skill, one.n, one.auc) for one in found] == [("a", 3, 1.0), ("b", 2, 0.0), ("c", 2, None)]
    assert [one.mean_outcome for one in found] == pytest.approx([2 / 3, 0.5, 1.0])
    assert mean_skill_auc(found) == pytest.approx(3 / 5)
    assert mean_skill_auc(found[2:]) is None


def test_a_group_that_is_judged_too_well_has_a_gap() -> None:
    outcome = np.array([1.0, 0.0, 1.0, 0.0])
    one, other = by_group(["x", "x", "y", "y"], np.zeros(4, np.int32), outcome, np.array([0.6, 0.4, 0.9, 0.8]))
    assert (one.group, one.scores.n, one.scores.auc, one.gap) == ("x", 2, 1.0, pytest.approx(0.0))
    assert (other.group, other.gap) == ("y", pytest.approx(0.35))
    assert other.scores.rmse == pytest.approx(np.sqrt((0.01 + 0.64) / 2))
