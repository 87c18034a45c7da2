"""One student's work for the teacher's eyes: every step with its code cells or submissions."""

from dataclasses import dataclass

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.insight.marks import StepMark
from saem.apps.insight.progress import StepHead, marks_of, steps_of
from saem.apps.learning.models import CellRecord
from saem.apps.projects.models import Submission


@dataclass(frozen=True)
class StepWork:
    """One step: the cells of a lesson in the lesson's order, or the submissions of a project, newest first."""

    step: StepHead
    mark: StepMark
    cells: list[CellRecord]
    submissions: list[Submission]


def work_of(enrolment: Enrolment, language: str) -> list[StepWork]:
    """Six queries, however much the student did."""
    cohort = enrolment.classroom.cohort
    steps = steps_of(cohort, language)
    marks = marks_of([enrolment.pk], steps)[enrolment.pk]
    cells = list(CellRecord.objects.filter(enrolment=enrolment))
    submissions = list(Submission.objects.filter(enrolment=enrolment).order_by("-created_at"))
    order = cell_order(enrolment)
    return [
        StepWork(
            step,
            mark,
            sorted(
                (cell for cell in cells if cell.lesson == step.id),
                key=lambda cell: order.get((cell.lesson, cell.cell), 0),
            )
            if step.kind == "lesson"
            else [],
            [row for row in submissions if step.kind == "project" and row.project == step.id],
        )
        for step, mark in zip(steps, marks, strict=True)
    ]


def cell_order(enrolment: Enrolment) -> dict[tuple[str, str], int]:
    """(lesson, cell) → its place on the page; both languages have the same cells in the same order."""
    program = program_of(enrolment.classroom.cohort.version)
    return {
        (lesson.id, cell.id): place
        for lesson in program.lessons.values()
        for place, cell in enumerate(lesson.pages["ko"].cells)
    }
