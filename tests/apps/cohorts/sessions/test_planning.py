"""Planning, changing, cancelling: what participants hear, what calendars are told, what is refused."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Session
from saem.apps.cohorts.sessions import planning, queries
from saem.apps.cohorts.sessions.forms import SessionForm
from saem.apps.cohorts.sessions.planning import Meeting
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion import session_on
from tests.apps.cohorts.sessions.a_session import a_cohort_session, a_session
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
SEOUL = ZoneInfo("Asia/Seoul")


def tomorrow() -> dt.date:
    return timezone.localdate() + dt.timedelta(days=1)


def a_meeting(title: str = "1차시", *, hour: int = 10, **texts: str) -> Meeting:
    times = session_on(
        "new", tomorrow(), dt.time(hour), dt.time(hour + 2), breaks=[(dt.time(hour, 50), dt.time(hour + 1))]
    )
    return Meeting(title=title, times=times, **texts)


def plan_one(room: Classroom, by: User, **facts: object) -> Session:
    return planning.plan(room.cohort, room, [a_meeting(**facts)], by=by)[0]


def test_planning_tells_everybody_in_the_class_and_nobody_else():
    room = a_classroom()
    other = a_classroom(room.cohort)
    student, stranger = a_student(room), a_student(other)
    session = plan_one(room, a_teacher(room))
    assert [notice.recipient for notice in Notice.objects.filter(kind="session.planned")] == [student.user]
    assert queries.plans_for([student.pk, stranger.pk])[stranger.pk] == ()
    assert queries.plans_for([student.pk])[student.pk][0].seconds == 110 * 60
    assert Event.objects.filter(verb="session.planned", object_id=str(session.pk)).exists()


def test_the_same_press_twice_plans_once():
    room = a_classroom()
    teacher = a_teacher(room)
    assert len(planning.plan(room.cohort, room, [a_meeting()], by=teacher)) == 1
    assert planning.plan(room.cohort, room, [a_meeting()], by=teacher) == []
    assert Session.objects.count() == 1


def test_a_change_raises_the_sequence_and_is_told():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    session = plan_one(room, teacher)
    assert planning.change(session, a_meeting(room="과학실"), by=teacher, seen=0)
    session.refresh_from_db()
    assert (session.sequence, session.room) == (1, "과학실")
    notice = Notice.objects.get(recipient=student.user, kind="session.changed")
    assert notice.facts["room"] == "과학실"
    assert not planning.change(session, a_meeting(room="과학실"), by=teacher, seen=1)
    assert Notice.objects.filter(kind="session.changed").count() == 1


def test_a_change_over_a_colleagues_is_refused():
    room = a_classroom()
    teacher = a_teacher(room)
    session = plan_one(room, teacher)
    planning.change(session, a_meeting(room="과학실"), by=teacher, seen=0)
    with pytest.raises(SaemError) as refused:
        planning.change(session, a_meeting(room="강당"), by=teacher, seen=0)
    assert refused.value.code == "session.changed_by_other"
    session.refresh_from_db()
    assert session.room == "과학실"


def test_a_cancelled_session_leaves_the_plan_and_comes_back():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    session = plan_one(room, teacher)
    planning.cancel(session, by=teacher)
    planning.cancel(session, by=teacher)
    assert queries.plans_for([student.pk])[student.pk][0].seconds == 0
    assert Notice.objects.filter(kind="session.cancelled").count() == 1
    session.refresh_from_db()
    assert session.sequence == 1
    planning.restore(session, by=teacher)
    assert queries.plans_for([student.pk])[student.pk][0].seconds == 110 * 60


def test_a_past_session_is_corrected_without_a_letter():
    room = a_classroom()
    a_student(room)
    session = a_session(room, starts=dt.timedelta(days=-3))
    planning.cancel(session, by=a_teacher(room))
    assert not Notice.objects.exists()


def test_sessions_of_the_cohort_are_in_every_class():
    room = a_classroom()
    other = a_classroom(room.cohort)
    session = a_cohort_session(room.cohort)
    first, second = a_student(room), a_student(other)
    plans = queries.plans_for([first.pk, second.pk])
    assert [plan.id for plan in plans[first.pk]] == [plan.id for plan in plans[second.pk]] == [str(session.pk)]


def test_clashes_are_found():
    room = a_classroom()
    first, second = a_session(room), a_session(room, title="2차시", starts=dt.timedelta())
    later = a_session(room, title="3차시", starts=dt.timedelta(days=1))
    assert planning.clashes([first, second, later]) == {first.pk: [second], second.pk: [first]}


# --- the form


def form_of(room: Classroom, **fields: str) -> SessionForm:
    sent = {"title": "1차시", "day": "2026-12-05", "start": "10:00", "end": "12:00", "weeks": "1", **fields}
    return SessionForm(sent, cohort=room.cohort, classrooms=None)


def test_a_weekly_series_keeps_its_clock(settings: object):
    settings.TIME_ZONE = "Europe/Berlin"
    form = form_of(a_classroom(), day="2026-10-18", weeks="3")
    assert form.is_valid(), form.errors
    starts = [each.times.start for each in form.meetings()]
    assert [f"{start:%m-%d %H:%M}" for start in starts] == ["10-18 10:00", "10-25 10:00", "11-01 10:00"]
    # The clocks were changed in between: a week has an hour more.
    assert starts[1].astimezone(dt.UTC) - starts[0].astimezone(dt.UTC) == dt.timedelta(days=7, hours=1)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"day": "어제"}, "day"),
        ({"end": "09:00"}, "end"),
        ({"end": "10:00"}, "end"),
        ({"breaks": "점심"}, "breaks"),
        ({"breaks": "25:00-26:00"}, "breaks"),
        ({"breaks": "09:00-09:30"}, "breaks"),
        ({"breaks": "10:00-12:00"}, "breaks"),
        ({"weeks": "0"}, "weeks"),
        ({"weeks": "41"}, "weeks"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
    ],
)
def test_what_cannot_be_planned_is_said_at_its_field(fields: dict[str, str], field: str):
    form = form_of(a_classroom(), **fields)
    assert not form.is_valid()
    assert field in form.errors


def test_a_time_that_a_clock_change_leaves_out_is_refused(settings: object):
    settings.TIME_ZONE = "Europe/Berlin"
    form = form_of(a_classroom(), day="2026-03-29", start="02:30", end="04:00")
    assert not form.is_valid()
    assert "start" in form.errors
