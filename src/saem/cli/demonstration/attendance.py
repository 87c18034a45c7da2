"""The timetable of the demonstration: four sessions that are over, one that is going on, and some to come."""

import datetime as dt

from django.utils import timezone

from saem.apps.cohorts.models import (
    AttendanceMark,
    Classroom,
    Cohort,
    Crossing,
    CrossingHow,
    Enrolment,
    Session,
)
from saem.apps.people.models import User
from saem.lib.completion import Way

TITLES = (
    ("날씨 자료 살펴보기", "A look at weather data"),
    ("비 오는 날 찾기", "Finding rainy days"),
    ("첫 예측 모형", "A first model"),
    ("모형 견주기", "Comparing models"),
    ("우리 동네 자료 더하기", "Adding data of our town"),
    ("틀린 예측 들여다보기", "Looking at wrong predictions"),
    ("발표 준비", "Preparing the presentation"),
    ("발표회", "Presentation day"),
)
PAST = 4
MEETING = "https://meet.example/saem"
# What a teacher wrote, over and over: most are there.
MARKS = (
    *({"status": "present"},) * 5,
    {"status": "present", "late_minutes": 12},
    *({"status": "present"},) * 4,
    {"status": "absent"},
    {"status": "excused", "excuse": "illness", "note": "감기로 병원에 다녀옴"},
    {"status": "present", "early_minutes": 20},
)


def keep_attendance(cohort: Cohort, room: Classroom, teacher: User) -> None:
    """The past of everybody in the cohort, in a handful of statements."""
    sessions = Session.objects.bulk_create([*weekly(cohort, teacher), going_on(cohort, room, teacher)])
    people = list(Enrolment.objects.present().filter(classroom__cohort=cohort).order_by("pk"))
    AttendanceMark.objects.bulk_create(
        AttendanceMark(
            session=session, enrolment=person, marked_by=teacher, **MARKS[(5 * at + 7 * number) % len(MARKS)]
        )
        for at, session in enumerate(sessions[:PAST])
        for number, person in enumerate(people)
    )
    Crossing.objects.bulk_create(crossings(sessions[-1], people))


def weekly(cohort: Cohort, teacher: User) -> list[Session]:
    """Every week at two; the last of those to come is online."""
    today = timezone.localtime().replace(hour=14, minute=0, second=0, microsecond=0)
    found = []
    for at, (title, title_en) in enumerate(TITLES):
        starts_at = today + dt.timedelta(days=7 * (at - PAST) + (3 if at >= PAST else 0))
        session = Session(
            cohort=cohort,
            title=f"{at + 1}차시 · {title}",
            title_en=f"Session {at + 1} · {title_en}",
            starts_at=starts_at,
            ends_at=starts_at + dt.timedelta(hours=2),
            room="" if at == len(TITLES) - 1 else "정보실",
            online_url=MEETING if at == len(TITLES) - 1 else "",
            created_by=teacher,
        )
        session.pauses = ((starts_at + dt.timedelta(minutes=50), starts_at + dt.timedelta(minutes=60)),)
        found.append(session)
    return found


def going_on(cohort: Cohort, room: Classroom, teacher: User) -> Session:
    """A session that began a quarter of an hour ago, so that there is a code to show at any time of day."""
    starts_at = timezone.now().replace(second=0, microsecond=0) - dt.timedelta(minutes=15)
    return Session(
        cohort=cohort,
        classroom=room,
        title="보충 수업 · 자료 다듬기",
        title_en="Extra session · Cleaning data",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=3),
        room="2학년 3반 교실",
        created_by=teacher,
    )


def crossings(session: Session, people: list[Enrolment]) -> list[Crossing]:
    """A third of the class has come already."""
    came = [person for person in people if person.classroom_id == session.classroom_id][2::3]
    return [
        Crossing(
            session=session,
            enrolment=person,
            way=Way.IN.value,
            happened_at=session.starts_at + dt.timedelta(minutes=at - 4),
            how=CrossingHow.QR,
            recorded_by_id=person.user_id,
            key=f"{session.pk}:{person.pk}:0:in",
        )
        for at, person in enumerate(came)
    ]
