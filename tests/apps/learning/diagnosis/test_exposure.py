"""A class of thirty does not meet the same items, and what is measured stays as sure and as comparable as it was."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from saem.apps.cohorts.models import Classroom
from saem.apps.learning.diagnosis import choosing
from saem.apps.learning.diagnosis.bank import DiagnosisBank, bank_of
from saem.lib.learners.adaptive import Gain, MaximumInformation, Measurement, Pick, answered, gain, measured, resumed
from saem.lib.learners.responses import Floats

THIRTY = np.random.default_rng(20261128).normal(size=30)
MANY = np.random.default_rng(7).normal(size=150)


@dataclass(frozen=True)
class Sat:
    """The items that one learner was given, in order, and what they measured."""

    items: tuple[str, ...]
    measurement: Measurement


@pytest.fixture
def bank(classroom: Classroom) -> DiagnosisBank:
    found = bank_of(classroom.cohort.version)
    assert found is not None
    return found


@pytest.fixture
def without_control(monkeypatch: pytest.MonkeyPatch) -> None:
    """The most informative item each time, as a test without exposure control has it."""
    monkeypatch.setattr(choosing, "Progressive", lambda _length: MaximumInformation())


def sit(bank: DiagnosisBank, learner: int, ability: float, met: Sequence[str] = ()) -> Sat:
    """One test, with the choices and the end that the service makes."""
    progress = resumed(bank.tables, [], [])
    rng = np.random.default_rng((learner, len(met)))
    while not choosing.stopped(progress):
        draw = (2 * learner + bool(met), len(progress.given) + 1)
        pick = choosing.pick(bank, progress, met=met, draw=draw)
        assert isinstance(pick, Pick)
        chance = bank.tables.bank.chance(np.array([ability]))[0, pick.item]
        progress = answered(bank.tables, progress, pick, right=bool(rng.random() < chance))
    items = tuple(bank.tables.bank.items[code] for code in progress.given)
    return Sat(items, measured(bank.tables.bank, items, progress.right))


def sit_all(bank: DiagnosisBank, abilities: Floats) -> list[Sat]:
    return [sit(bank, learner, ability) for learner, ability in enumerate(abilities)]


def exposures(tests: Sequence[Sat], items: int | None = None) -> list[float]:
    """How large a share of learners met each item among their first `items`, the most frequent one first."""
    met = [item for test in tests for item in test.items[:items]]
    return sorted((met.count(item) / len(tests) for item in set(met)), reverse=True)


def test_a_class_meets_different_items_at_first(bank: DiagnosisBank) -> None:
    tests = sit_all(bank, THIRTY)
    assert exposures(tests, 1)[0] <= 0.2
    assert exposures(tests, 8)[0] <= 0.6
    assert len({test.items[:3] for test in tests}) == 30
    assert len(exposures(tests)) == 40, "no item of the bank is idle"


@pytest.mark.usefixtures("without_control")
def test_without_control_a_class_meets_the_same_items(bank: DiagnosisBank) -> None:
    tests = sit_all(bank, THIRTY)
    assert exposures(tests, 1)[0] == 1
    assert len({test.items[:3] for test in tests}) <= 4


def test_the_largest_exposure_falls_and_precision_stays(bank: DiagnosisBank, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(choosing, "Progressive", lambda _length: MaximumInformation())
        plain = sit_all(bank, MANY)
    controlled = sit_all(bank, MANY)
    assert exposures(plain)[0] == 1
    assert exposures(controlled)[0] < 0.75
    assert error(controlled) < 1.06 * error(plain)
    assert rmse(controlled, MANY) < 1.15 * rmse(plain, MANY)
    assert {len(test.items) for test in controlled} == {len(test.items) for test in plain}


def error(tests: Sequence[Sat]) -> float:
    """The standard error that the tests tell of themselves, on average."""
    return float(np.mean([test.measurement.error for test in tests]))


def rmse(tests: Sequence[Sat], abilities: Floats) -> float:
    return float(
        np.sqrt(np.mean([(test.measurement.ability - true) ** 2 for test, true in zip(tests, abilities, strict=True)]))
    )


@pytest.mark.parametrize("true_gain", [0.0, 1.0])
def test_both_forms_stay_comparable(bank: DiagnosisBank, true_gain: float) -> None:
    """The second form is made of the items that the first one left, and still measures on the same scale."""
    first = sit_all(bank, MANY)
    second = [sit(bank, learner, MANY[learner] + true_gain, test.items) for learner, test in enumerate(first)]
    assert not any(set(before.items) & set(after.items) for before, after in zip(first, second, strict=True))
    gains = [gain(before.measurement, after.measurement) for before, after in zip(first, second, strict=True)]
    assert abs(mean(gains) - true_gain) < 3 * standard_error(gains)
    assert np.mean([each.low < true_gain < each.high for each in gains]) > 0.9
    assert error(second) < 1.25 * error(first)


def mean(gains: Sequence[Gain]) -> float:
    return float(np.mean([each.value for each in gains]))


def standard_error(gains: Sequence[Gain]) -> float:
    return float(np.std([each.value for each in gains], ddof=1) / np.sqrt(len(gains)))
