"""Why a test ends."""

import numpy as np
import pytest

from saem.lib.learners.adaptive import FirstOf, GridPosterior, Length, Mastery, StandardError, StopCode, practice_stop
from saem.lib.learners.errors import ParameterError
from saem.lib.learners.model import Estimate

VAGUE, SHARP = GridPosterior.normal(0.0, 1.0), GridPosterior.normal(1.0, 0.25)


def test_length() -> None:
    assert Length(5).stop(VAGUE, 4) is None
    stop = Length(5).stop(VAGUE, 5)
    assert (stop.code, stop.parameters) == (StopCode.LENGTH, {"items": 5})


def test_standard_error() -> None:
    assert StandardError(0.3).stop(VAGUE, 9) is None
    stop = StandardError(0.3).stop(SHARP, 9)
    assert stop.code == StopCode.STANDARD_ERROR
    assert stop.parameters["error"] == pytest.approx(0.25, abs=1e-3)


def test_mastery_is_decided_on_either_side_or_not_yet() -> None:
    assert Mastery(0.0).stop(SHARP, 3).code == StopCode.MASTERED
    assert Mastery(2.0).stop(SHARP, 3).code == StopCode.NOT_MASTERED
    assert Mastery(1.0).stop(SHARP, 3) is None
    assert Mastery(0.0).stop(SHARP, 3).parameters == {"chance": pytest.approx(1.0, abs=1e-3), "cut": 0.0}


def test_the_first_rule_that_applies_gives_the_reason_after_the_shortest_length() -> None:
    rules = FirstOf((Mastery(0.0), StandardError(0.3), Length(10)), shortest=5)
    assert rules.stop(SHARP, 4) is None
    assert rules.stop(SHARP, 5).code == StopCode.MASTERED
    assert FirstOf((StandardError(0.3), Mastery(0.0))).stop(SHARP, 0).code == StopCode.STANDARD_ERROR
    assert rules.stop(VAGUE, 9) is None
    assert rules.stop(VAGUE, 10).code == StopCode.LENGTH
    assert FirstOf((rules, Length(3))).stop(VAGUE, 3).code == StopCode.LENGTH


def test_practice_stops_on_a_decision_of_the_model_and_never_on_an_unusable_one() -> None:
    assert practice_stop(Estimate(0.97, 0.95, 0.99), 0.95).code == StopCode.MASTERED
    assert practice_stop(Estimate(0.5, 0.3, 0.7), 0.95).code == StopCode.NOT_MASTERED
    assert practice_stop(Estimate(0.97, 0.8, 0.99), 0.95) is None
    assert practice_stop(Estimate(0.97, 0.95, 0.99, usable=False, why="degenerate"), 0.95) is None


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Length(0),
        lambda: StandardError(0.0),
        lambda: StandardError(float("nan")),
        lambda: Mastery(float("nan")),
        lambda: Mastery(0.0, confidence=0.4),
        lambda: Mastery(0.0, confidence=1.0),
    ],
)
def test_impossible_rules_are_refused(bad: object) -> None:
    with pytest.raises(ParameterError):
        bad()


def test_a_wrong_mastery_decision_is_as_rare_as_promised() -> None:
    """Posteriors whose truth is drawn from them: of those called mastered at most one tenth is below the cut."""
    rng = np.random.default_rng(3)
    truths, calls = [], []
    for mean in rng.normal(0.0, 1.0, 300):
        posterior = GridPosterior.normal(float(mean), 0.4)
        stop = Mastery(0.2, confidence=0.9).stop(posterior, 5)
        if stop is not None and stop.code == StopCode.MASTERED:
            truths.append(rng.normal(mean, 0.4))
            calls.append(stop.parameters["chance"])
    assert min(calls) >= 0.9
    assert np.mean(np.array(truths) > 0.2) >= 0.9
