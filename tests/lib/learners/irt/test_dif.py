"""DIF: the planted item is found and the others are left alone."""

import numpy as np
import pytest
from scipy import stats

from saem.lib.learners import ParameterError
from saem.lib.learners.irt.abilities import abilities as estimated
from saem.lib.learners.irt.dif import Size, compare_groups, ets_class, mantel_haenszel
from saem.lib.learners.irt.logistic import log_likelihood
from tests.lib.learners.irt.simulated import (
    Scores,
    abilities,
    answers,
    calibrated,
    family_of_kind,
    names,
    values_of_kind,
)

ITEMS, PERSONS = 16, 2_400


def world(*, harder: float = 0.0, flatter: float = 1.0, seed: int = 0) -> tuple[Scores, np.ndarray]:
    """The focal group is less able by half a deviation; for it item 3 is harder, and item 8 tells less."""
    focal = np.arange(PERSONS) % 2 == 1
    theta = abilities(PERSONS, seed) - 0.5 * focal
    family, values = family_of_kind("2pl", ITEMS), values_of_kind("2pl", ITEMS)
    scores = answers(family, values, theta, seed + 100)
    other = values.copy()
    other[3, 1] -= harder * other[3, 0]
    other[8, 0] *= flatter
    scores[focal] = answers(family, other, theta, seed + 100)[focal]
    return scores, focal


def test_a_harder_item_is_found_and_no_other() -> None:
    scores, focal = world(harder=0.8)
    found = compare_groups(scores, focal, names(ITEMS))
    assert found.flagged() == ("item 3",)
    planted = found.items[3]
    assert planted.size == Size.C
    assert planted.delta < -1.5
    assert planted.uniform_p < 1e-8


def test_nothing_is_found_where_nothing_is() -> None:
    flagged = [name for seed in range(6) for name in compare_groups(*world(seed=seed), names(ITEMS)).flagged()]
    assert len(flagged) <= 1


def test_an_item_that_tells_less_about_one_group_is_found() -> None:
    scores, focal = world(flatter=0.15)
    found = compare_groups(scores, focal, names(ITEMS))
    assert "item 8" in found.flagged()
    assert found.items[8].nonuniform_p < 1e-4


def test_missing_by_design_needs_abilities() -> None:
    scores, focal = world(harder=1.0)
    booklet = np.arange(PERSONS) // 2 % 2
    scores[booklet == 0, 12:] = -1
    scores[booklet == 1, 8:12] = -1
    with pytest.raises(ParameterError, match="ability"):
        compare_groups(scores, focal, names(ITEMS))
    calibration = calibrated("2pl", scores)
    theta = estimated(calibration.table, calibration.family, calibration.values).theta
    assert compare_groups(scores, focal, names(ITEMS), ability=theta).flagged() == ("item 3",)


def test_mantel_haenszel_by_hand() -> None:
    """Two strata of the textbook's form: alpha = sum(a d / n) / sum(b c / n)."""
    table = {(0, False): (20, 10), (0, True): (10, 20), (1, False): (30, 5), (1, True): (20, 10)}
    right = np.concatenate([np.r_[np.ones(r), np.zeros(w)] for r, w in table.values()]).astype(bool)
    focal = np.concatenate([np.full(r + w, group) for (_, group), (r, w) in table.items()])
    stratum = np.concatenate([np.full(r + w, place) for (place, _), (r, w) in table.items()])
    log_odds, error, chi2 = mantel_haenszel(right, focal, stratum)
    assert np.exp(log_odds) == pytest.approx((20 * 20 / 60 + 30 * 10 / 65) / (10 * 10 / 60 + 5 * 20 / 65))
    expected = 30 * 30 / 60 + 35 * 50 / 65
    spread = 30 * 30 * 30 * 30 / (60**2 * 59) + 35 * 30 * 50 * 15 / (65**2 * 64)
    assert chi2 == pytest.approx((abs(50 - expected) - 0.5) ** 2 / spread)
    assert error == pytest.approx(np.sqrt(1 / 20 + 1 / 20 + 1 / 10 + 1 / 10) / np.sqrt(2), rel=0.3)


@pytest.mark.parametrize(
    ("delta", "error", "size"),
    [(0.9, 0.1, Size.A), (1.2, 0.9, Size.A), (1.2, 0.2, Size.B), (-1.7, 0.2, Size.C), (1.7, 0.6, Size.B)],
)
def test_the_ets_classes(delta: float, error: float, size: Size) -> None:
    assert ets_class(delta, error) == size


def test_groups_that_cannot_be_compared() -> None:
    scores, focal = world()
    scores[:, 2] = 1
    found = compare_groups(scores, focal, names(ITEMS))
    assert [(finding.code, finding.where) for finding in found.findings] == [("dif_not_comparable", "item 2")]
    with pytest.raises(ParameterError, match="both groups"):
        compare_groups(scores, np.zeros(PERSONS, dtype=bool), names(ITEMS))


def test_the_likelihood_ratio_is_a_chi_square() -> None:
    random = np.random.default_rng(4)
    ratios = []
    for _ in range(300):
        columns = np.stack([np.ones(200), random.normal(size=200), random.normal(size=200)], axis=1)
        right = random.random(200) < 1 / (1 + np.exp(-columns[:, 1]))
        ratios.append(2 * (log_likelihood(columns, right) - log_likelihood(columns[:, :2], right)))
    assert min(ratios) > -1e-6
    assert stats.kstest(ratios, "chi2", args=(1,)).pvalue > 0.01
    separated = np.stack([np.ones(6), np.arange(6.0)], axis=1)
    assert log_likelihood(separated, np.arange(6) > 2) == pytest.approx(0.0, abs=0.05)
