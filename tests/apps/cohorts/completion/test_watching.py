"""Who may soon be unable to complete hears of it in time, once for every change, in one letter."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.due import decide_due
from saem.apps.cohorts.models import AttendanceMark, Classroom, CrossingHow, Enrolment, Session, Standing
from saem.apps.cohorts.sessions import attending, marking, planning
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.notices.models import Notice
from saem.apps.notices.words import notice_words
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import a_session, rules_for
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
POINTS = """
format: 1
id: course
rules:
  - id: points
    from: 2020-01-01
    condition: {kind: assessment, id: total, points: 60, weights: [{parts: {exam: 100}}]}
"""
CHOICE = """
format: 1
id: course
rules:
  - id: either
    from: 2020-01-01
    condition:
      kind: any
      id: either
      of:
        - {kind: attendance, id: attendance, percent: 80}
        - {kind: assessment, id: total, points: 60, weights: [{parts: {exam: 100}}]}
"""
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


RISK, LOST, BACK = "attendance.at_risk", "completion.out_of_reach", "completion.within_reach"


def told(student: Enrolment) -> list[str]:
    """The kinds of all that the student was told of it, in order."""
    about = Notice.objects.filter(recipient=student.user).exclude(kind__startswith="session.")
    return list(about.order_by("pk").values_list("kind", flat=True))


def test_each_change_into_danger_is_told_once():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, *_coming = five_sessions(room)
    mark(second, student, HERE)
    # The first is missed without a mark: one more would be too much.
    assert told(student) == [RISK]
    mark(first, student, HERE)
    assert Standing.objects.get(enrolment=student).chance == "yes"
    mark(second, student, ABSENT)
    assert told(student) == [RISK, RISK]
    mark(first, student, ABSENT)
    mark(first, student, ABSENT)
    assert told(student) == [RISK, RISK, LOST]


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
    decide_due()
    assert told(came) == [RISK]
    mark(sessions[1], came, HERE)
    Notice.objects.all().delete()
    Standing.objects.all().delete()
    decide_due()
    decide_due()
    assert told(silent) == [LOST]
    assert told(came) == []


def test_a_list_that_nobody_filled_in_yet_frightens_nobody():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    sessions = five_sessions(room)
    AttendanceMark.objects.all().delete()
    decide_due()
    assert told(student) == []
    attending.cross(
        sessions[0],
        a_student(room),
        Way.IN,
        at=sessions[0].starts_at,
        how=CrossingHow.LIST,
        by=a_teacher(room),
    )
    decide_due()
    assert told(student) == [RISK]


def test_without_rules_nobody_is_judged():
    room = a_classroom()
    student = a_student(room)
    five_sessions(room)
    decide_due()
    assert told(student) == []
    assert not Standing.objects.exists()


def test_rules_that_cannot_be_read_or_say_nothing_judge_nobody():
    room = a_classroom()
    a_student(room)
    rules_for(room.cohort, "format: [")
    five_sessions(room)
    decide_due()
    assert not Standing.objects.exists()


def test_a_cancelled_session_may_bring_people_into_danger():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, third, fourth, fifth = five_sessions(room)
    mark(second, student, HERE)
    mark(first, student, ABSENT)
    assert told(student) == [RISK]
    planning.cancel(third, by=a_teacher(room))
    assert told(student) == [RISK, LOST]
    assert fourth.starts_at < fifth.starts_at


def words_of_last(student: Enrolment, language: str) -> str:
    notice = Notice.objects.filter(recipient=student.user).latest("pk")
    with translation.override(language):
        return f"{notice_words(notice, language).title}\n{notice_words(notice, language).text}"


def test_what_a_correction_makes_possible_again_is_taken_back_in_words():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, *_coming = five_sessions(room)
    mark(second, student, ABSENT)
    mark(first, student, ABSENT)
    assert told(student)[-1] == LOST
    assert "80%" in words_of_last(student, "ko")
    assert "80%" in words_of_last(student, "en")
    mark(first, student, HERE)
    assert told(student)[-1] == BACK
    assert "다시 이수할 수 있어요" in words_of_last(student, "ko")
    assert "can complete" in words_of_last(student, "en")
    mark(first, student, ABSENT)
    assert told(student)[-3:] == [LOST, BACK, LOST]


def test_a_condition_that_is_not_attendance_names_no_share_of_it():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort, POINTS)
    room.cohort.ends_on = timezone.localdate() - dt.timedelta(days=1)
    room.cohort.save()
    facts_changed([student.pk])
    assert told(student) == [LOST]
    assert "이수 현황에서" in words_of_last(student, "ko")
    assert "0%" not in words_of_last(student, "ko")


def test_a_choice_that_is_still_open_warns_nobody():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort, CHOICE)
    first, second, *_coming = five_sessions(room)
    mark(first, student, ABSENT)
    mark(second, student, ABSENT)
    assert told(student) == []


def test_who_has_left_is_told_nothing():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    first, second, *_coming = five_sessions(room)
    Enrolment.objects.filter(pk=student.pk).update(left_at=timezone.now())
    mark(first, student, ABSENT)
    mark(second, student, ABSENT)
    assert told(student) == []


def test_a_list_that_comes_late_is_seen_the_night_after():
    room = a_classroom()
    silent = a_student(room)
    rules_for(room.cohort)
    sessions = five_sessions(room)
    AttendanceMark.objects.all().delete()
    decide_due()
    assert told(silent) == []
    assert Standing.objects.get(enrolment=silent).outcome == "no_longer_possible"
    for session in sessions[:2]:
        mark(session, a_student(room), HERE)
    decide_due()
    decide_due()
    assert told(silent) == [LOST]


def test_a_completion_that_is_taken_back_is_one_letter():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    session = a_session(room, starts=-dt.timedelta(days=1))
    mark(session, student, HERE)
    mark(session, student, ABSENT)
    assert told(student) == ["completion.reached", "completion.withdrawn"]
    mark(session, student, HERE)
    assert told(student)[2:] == ["completion.reached"]


def test_many_letters_cost_as_many_queries_as_one(django_assert_max_num_queries):
    room = a_classroom()
    rules_for(room.cohort)
    people = [a_student(room) for _number in range(30)]
    sessions = five_sessions(room)
    AttendanceMark.objects.bulk_create(
        AttendanceMark(session=session, enrolment=each, status="absent") for session in sessions[:2] for each in people
    )
    with django_assert_max_num_queries(30):
        facts_changed([each.pk for each in people])
    assert Notice.objects.filter(kind=LOST).count() == 30
