"""The next item of a test: what may be given, what is set aside, and what is said about it."""

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest

from saem.lib.learners.adaptive import (
    GridPosterior,
    MaximumInformation,
    Nothing,
    Pick,
    Policy,
    Precomputed,
    Progress,
    ReasonCode,
    Stepper,
    ability_grid,
    answered,
    next_item,
    resumed,
    started,
)
from saem.lib.learners.adaptive.stepping import NONE_LEFT
from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats
from tests.lib.learners.adaptive.banks import answer, tables_of


def picked(tables: Precomputed, progress: Progress, policy: Policy, rng: np.random.Generator, **more: object) -> Pick:
    pick = next_item(tables, progress, policy, rng, **more)
    assert isinstance(pick, Pick)
    return pick


def test_a_test_gives_every_item_once_and_then_says_so() -> None:
    tables, rng = tables_of(15), np.random.default_rng(1)
    progress = started(tables)
    for _ in range(15):
        pick = picked(tables, progress, Policy(), rng)
        assert pick.reason.code == ReasonCode.MEASURES_BEST
        progress = answered(tables, progress, pick, right=answer(tables, pick.item, 0.5, rng))
    assert sorted(progress.given) == list(range(15))
    assert next_item(tables, progress, Policy(), rng) == Nothing("items_used_up")


def test_an_item_counts_once() -> None:
    tables = tables_of(3)
    progress = answered(tables, started(tables), 1, right=True)
    with pytest.raises(ParameterError, match="i1"):
        answered(tables, progress, 1, right=True)


def test_what_was_met_elsewhere_stays_out() -> None:
    tables, rng = tables_of(10), np.random.default_rng(1)
    best = picked(tables, started(tables), Policy(), rng).item
    recent = np.zeros(10, dtype=bool)
    recent[best] = True
    assert picked(tables, started(tables), Policy(), rng, recent=recent).item != best
    assert next_item(tables, started(tables), Policy(), rng, recent=np.ones(10, dtype=bool)) == Nothing("items_used_up")


def test_randomesque_draws_evenly_among_the_best() -> None:
    tables, rng = tables_of(30), np.random.default_rng(4)
    best = set(tables.ranking[tables.row(started(tables).posterior.mean)][:4].tolist())
    drawn = Counter(picked(tables, started(tables), Policy(among=4), rng).item for _ in range(400))
    assert set(drawn) == best
    assert min(drawn.values()) > 60


def test_an_item_that_is_not_kept_is_set_aside_for_good() -> None:
    tables, rng = tables_of(20), np.random.default_rng(1)
    first, second = tables.ranking[tables.row(started(tables).posterior.mean)][:2].tolist()
    policy = Policy(keep={f"i{first}": 0.0})
    pick = picked(tables, started(tables), policy, rng)
    assert (pick.item, pick.set_aside) == (second, (first,))
    assert pick.reason.code == ReasonCode.SPREADS_EXPOSURE
    progress = answered(tables, started(tables), pick, right=True)
    assert progress.set_aside == (first,)
    for _ in range(18):
        pick = picked(tables, progress, policy, rng)
        assert pick.findings == ()
        progress = answered(tables, progress, pick, right=True)
    last = picked(tables, progress, policy, rng)
    assert last.item == first
    assert [finding.code for finding in last.findings] == ["exposure_not_kept"]


def test_keeping_half_the_time_keeps_half_the_time() -> None:
    tables, rng = tables_of(20), np.random.default_rng(1)
    first = int(tables.ranking[tables.row(started(tables).posterior.mean)][0])
    policy = Policy(keep={f"i{first}": 0.5})
    times = sum(picked(tables, started(tables), policy, rng).item == first for _ in range(400))
    assert 160 <= times <= 240


def test_randomesque_forgets_no_item_that_exposure_did_not_reach() -> None:
    """All of the best four are drawn or set aside; the draw may not lose one of them."""
    tables, rng = tables_of(4), np.random.default_rng(1)
    policy = Policy(among=4, keep={f"i{code}": 0.0 for code in range(3)})
    for _ in range(20):
        pick = picked(tables, started(tables), policy, rng)
        assert (pick.item, pick.findings) == (3, ())


