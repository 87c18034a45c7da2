"""What was learnt: lessons that are done, mastery with its bands, and the gain between the two diagnoses."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.diagnosis.bank import bank_of
from saem.apps.learning.diagnosis.measuring import Expected, expected, gain_in_items, result_of
from saem.apps.learning.diagnosis.pages import Direction, direction_of
from saem.apps.learning.models import Diagnosis, DiagnosisMoment, LessonProgress, SkillMastery
from saem.apps.learning.practice.rating import FEWEST_RESPONSES
from saem.lib.learners.adaptive import Gain

PERCENT = 100


@dataclass(frozen=True)
class LessonWork:
    """The lessons of one course that are done, in its order, of `total`."""

    enrolment: Enrolment
    course: str
    titles: tuple[str, ...]
    total: int
    last: dt.date

    @property
    def ref(self) -> str:
        return f"lessons:{self.enrolment.pk}"


@dataclass(frozen=True)
class SkillGrowth:
    """Mastery of one skill as chances from 0 to 1; about 95 % of what it may be lies in `low` to `high`."""

    title: str
    value: float
    low: float
    high: float
    responses: int

    @property
    def percent(self) -> int:
        return round(self.value * PERCENT)

    @property
    def low_percent(self) -> int:
        return round(self.low * PERCENT)

    @property
    def high_percent(self) -> int:
        return round(self.high * PERCENT)


@dataclass(frozen=True)
class GrowthWork:
    enrolment: Enrolment
    course: str
    skills: tuple[SkillGrowth, ...]
    last: dt.date

    @property
    def ref(self) -> str:
        return f"growth:{self.enrolment.pk}"


@dataclass(frozen=True)
class GainWork:
    """The two diagnoses of one course and the gain, in items of 100."""

    enrolment: Enrolment
    course: str
    before: Expected
    after: Expected
    gain: Gain
    direction: Direction
    first: dt.date
    last: dt.date

    @property
    def ref(self) -> str:
        return f"gain:{self.enrolment.pk}"


def lesson_works(enrolments: Sequence[Enrolment], language: str) -> list[LessonWork]:
    """One query."""
    done: dict[int, dict[str, dt.date]] = {}
    rows = LessonProgress.objects.filter(enrolment__in=keys(enrolments), done_at__isnull=False)
    for row in rows:
        done.setdefault(row.enrolment_id, {})[row.lesson] = timezone.localdate(row.done_at)
    found = []
    for each in enrolments:
        lessons = program_of(each.classroom.cohort.version).lessons
        mine = {lesson: day for lesson, day in done.get(each.pk, {}).items() if lesson in lessons}
        if mine:
            titles = tuple(lesson.title.in_(language) for key, lesson in lessons.items() if key in mine)
            found.append(LessonWork(each, course_of(each), titles, len(lessons), max(mine.values())))
    return found


def growth_works(enrolments: Sequence[Enrolment], language: str) -> list[GrowthWork]:
    """One query. Skills of which too little was seen, or of which the model will say nothing, are left out."""
    seen: dict[int, dict[str, SkillMastery]] = {}
    rows = SkillMastery.objects.filter(enrolment__in=keys(enrolments), usable=True, responses__gte=FEWEST_RESPONSES)
    for row in rows:
        seen.setdefault(row.enrolment_id, {})[row.skill] = row
    found = []
    for each in enrolments:
        mine = seen.get(each.pk, {})
        skills = [skill for skill in program_of(each.classroom.cohort.version).skills if skill.id in mine]
        if skills:
            grown = tuple(skill_growth(skill.title.in_(language), mine[skill.id]) for skill in skills)
            last = max(timezone.localdate(mine[skill.id].changed_at) for skill in skills)
            found.append(GrowthWork(each, course_of(each), grown, last))
    return found


def skill_growth(title: str, row: SkillMastery) -> SkillGrowth:
    return SkillGrowth(title, row.value, row.low, row.high, row.responses)


def gain_works(enrolments: Sequence[Enrolment]) -> list[GainWork]:
    """One query, and one for the items of each program with a pair of diagnoses."""
    rows: dict[int, dict[str, Diagnosis]] = {}
    for row in Diagnosis.objects.filter(enrolment__in=keys(enrolments), finished_at__isnull=False):
        rows.setdefault(row.enrolment_id, {})[row.moment] = row
    found = (gain_work(each, rows.get(each.pk, {})) for each in enrolments)
    return [work for work in found if work is not None]


def gain_work(enrolment: Enrolment, rows: Mapping[str, Diagnosis]) -> GainWork | None:
    """None without two diagnoses, the first of which was finished before the second began."""
    before, after = rows.get(DiagnosisMoment.BEFORE), rows.get(DiagnosisMoment.AFTER)
    if before is None or after is None or before.finished_at is None or after.finished_at is None:
        return None
    bank = bank_of(enrolment.classroom.cohort.version) if before.finished_at <= after.started_at else None
    if bank is None:
        return None
    old, new = result_of(before, bank.scale), result_of(after, bank.scale)
    if old is None or new is None:
        return None
    items = bank.tables.bank
    gain = gain_in_items(old, new, items)
    days = timezone.localdate(before.finished_at), timezone.localdate(after.finished_at)
    ends = expected(old, items), expected(new, items)
    return GainWork(enrolment, course_of(enrolment), *ends, gain, direction_of(gain), *days)


def course_of(enrolment: Enrolment) -> str:
    return enrolment.classroom.cohort.version.local_title


def keys(enrolments: Sequence[Enrolment]) -> list[int]:
    return [each.pk for each in enrolments]
