"""Learners drawn with known parameters are fitted back to them, within their standard errors."""

import numpy as np
import pytest

from saem.lib.learners import Responses
from saem.lib.learners.bkt import BKT

from .builders import COMPILED, Truth, draw, responses

pytestmark = COMPILED
NAMES = ("learn", "prior", "guess", "slip")


def logit(chance: float) -> float:
    return float(np.log(chance / (1 - chance)))


def test_parameters_come_back_within_their_errors() -> None:
    """Forty skills: errors in standard errors have mean near 0 and spread near 1, so the errors mean what they say."""
    rng = np.random.default_rng(21)
    truths = {
        f"skill-{k:02d}": Truth(
            learn=rng.uniform(0.1, 0.4),
            prior=rng.uniform(0.2, 0.6),
            guess=rng.uniform(0.1, 0.3),
            slip=rng.uniform(0.05, 0.2),
        )
        for k in range(40)
    }
    model = BKT(tolerance=1e-4).fit(responses({name: draw(truth, [8] * 500, rng) for name, truth in truths.items()}))
    scores = np.array([
        [(logit(getattr(model.skills_[name], each)) - logit(getattr(truth, each))) / model.skills_[name].errors[each] for each in NAMES]
        for name, truth in truths.items()
        if not model.skills_[name].why
    ])  # fmt: skip
    assert len(scores) >= 36
    assert np.abs(scores.mean(axis=0)).max() < 0.5
    assert 0.7 < scores.std() < 1.3
    assert np.abs(scores).max() < 5
    assert model.fit_.converged


def test_more_data_mean_smaller_errors() -> None:
    rng = np.random.default_rng(5)
    few, many = (
        BKT().fit(responses({"skill": draw(Truth(), [8] * count, rng)})).skills_["skill"] for count in (200, 3200)
    )
    for name in NAMES:
        assert many.errors[name] < 0.5 * few.errors[name]
        assert getattr(many, name) == pytest.approx(getattr(Truth(), name), abs=0.06)


def test_forgetting_comes_back() -> None:
    truth = Truth(learn=0.25, forget=0.12, prior=0.3, guess=0.15, slip=0.08)
    practice = responses({"skill": draw(truth, [20] * 1200, np.random.default_rng(3))})
    model, without = BKT(forgetting=True).fit(practice), BKT().fit(practice)
    skill = model.skills_["skill"]
    for name in ("forget", *NAMES):
        assert logit(getattr(skill, name)) == pytest.approx(logit(getattr(truth, name)), abs=4 * skill.errors[name])
    assert model.fit_.log_likelihood > without.fit_.log_likelihood + 50
    assert without.skills_["skill"].forget == 0


def test_items_come_back() -> None:
    """Three items, one of which is guessed often and one seldom."""
    rng = np.random.default_rng(9)
    guesses = {"easy": 0.45, "usual": 0.2, "hard": 0.05}
    rows = []
    for student in range(2500):
        knows = rng.random() < 0.2
        for item in rng.choice(list(guesses), 6):
            rows.append(
                (f"s{student}", str(item), ("skill",), float(rng.random() < (0.9 if knows else guesses[str(item)])))
            )
            knows = knows or rng.random() < 0.15
    model = BKT(item_effects=True).fit(Responses.from_columns(*zip(*rows, strict=True)))
    found = {
        model.table_.items[item]: guess
        for (_, item), (guess, _) in zip(model.table_.pair, model.table_.emission, strict=True)
    }
    assert found == pytest.approx(guesses, abs=0.05)


def test_bands_of_students_come_back() -> None:
    """Strong students know the second skill beforehand, weak ones do not; what they did on the first tells."""
    rng = np.random.default_rng(6)
    strong = np.arange(1500) % 2 == 0
    first = [list(map(int, rng.random(12) < (0.9 if each else 0.3))) for each in strong]
    second = [draw(Truth(), [6], rng, prior=0.85 if each else 0.1)[0] for each in strong]
    practice = responses({"first": first, "second": second})
    model, without = BKT(individual_prior=True).fit(practice), BKT().fit(practice)
    _, low, _, high = model.table_.prior[model.table_.place["second"]]
    assert low < 0.25
    assert high > 0.7
    assert model.fit_.log_likelihood > without.fit_.log_likelihood + 50


def test_starts_agree_and_tolerance_is_real() -> None:
    practice = responses({"skill": draw(Truth(), [8] * 600, np.random.default_rng(12))})
    loose, usual, tight = (BKT(tolerance=tolerance).fit(practice).fit_ for tolerance in (1.0, 1e-3, 1e-9))
    assert usual.spread < 0.05
    assert 0 <= tight.log_likelihood - usual.log_likelihood < 1e-2
    assert loose.log_likelihood <= usual.log_likelihood
    assert loose.iterations < usual.iterations < tight.iterations
