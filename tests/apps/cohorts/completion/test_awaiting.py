"""A list of attendance that nobody has filled in is waited for, and said so: nobody is lost by it, nor reported so."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from saem.apps.cohorts.completion import queries
from saem.apps.cohorts.completion.due import decide_due
from saem.apps.cohorts.completion.sheets import result_rows
from saem.apps.cohorts.models import AttendanceMark, Classroom, Enrolment, Session, Standing
from tests.apps.cohorts.completion.test_watching import ABSENT, HERE, five_sessions, mark
from tests.apps.cohorts.sessions.a_session import a_session, rules_for
from tests.cast import a_classroom, a_staff_member, a_student

pytestmark = pytest.mark.django_db
WAITING = "출석부를 기다림"
LOST = "이수 불가"
BOTH = """
format: 1
id: course
rules:
  - id: both
    from: 2020-01-01
    condition:
      kind: all
      id: both
      of:
        - {kind: attendance, id: attendance, percent: 80}
        - {kind: assessment, id: total, points: 60, weights: [{parts: {exam: 100}}]}
"""


def without_lists(rules: str | None = None) -> tuple[Classroom, Enrolment, list[Session]]:
    """Of five sessions with 80 % wanted two are over; nobody has filled in a list."""
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort, rules) if rules else rules_for(room.cohort)
    sessions = five_sessions(room)
    AttendanceMark.objects.all().delete()
    decide_due()
    return room, student, sessions


def own_page(student: Enrolment, language: str = "ko") -> str:
    client = Client()
    client.force_login(student.user)
    return client.get(f"/completion/{student.pk}/", headers={"Accept-Language": language}).content.decode()


def test_the_own_page_says_what_is_known_and_what_is_waited_for():
    _room, student, sessions = without_lists()
    assert Standing.objects.get(enrolment=student).outcome == "no_longer_possible"
    text = own_page(student)
    assert WAITING in text
    assert "아직 채우지 않은 출석부가 있어서" in text
    assert [one.title in text for one in sessions] == [True, True, False, False, False]
    for word in (LOST, "이수하기 어려워요", "기준에 이를 수 없어요", "채울 수 없음"):
        assert word not in text
    assert "Waiting for lists" in own_page(student, "en")


def test_a_filled_list_decides():
    _room, student, sessions = without_lists()
    for session in sessions[:2]:
        mark(session, student, ABSENT)
    text = own_page(student)
    assert LOST in text
    assert "기준에 이를 수 없어요" in text
    assert WAITING not in text
    assert "아직 채우지 않은 출석부" not in text


def test_one_list_that_is_waited_for_is_named_alone():
    _room, student, sessions = without_lists()
    mark(sessions[0], student, HERE)
    text = own_page(student)
    # Without the second session it would be at risk; only its list says so.
    assert Standing.objects.get(enrolment=student).is_at_risk
    assert WAITING in text
    assert "조금만 더 빠지면" not in text
    assert sessions[1].title in text
    assert sessions[0].title not in text


def test_what_is_lost_for_another_reason_is_lost_whatever_the_lists_say():
    room, student, _sessions = without_lists(BOTH)
    assert WAITING in own_page(student)
    room.cohort.ends_on = timezone.localdate() - dt.timedelta(days=1)
    room.cohort.save()
    Standing.objects.update(decide_again_at=timezone.now())
    decide_due()
    text = own_page(student)
    assert LOST in text
    assert "아직 채우지 않은 출석부가 있어서" not in text


def test_staff_see_who_is_waited_for_and_which_lists():
    room, student, sessions = without_lists()
    absent = a_student(room)
    classmates = [a_student(room) for _number in range(2)]
    client = Client()
    client.force_login(a_staff_member(room.cohort))
    counts = queries.counts_of(room.cohort)
    assert (counts["awaiting"], counts["out_of_reach"]) == (1, 0)
    people = f"/cohorts/{room.cohort_id}/completion/"
    rows = client.get(f"{people}?show=awaits_lists").context["rows"]
    assert [row["enrolment"].pk for row in rows] == [student.pk]
    assert not client.get(f"{people}?show=no_longer_possible").context["rows"]
    text = client.get(f"{people}people/{student.pk}/").content.decode()
    assert f"/sessions/{sessions[0].pk}/list/" in text
    for session in sessions[:2]:
        mark(session, absent, ABSENT)
        for one in classmates:
            mark(session, one, HERE)
    decide_due()
    counts = queries.counts_of(room.cohort)
    assert (counts["awaiting"], counts["out_of_reach"]) == (0, 2)
    rows = client.get(f"{people}?show=no_longer_possible").context["rows"]
    assert {row["enrolment"].pk for row in rows} == {student.pk, absent.pk}


def test_nobody_is_reported_as_lost_for_an_unfilled_list():
    room, student, sessions = without_lists()
    assert result_rows(room.cohort)[student.pk]["status"] == "진행"
    for session in sessions[:2]:
        mark(session, student, ABSENT)
    assert result_rows(room.cohort)[student.pk]["status"] == "미이수"


def test_a_cancelled_session_and_one_to_come_are_not_waited_for():
    room = a_classroom()
    student = a_student(room)
    rules_for(room.cohort)
    a_session(room, title="지난 차시", starts=-dt.timedelta(days=2))
    gone = a_session(room, title="취소한 차시", starts=-dt.timedelta(days=1))
    Session.objects.filter(pk=gone.pk).update(cancelled_at=timezone.now())
    a_session(room, title="앞으로 할 차시", starts=dt.timedelta(days=1))
    decide_due()
    text = own_page(student)
    assert "지난 차시" in text
    assert "취소한 차시" not in text
    assert "앞으로 할 차시" not in text