def test_the_same_seed_gives_the_same_items() -> None:
    tables = tables_of(30)
    first, second = (
        [picked(tables, started(tables), Policy(among=5), rng).item for _ in range(5)]
        for rng in (np.random.default_rng(8), np.random.default_rng(8))
    )
    assert first == second


def test_a_score_that_is_not_a_number_names_the_item() -> None:
    class Broken(MaximumInformation):
        def scores(self, tables: Precomputed, progress: Progress, rng: np.random.Generator) -> Floats:
            return np.array([1.0, np.nan, 2.0])

    with pytest.raises(ParameterError, match="i1"):
        next_item(tables_of(3), started(tables_of(3)), Policy(Broken()), np.random.default_rng(1))


@pytest.mark.parametrize(
    "bad", [lambda: Policy(among=0), lambda: Policy(keep={"i3": 1.5}), lambda: Policy(keep={"i3": float("nan")})]
)
def test_impossible_policies_are_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad()


def test_a_prior_on_another_grid_is_refused() -> None:
    with pytest.raises(ParameterError, match="grid"):
        started(tables_of(3), GridPosterior.normal(grid=ability_grid(-3, 3)))
    with pytest.raises(ParameterError, match="grid"):
        Stepper(tables_of(3), GridPosterior.normal(grid=ability_grid(-3, 3)))


@pytest.mark.parametrize("grid", [np.array([0.0, 1.0, 3.0]), np.array([0.0, 1.0]), np.array([2.0, 1.0, 0.0])])
def test_an_uneven_grid_is_refused(grid: Floats) -> None:
    with pytest.raises(ParameterError, match="equal steps"):
        Precomputed.of(tables_of(3).bank, grid)


def test_a_test_resumes_from_its_responses() -> None:
    tables, rng = tables_of(25, guess=0.1), np.random.default_rng(6)
    progress = started(tables, tables.prior(0.5, 0.8))
    policy = Policy(keep={"i3": 0.2, "i7": 0.2})
    for _ in range(9):
        pick = picked(tables, progress, policy, rng)
        progress = answered(tables, progress, pick, right=answer(tables, pick.item, 0.0, rng))
    names = [tables.bank.items[item] for item in progress.given]
    aside = [tables.bank.items[item] for item in progress.set_aside]
    again = resumed(tables, names, progress.right, prior=tables.prior(0.5, 0.8), set_aside=aside)
    assert again.posterior.weights == pytest.approx(progress.posterior.weights, abs=1e-12)
    assert (again.given, again.right, again.set_aside) == (progress.given, progress.right, progress.set_aside)
    with pytest.raises(ParameterError, match="nobody"):
        resumed(tables, ["nobody"], [True])
    with pytest.raises(ParameterError):
        resumed(tables, ["i1", "i1"], [True, True])
    with pytest.raises(ParameterError):
        resumed(tables, ["i1"], [])


def test_the_fast_step_is_the_same_test() -> None:
    tables, rng = tables_of(60, guess=0.1), np.random.default_rng(12)
    for ability in (-2.5, 0.0, 2.5):
        fast, progress = Stepper(tables), started(tables)
        item = fast.first()
        for _ in range(60):
            pick = picked(tables, progress, Policy(), rng)
            assert pick.item == item
            right = answer(tables, item, ability, rng)
            progress = answered(tables, progress, pick, right=right)
            item = fast.step(item, right)
            assert fast.mean == pytest.approx(progress.posterior.mean, abs=1e-9)
        assert item == NONE_LEFT
        assert fast.progress().given == progress.given
        assert fast.progress().right == progress.right
        assert fast.progress().posterior.weights == pytest.approx(progress.posterior.weights, abs=1e-12)


def test_steppers_do_not_share_what_they_learn() -> None:
    tables = tables_of(20)
    one, other = Stepper(tables), Stepper(tables)
    one.step(one.first(), right=True)
    with pytest.raises(ParameterError, match="once"):
        one.step(other.first(), right=True)
    assert other.mean == pytest.approx(0.0, abs=1e-12)
    assert other.first() == Stepper(tables).first()


def test_importing_selection_loads_no_compiler() -> None:
    code = "import sys, saem.lib.learners.adaptive; print('numba' in sys.modules, 'django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )
    assert done.stdout.split() == ["False", "False"]
