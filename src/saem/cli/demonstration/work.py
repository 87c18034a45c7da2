"""Pupils' work in the demonstration: real cells run in the sandbox, real files waiting to be graded."""

import csv
import datetime as dt
import io
import random
import uuid
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.catalog.queries import assignment_of, program_of
from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import CellRecord
from saem.apps.learning.queries import Place
from saem.apps.learning.runs import session_key
from saem.apps.learning.services import open_lesson, run_cell
from saem.apps.projects.models import SubmissionKind
from saem.apps.projects.services import Upload, submit_work
from saem.lib.content import Lesson, Project
from saem.lib.sandbox import Job, Sandbox, Source

STUCK_FOR = dt.timedelta(minutes=14)
SOLUTION_SECONDS_SEED = 7


@dataclass(frozen=True)
class Pupil:
    """How far one pupil has come: lessons finished, whether the next one is begun, whether they are stuck in it."""

    enrolment: Enrolment
    lessons_done: int
    is_stuck: bool
    skill: float


def cast_pupils(enrolments: list[Enrolment], lessons: int) -> list[Pupil]:
    """Most are near the end, some in the middle, two are stuck; the same every time."""
    chance = random.Random(SOLUTION_SECONDS_SEED)  # noqa: S311  # a demonstration, not a secret
    pupils = [
        Pupil(enrolment, min(lessons, chance.choice([1, 1, 2, 2, 3, 3, 3])), is_stuck=False, skill=chance.random())
        for enrolment in enrolments
    ]
    stuck = [Pupil(pupil.enrolment, min(1, lessons - 1), is_stuck=True, skill=pupil.skill) for pupil in pupils[4:6]]
    # The first pupil is the one a newcomer signs in as: in the middle of the second lesson.
    first = Pupil(pupils[0].enrolment, min(1, lessons - 1), is_stuck=False, skill=0.8)
    return [first, *pupils[1:4], *stuck, *pupils[6:]]


def study(pupil: Pupil, sandbox: Sandbox) -> None:
    """Run the lessons' cells as this pupil."""
    lessons = list(program_of(pupil.enrolment.classroom.cohort.version).lessons.values())
    for lesson in lessons[: pupil.lessons_done]:
        run_lesson(pupil, lesson, sandbox, cells=None)
    if pupil.lessons_done < len(lessons):
        run_lesson(pupil, lessons[pupil.lessons_done], sandbox, cells=3)


def run_lesson(pupil: Pupil, lesson: Lesson, sandbox: Sandbox, *, cells: int | None) -> None:
    """Run the first `cells` cells (all, if None) with the author's solutions; a stuck pupil misspells the last one."""
    place = Place(pupil.enrolment, lesson, "ko", is_owner=True)
    open_lesson(place)
    chosen = place.page.cells[:cells]
    for cell in chosen:
        exercise = lesson.exercises.get(cell.id)
        code = exercise.solution if exercise else cell.code
        if pupil.is_stuck and cells is not None and cell is chosen[-1]:
            code = 'weather["tempmax"].mean()'
        run_cell(place, cell.id, code, revision=None, sandbox=sandbox)
    # Nobody will go on with this cell process; the pupil's own visit starts a new one.
    sandbox.close_session(session_key(place))
    if pupil.is_stuck and cells is not None:
        since = timezone.now() - STUCK_FOR
        CellRecord.objects.filter(enrolment=pupil.enrolment, failing_since__isnull=False).update(failing_since=since)


def solution_predictions(project: Project, public: dict[str, bytes], sandbox: Sandbox) -> bytes:
    """What the author's solution script writes, run in the sandbox."""
    file = next(solution.file for solution in project.solutions if solution.file.endswith(".py"))
    script = (project.folder / file).read_text()
    outcome = sandbox.run(Job((Source("predict.py", script),), files=public, collect=("submission.csv",)))
    return outcome.files["submission.csv"]


def disturbed(predictions: bytes, *, labels: list[str], share: float, chance: random.Random) -> bytes:
    """The same file with a share of its values changed: another label, or a number off by up to 60 %."""
    rows = list(csv.reader(io.StringIO(predictions.decode())))
    for row in rows[1:]:
        if chance.random() < share:
            row[1] = chance.choice(labels) if labels else f"{float(row[1]) * chance.uniform(0.4, 1.6):.2f}"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def hand_in(pupils: list[Pupil], sandbox: Sandbox) -> int:
    """Every pupil who finished the lessons submits a better or worse file; the workers will grade them."""
    handed = 0
    chance = random.Random(SOLUTION_SECONDS_SEED)  # noqa: S311  # a demonstration, not a secret
    program = program_of(pupils[0].enrolment.classroom.cohort.version)
    for project in program.projects.values():
        assignment = assignment_of(pupils[0].enrolment.classroom.cohort.version, project.id)
        best = solution_predictions(project, dict(assignment.public), sandbox)
        labels = [str(label) for label in project.grading["predictions"].get("labels", [])]
        for pupil in pupils:
            if pupil.lessons_done < len(program.lessons):
                continue
            data = disturbed(best, labels=labels, share=0.5 * (1 - pupil.skill), chance=chance)
            submit_work(
                pupil.enrolment,
                project=project.id,
                upload=Upload(name="submission.csv", kind=SubmissionKind.PREDICTIONS, data=data),
                token=uuid.uuid4(),
                attempts_per_day=project.attempts_per_day,
            )
            handed += 1
    return handed
