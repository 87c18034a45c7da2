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
from saem.apps.learning.models import LessonProgress
from saem.apps.people.models import User
from saem.apps.projects.models import BoardRow, Submission, SubmissionState

ACTIVE_WITHIN = dt.timedelta(days=7)
PER_PAGE = 50
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


def class_summaries(cohort: Cohort, steps: list[StepHead]) -> list[ClassSummary]:
    """Every classroom of the cohort with its counts, in four queries."""
    since = timezone.now() - ACTIVE_WITHIN
    present = Q(enrolments__left_at=None)
    classrooms = cohort.classrooms.annotate(
        students=Count("enrolments", filter=present),
        active=Count("enrolments", filter=present & Q(enrolments__last_seen_at__gte=since)),
    )
    done = finished_counts(cohort)
    return [
        ClassSummary(
            classroom,
            classroom.students,
            classroom.active,
            [done.get((classroom.pk, step.kind, step.id), 0) for step in steps],
        )
        for classroom in classrooms
    ]


def finished_counts(cohort: Cohort) -> dict[tuple[int, str, str], int]:
    """(classroom, kind, step) → how many students finished it."""
    lessons = (
        LessonProgress.objects.filter(
            enrolment__classroom__cohort=cohort, enrolment__left_at=None, done_at__isnull=False
        )
        .values_list("enrolment__classroom_id", "lesson")
        .annotate(number=Count("pk"))
    )
    projects = (
        Submission.objects.filter(
            enrolment__classroom__cohort=cohort, enrolment__left_at=None, state=SubmissionState.SCORED
        )
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


@dataclass(frozen=True)
class Totals:
    """The cohort in numbers; `done` pairs every step with how many finished it and their share in percent."""

    students: int
    active: int
    done: list[tuple[StepHead, int, int]]


def totals(summaries: list[ClassSummary], steps: list[StepHead]) -> Totals:
    """Add the classes up."""
    students = sum(summary.students for summary in summaries)
    counts = [sum(summary.done[index] for summary in summaries) for index in range(len(steps))]
    shares = [round(100 * count / students) if students else 0 for count in counts]
    return Totals(students, sum(summary.active for summary in summaries), list(zip(steps, counts, shares, strict=True)))
