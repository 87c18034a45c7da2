"""What a diagnosis measured: scored from what it kept, and said as a number of items that people can picture.

Both diagnoses of a learner are scored with one calibration of their items, so that what was learnt about the items in
between is no gain of the learner. Items that a calibration lacks keep the parameters they were given with.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from saem.apps.learning.diagnosis.bank import DiagnosisBank, item_bank
from saem.apps.learning.diagnosis.choosing import Entry, answered_of
from saem.apps.learning.itembank.parameters import ItemParameters
from saem.apps.learning.models import Diagnosis
from saem.lib.learners.adaptive import Gain, Measurement, measured
from saem.lib.learners.irt.bank import ItemBank
from saem.lib.learners.responses import Floats

# So many items of a skill say more than chance does.
ENOUGH_OF_A_SKILL = 4
HUNDRED = 100.0
NORMAL_95 = 1.959964
STEP = 0.01
# A measurement lies on `lib.learners.adaptive.gains.SCALE`, which ends at 6.
CURVE_END, CURVE_POINTS = 6.5, 651


@dataclass(frozen=True)
class Results:
    """The results of n learners in one moment, in log-odds: `abilities` (n,) and their standard `errors` (n,)."""

    abilities: Floats
    errors: Floats


@dataclass(frozen=True)
class Expected:
    """How many of 100 items of this bank a learner would solve; `low` and `high` hold about 95 %.

    `error` is the standard error by the delta method; the interval is not symmetric, since ability's ends are its ends.
    """

    value: float
    low: float
    high: float
    error: float


def scored(given: Sequence[Entry], parameters: Mapping[str, ItemParameters], *, scale: str = "") -> Measurement | None:
    """The measurement by these parameters, or None before the first answer."""
    done = answered_of(given)
    if not done:
        return None
    known = {entry["item"]: parameters.get(entry["item"]) or _as_given(entry) for entry in done}
    return measured(item_bank(known), list(known), [entry["score"] == 1 for entry in done], scale=scale)


def _as_given(entry: Entry) -> ItemParameters:
    return ItemParameters(entry["difficulty"], entry["discrimination"], entry["guess"], entry["upper"])


def result_of(row: Diagnosis | None, scale: str) -> Measurement | None:
    """The result as the row keeps it; None while there is none."""
    if row is None or row.finished_at is None or row.ability is None or row.error is None:
        return None
    return Measurement(row.ability, row.error, len(answered_of(row.given)), scale)


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
class Curve:
    """Expected items of 100 and their slope over a grid of abilities, so that thousands of results are two look-ups.

    Between the points, a fiftieth of a logit apart, the line is off by less than a thousandth of an item.
    """

    abilities: Floats
    values: Floats
    slopes: Floats

    @classmethod
    def of(cls, items: ItemBank) -> "Curve":
        grid = np.linspace(-CURVE_END, CURVE_END, CURVE_POINTS)
        values = HUNDRED * items.chance(grid).mean(axis=1)
        return cls(grid, values, np.gradient(values, grid))

    def gains(self, before: Results, after: Results) -> tuple[Floats, Floats]:
        """(n,) gains and (n,) errors in items of 100, as `gain_in_items` has them for one learner."""
        value = self.expected(after.abilities) - self.expected(before.abilities)
        return value, np.hypot(self.slope(before.abilities) * before.errors, self.slope(after.abilities) * after.errors)

    def expected(self, abilities: Floats) -> Floats:
        return np.interp(abilities, self.abilities, self.values)

    def slope(self, abilities: Floats) -> Floats:
        return np.interp(abilities, self.abilities, self.slopes)


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
        measurement = scored(entries, bank.parameters)
        if measurement is not None and len(entries) >= ENOUGH_OF_A_SKILL:
            found.append(SkillResult(skill, len(entries), expected(measurement, bank.tables.bank.chosen(own))))
    return found
