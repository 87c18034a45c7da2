"""What a diagnosis measured, computed again from what it kept, and said as a number of items that people can picture.

Nothing that a page or a report shows is read from an old calculation: both diagnoses of a learner are scored with the
newest calibration of their items, so that what was learnt about the items in between is no gain of the learner. Items
that the newest version no longer has keep the calibration they were given with.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from saem.apps.learning.diagnosis.bank import Calibration, DiagnosisBank, item_bank
from saem.apps.learning.diagnosis.choosing import Entry, answered_of
from saem.lib.learners.adaptive import Gain, Measurement, measured
from saem.lib.learners.irt.bank import ItemBank

# So many items of a skill say more than chance does.
ENOUGH_OF_A_SKILL = 4
HUNDRED = 100.0
NORMAL_95 = 1.959964
STEP = 0.01


@dataclass(frozen=True)
class Expected:
    """How many of 100 items of this bank a learner would solve; `low` and `high` hold about 95 %.

    `error` is the standard error by the delta method; the interval is not symmetric, since ability's ends are its ends.
    """

    value: float
    low: float
    high: float
    error: float


def rescored(given: Sequence[Entry], bank: DiagnosisBank) -> Measurement | None:
    """The measurement by today's calibrations, or None before the first answer."""
    done = answered_of(given)
    if not done:
        return None
    calibrations = {entry["item"]: _calibration(entry, bank) for entry in done}
    return measured(
        item_bank(calibrations), list(calibrations), [entry["score"] == 1 for entry in done], scale=bank.scale
    )


def _calibration(entry: Entry, bank: DiagnosisBank) -> Calibration:
    kept = Calibration(entry["difficulty"], entry["discrimination"], entry["guess"], entry["upper"])
    return bank.calibrations.get(entry["item"], kept)


def expected(measurement: Measurement, items: ItemBank) -> Expected:
    """An ability as a number of items: chances rise with ability, so the interval's ends stay its ends."""
    reach = NORMAL_95 * measurement.error
    points = np.array([measurement.ability, measurement.ability - reach, measurement.ability + reach])
    value, low, high = HUNDRED * items.chance(points).mean(axis=1)
    return Expected(float(value), float(low), float(high), _with_slope(measurement, items)[1] * measurement.error)


def gain_in_items(before: Measurement, after: Measurement, items: ItemBank) -> Gain:
    """The gain of one learner in items of 100; its error by the delta method."""
    old, new = (_with_slope(each, items) for each in (before, after))
    value = new[0] - old[0]
    error = float(np.hypot(old[1] * before.error, new[1] * after.error))
    return Gain(value, error, value - NORMAL_95 * error, value + NORMAL_95 * error)


def _with_slope(measurement: Measurement, items: ItemBank) -> tuple[float, float]:
    """The expected number of items, and how fast it rises with ability there."""
    points = measurement.ability + STEP * np.array([0.0, -1.0, 1.0])
    here, below, above = HUNDRED * items.chance(points).mean(axis=1)
    return float(here), float(above - below) / (2 * STEP)


@dataclass(frozen=True)
class SkillResult:
    skill: str
    items: int
    expected: Expected


def by_skill(given: Sequence[Entry], bank: DiagnosisBank) -> list[SkillResult]:
    """The skills of which enough items were answered, each on all items of that skill."""
    found = []
    for skill in sorted({skill for item in bank.items.values() for skill in item.skills}):
        own = [id_ for id_, item in bank.items.items() if skill in item.skills]
        entries = [entry for entry in answered_of(given) if entry["item"] in own]
        measurement = rescored(entries, bank)
        if measurement is not None and len(entries) >= ENOUGH_OF_A_SKILL:
            found.append(SkillResult(skill, len(entries), expected(measurement, bank.tables.bank.chosen(own))))
    return found
