"""What the teacher's and the manager's pages show, as each person may see it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by, cohorts_run_by
from saem.apps.insight.marks import StepMark
from saem.apps.insight.progress import StepHead, board_scores, marks_of
from saem.apps.insight.totals import ACTIVE_WITHIN
from saem.apps.learning.models import LessonProgress
from saem.apps.people.models import User
from saem.apps.projects.models import BoardRow, Submission, SubmissionState

PER_PAGE = 50
CLASSES_PER_PAGE = 20
EXPORT_CHUNK = 500


@dataclass(frozen=True)
class StudentRow:
    """One line of a grid."""

    enrolment: Enrolment
    marks: list[StepMark]


@dataclass(frozen=True)
class ClassSummary:
    """One classroom in the manager's table; `done` has the number of students who finished each step."""

    classroom: Classroom
    students: int
    active: int
    done: list[int]


def classroom_for(user: User, pk: int) -> Classroom:
    """A classroom `user` teaches or runs; anything else does not exist for them."""
    found = classrooms_seen_by(user).filter(pk=pk).select_related("cohort__version__program").first()
    if found is None:
        raise Http404
    return found


def cohort_for(user: User, pk: int) -> Cohort:
    """A cohort `user` runs; anything else does not exist for them."""
    found = cohorts_run_by(user).filter(pk=pk).select_related("version__program", "institution").first()
    if found is None:
        raise Http404
    return found


def student_for(user: User, classroom_pk: int, enrolment_pk: int) -> Enrolment:
    """A student of a classroom that `user` teaches or runs."""
    classroom = classroom_for(user, classroom_pk)
    found = classroom.enrolments.present().filter(pk=enrolment_pk).select_related("user").first()
    if found is None:
        raise Http404
    found.classroom = classroom
    return found


def grid(
    students: QuerySet[Enrolment], steps: list[StepHead], page_number: str | int | None
) -> tuple[Page[Enrolment], list[StudentRow]]:
    """One page of students with their marks."""
    page = Paginator(students, PER_PAGE).get_page(page_number)
    enrolments = list(page.object_list)
    marks = marks_of([enrolment.pk for enrolment in enrolments], steps)
    return page, [StudentRow(enrolment, marks[enrolment.pk]) for enrolment in enrolments]


def students_of_cohort(cohort: Cohort, *, search: str = "", classroom: int | None = None) -> QuerySet[Enrolment]:
    """Students by class and nickname, narrowed by a class and by part of a nickname."""
    students = Enrolment.objects.present().filter(classroom__cohort=cohort).select_related("classroom")
    if classroom is not None:
        students = students.filter(classroom_id=classroom)
    if search:
        students = students.filter(nickname__icontains=search)
    return students.order_by("classroom__name", "nickname", "pk")


def class_page(
    cohort: Cohort, steps: list[StepHead], page_number: str | int | None
) -> tuple[Page[Classroom], list[ClassSummary]]:
    """One page of the cohort's classes with their counts, in five queries."""
    page = Paginator(cohort.classrooms.order_by("name", "pk"), CLASSES_PER_PAGE).get_page(page_number)
    rooms = list(page.object_list)
    students = Enrolment.objects.present().filter(classroom__in=rooms)
    since = timezone.now() - ACTIVE_WITHIN
    numbers = {
        room: (number, active)
        for room, number, active in students.values_list("classroom")
        .annotate(number=Count("pk"), active=Count("pk", filter=Q(last_seen_at__gte=since)))
        .order_by()
    }
    done = finished_counts(rooms)
    return page, [
        ClassSummary(
            room, *numbers.get(room.pk, (0, 0)), [done.get((room.pk, step.kind, step.id), 0) for step in steps]
        )
        for room in rooms
    ]


def finished_counts(rooms: list[Classroom]) -> dict[tuple[int, str, str], int]:
    """(classroom, kind, step) → how many students finished it."""
    present = {"enrolment__classroom__in": rooms, "enrolment__left_at": None}
    lessons = (
        LessonProgress.objects.filter(**present, done_at__isnull=False)
        .values_list("enrolment__classroom_id", "lesson")
        .annotate(number=Count("pk"))
    )
    projects = (
        Submission.objects.filter(**present, state=SubmissionState.SCORED)
        .values_list("enrolment__classroom_id", "project")
        .annotate(number=Count("enrolment", distinct=True))
    )
    counts = {(classroom, "lesson", lesson): number for classroom, lesson, number in lessons}
    return counts | {(classroom, "project", project): number for classroom, project, number in projects}


@dataclass(frozen=True)
class ExportRow:
    """One student's line in the exported workbook."""

    enrolment: Enrolment
    marks: list[StepMark]
    scores: list[BoardRow | None]
    last_lesson_at: dt.datetime | None


def export_rows(cohort: Cohort, steps: list[StepHead]) -> Iterator[ExportRow]:
    """Every student of the cohort, in chunks, so that memory does not grow with the cohort."""
    projects = [step.id for step in steps if step.kind == "project"]
    students = students_of_cohort(cohort)
    keys = list(students.values_list("pk", flat=True))
    for start in range(0, len(keys), EXPORT_CHUNK):
        chunk = keys[start : start + EXPORT_CHUNK]
        marks, boards = marks_of(chunk, steps), board_scores(chunk)
        latest = dict(
            LessonProgress.objects.filter(enrolment__in=chunk)
            .values_list("enrolment_id")
            .annotate(latest=Max("last_at"))
        )
        for enrolment in students.filter(pk__in=chunk):
            scores = [boards.get((enrolment.pk, project)) for project in projects]
            yield ExportRow(enrolment, marks[enrolment.pk], scores, latest.get(enrolment.pk))
