"""The items that a version's diagnosis is made of, calibrated as well as is known today."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of
from saem.apps.learning.models import ItemRecord
from saem.lib import content
from saem.lib.learners.adaptive import Precomputed
from saem.lib.learners.irt.bank import ItemBank

SHORTEST, LONGEST = 8, 15
# Fewer answers say less about an item than its author's guess.
ENOUGH_ANSWERS = 20
# Two scales are told apart by items that stand on both; fewer of them link nothing.
ENOUGH_TO_LINK = 5
FLATTEST, STEEPEST, FARTHEST = 0.25, 4.0, 6.0


@dataclass(frozen=True)
class Calibration:
    """What an item's chance of a right answer is computed with (`lib.learners.irt.bank`)."""

    difficulty: float
    discrimination: float = 1.0
    guess: float = 0.0
    upper: float = 1.0

    def as_json(self) -> dict[str, float]:
        return dict(vars(self))


@dataclass(frozen=True)
class DiagnosisBank:
    """The tables that items are chosen by, over `items` in the order of the bank."""

    tables: Precomputed
    items: Mapping[str, content.Item]
    calibrations: Mapping[str, Calibration]
    scale: str

    @property
    def longest(self) -> int:
        return min(LONGEST, len(self.items))


def diagnosis_items(version: Version) -> dict[str, content.Item]:
    """The version's items for diagnosis, by id. Code takes too long to write for a test of this length."""
    found = program_of(version).items
    return {id_: found[id_] for id_ in sorted(found) if found[id_].is_for("diagnosis") and found[id_].kind != "code"}


def has_diagnosis(version: Version) -> bool:
    """Fewer items than the shortest diagnosis is long are none."""
    return len(diagnosis_items(version)) >= SHORTEST


def bank_of(version: Version) -> DiagnosisBank | None:
    """The bank of today, in one query, or None where the version has too few items.

    Everything stands on the scale of the live difficulties: log-odds, 0 at the learner that the authors had in mind. It
    is one scale for all versions of a program, so what a diagnosis kept of an item that is gone still counts.
    """
    items = diagnosis_items(version)
    if len(items) < SHORTEST:
        return None
    rows = ItemRecord.objects.filter(program=version.program_id)
    records = {row.item: row for row in rows.only("item", "responses", "difficulty", "statistics")}
    refit = refitted(records)
    calibrations = {id_: refit.get(id_) or live(item, records.get(id_)) for id_, item in items.items()}
    return DiagnosisBank(
        Precomputed.of(item_bank(calibrations)), items, calibrations, scale=f"program:{version.program_id}"
    )


def live(item: content.Item, record: ItemRecord | None) -> Calibration:
    """The live difficulty, or the author's guess while there are few answers."""
    is_known = record is not None and record.responses >= ENOUGH_ANSWERS
    difficulty = record.difficulty if record is not None and is_known else item.difficulty
    return Calibration(min(FARTHEST, max(-FARTHEST, difficulty)))


def refitted(records: Mapping[str, ItemRecord]) -> dict[str, Calibration]:
    """The last refit's two parameters, put on the scale of the live difficulties.

    A refit's scale has its learners at mean 0 and deviation 1. It is linked by the mean and the deviation of the items'
    difficulties on both scales (Marco 1977). Empty where too few items were fitted with two parameters, or all alike.
    """
    found = {item: pair for item, record in records.items() if (pair := _two_parameters(record)) is not None}
    if len(found) < ENOUGH_TO_LINK:
        return {}
    own = np.array([difficulty for difficulty, _slope in found.values()])
    alive = np.array([records[item].difficulty for item in found])
    if own.std() == 0 or alive.std() == 0:
        return {}
    unit = float(alive.std() / own.std())
    start = float(alive.mean() - unit * own.mean())
    linked = {item: Calibration(unit * each + start, slope / unit) for item, (each, slope) in found.items()}
    return {item: each for item, each in linked.items() if _is_usable(each)}


def _two_parameters(record: ItemRecord) -> tuple[float, float] | None:
    """Difficulty and discrimination of a two-parameter fit, as the refit found them."""
    fit = record.statistics.get("calibrated") or {}
    difficulty, slope = fit.get("difficulty"), fit.get("discrimination")
    if (
        record.responses < ENOUGH_ANSWERS
        or not isinstance(difficulty, int | float)
        or not isinstance(slope, int | float)
    ):
        return None
    return float(difficulty), float(slope)


def item_bank(calibrations: Mapping[str, Calibration]) -> ItemBank:
    columns = (
        np.array([getattr(each, name) for each in calibrations.values()], dtype=np.float64)
        for name in ("discrimination", "difficulty", "guess", "upper")
    )
    return ItemBank(tuple(calibrations), *columns)


def _is_usable(calibration: Calibration) -> bool:
    """A refit of an item that everybody solves gives numbers that measure nothing."""
    return abs(calibration.difficulty) <= FARTHEST and FLATTEST <= calibration.discrimination <= STEEPEST
