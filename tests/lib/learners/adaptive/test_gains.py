"""Gains between two adaptive diagnoses: unbiased, with errors that hold what they promise."""

import numpy as np
import pytest
from scipy import optimize, stats

from saem.lib.learners.adaptive import (
    Gain,
    Measurement,
    Policy,
    StopCode,
    answered,
    diagnosis_stop,
    gain,
    group_gain,
    measured,
    met_before,
    next_item,
    started,
)
from saem.lib.learners.adaptive.simulation import simulate
from saem.lib.learners.errors import ParameterError
from tests.lib.learners.adaptive.banks import answer, bank_of, needs_jit, tables_of


def test_a_measurement_is_the_top_of_its_curve() -> None:
    bank = bank_of(12, guess=0.1)
    right = [True, False, True, True, False, True, True, False, True, True, False, True]

    def depth(ability: float) -> float:
        chance, information = bank.chance(np.array([ability]))[0], bank.information(np.array([ability]))[0]
        return -float(np.log(np.where(right, chance, 1 - chance)).sum() + 0.5 * np.log(information.sum()))

    best = optimize.minimize_scalar(depth, bounds=(-4, 4), method="bounded", options={"xatol": 1e-9}).x
    found = measured(bank, bank.items, right, scale="2026")
    assert found.ability == pytest.approx(best, abs=1e-3)
    assert found.error == pytest.approx(1 / np.sqrt(bank.information(np.array([best])).sum()), rel=1e-3)
    assert (found.items, found.scale, found.findings) == (12, "2026", ())


@pytest.mark.parametrize("all_right", [True, False])
def test_all_right_and_all_wrong_have_a_finite_ability(all_right: bool) -> None:
    found = measured(bank_of(10), bank_of(10).items, [all_right] * 10)
    assert np.isfinite([found.ability, found.error]).all()
    assert (found.ability > 1) == all_right
    assert found.error > 0.5


def test_an_ability_beyond_the_scale_is_said() -> None:
    bank = bank_of(2)
    hard = type(bank)(("h1", "h2"), np.ones(2), np.full(2, 9.0), np.zeros(2), np.ones(2))
    assert [finding.code for finding in measured(hard, hard.items, [True, True]).findings] == ["beyond_the_scale"]


def test_a_gain_is_a_difference_with_both_errors() -> None:
    found = gain(Measurement(-0.5, 0.3, 10, "a"), Measurement(0.4, 0.4, 12, "a"))
    assert (found.value, found.error) == (pytest.approx(0.9), pytest.approx(0.5))
    assert (found.low, found.high) == (pytest.approx(0.9 - 0.98, abs=1e-3), pytest.approx(0.9 + 0.98, abs=1e-3))
    linked = gain(Measurement(-0.5, 0.3, 10), Measurement(0.4, 0.4, 12), link_error=1.2)
    assert linked.error == pytest.approx(1.3)


@needs_jit
@pytest.mark.parametrize("true_gain", [0.0, 0.8])
def test_the_interval_of_a_gain_holds_the_truth_95_times_of_100(true_gain: float) -> None:
    tables, rng = tables_of(300, guess=0.05), np.random.default_rng(8)
    before = rng.normal(size=2500)
    gains = []
    first = simulate(tables, before, length=12, seed=1)
    second = simulate(tables, before + true_gain, length=12, seed=2)
    for one, other in zip(
        zip(first.items, first.right, strict=True), zip(second.items, second.right, strict=True), strict=True
    ):
        names = [[tables.bank.items[item] for item in items] for items, _ in (one, other)]
        gains.append(gain(measured(tables.bank, names[0], one[1]), measured(tables.bank, names[1], other[1])))
    inside = np.mean([each.low <= true_gain <= each.high for each in gains])
    assert 0.93 <= inside <= 0.97
    # An EAP would shrink the gain by about a tenth; this does not.
    group = group_gain(gains)
    assert group.mean == pytest.approx(true_gain, abs=3 * group.error)
    assert group.spread < 0.2


def test_the_interval_of_a_group_holds_the_truth_95_times_of_100() -> None:
    """Classes of 12 whose true gains spread by 0.5 around 0.6, each measured with an error of 0.5."""
    rng, inside, spreads = np.random.default_rng(4), [], []
    for _ in range(1000):
        observed = 0.6 + rng.normal(0, 0.5, 12) + rng.normal(0, 0.5, 12)
        found = group_gain([Gain(value, 0.5, value - 1, value + 1) for value in observed])
        inside.append(found.low <= 0.6 <= found.high)
        spreads.append(found.spread**2)
    assert 0.935 <= np.mean(inside) <= 0.985
    assert np.mean(spreads) == pytest.approx(0.25, rel=0.2)


def test_a_group_is_never_surer_than_its_measurements() -> None:
    same = group_gain([Gain(0.5, 0.4, 0, 1)] * 4)
    assert same.error == pytest.approx(0.2)
    assert (same.mean, same.spread) == (0.5, 0.0)
    assert same.high - same.mean == pytest.approx(stats.t.ppf(0.975, 3) * 0.2)
    alone = group_gain([Gain(0.5, 0.4, 0, 1)])
    assert (alone.error, alone.learners) == (pytest.approx(0.4), 1)
    assert [finding.code for finding in alone.findings] == ["one_learner"]
    assert group_gain([Gain(0.5, 0.4, 0, 1)] * 4, link_error=0.15).error == pytest.approx(0.25)


def test_a_diagnosis_before_and_after_meets_no_item_twice() -> None:
    tables, stops, rng = tables_of(60), diagnosis_stop(8, 15, 0.45), np.random.default_rng(3)
    recent, given = None, []
    for ability in (-0.5, 0.5):
        progress = started(tables)
        while (stop := stops.stop(progress.posterior, len(progress.given))) is None:
            pick = next_item(tables, progress, Policy(), rng, recent=recent)
            progress = answered(tables, progress, pick, right=answer(tables, pick.item, ability, rng))
        assert 8 <= len(progress.given) <= 15
        assert stop.code in {StopCode.LENGTH, StopCode.STANDARD_ERROR}
        given.append(set(progress.given))
        recent = met_before(tables, progress.given)
    assert not given[0] & given[1]


@pytest.mark.parametrize(
    "bad",
    [
        lambda: measured(bank_of(3), [], []),
        lambda: measured(bank_of(3), ["i0"], [True, False]),
        lambda: measured(bank_of(3), ["nobody"], [True]),
        lambda: measured(bank_of(3), ["i0", "i0"], [True, True]),
        lambda: gain(Measurement(0, 1, 5, "a"), Measurement(0, 1, 5, "b")),
        lambda: gain(Measurement(float("nan"), 1, 5), Measurement(0, 1, 5)),
        lambda: gain(Measurement(0, 1, 5), Measurement(0, float("inf"), 5)),
        lambda: group_gain([]),
        lambda: diagnosis_stop(9, 8),
    ],
)
def test_impossible_gains_are_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad()
