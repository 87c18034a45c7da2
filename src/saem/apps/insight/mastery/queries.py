"""Mastery and attempts of a class and of a cohort, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Avg, Count, Q, QuerySet
from django.http import Http404

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.insight.queries import CLASSES_PER_PAGE
from saem.apps.learning.models import Attempt, SkillMastery
from saem.lib import content

ATTEMPTS_PER_PAGE = 30
# An average of fewer students tells too much of each of them, outside their own class.
FEWEST_SHOWN = 5

Known = Mapping[tuple[int, str], SkillMastery]


@dataclass(frozen=True)
class SkillHead:
    """One column: a skill that practice items ask for, titled in the reader's language."""

    id: str
    title: str


@dataclass(frozen=True)
class Average:
    """The mean mastery of a class in percent; None where fewer than FEWEST_SHOWN students stand behind it."""

    students: int
    value: int | None

    @property
    def is_hidden(self) -> bool:
        return 0 < self.students < FEWEST_SHOWN


@dataclass(frozen=True)
class Tries:
    """First tries of one student at the items of one skill."""

    first: int = 0
    right: int = 0


def has_practice(cohort: Cohort) -> bool:
    return any(item.is_for("practice") for item in program_of(cohort.version).items.values())


def skills_of(cohort: Cohort, language: str) -> list[SkillHead]:
    """The skills that some item of the program asks for, in the program's order."""
    program = program_of(cohort.version)
    asked = {skill for item in program.items.values() for skill in item.skills}
    return [SkillHead(skill.id, skill.title.in_(language)) for skill in program.skills if skill.id in asked]


def skill_of(cohort: Cohort, skill: str) -> content.schema.Skill:
    """A skill of the cohort's program, or Http404."""
    found = next((each for each in program_of(cohort.version).skills if each.id == skill), None)
    if found is None:
        raise Http404
    return found


def items_of(cohort: Cohort, skill: str) -> list[str]:
    return [key for key, item in program_of(cohort.version).items.items() if skill in item.skills]


def students_in(classroom: Classroom) -> list[Enrolment]:
    """By nickname: a class is never put in the order of what it knows."""
    return list(classroom.enrolments.present().order_by("nickname", "pk"))


def mastery_of(students: Sequence[Enrolment], skills: Collection[str]) -> Known:
    rows = SkillMastery.objects.filter(enrolment__in=[each.pk for each in students], skill__in=skills)
    return {(row.enrolment_id, row.skill): row for row in rows}


def tries_of(students: Sequence[Enrolment], items: Collection[str]) -> dict[int, Tries]:
    """Enrolment id → first tries at these items."""
    rows = (
        Attempt.objects.filter(enrolment__in=[each.pk for each in students], item__in=items, is_first=True)
        .values_list("enrolment_id")
        .annotate(first=Count("pk"), right=Count("pk", filter=Q(score=1)))
        .order_by()
    )
    return defaultdict(Tries, {pk: Tries(first, right) for pk, first, right in rows})


def attempts_on(
    students: Sequence[Enrolment], items: Collection[str], page: str | int | None
) -> tuple[Page[Attempt], list[Attempt]]:
    """Their attempts at these items, newest first."""
    found: QuerySet[Attempt] = (
        Attempt.objects.filter(enrolment__in=[each.pk for each in students], item__in=items)
        .select_related("enrolment", "version")
        .order_by("-created_at", "-pk")
    )
    shown = Paginator(found, ATTEMPTS_PER_PAGE).get_page(page)
    return shown, list(shown.object_list)


def averages(
    cohort: Cohort, skills: Sequence[SkillHead], page: str | int | None
) -> tuple[Page[Classroom], list[tuple[Classroom, list[Average]]]]:
    """Mean mastery of each class and skill, over present students of whom the model says something."""
    shown = Paginator(cohort.classrooms.order_by("name", "pk"), CLASSES_PER_PAGE).get_page(page)
    rooms = list(shown.object_list)
    rows = (
        SkillMastery.objects.filter(
            enrolment__classroom__in=rooms, enrolment__left_at=None, usable=True, responses__gt=0
        )
        .values_list("enrolment__classroom_id", "skill")
        .annotate(students=Count("pk"), mean=Avg("value"))
        .order_by()
    )
    found = {(room, skill): average(students, mean) for room, skill, students, mean in rows}
    return shown, [(room, [found.get((room.pk, skill.id), Average(0, None)) for skill in skills]) for room in rooms]


def average(students: int, mean: float) -> Average:
    return Average(students, round(100 * mean) if students >= FEWEST_SHOWN else None)
