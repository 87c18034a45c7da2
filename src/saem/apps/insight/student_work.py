"""One student's work for the teacher's eyes: every step with its code cells or submissions."""

from dataclasses import dataclass

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.insight.marks import StepMark
from saem.apps.insight.progress import StepHead, marks_of, steps_of
from saem.apps.learning.models import CellRecord
from saem.apps.projects.models import Submission
from saem.lib.content import Lesson


@dataclass(frozen=True)
class CellWork:
    """One code cell as the student left it; `number` is its place on the lesson's page."""

    number: int
    record: CellRecord


@dataclass(frozen=True)
class StepWork:
    """One step: the cells of a lesson in the lesson's order, or the submissions of a project, newest first."""

    step: StepHead
    mark: StepMark
    cells: list[CellWork]
    submissions: list[Submission]


def work_of(enrolment: Enrolment, language: str) -> list[StepWork]:
    """Six queries, however much the student did."""
    cohort = enrolment.classroom.cohort
    steps = steps_of(cohort, language)
    marks = marks_of([enrolment.pk], steps)[enrolment.pk]
    records = list(CellRecord.objects.filter(enrolment=enrolment).defer("output"))
    submissions = list(Submission.objects.filter(enrolment=enrolment).order_by("-created_at"))
    lessons = program_of(cohort.version).lessons
    return [
        StepWork(
            step,
            mark,
            cells_of(lessons[step.id], records) if step.kind == "lesson" else [],
            [row for row in submissions if step.kind == "project" and row.project == step.id],
        )
        for step, mark in zip(steps, marks, strict=True)
    ]


def cells_of(lesson: Lesson, records: list[CellRecord]) -> list[CellWork]:
    """The student's cells of one lesson in the page's order; both languages have the same cells."""
    own = {row.cell: row for row in records if row.lesson == lesson.id}
    return [CellWork(place, own[cell.id]) for place, cell in enumerate(lesson.pages["ko"].cells, 1) if cell.id in own]
