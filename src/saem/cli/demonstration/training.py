"""A teacher training that has ended: one completed, one lacks a designation number, one missed too much."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.cohorts.completion import ruling, training
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.views.rules import OF_PUPILS
from saem.apps.cohorts.models import AttendanceMark, Classroom, Cohort, Enrolment, Session
from saem.apps.people.models import User
from saem.cli.demonstration.people import Places, open_cohort, person

HUNDRED = Decimal(100)
TITLE, TITLE_EN = "AI 수업 설계 직무연수 1기", "Designing lessons with AI, training 1"
DAYS = 3
HOURS = 5
NOTHING: dict[str, Any] = {
    "attendance": None,
    "progress": None,
    "points": None,
    "projects": [],
    "weights": {},
    "waits": False,
}
OF_TRAINING = {"attendance": 90, "points": 60, "weights": {"assignment": 60, "participation": 40}}
COUNTING = {"illness": "absent", "missing_check_out": "nothing", "grace": 5}
# Name, mailbox, designation number, sessions attended, assignment, participation.
TRAINEES = (
    ("윤연수", "trainee", "한빛-2026-0101", 3, 88, 100),
    ("강지명", "trainee2", "", 3, 75, 90),
    ("오결석", "trainee3", "한빛-2026-0102", 2, 80, 60),
)


def pupils_complete(cohort: Cohort, staff: User) -> None:
    """Rules for a program of pupils."""
    ruling.declare(cohort, ruling.book_from({**NOTHING, **OF_PUPILS}, cohort=cohort), seen=0, by=staff)


def train_teachers(version: Version, places: Places, staff: User) -> Cohort:
    """A training of fifteen hours in three days, with everything that an office reports."""
    cohort = open_cohort(
        version, places, title="AI 수업 설계 직무연수 1기", title_en="Designing lessons with AI, training 1"
    )
    cohort.starts_on, cohort.ends_on = days(10), days(1)
    cohort.save()
    training.set_training(
        cohort, {"hours": DAYS * HOURS, "mode": "in_person", "number_name": "한빛교육연수원"}, by=staff
    )
    text = ruling.book_from({**NOTHING, **COUNTING, **OF_TRAINING}, cohort=cohort)
    ruling.declare(cohort, text, seen=0, by=staff)
    room = Classroom.objects.create(cohort=cohort, name="연수 1반")
    sessions = [meeting(cohort, number) for number in range(DAYS)]
    for name, mailbox, designation, attended, assignment, participation in TRAINEES:
        user = person(name, mailbox)
        trainee = Enrolment.objects.create(classroom=room, user=user, nickname=name)
        with transaction.atomic():
            AttendanceMark.objects.bulk_create(
                AttendanceMark(
                    session=session,
                    enrolment=trainee,
                    status="present" if number < attended else "absent",
                    marked_by=staff,
                )
                for number, session in enumerate(sessions)
            )
            facts_changed([trainee.pk], by=staff)
        facts = {"birth_date": dt.date(1988, 5, 17), "school": "샘물고등학교", "designation_number": designation}
        training.set_trainee(trainee, facts, by=staff)
        points = {"assignment": (Decimal(assignment), HUNDRED), "participation": (Decimal(participation), HUNDRED)}
        training.set_scores({trainee.pk: points}, by=staff)
    return cohort


def meeting(cohort: Cohort, number: int) -> Session:
    start = timezone.make_aware(dt.datetime.combine(days(9 - 3 * number), dt.time(9)))
    return Session.objects.create(
        cohort=cohort,
        title=f"{number + 1}일차",
        title_en=f"Day {number + 1}",
        starts_at=start,
        ends_at=start + dt.timedelta(hours=HOURS),
        room="연수원 대강의실",
    )


def days(ago: int) -> dt.date:
    return timezone.localdate() - dt.timedelta(days=ago)
