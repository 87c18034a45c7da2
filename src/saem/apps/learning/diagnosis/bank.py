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
# Below these counts an item's own figures are worth less than a guess: two parameters need more than one.
ENOUGH_FOR_TWO, ENOUGH_FOR_ONE = 200, 20
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

    Abilities and difficulties are log-odds with 0 at the learner that the author had in mind; all calibrations of one
    program stand on that scale, so that of a newer version is the same one.
    """
    items = diagnosis_items(version)
    if len(items) < SHORTEST:
        return None
    rows = ItemRecord.objects.filter(program=version.program_id, item__in=items)
    records = {row.item: row for row in rows.only("item", "responses", "difficulty", "statistics")}
    calibrations = {id_: calibration_of(item, records.get(id_)) for id_, item in items.items()}
    return DiagnosisBank(
        Precomputed.of(item_bank(calibrations)), items, calibrations, scale=f"program:{version.program_id}"
    )


def calibration_of(item: content.Item, record: ItemRecord | None) -> Calibration:
    """The last refit's two parameters, else the live difficulty, else the author's guess."""
    if record is None or record.responses < ENOUGH_FOR_ONE:
        return Calibration(_within(item.difficulty))
    found, slope = record.statistics.get("difficulty"), record.statistics.get("discrimination")
    if record.responses >= ENOUGH_FOR_TWO and _is_usable(found, slope):
        return Calibration(float(found), float(slope))
    return Calibration(_within(record.difficulty))


def item_bank(calibrations: Mapping[str, Calibration]) -> ItemBank:
    columns = (
        np.array([getattr(each, name) for each in calibrations.values()], dtype=np.float64)
        for name in ("discrimination", "difficulty", "guess", "upper")
    )
    return ItemBank(tuple(calibrations), *columns)


def _is_usable(difficulty: object, discrimination: object) -> bool:
    """A refit of an item that everybody solves gives numbers that measure nothing."""
    if not isinstance(difficulty, int | float) or not isinstance(discrimination, int | float):
        return False
    return abs(difficulty) <= FARTHEST and FLATTEST <= discrimination <= STEEPEST


def _within(difficulty: float) -> float:
    return min(FARTHEST, max(-FARTHEST, difficulty))
