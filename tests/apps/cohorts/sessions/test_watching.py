"""Who may soon be unable to pass hears of it in time, once for every change."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from saem.apps.cohorts.models import AttendanceMark, AttendanceOutlook, Classroom, CrossingHow, Enrolment, Session
from saem.apps.cohorts.sessions import attending, marking, planning
from saem.apps.cohorts.sessions.handlers import WATCH
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.cohorts.sessions.tallies import tallies_by_id
from saem.apps.cohorts.sessions.watching import look_at_everybody
from saem.apps.jobs.kinds import kind_named, nightly_kinds
from saem.apps.notices.models import Notice
from saem.apps.notices.words import notice_words
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import a_session, rules_for
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
ABSENT, HERE = Mark(status=Status.ABSENT), Mark(status=Status.PRESENT)


def five_sessions(room: Classroom) -> list[Session]:
    """Two are over, three are to come; with 80 % wanted, one may be missed. A classmate came to both."""
    sessions = [
        a_session(room, title=f"{number}차시", starts=dt.timedelta(days=day))
        for number, day in enumerate((-2, -1, 1, 2, 3), start=1)
    ]
    classmate = a_student(room)
    for session in sessions[:2]:
        mark(session, classmate, HERE)
    return sessions


def mark(session: Session, student: Enrolment, mark_of: Mark) -> None:
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=mark_of)], by=a_teacher(student.classroom))


def told(student: Enrolment) -> list[bool]:
    """Whether each notice says that it is too late."""
    notices = Notice.objects.filter(recipient=student.user, kind="attendance.at_risk").order_by("pk")
    return [notice.facts["is_lost"] for notice in notices]


def test_each_change_into_danger_is_told_once():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, *_coming = five_sessions(room)
    mark(second, student, HERE)
    # The first is missed without a mark: one more would be too much.
    assert told(student) == [False]
    mark(first, student, HERE)
    assert AttendanceOutlook.objects.get(enrolment=student).chance == "yes"
    mark(second, student, ABSENT)
    assert told(student) == [False, False]
    mark(first, student, ABSENT)
    mark(first, student, ABSENT)
    assert told(student) == [False, False, True]


def test_the_warning_says_how_much_may_still_be_missed():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, *_coming = five_sessions(room)
    mark(second, student, HERE)
    notice = Notice.objects.get(recipient=student.user)
    for language, part in (("ko", "앞으로 0분까지만"), ("en", "0 more minutes")):
        with translation.override(language):
            assert part in notice_words(notice, language).text
    assert first.pk


def test_time_alone_is_seen_at_night():
    room = a_classroom()
    silent, came = a_student(room), a_student(room)
    rules_for(room.cohort)
    sessions = five_sessions(room)
    marking.save_marks(sessions[0], [Wanted(enrolment=came.pk, mark=HERE)], by=a_teacher(room))
    look_at_everybody()
    assert told(came) == [False]
    mark(sessions[1], came, HERE)
    Notice.objects.all().delete()
    AttendanceOutlook.objects.all().delete()
    look_at_everybody()
    look_at_everybody()
    assert told(silent) == [True]
    assert told(came) == []


def test_a_list_that_nobody_filled_in_yet_frightens_nobody():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    sessions = five_sessions(room)
    AttendanceMark.objects.all().delete()
    look_at_everybody()
    assert told(student) == []
    assert tallies_by_id([student.pk])[0].unkept == 2
    attending.cross(
        sessions[0],
        a_student(room),
        Way.IN,
        at=sessions[0].starts_at,
        how=CrossingHow.LIST,
        by=a_teacher(room),
    )
    look_at_everybody()
    assert told(student) == [False]


def test_without_rules_nobody_is_judged():
    room = a_classroom()
    student = a_student(room)
    five_sessions(room)
    look_at_everybody()
    assert told(student) == []
    assert not AttendanceOutlook.objects.exists()


def test_rules_that_cannot_be_read_or_say_nothing_judge_nobody():
    room = a_classroom()
    a_student(room)
    rules_for(room.cohort, "format: [")
    five_sessions(room)
    look_at_everybody()
    assert not AttendanceOutlook.objects.exists()


def test_a_cancelled_session_may_bring_people_into_danger():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, third, fourth, fifth = five_sessions(room)
    mark(second, student, HERE)
    mark(first, student, ABSENT)
    assert told(student) == [False]
    planning.cancel(third, by=a_teacher(room))
    assert told(student) == [False, True]
    assert fourth.starts_at < fifth.starts_at


def test_long_ended_courses_are_left_alone():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    a_session(room, starts=-dt.timedelta(days=30))
    look_at_everybody()
    assert told(student) == []


def test_the_night_knows_its_work():
    assert "attendance.nightly" in nightly_kinds()
    assert kind_named("attendance.nightly") is WATCH
    WATCH.effect(None, b"").write()
    assert timezone.now()
