"""A program as one student's way through it: which step is done, which is now, how long each takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from saem.apps.catalog.outlines import StepOutline, step_outline
from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import LessonProgress
from saem.apps.learning.pages import step_url
from saem.apps.learning.queries import graded_projects
from saem.apps.learning.states import State


@dataclass(frozen=True)
class CourseStep:
    """One step; `passed` of `total` counts a begun lesson's exercises."""

    outline: StepOutline
    number: int
    state: State
    url: str
    passed: int = 0
    total: int = 0
    is_begun: bool = False

    @property
    def title(self) -> str:
        return self.outline.title


@dataclass(frozen=True)
class Course:
    steps: tuple[CourseStep, ...]

    @property
    def now(self) -> CourseStep | None:
        return next((step for step in self.steps if step.state == State.NOW), None)

    @property
    def done(self) -> int:
        return sum(step.state == State.DONE for step in self.steps)


def course_of(enrolment: Enrolment, language: str) -> Course:
    """All steps in order; the first that is not done is the one to go on with."""
    steps = list(_steps(enrolment, language))
    now = next((index for index, step in enumerate(steps) if step.state != State.DONE), None)
    if now is not None:
        steps[now] = replace(steps[now], state=State.NOW)
    return Course(tuple(steps))


def _steps(enrolment: Enrolment, language: str) -> Iterator[CourseStep]:
    program = program_of(enrolment.classroom.cohort.version)
    progress = {row.lesson: row for row in LessonProgress.objects.filter(enrolment=enrolment)}
    graded = graded_projects(enrolment)
    for number, step in enumerate(program.steps, start=1):
        outline = step_outline(program, step, language)
        row = progress.get(step.id) if step.kind == "lesson" else None
        is_done = row is not None and row.done_at is not None if step.kind == "lesson" else step.id in graded
        yield CourseStep(
            outline=outline,
            number=number,
            state=State.DONE if is_done else State.LATER,
            url=step_url(enrolment.pk, step.kind, step.id),
            passed=row.exercises_passed if row else 0,
            total=row.exercises_total if row else outline.exercises,
            is_begun=row is not None,
        )
