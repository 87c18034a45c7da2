"""Fills a cohort with made-up students and work, in bulk, to see what grows."""

import datetime as dt
import random
import uuid

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.learning.models import CellRecord, LessonProgress
from saem.apps.people.models import User
from saem.apps.projects.board_rows import board_changed, lock_run
from saem.apps.projects.models import BoardRow, Submission, SubmissionKind, SubmissionState, Verdict

CLASS_SIZE = 25
BATCH = 2000


def grow(cohort: Cohort, students: int) -> None:
    """Bring the cohort to `students` students: classes of 25, lessons, cells, submissions and a board."""
    random.seed(students)
    existing = Enrolment.objects.filter(classroom__cohort=cohort).count()
    numbers = range(existing, students)
    rooms = classrooms(cohort, students)
    users = User.objects.bulk_create(
        [User(username=f"bench-{cohort.pk}-{n}", display_name=f"학생 {n}", email=None) for n in numbers], BATCH
    )
    now = timezone.now()
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(classroom=rooms[n // CLASS_SIZE], user=user, nickname=f"학생 {n:05d}", last_seen_at=now)
            for n, user in zip(numbers, users, strict=True)
        ],
        BATCH,
    )
    lessons_of(cohort, enrolments)
    projects_of(cohort, enrolments)


def classrooms(cohort: Cohort, students: int) -> list[Classroom]:
    needed = (students + CLASS_SIZE - 1) // CLASS_SIZE
    have = cohort.classrooms.filter(name__startswith="bench").count()
    Classroom.objects.bulk_create([Classroom(cohort=cohort, name=f"bench {n:04d}") for n in range(have, needed)])
    return list(cohort.classrooms.filter(name__startswith="bench").order_by("name"))


def lessons_of(cohort: Cohort, enrolments: list[Enrolment]) -> None:
    now = timezone.now()
    lessons = program_of(cohort.version).lessons.values()
    progress, cells = [], []
    for enrolment in enrolments:
        for lesson in lessons:
            total = len(lesson.exercises)
            passed = random.randint(0, total)
            done = now if passed == total else None
            progress.append(
                LessonProgress(
                    enrolment=enrolment, lesson=lesson.id, exercises_passed=passed, exercises_total=total, done_at=done
                )
            )
            failing = now - dt.timedelta(minutes=random.randint(1, 60)) if random.random() < 0.05 else None
            cells += [
                CellRecord(enrolment=enrolment, lesson=lesson.id, cell=cell, code="x = 1\n", status="ok", runs=3)
                for cell in lesson.exercises
            ]
            cells[-1].failing_since = failing
    LessonProgress.objects.bulk_create(progress, BATCH)
    CellRecord.objects.bulk_create(cells, BATCH)


def projects_of(cohort: Cohort, enrolments: list[Enrolment]) -> None:
    projects = list(program_of(cohort.version).projects)
    submissions = Submission.objects.bulk_create(
        [
            Submission(
                enrolment=enrolment,
                project=project,
                kind=SubmissionKind.PREDICTIONS,
                token=uuid.uuid4(),
                name="submission.csv",
                size=1000,
                sha256="0" * 64,
                state=SubmissionState.SCORED,
                decided_at=timezone.now(),
            )
            for enrolment in enrolments
            for project in projects
        ],
        BATCH,
    )
    verdicts, rows = [], []
    for submission in submissions:
        score = random.uniform(0.5, 0.9)
        verdicts.append(
            Verdict(
                submission=submission,
                status="scored",
                score=5,
                max_score=6,
                metrics={"accuracy": score},
                isolation="A",
                content_version=cohort.version.content_hash,
            )
        )
        rows.append(
            BoardRow(
                cohort=cohort,
                project=submission.project,
                enrolment_id=submission.enrolment_id,
                submission=submission,
                score=score,
                low=score - 0.03,
                high=score + 0.03,
            )
        )
    for verdict in Verdict.objects.bulk_create(verdicts, BATCH):
        verdict.submission.verdict = verdict
    Submission.objects.bulk_update(submissions, ["verdict"], BATCH // 10)
    BoardRow.objects.bulk_create(rows, BATCH)
    for project in projects:
        with transaction.atomic():
            board_changed(lock_run(cohort.pk, project))
