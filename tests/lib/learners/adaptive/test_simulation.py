"""Whole cohorts: the compiled loop gives the tests that the rules say, and exposure control does what it promises."""

import numpy as np
import pytest

from saem.lib.learners.adaptive import (
    Blueprint,
    Content,
    Length,
    Policy,
    Progressive,
    StandardError,
    answered,
    exposure,
    next_item,
    started,
)
from saem.lib.learners.adaptive.exposure import sympson_hetter
from saem.lib.learners.adaptive.simulation import NOT_GIVEN, simulate, simulate_policy
from saem.lib.learners.errors import ParameterError
from tests.lib.learners.adaptive.banks import needs_jit, tables_of

COHORT = np.random.default_rng(77).normal(size=4000)


def test_the_compiled_loop_gives_what_the_rules_give() -> None:
    tables = tables_of(30, guess=0.2)
    found = simulate(tables, np.array([-1.5, 0.0, 1.5]), length=12, seed=3)
    for learner in range(3):
        progress, rng = started(tables), np.random.default_rng(1)
        for place, item in enumerate(found.items[learner]):
            assert next_item(tables, progress, Policy(), rng).item == item
            progress = answered(tables, progress, int(item), right=bool(found.right[learner, place]))
            assert found.means[learner, place] == pytest.approx(progress.posterior.mean, abs=1e-9)
            assert found.errors[learner, place] == pytest.approx(progress.posterior.sd, abs=1e-9)


def test_counts_lengths_and_overlap_are_those_of_the_items() -> None:
    tables = tables_of(12)
    found = simulate(tables, np.linspace(-2, 2, 9), length=8, seed=1, error=0.65, shortest=3)
    for learner in range(9):
        given = [item for item in found.items[learner] if item != NOT_GIVEN]
        assert len(set(given)) == len(given) == found.lengths[learner] >= 3
        assert found.final_errors[learner] <= 0.65 or len(given) == 8
        assert found.abilities[learner] == found.means[learner, len(given) - 1]
        assert np.isnan(found.means[learner, len(given) :]).all()
    assert found.lengths.min() < 8
    assert found.exposure * 9 == pytest.approx([np.sum(found.items == item) for item in range(12)])
    fixed = simulate(tables, np.linspace(-2, 2, 9), length=5, seed=1)
    pairs = [len(set(a) & set(b)) / 5 for i, a in enumerate(fixed.items.tolist()) for b in fixed.items.tolist()[:i]]
    assert fixed.overlap == pytest.approx(np.mean(pairs))


def test_no_test_ends_before_its_shortest_length() -> None:
    found = simulate(tables_of(10), np.zeros(3), length=8, seed=1, error=5.0, shortest=4)
    assert (found.lengths == 4).all()


def test_enough_items_are_always_given_for_a_whole_test() -> None:
    """Where every item of a small bank is chosen for everybody, a test of four still has four that are never set aside."""
    found = simulate(tables_of(6), np.zeros(5), length=6, seed=1)
    assert np.count_nonzero(exposure._adjusted(found, 0.7, 4) == 1) == 4


