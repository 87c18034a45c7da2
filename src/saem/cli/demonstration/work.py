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
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.learning.queries import Place
from saem.apps.learning.runs import session_key
from saem.apps.learning.services import open_lesson, run_cell
from saem.apps.projects.models import SubmissionKind
from saem.apps.projects.services import Upload, submit_work
from saem.lib.content import Lesson, Project
from saem.lib.sandbox import Job, Sandbox, Source

STUCK_FOR = dt.timedelta(minutes=14)
SEED = 7
BEGUN_CELLS = 3


@dataclass(frozen=True)
class Pupil:
    """How far one pupil has come: lessons finished, whether the next one is begun, whether they are stuck in it."""

    enrolment: Enrolment
    lessons_done: int
    is_stuck: bool
    skill: float


def cast_pupils(enrolments: list[Enrolment], lessons: int) -> list[Pupil]:
    """Most are near the end, some in the middle, two are stuck; the same every time."""
    chance = random.Random(SEED)  # noqa: S311  # a demonstration, not a secret
    pupils = [
        Pupil(enrolment, min(lessons, chance.choice([1, 1, 2, 2, 3, 3, 3])), is_stuck=False, skill=chance.random())
        for enrolment in enrolments
    ]
    stuck = [Pupil(pupil.enrolment, min(1, lessons - 1), is_stuck=True, skill=pupil.skill) for pupil in pupils[4:6]]
    # The first pupil is the one a newcomer signs in as: in the middle of the second lesson.
    first = Pupil(pupils[0].enrolment, min(1, lessons - 1), is_stuck=False, skill=0.8)
    return [first, *pupils[1:4], *stuck, *pupils[6:]]


def study(pupils: list[Pupil], sandbox: Sandbox) -> None:
    """Do the class's lessons.

    One pupil runs every cell, and those who are stuck or in the middle run theirs. The others wrote the same code
    and would have seen the same, so their records are copies.
    """
    lessons = list(program_of(pupils[0].enrolment.classroom.cohort.version).lessons.values())
    model = max(pupils, key=lambda pupil: pupil.lessons_done)
    for pupil in (model, pupils[0], *(pupil for pupil in pupils if pupil.is_stuck)):
        for lesson in lessons[: pupil.lessons_done]:
            run_lesson(pupil, lesson, sandbox, cells=None)
        if pupil.lessons_done < len(lessons):
            run_lesson(pupil, lessons[pupil.lessons_done], sandbox, cells=BEGUN_CELLS)
    begun = {pupils[0].enrolment.pk, model.enrolment.pk, *(pupil.enrolment.pk for pupil in pupils if pupil.is_stuck)}
    for pupil in pupils:
        if pupil.enrolment.pk not in begun:
            copy_work(model.enrolment, pupil, [lesson.id for lesson in lessons[: pupil.lessons_done]])


def copy_work(source: Enrolment, pupil: Pupil, lessons: list[str]) -> None:
    """Give a pupil the records that `source` has of these lessons."""
    cells = list(CellRecord.objects.filter(enrolment=source, lesson__in=lessons))
    progress = list(LessonProgress.objects.filter(enrolment=source, lesson__in=lessons))
    rows: list[CellRecord | LessonProgress] = [*cells, *progress]
    for row in rows:
        row.pk, row.enrolment = None, pupil.enrolment
    CellRecord.objects.bulk_create(cells)
    LessonProgress.objects.bulk_create(progress)


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
    chance = random.Random(SEED)  # noqa: S311  # a demonstration, not a secret
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
