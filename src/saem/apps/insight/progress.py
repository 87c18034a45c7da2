"""Progress of many students at once: a fixed number of queries, however many students and steps."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.insight.marks import LessonFacts, ProjectFacts, StepMark, lesson_mark, project_mark
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.learning.queries import is_stuck
from saem.apps.projects.models import BoardRow, Submission, SubmissionState


@dataclass(frozen=True)
class StepHead:
    """One column: a lesson or a project of the program, titled in the reader's language."""

    kind: str
    id: str
    title: str


def steps_of(cohort: Cohort, language: str) -> list[StepHead]:
    """The program's steps in order."""
    program = program_of(cohort.version)
    titles = {
        "lesson": {key: lesson.title.in_(language) for key, lesson in program.lessons.items()},
        "project": {key: project.title.in_(language) for key, project in program.projects.items()},
    }
    return [StepHead(step.kind, step.id, titles[step.kind][step.id]) for step in program.steps]


def marks_of(enrolments: Sequence[int], steps: Sequence[StepHead]) -> dict[int, list[StepMark]]:
    """Enrolment id → one mark per step, in four queries."""
    lessons, projects = lesson_facts(enrolments), project_facts(enrolments)
    return {
        enrolment: [
            lesson_mark(lessons.get((enrolment, step.id)))
            if step.kind == "lesson"
            else project_mark(projects.get((enrolment, step.id)))
            for step in steps
        ]
        for enrolment in enrolments
    }


def lesson_facts(enrolments: Sequence[int]) -> Mapping[tuple[int, str], LessonFacts]:
    stuck = set(
        CellRecord.objects.filter(is_stuck(timezone.now()), enrolment__in=enrolments)
        .values_list("enrolment_id", "lesson")
        .distinct()
    )
    rows = LessonProgress.objects.filter(enrolment__in=enrolments).values_list(
        "enrolment_id", "lesson", "exercises_passed", "exercises_total", "done_at"
    )
    return {
        (enrolment, lesson): LessonFacts(passed, total, done is not None, (enrolment, lesson) in stuck)
        for enrolment, lesson, passed, total, done in rows
    }


def project_facts(enrolments: Sequence[int]) -> Mapping[tuple[int, str], ProjectFacts]:
    newest: dict[tuple[int, str], str] = {}
    scored: dict[tuple[int, str], bool] = defaultdict(bool)
    rows = (
        Submission.objects.filter(enrolment__in=enrolments)
        .order_by("created_at", "pk")
        .values_list("enrolment_id", "project", "state")
    )
    for enrolment, project, state in rows:
        newest[enrolment, project] = state
        scored[enrolment, project] |= state == SubmissionState.SCORED
    return {key: ProjectFacts(state, scored[key]) for key, state in newest.items()}


def board_scores(enrolments: Sequence[int]) -> Mapping[tuple[int, str], BoardRow]:
    """Enrolment id and project → the student's row on the board."""
    rows = BoardRow.objects.filter(enrolment__in=enrolments)
    return {(row.enrolment_id, row.project): row for row in rows}
