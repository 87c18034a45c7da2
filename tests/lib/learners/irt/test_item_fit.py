"""S-X2 rejects as often as it says when the model holds, and finds an item that does not follow its curve."""

from itertools import product

import numpy as np
import pytest

from saem.lib.learners.irt.calibration import Settings
from saem.lib.learners.irt.item_fit import item_fit, score_shares, without_item
from tests.lib.learners.irt.simulated import Scores, abilities, answers, calibrated, family_of_kind, values_of_kind

NO_ERRORS = Settings(errors="none")


def fit_of(kind: str, scores: Scores) -> object:
    found = calibrated(kind, scores, NO_ERRORS)
    return item_fit(found.table, found.family, found.values, found.solution.grid)


def test_shares_of_scores_by_enumeration() -> None:
    right = np.array([[0.2, 0.9], [0.5, 0.6], [0.7, 0.05], [0.99, 0.5]])
    plain = np.zeros((5, 2))
    for pattern in product([0, 1], repeat=4):
        chances = np.where(np.array(pattern)[:, None] == 1, right, 1 - right)
        plain[sum(pattern)] += chances.prod(axis=0)
    assert np.allclose(score_shares(right), plain)
    for item in range(4):
        assert np.allclose(without_item(plain, right[item]), score_shares(np.delete(right, item, axis=0)))


@pytest.mark.parametrize("missing", [False, True])
def test_rejections_under_the_model(missing: bool) -> None:
    family, values = family_of_kind("2pl", 12), values_of_kind("2pl", 12)
    ps = []
    for seed in range(16):
        scores = answers(family, values, abilities(1_000, seed), seed + 50)
        if missing:
            scores[:500, :3] = -1
            scores[500:, 9:] = -1
        fit = fit_of("2pl", scores)
        ps.append(fit.p)
        assert np.abs(fit.infit - 1).max() < 0.1
    assert 0.015 < (np.array(ps) < 0.05).mean() < 0.095
    assert abs(np.mean(ps) - 0.5) < 0.08


def test_an_item_with_another_curve_is_found() -> None:
    family, values = family_of_kind("2pl", 15), values_of_kind("2pl", 15)
    theta = abilities(3_000)
    scores = answers(family, values, theta)
    # Right in the middle of the scale alone: no logistic curve does that.
    scores[:, 4] = np.random.default_rng(0).random(3_000) < np.exp(-(theta**2))
    fit = fit_of("2pl", scores)
    assert fit.p[4] < 1e-6
    assert np.sort(np.delete(fit.p, 4))[1] > 1e-3


def test_noise_shows_in_the_mean_squares_of_a_common_slope() -> None:
    family, values = family_of_kind("1pl", 15), values_of_kind("1pl", 15)
    scores = answers(family, values, abilities(2_000))
    scores[:, 7] = np.random.default_rng(0).integers(0, 2, 2_000)
    fit = fit_of("1pl", scores)
    assert fit.infit.argmax() == 7
    assert fit.infit[7] > 1.08
    assert fit.outfit.argmax() == 7


def test_where_it_cannot_be_had_it_is_nan() -> None:
    graded = fit_of("gpcm", answers(family_of_kind("gpcm", 6), values_of_kind("gpcm", 6), abilities(300)))
    assert np.isnan(graded.p).all()
    assert np.isfinite(graded.infit).all()
    scores = answers(family_of_kind("2pl", 12), values_of_kind("2pl", 12), abilities(400))
    scores[np.random.default_rng(0).random(scores.shape) < 0.4] = -1
    own_booklets = fit_of("2pl", scores)
    assert np.isnan(own_booklets.chi2).all()
    assert np.isfinite(own_booklets.outfit).all()
