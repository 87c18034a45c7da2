"""Linking recovers a known shift of scale, and names the anchor that moved."""

from collections.abc import Callable

import numpy as np
import pytest

from saem.lib.learners import ParameterError
from saem.lib.learners.irt import ItemBank
from saem.lib.learners.irt.linking import Link, mean_sigma, stocking_lord
from tests.lib.learners.irt.simulated import abilities, answers, calibrated, family_of_kind, values_of_kind

Method = Callable[[ItemBank, ItemBank], Link]
METHODS = [mean_sigma, stocking_lord]
RANDOM = np.random.default_rng(0)
BANK = ItemBank(
    tuple(f"i{code}" for code in range(12)), RANDOM.uniform(0.7, 1.8, 12), RANDOM.normal(size=12), np.full(12, 0.1), np.ones(12)
)  # fmt: skip


def shifted(bank: ItemBank, slope: float, intercept: float) -> ItemBank:
    return ItemBank(
        bank.items, bank.discrimination * slope, (bank.difficulty - intercept) / slope, bank.guess, bank.upper
    )


@pytest.mark.parametrize("method", METHODS)
def test_an_exact_shift(method: Method) -> None:
    link = method(shifted(BANK, 1.4, -0.7), BANK)
    assert link.slope == pytest.approx(1.4, abs=1e-6)
    assert link.intercept == pytest.approx(-0.7, abs=1e-6)
    assert link.findings == ()
    moved = link.bank(shifted(BANK, 1.4, -0.7))
    assert np.allclose(moved.difficulty, BANK.difficulty, atol=1e-5)
    assert np.allclose(moved.chance(np.array([0.3])), BANK.chance(np.array([0.3])), atol=1e-5)
    assert link.abilities(np.array([0.0, 1.0])) == pytest.approx([-0.7, 0.7], abs=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_two_calibrations_of_groups_that_differ(method: Method) -> None:
    """The groups share six of fourteen items each; missing by design alone would not show that one is abler."""
    values = values_of_kind("2pl", 22)
    family = family_of_kind("2pl", 14)
    first = calibrated("2pl", answers(family, values[:14], abilities(4_000))).bank()
    theta = 0.8 + 1.2 * abilities(4_000, seed=3)
    second = calibrated("2pl", answers(family, values[8:], theta, seed=4)).bank()
    second = ItemBank(
        tuple(f"item {8 + code}" for code in range(14)),
        second.discrimination,
        second.difficulty,
        second.guess,
        second.upper,
    )
    link = method(second, first)
    assert len(link.anchors) == 6
    assert link.slope == pytest.approx(1.2, abs=0.15)
    assert link.intercept == pytest.approx(0.8, abs=0.1)
    truth = -values[8:, 1] / values[8:, 0]
    assert np.sqrt(((link.bank(second).difficulty - truth) ** 2).mean()) < 0.15


def test_an_anchor_that_became_easier_is_named() -> None:
    later = shifted(BANK, 1.1, 0.2)
    later.difficulty[5] -= 1.2
    link = stocking_lord(later, BANK)
    assert [finding.where for finding in link.findings] == ["i5"]
    assert link.differences.argmax() == 5


def test_too_few_anchors() -> None:
    other = ItemBank(("i0", "z"), np.ones(2), np.zeros(2), np.zeros(2), np.ones(2))
    with pytest.raises(ParameterError, match="common"):
        stocking_lord(other, BANK)
    same = ItemBank(("i0", "i1"), np.ones(2), np.zeros(2), np.zeros(2), np.ones(2))
    with pytest.raises(ParameterError, match="one difficulty"):
        mean_sigma(same, BANK)
