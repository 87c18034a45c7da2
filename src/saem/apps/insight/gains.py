"""What learners gained between the two diagnoses: one by one, and as a group with its error."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import QuerySet

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.diagnosis.bank import DiagnosisBank, bank_of
from saem.apps.learning.diagnosis.measuring import Expected, expected, gain_in_items, rescored
from saem.apps.learning.diagnosis.pages import Direction, direction_of
from saem.apps.learning.models import Diagnosis, DiagnosisMoment
from saem.lib.learners.adaptive import Gain, GroupGain, Measurement, gain, group_gain

# The mean of fewer learners says next to nothing, and too much about each of them.
FEWEST_PAIRS = 5
FEWEST_CLASSES = 5


@dataclass(frozen=True)
class StudentGain:
    """One learner's two diagnoses, as far as they are finished; `pair` where both are, in order."""

    enrolment: Enrolment
    before: Expected | None
    after: Expected | None
    pair: "Pair | None"


@dataclass(frozen=True)
class Pair:
    """A gain twice: in items of 100, which people can picture, and in log-odds, the scale that it was measured on."""

    before: Measurement
    items: Gain
    logits: Gain
    start: float
    end: float

    @property
    def direction(self) -> Direction:
        return direction_of(self.items)


@dataclass(frozen=True)
class GroupReport:
    """`items` and `logits` are mean gains with their errors; `start` and `end` are means in items of 100.

    `standardised` is the mean gain in standard deviations of the first diagnosis, as it was observed (Glass's delta of
    one group); None where all began alike. `by_classes`: the learners of one class resemble each other, so a cohort of
    enough classes is the mean of its classes, with an error that shows their differences.
    """

    items: GroupGain
    logits: GroupGain
    start: float
    end: float
    pairs: int
    standardised: "Standardised | None"
    by_classes: bool = False

    @property
    def direction(self) -> Direction:
        return Direction.UP if self.items.low > 0 else Direction.DOWN if self.items.high < 0 else Direction.UNCLEAR


@dataclass(frozen=True)
class Standardised:
    value: float
    low: float
    high: float


def gains_of(students: QuerySet[Enrolment], version: Version) -> list[StudentGain]:
    """Both diagnoses of these students by the newest calibration, in three queries."""
    enrolments = list(students)
    bank = bank_of(version)
    if bank is None:
        return []
    rows = Diagnosis.objects.filter(enrolment__in=[each.pk for each in enrolments], finished_at__isnull=False)
    found = {(row.enrolment_id, row.moment): row for row in rows}
    return [
        _student_gain(
            each, found.get((each.pk, DiagnosisMoment.BEFORE)), found.get((each.pk, DiagnosisMoment.AFTER)), bank
        )
        for each in enrolments
    ]


def _student_gain(
    enrolment: Enrolment, before: Diagnosis | None, after: Diagnosis | None, bank: DiagnosisBank
) -> StudentGain:
    items = bank.tables.bank
    old, new = (rescored(row.given, bank) if row is not None else None for row in (before, after))
    start, end = (expected(each, items) if each is not None else None for each in (old, new))
    pair = None
    if old and new and start and end and _in_order(before, after):
        pair = Pair(old, gain_in_items(old, new, items), gain(old, new), start.value, end.value)
    return StudentGain(enrolment, start, end, pair)


def _in_order(before: Diagnosis | None, after: Diagnosis | None) -> bool:
    """A first diagnosis that ended after the second one began measured something else."""
    return bool(before and after and before.finished_at and before.finished_at <= after.started_at)


def pairs_of(gains: Sequence[StudentGain]) -> list[Pair]:
    return [each.pair for each in gains if each.pair is not None]


def group_report(pairs: Sequence[Pair]) -> GroupReport | None:
    """A group of learners, or None where there are too few."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    logits = group_gain([pair.logits for pair in pairs])
    return GroupReport(
        group_gain([pair.items for pair in pairs]),
        logits,
        float(np.mean([pair.start for pair in pairs])),
        float(np.mean([pair.end for pair in pairs])),
        len(pairs),
        standardised(logits, pairs),
    )


def cohort_report(classes: Sequence[Sequence[Pair]]) -> GroupReport | None:
    """A cohort by its classes where there are enough, else by its learners."""
    pairs = [pair for room in classes for pair in room]
    rooms = [group for room in classes if (group := group_report(room)) is not None]
    if len(rooms) < FEWEST_CLASSES:
        return group_report(pairs)
    logits = group_gain([_as_gain(room.logits) for room in rooms])
    return GroupReport(
        group_gain([_as_gain(room.items) for room in rooms]),
        logits,
        float(np.mean([room.start for room in rooms])),
        float(np.mean([room.end for room in rooms])),
        sum(room.pairs for room in rooms),
        standardised(logits, pairs),
        by_classes=True,
    )


def _as_gain(group: GroupGain) -> Gain:
    return Gain(group.mean, group.error, group.low, group.high)


def standardised(group: GroupGain, pairs: Sequence[Pair]) -> Standardised | None:
    """The mean gain by the spread at the beginning, which is taken as known."""
    spread = float(np.std([pair.before.ability for pair in pairs], ddof=1))
    if spread <= 0:
        return None
    return Standardised(group.mean / spread, group.low / spread, group.high / spread)


@dataclass(frozen=True)
class ClassReport:
    """One class in the cohort's table; no `report` where it has too few pairs."""

    classroom: Classroom
    pairs: list[Pair]
    report: GroupReport | None


def class_reports(gains: Sequence[StudentGain]) -> list[ClassReport]:
    """The classes of these students in order of their names."""
    rooms: dict[int, Classroom] = {each.enrolment.classroom_id: each.enrolment.classroom for each in gains}
    pairs: dict[int, list[Pair]] = {pk: [] for pk in rooms}
    for each in gains:
        if each.pair is not None:
            pairs[each.enrolment.classroom_id].append(each.pair)
    ordered = sorted(rooms.values(), key=lambda room: (room.name, room.pk))
    return [ClassReport(room, pairs[room.pk], group_report(pairs[room.pk])) for room in ordered]
