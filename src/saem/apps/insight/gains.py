"""What learners gained between the two diagnoses: one by one, and as a group with its error.

Results are read as the ends of the diagnoses wrote them, as columns: a page takes as many queries for ten thousand
students as for ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from django.db.models import BooleanField, ExpressionWrapper, F, FilteredRelation, Q, QuerySet
from numpy.typing import NDArray

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.learning.diagnosis.bank import DiagnosisBank
from saem.apps.learning.diagnosis.measuring import Curve, Expected, Results, expected, gain_in_items
from saem.apps.learning.diagnosis.pages import Direction, direction_of
from saem.apps.learning.models import DiagnosisMoment
from saem.lib.learners.adaptive import Gain, GroupGain, Measurement, mean_gain
from saem.lib.learners.adaptive import gain as gain_of
from saem.lib.learners.responses import Booleans, Floats

# The mean of fewer learners says next to nothing, and too much about each of them.
FEWEST_PAIRS = 5
FEWEST_CLASSES = 5
# A first diagnosis that ended after the second one began measured something else.
IN_ORDER = ExpressionWrapper(Q(first__finished_at__lte=F("second__started_at")), output_field=BooleanField())
PAIRED = Q(in_order=True, first__ability__isnull=False, second__ability__isnull=False)
COLUMNS = ("first__ability", "first__error", "second__ability", "second__error")


@dataclass(frozen=True)
class StudentGain:
    """One learner's two diagnoses, as far as they are finished.

    Where both are, in order: `gain`, in items of 100, and `logits`, the same on the scale that was measured on.
    """

    enrolment: Enrolment
    before: Expected | None
    after: Expected | None
    gain: Gain | None
    logits: Gain | None

    @property
    def direction(self) -> Direction | None:
        return direction_of(self.gain) if self.gain is not None else None


@dataclass(frozen=True)
class Pairs:
    """n learners who finished both diagnoses in order: their results, each with the class (n,) it belongs to.

    `outdated` counts those that a newer calibration is about to score again.
    """

    classroom: Floats
    before: Results
    after: Results
    curve: Curve
    outdated: int = 0

    def __len__(self) -> int:
        return len(self.classroom)

    @cached_property
    def items(self) -> tuple[Floats, Floats]:
        """Gains and their errors in items of 100, which people can picture."""
        return self.curve.gains(self.before, self.after)

    @cached_property
    def logits(self) -> tuple[Floats, Floats]:
        """The same in log-odds, the scale that they were measured on."""
        value = self.after.abilities - self.before.abilities
        return value, np.hypot(self.before.errors, self.after.errors)

    def of_class(self, classroom: int) -> "Pairs":
        return self.chosen(self.classroom == classroom)

    def chosen(self, these: Booleans | NDArray[np.int64]) -> "Pairs":
        before, after = (Results(each.abilities[these], each.errors[these]) for each in (self.before, self.after))
        return Pairs(self.classroom[these], before, after, self.curve)


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


def with_results(students: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The same students with their finished diagnoses as `first` and `second`."""
    return students.annotate(
        first=FilteredRelation("diagnoses", condition=_finished(DiagnosisMoment.BEFORE)),
        second=FilteredRelation("diagnoses", condition=_finished(DiagnosisMoment.AFTER)),
        in_order=IN_ORDER,
    )


def _finished(moment: DiagnosisMoment) -> Q:
    return Q(diagnoses__moment=moment, diagnoses__finished_at__isnull=False)


def pairs_of(students: QuerySet[Enrolment], bank: DiagnosisBank) -> Pairs:
    """Everybody's pairs, in one query."""
    paired = with_results(students).filter(PAIRED).order_by()
    rows = list(paired.values_list("classroom_id", *COLUMNS, "second__calibration_id"))
    columns = np.array([row[:5] for row in rows], dtype=np.float64).reshape(-1, 5).T
    outdated = sum(row[5] != bank.calibration for row in rows)
    curve = Curve.of(bank.tables.bank)
    return Pairs(columns[0], Results(columns[1], columns[2]), Results(columns[3], columns[4]), curve, outdated)


