"""Lessons and cells as one person may see them, and progress for the rooms above."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.catalog.outlines import StepKind
from saem.apps.catalog.queries import lesson_of, program_of
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.queries import enrolments_seen_by
from saem.apps.events.models import Event
from saem.apps.learning.models import CellRecord, LessonProgress, RunStatus
from saem.apps.learning.states import CellFacts, LessonCount, lesson_count
from saem.apps.people.models import User
from saem.lib import content
from saem.web.languages import language_of

STUCK_AFTER = dt.timedelta(minutes=10)
STUCK_AFTER_FAILURES = 4
# What failed on another day is no longer a hand in the air.
STUCK_UNTIL = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Place:
    """One lesson of one student, as one reader sees it."""

    enrolment: Enrolment
    lesson: content.Lesson
    language: str
    is_owner: bool

    @property
    def version(self) -> Version:
        return self.enrolment.classroom.cohort.version

    @property
    def program(self) -> content.Program:
        return program_of(self.version)

    @cached_property
    def page(self) -> content.Page:
        return self.lesson.pages[self.language]

    def number_of(self, cell: str) -> int:
        """The cell's place on the page, from 1."""
        return [each.id for each in self.page.cells].index(cell) + 1

    def cell(self, cell: str) -> content.CodeCell:
        """One code cell of the page, or Http404."""
        found = next((each for each in self.page.cells if each.id == cell), None)
        if found is None:
            raise Http404
        return found


def enrolment_for(user: User, pk: int) -> Enrolment:
    """An enrolment that `user` may read; anything else does not exist for them."""
    rows = enrolments_seen_by(user).select_related("user", "classroom__cohort__version__program")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def place_for(user: User, pk: int, lesson: str, language: str) -> Place:
    """One lesson of an enrolment that `user` may read."""
    enrolment = enrolment_for(user, pk)
    return Place(
        enrolment=enrolment,
        lesson=lesson_of(enrolment.classroom.cohort.version, lesson),
        language=language_of(language),
        is_owner=enrolment.user_id == user.pk,
    )


def records_of(place: Place) -> dict[str, CellRecord]:
    """The student's cells of the lesson, by cell."""
    rows = CellRecord.objects.filter(enrolment=place.enrolment, lesson=place.lesson.id)
    return {row.cell: row for row in rows}


def facts_of(records: Iterable[CellRecord]) -> dict[str, CellFacts]:
    return {row.cell: CellFacts(row.status == RunStatus.OK, row.passed_at is not None) for row in records}


def count_of(place: Place, records: Iterable[CellRecord]) -> LessonCount:
    cells = [cell.id for cell in place.page.cells]
    return lesson_count(cells, place.lesson.exercises.keys(), facts_of(records))


@dataclass(frozen=True)
class NextStep:
    """What a student goes on with. `cells_left` counts exercises to pass (cells to run where there are none)."""

    kind: StepKind
    id: str
    title: content.Text
    cells_left: int
    minutes_left: int
    is_begun: bool


def next_step(enrolment: Enrolment, *, projects_done: Collection[str] = ()) -> NextStep | None:
    """The first step that is not done, or None at the end. Rooms above know which projects are done."""
    program = program_of(enrolment.classroom.cohort.version)
    progress = {row.lesson: row for row in LessonProgress.objects.filter(enrolment=enrolment)}
    for step in program.steps:
        if step.kind == "project" and step.id not in projects_done:
            project = program.projects[step.id]
            return NextStep("project", step.id, project.title, 0, project.minutes, is_begun=False)
        row = progress.get(step.id)
        if step.kind == "lesson" and (row is None or row.done_at is None):
            return _lesson_step(enrolment, program.lessons[step.id], row)
    return None


def _lesson_step(enrolment: Enrolment, lesson: content.Lesson, row: LessonProgress | None) -> NextStep:
    if row is None:
        count = lesson_count([cell.id for cell in lesson.pages["ko"].cells], lesson.exercises.keys(), {})
    else:
        place = Place(enrolment, lesson, "ko", is_owner=True)
        count = count_of(place, CellRecord.objects.filter(enrolment=enrolment, lesson=lesson.id).defer("output"))
    minutes = -(-lesson.minutes * count.left // count.total) if count.total else lesson.minutes
    return NextStep("lesson", lesson.id, lesson.title, count.left, minutes, is_begun=row is not None)


def graded_projects(enrolment: Enrolment) -> frozenset[str]:
    """Projects with a scored submission, as the record of events tells: this room is below the one that grades."""
    rows = Event.objects.filter(
        actor=enrolment.user_id,
        cohort_id=enrolment.classroom.cohort_id,
        verb="graded",
        facts__status="scored",
    )
    return frozenset(rows.values_list("facts__project", flat=True))


@dataclass(frozen=True)
class Stuck:
    """A student who does not get on: where, since when, and the code of what explains the error."""

    enrolment: Enrolment
    lesson: str
    cell: str
    since: dt.datetime
    failures: int
    code: str
    params: Mapping[str, object]


def is_stuck(now: dt.datetime) -> Q:
    """Cells failing for ten minutes, or four times in a row in the same way, and not since another day."""
    long = Q(failing_since__lte=now - STUCK_AFTER) | Q(failures_in_row__gte=STUCK_AFTER_FAILURES)
    return long & Q(failing_since__gt=now - STUCK_UNTIL)


def stuck(classroom: Classroom, *, now: dt.datetime | None = None) -> list[Stuck]:
    """Who does not get on, the longest first. One query."""
    now = now or timezone.now()
    rows = (
        CellRecord.objects.filter(is_stuck(now), enrolment__classroom=classroom, enrolment__left_at=None)
        .select_related("enrolment")
        .defer("output", "checks", "code", "kept_code", "ran_code")
        .order_by("failing_since", "pk")
    )
    return [
        Stuck(row.enrolment, row.lesson, row.cell, since, row.failures_in_row, row.error_code, row.error_params)
        for row in rows
        if (since := row.failing_since) is not None
    ]
