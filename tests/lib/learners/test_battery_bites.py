"""The battery fails for models that break the contract, each in one way."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from saem.lib.learners import Asked, Estimate, Predictions, Responses, State
from tests.lib.learners import test_battery as battery
from tests.lib.learners.battery import CONTENDERS
from tests.lib.learners.reference import SkillCounts


class SeesItself(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        chance = super().predict(responses).chance
        return Predictions(np.clip(chance + 0.01 * (responses.score - 0.5), 0.001, 0.999))


class SeesLaterRows(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        found = super().predict(responses)
        rows, mean = np.bincount(responses.student), np.bincount(responses.student, weights=responses.score)
        usual = (mean / np.maximum(rows, 1))[responses.student]
        return Predictions(0.9 * found.chance + 0.1 * np.clip(usual, 0.01, 0.99), found.findings)


class SeesOthers(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        found = super().predict(responses)
        return Predictions(0.9 * found.chance + 0.1 * np.clip(responses.score.mean(), 0.01, 0.99), found.findings)


class KnowsCodes(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        found = super().predict(responses)
        return Predictions(np.clip(found.chance + 1e-3 * responses.item, 0.001, 0.999), found.findings)


class ChangesItsState(SkillCounts):
    def updated(self, state: State, asked: Asked, score: float) -> State:
        state["rows"] = [0, 1]
        return super().updated(state, asked, score)


class IsNotOnline(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        found = super().predict(responses)
        return Predictions(np.clip(found.chance * 1.001, 0.001, 0.999), found.findings)


class SaysNothing(SkillCounts):
    def predict(self, responses: Responses) -> Predictions:
        return Predictions(super().predict(responses).chance)


class Draws(SkillCounts):
    def fit(self, responses: Responses) -> "Draws":
        super().fit(responses)
        self.shares_ = {
            name: share * np.random.default_rng().uniform(0.9, 0.99) for name, share in self.shares_.items()
        }
        return self


class IsSure(SkillCounts):
    def mastery(self, state: State, skill: str) -> Estimate:
        found = super().mastery(state, skill)
        return Estimate(found.value, found.low, found.value / 2)


Test = Callable[..., Any]
BROKEN: list[tuple[type[SkillCounts], Test]] = [
    (SeesItself, battery.test_a_chance_comes_from_earlier_rows_alone),
    (SeesLaterRows, battery.test_a_chance_comes_from_earlier_rows_alone),
    (SeesLaterRows, battery.test_rows_that_are_not_there_change_nothing),
    (SeesOthers, battery.test_rows_that_are_not_there_change_nothing),
    (KnowsCodes, battery.test_the_order_of_students_and_the_codes_of_names_do_not_matter),
    (ChangesItsState, battery.test_online_is_offline),
    (IsNotOnline, battery.test_online_is_offline),
    (SaysNothing, battery.test_unknown_names_are_said_and_survived),
    (Draws, battery.test_the_same_seed_gives_the_same_fit),
    (IsSure, battery.test_mastery_has_an_interval_or_a_reason),
]


@pytest.mark.parametrize(("model", "question"), BROKEN, ids=lambda part: part.__name__)
def test_a_broken_model_fails(model: type[SkillCounts], question: Test, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONTENDERS, f"broken-{model.__name__}", (__name__, model.__name__))
    monkeypatch.setattr("tests.lib.learners.battery.class_of", lambda _name: model)
    with pytest.raises(AssertionError):
        question(f"broken-{model.__name__}")


def test_the_reference_fails_none_of_them() -> None:
    """What fails above fails for its one fault."""
    for _model, question in BROKEN:
        question("skill-counts")