def student_gains(students: QuerySet[Enrolment], page: Sequence[Enrolment], bank: DiagnosisBank) -> list[StudentGain]:
    """The students of one page, in one query more."""
    mine = with_results(students).filter(pk__in=[each.pk for each in page])
    rows = {row[0]: row[1:] for row in mine.values_list("pk", *COLUMNS, "in_order")}
    return [_student_gain(each, *rows[each.pk], bank=bank) for each in page]


def _student_gain(  # noqa: PLR0917 (a row of columns)
    enrolment: Enrolment, ability: float | None, error: float | None, later: float | None, its: float | None,
    in_order: bool | None, *, bank: DiagnosisBank,
) -> StudentGain:  # fmt: skip
    items = bank.tables.bank
    old, new = (
        Measurement(value, spread, 0, bank.scale) if value is not None and spread is not None else None
        for value, spread in ((ability, error), (later, its))
    )
    start, end = (expected(each, items) if each is not None else None for each in (old, new))
    if old is None or new is None or not in_order:
        return StudentGain(enrolment, start, end, None, None)
    return StudentGain(enrolment, start, end, gain_in_items(old, new, items), gain_of(old, new))


def group_report(pairs: Pairs) -> GroupReport | None:
    """A group of learners, or None where there are too few."""
    if len(pairs) < FEWEST_PAIRS:
        return None
    logits = mean_gain(*pairs.logits)
    return GroupReport(
        mean_gain(*pairs.items),
        logits,
        float(pairs.curve.expected(pairs.before.abilities).mean()),
        float(pairs.curve.expected(pairs.after.abilities).mean()),
        len(pairs),
        standardised(logits, pairs),
    )


def cohort_report(pairs: Pairs) -> GroupReport | None:
    """A cohort by its classes where there are enough, else by its learners."""
    rooms = [group for each in by_class(pairs).values() if (group := group_report(each)) is not None]
    if len(rooms) < FEWEST_CLASSES:
        return group_report(pairs)
    logits = _mean_of([room.logits for room in rooms])
    return GroupReport(
        _mean_of([room.items for room in rooms]),
        logits,
        float(np.mean([room.start for room in rooms])),
        float(np.mean([room.end for room in rooms])),
        sum(room.pairs for room in rooms),
        standardised(logits, pairs),
        by_classes=True,
    )


def by_class(pairs: Pairs) -> dict[int, Pairs]:
    """The pairs of each class that has some."""
    if not len(pairs):
        return {}
    order = np.argsort(pairs.classroom, kind="stable").astype(np.int64)
    rooms, starts = np.unique(pairs.classroom[order], return_index=True)
    return {int(room): pairs.chosen(rows) for room, rows in zip(rooms, np.split(order, starts[1:]), strict=True)}


def _mean_of(groups: Sequence[GroupGain]) -> GroupGain:
    return mean_gain(np.array([group.mean for group in groups]), np.array([group.error for group in groups]))


def standardised(group: GroupGain, pairs: Pairs) -> Standardised | None:
    """The mean gain by the spread at the beginning, which is taken as known."""
    spread = float(np.std(pairs.before.abilities, ddof=1))
    if spread <= ALIKE:
        return None
    return Standardised(group.mean / spread, group.low / spread, group.high / spread)


# Less than this is the rounding of equal numbers.
ALIKE = 1e-9


@dataclass(frozen=True)
class ClassReport:
    """One class in the cohort's table; no `report` where it has too few pairs."""

    classroom: Classroom
    pairs: int
    report: GroupReport | None


def class_reports(rooms: Sequence[Classroom], pairs: Pairs) -> list[ClassReport]:
    """These classes, in this order."""
    return [ClassReport(room, len(its), group_report(its)) for room in rooms for its in (pairs.of_class(room.pk),)]