def test_the_seed_decides() -> None:
    tables = tables_of(15)
    first, again, other = (simulate(tables, np.zeros(5), length=6, seed=s, progressive=True).items for s in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_items_that_are_never_kept_are_given_last() -> None:
    tables = tables_of(8)
    keep = np.ones(8)
    keep[[2, 5]] = 0.0
    for progressive in (False, True):
        found = simulate(tables, np.zeros(4), length=8, seed=1, keep=keep, progressive=progressive)
        assert (np.sort(found.items[:, -2:], axis=1) == [2, 5]).all()


@needs_jit
def test_abilities_are_recovered() -> None:
    tables = tables_of(200)
    found = simulate(tables, COHORT, length=20, seed=5)
    error = np.sqrt(np.mean((found.abilities - COHORT) ** 2))
    assert error == pytest.approx(np.sqrt(np.mean(found.final_errors**2)), rel=0.05)
    assert error < 0.36
    inside = np.abs(found.abilities - COHORT) <= 1.96 * found.final_errors
    assert 0.93 <= inside.mean() <= 0.97


@needs_jit
def test_progressive_tests_overlap_less_and_use_the_whole_bank() -> None:
    tables = tables_of(200)
    best = simulate(tables, COHORT, length=15, seed=5)
    spread = simulate(tables, COHORT, length=15, seed=5, progressive=True)
    assert spread.overlap < best.overlap - 0.05
    assert (spread.exposure > 0).mean() > (best.exposure > 0).mean() + 0.3


@needs_jit
@pytest.mark.parametrize("target", [0.15, 0.25])
def test_exposure_stays_within_its_target(target: float) -> None:
    tables = tables_of(250)
    free = simulate(tables, COHORT, length=15, seed=5)
    control = sympson_hetter(tables, COHORT, target=target, length=15, seed=100, tolerance=0.02)
    assert control.converged
    assert control.findings == ()
    assert control.largest[0] == pytest.approx(1.0)
    # Other learners of the same kind, other draws; three standard errors of a rate on top.
    others = np.random.default_rng(1).normal(size=4000)
    held = simulate(tables, others, length=15, seed=999, keep=control.keep)
    noise = 3 * np.sqrt(target * (1 - target) / 4000)
    assert held.exposure.max() <= target + 0.02 + noise
    assert held.overlap < free.overlap
    # Its price: a little precision, not more than a fifth of the error.
    price = np.sqrt(np.mean((held.abilities - others) ** 2)) / np.sqrt(np.mean((free.abilities - COHORT) ** 2))
    assert price < 1.2
    assert (held.lengths == 15).all()


@needs_jit
def test_a_target_that_was_not_reached_is_reported() -> None:
    tables = tables_of(60)
    control = sympson_hetter(tables, COHORT[:1000], target=0.2, length=12, seed=1, tolerance=0.0, rounds=3)
    assert not control.converged
    assert [finding.code for finding in control.findings] == ["exposure_not_converged"]
    assert control.findings[0].where in tables.bank.items
    assert len(control.largest) == 4


@needs_jit
def test_control_is_read_by_a_policy() -> None:
    tables = tables_of(250)
    control = sympson_hetter(tables, COHORT[:2000], target=0.2, length=10, seed=1)
    names = control.by_name()
    assert 0 < len(names) < 250
    assert Policy(keep=names).keep == {
        tables.bank.items[code]: keep for code, keep in enumerate(control.keep) if keep < 1
    }


def test_a_policy_is_simulated_with_its_content_its_exposure_and_its_stop() -> None:
    tables = tables_of(24)
    content = Content.of(tables, [["ab"[code % 2]] for code in range(24)], Blueprint(6, {"a": (2, 2)}))
    policy = Policy(Progressive(6), content=content, keep={"i4": 0.0})
    found = simulate_policy(tables, np.linspace(-1, 1, 40), policy, length=6, seed=2)
    assert all(content.unmet(row.tolist()) == () for row in found.items)
    assert found.counts[4] == 0 < found.selected[4]
    others = np.delete(np.arange(24), 4)
    assert (found.selected[others] == found.counts[others]).all()
    short = simulate_policy(tables, np.zeros(5), Policy(), length=6, seed=2, stop=Length(3))
    assert (short.lengths == 3).all()
    sharp = simulate_policy(tables, np.zeros(5), Policy(), length=24, seed=2, stop=StandardError(0.5))
    assert (sharp.final_errors <= 0.5).all()
    with pytest.raises(ParameterError):
        simulate_policy(tables, np.zeros(5), Policy(), length=25, seed=2)


def test_both_simulations_choose_alike() -> None:
    """With answers that leave nothing to chance, so that different draws do not matter."""
    tables = tables_of(20)
    abilities = np.array([-40.0, 40.0])
    one = simulate(tables, abilities, length=10, seed=1)
    other = simulate_policy(tables, abilities, Policy(), length=10, seed=2)
    assert (one.items == other.items).all()
    assert one.means == pytest.approx(other.means)
    assert (one.selected == other.selected).all()


@needs_jit
def test_exposure_can_be_held_together_with_content() -> None:
    tables = tables_of(80)
    content = Content.of(tables, [["ab"[code % 4 == 0]] for code in range(80)], Blueprint(6, {"b": (2, 2)}))
    learners = np.random.default_rng(2).normal(size=300)
    control = sympson_hetter(
        tables, learners, target=0.3, length=6, seed=1, tolerance=0.08, rounds=8, policy=Policy(content=content)
    )
    assert control.converged
    assert control.exposure.max() <= 0.38 < control.largest[0]


@pytest.mark.parametrize(
    "bad",
    [
        lambda tables: simulate(tables, np.array([]), length=3, seed=1),
        lambda tables: simulate(tables, np.array([0.0, np.nan]), length=3, seed=1),
        lambda tables: simulate(tables, np.zeros(2), length=0, seed=1),
        lambda tables: simulate(tables, np.zeros(2), length=11, seed=1),
        lambda tables: simulate(tables, np.zeros(2), length=3, seed=1, among=0),
        lambda tables: simulate(tables, np.zeros(2), length=3, seed=1, keep=np.ones(3)),
        lambda tables: simulate(tables, np.zeros(2), length=3, seed=1, keep=np.full(10, np.nan)),
        lambda tables: sympson_hetter(tables, np.zeros(2), target=0.2, length=5, seed=1),
        lambda tables: sympson_hetter(tables, np.zeros(2), target=1.5, length=5, seed=1),
    ],
)
def test_impossible_simulations_are_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad(tables_of(10))
