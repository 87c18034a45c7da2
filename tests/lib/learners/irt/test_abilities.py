"""Abilities: means, modes and maxima are what plain numpy finds, and errors say how far off they are."""

import numpy as np
import pytest

from saem.lib.learners.irt import ItemBank
from saem.lib.learners.irt.abilities import Ability, abilities, family_of
from saem.lib.learners.irt.person_fit import person_fit
from saem.lib.learners.irt.table import Table
from tests.lib.learners.irt.simulated import abilities as drawn
from tests.lib.learners.irt.simulated import answers, family_of_kind, values_of_kind

FINE = np.linspace(-6.0, 6.0, 6_001)


def plain_heights(kind: str, scores: np.ndarray, *, prior: bool) -> np.ndarray:
    """(persons, abilities): the logarithm of likelihood, times the population where that is wanted."""
    items = scores.shape[1]
    chances = family_of_kind(kind, items).log_chances(values_of_kind(kind, items), FINE)
    each = [chances[row >= 0, row[row >= 0]].sum(axis=0) for row in scores]
    return np.array(each) - (FINE**2 / 2 if prior else 0.0)


@pytest.mark.parametrize("kind", ["2pl", "4pl", "grm", "gpcm"])
@pytest.mark.parametrize("method", list(Ability))
def test_estimates_are_those_of_a_very_fine_grid(kind: str, method: Ability) -> None:
    family, values = family_of_kind(kind, 12), values_of_kind(kind, 12)
    scores = answers(family, values, drawn(30))
    scores[::3, :4] = -1
    found = abilities(Table.from_matrix(scores, family.categories), family, values, method=method)
    for person, heights in enumerate(plain_heights(kind, scores, prior=method != Ability.ML)):
        weights = np.exp(heights - heights.max())
        if not found.bounded[person]:
            assert abs(FINE[heights.argmax()]) > 4.0 or kind == "4pl"
        elif method == Ability.EAP:
            mean = weights @ FINE / weights.sum()
            assert found.theta[person] == pytest.approx(mean, abs=1e-4)
            assert found.error[person] == pytest.approx(np.sqrt(weights @ (FINE - mean) ** 2 / weights.sum()), abs=1e-4)
        else:
            reached = np.interp(found.theta[person], FINE, heights)
            assert reached > heights.max() - 1e-4


def test_all_right_has_no_maximum_and_says_so() -> None:
    family, values = family_of_kind("2pl", 5), values_of_kind("2pl", 5)
    scores = np.array([[1, 1, 1, 1, 1], [0, 0, 0, 0, 0], [1, 0, 1, 0, 1], [-1, -1, -1, -1, -1]])
    found = abilities(Table.from_matrix(scores), family, values, method=Ability.ML)
    assert found.bounded.tolist() == [False, False, True, False]
    assert np.isinf(found.error[[0, 1, 3]]).all()
    eap = abilities(Table.from_matrix(scores), family, values)
    assert eap.theta[3] == pytest.approx(0.0, abs=1e-9)
    assert eap.error[3] == pytest.approx(1.0, abs=1e-3)


def test_known_items_score_anybody_on_their_scale() -> None:
    values = values_of_kind("2pl", 40)
    bank = ItemBank(
        tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN"),
        values[:, 0],
        -values[:, 1] / values[:, 0],
        np.zeros(40),
        np.ones(40),
    )
    family, known = family_of(bank)
    theta = drawn(2_000)
    found = abilities(Table.from_matrix(answers(family, known, theta)), family, known)
    away = (found.theta - theta) / found.error
    assert np.std(away) == pytest.approx(1.0, abs=0.06)
    guessed, _ = family_of(ItemBank(("a",), np.ones(1), np.zeros(1), np.full(1, 0.2), np.ones(1)))
    assert guessed.width == 4


@pytest.mark.parametrize("method", [Ability.MAP, Ability.ML])
def test_improbable_answers_stand_out(method: Ability) -> None:
    family, values = family_of_kind("2pl", 40), values_of_kind("2pl", 40)
    scores = answers(family, values, drawn(1_500))
    easy_first = np.argsort(-values[:, 1])
    scores[0, easy_first] = np.r_[np.zeros(20), np.ones(20)]  # fails the easy ones, passes the hard ones
    table = Table.from_matrix(scores)
    fit = person_fit(table, family, values, abilities(table, family, values, method=method))
    assert fit.lz_star[0] < -4
    rest = fit.lz_star[1:][np.isfinite(fit.lz_star[1:])]
    assert abs(rest.mean()) < 0.12
    assert rest.std() == pytest.approx(1.0, abs=0.06)
    assert 0.02 < (rest < -1.645).mean() < 0.08
    assert np.nanstd(fit.lz[1:]) < rest.std()


def test_fit_of_the_mean_is_not_corrected() -> None:
    family, values = family_of_kind("gpcm", 8), values_of_kind("gpcm", 8)
    table = Table.from_matrix(answers(family, values, drawn(50)), 4)
    fit = person_fit(table, family, values, abilities(table, family, values))
    assert np.isnan(fit.lz_star).all()
    assert np.isfinite(fit.lz).all()
