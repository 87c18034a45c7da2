"""A training of three sessions with rules, and what happens in it."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from saem.apps.cohorts.completion import ruling, training
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import AttendanceMark, Cohort, Enrolment, Session
from saem.apps.people.models import User
from tests.cast import a_classroom, a_cohort, a_person, a_staff_member, a_student

HUNDRED = Decimal(100)
RULES = """\
format: 1
id: training
rules:
  - id: ninety
    from: 2026-01-01
    condition:
      kind: all
      id: everything
      of:
        - {kind: attendance, id: attendance, percent: 90}
        - kind: assessment
          id: total
          points: 60
          rounding: {mode: down, places: 2}
          weights: [{parts: {online_exam: 60, assignment: 40}}]
credits:
  - {id: by-15, from: 2026-01-01, steps: [{hours: 15, credits: 1}, {hours: 30, credits: 2}]}
"""
TRAINING = {
    "code": "AI-01",
    "area": "직무연수",
    "mode": "blended",
    "hours": 15,
    "is_job_related": True,
    "needs_designation": True,
    "number_name": "샘물교육연수원",
}


@dataclass(frozen=True)
class Course:
    cohort: Cohort
    staff: User
    teacher: Enrolment
    sessions: tuple[Session, ...]


def a_course(*, rules: str = RULES, version: object = None, **facts: object) -> Course:
    """A training whose three sessions are over, with one teacher who takes part in it."""
    cohort = a_cohort(version, **facts)  # type: ignore[arg-type]
    staff = a_staff_member(cohort)
    teacher = a_participant(a_classroom(cohort))
    start = timezone.now() - dt.timedelta(days=3)
    sessions = tuple(
        Session.objects.create(
            cohort=cohort,
            title=f"{day + 1}차시",
            starts_at=start + dt.timedelta(days=day),
            ends_at=start + dt.timedelta(days=day, hours=5),
        )
        for day in range(3)
    )
    training.set_training(cohort, TRAINING, by=staff)
    declared = ruling.declare(cohort, rules, seen=0, by=staff)
    assert declared.rules is not None, declared.problems
    return Course(cohort, staff, teacher, sessions)


def a_participant(classroom: object, name: str = "이연수") -> Enrolment:
    """A teacher in training: an account with an e-mail address."""
    enrolment = a_student(classroom, name)  # type: ignore[arg-type]
    enrolment.user = a_person(name)
    enrolment.save()
    return enrolment


def attend(course: Course, enrolment: Enrolment, *, times: int = 3) -> None:
    """Mark somebody present in the first sessions and absent in the others."""
    for at, session in enumerate(course.sessions):
        AttendanceMark.objects.update_or_create(
            session=session,
            enrolment=enrolment,
            defaults={"status": "present" if at < times else "absent", "marked_by": course.staff},
        )
    facts_changed([enrolment.pk], by=course.staff)


def score(course: Course, enrolment: Enrolment, online_exam: int, assignment: int) -> None:
    given = {"online_exam": (Decimal(online_exam), HUNDRED), "assignment": (Decimal(assignment), HUNDRED)}
    training.set_scores({enrolment.pk: given}, by=course.staff)


def designate(course: Course, enrolment: Enrolment, number: str = "서울-2026-17") -> None:
    training.set_trainee(enrolment, {"designation_number": number}, by=course.staff)
