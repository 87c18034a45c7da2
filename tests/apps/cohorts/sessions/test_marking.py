"""Marks of teachers: what they mean in minutes, who changed what, and two teachers at once."""

import datetime as dt
from fractions import Fraction

import pytest

from saem.apps.cohorts.models import AttendanceMark, CrossingHow, Enrolment, RecordChange
from saem.apps.cohorts.sessions import attending, marking, queries
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.cohorts.sessions.rolls import Said, mark_meant
from saem.apps.cohorts.sessions.tallies import Tally, tallies_of
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import HOUR, a_session, at, rules_for
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
HERE = Mark(status=Status.PRESENT)
MINUTE = dt.timedelta(minutes=1)


def tally_of(enrolment: Enrolment, now: dt.datetime | None = None) -> Tally:
    return tallies_of([Enrolment.objects.select_related("classroom__cohort").get(pk=enrolment.pk)], now)[0]


def percent_of(enrolment: Enrolment, now: dt.datetime | None = None) -> Fraction | None:
    return tally_of(enrolment, now).attendance.percent


def test_marks_become_minutes_of_the_planned_total():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    first = a_session(room, starts=-5 * HOUR)
    a_session(room, title="2차시", starts=dt.timedelta(days=7))
    marking.save_marks(first, [Wanted(enrolment=student.pk, mark=HERE)], by=teacher)
    assert percent_of(student) == 50
    late = Mark(status=Status.PRESENT, late_minutes=24, early_minutes=12)
    marking.save_marks(first, [Wanted(enrolment=student.pk, mark=late)], by=teacher)
    assert percent_of(student) == 35


def test_an_excuse_counts_as_the_rules_say():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    rules_for(room.cohort)
    session = a_session(room, starts=-5 * HOUR)
    a_session(room, title="2차시", starts=dt.timedelta(days=7))
    for excuse, percent in (("official", 50), ("illness", 0), ("other", 0)):
        excused = Mark(status=Status.EXCUSED, excuse=excuse)
        marking.save_marks(session, [Wanted(enrolment=student.pk, mark=excused)], by=teacher)
        assert percent_of(student) == percent, excuse
    assert tally_of(student).attendance.planned == 4 * 3600


def test_every_change_is_kept_with_its_author():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    session = a_session(room)
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=HERE, note="확인")], by=teacher)
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=HERE, note="확인")], by=teacher)
    marking.save_marks(session, [Wanted(enrolment=student.pk, mark=None)], by=teacher)
    changes = list(RecordChange.objects.order_by("pk").values_list("before", "after", "reason", "changed_by"))
    assert changes == [("", "present", "확인", teacher.pk), ("present", "", "", teacher.pk)]
    row = AttendanceMark.objects.get()
    assert (row.status, row.revision) == ("", 2)
    assert queries.presences_for([student.pk])[student.pk][str(session.pk)].mark is None


def test_two_teachers_nobodys_mark_is_lost():
    room = a_classroom()
    first, second = a_student(room), a_student(room)
    park, jung = a_teacher(room), a_teacher(room, "정선생")
    session = a_session(room)
    absent = Mark(status=Status.ABSENT)
    assert marking.save_marks(session, [Wanted(enrolment=first.pk, mark=absent, seen=0)], by=park) == []
    wanted = [Wanted(enrolment=first.pk, mark=HERE, seen=0), Wanted(enrolment=second.pk, mark=HERE, seen=0)]
    assert marking.save_marks(session, wanted, by=jung) == [first.pk]
    assert {row.enrolment_id: row.status for row in session.marks.all()} == {first.pk: "absent", second.pk: "present"}
    # What both wrote alike is no conflict, and having seen the other's mark one may replace it.
    assert marking.save_marks(session, [Wanted(enrolment=first.pk, mark=absent, seen=0)], by=jung) == []
    assert marking.save_marks(session, [Wanted(enrolment=first.pk, mark=HERE, seen=1)], by=jung) == []


def test_a_mark_taken_back_and_set_again_is_another_revision():
    room = a_classroom()
    student, teacher = a_student(room), a_teacher(room)
    session = a_session(room)
    for mark in (HERE, None, HERE):
        marking.save_marks(session, [Wanted(enrolment=student.pk, mark=mark)], by=teacher)
    absent = Mark(status=Status.ABSENT)
    assert marking.save_marks(session, [Wanted(enrolment=student.pk, mark=absent, seen=1)], by=teacher) == [student.pk]


def test_everybody_present_keeps_marks_and_the_minutes_of_who_came_late():
    room = a_classroom()
    absent, late, silent = (a_student(room) for _each in range(3))
    teacher = a_teacher(room)
    session = a_session(room)
    marking.save_marks(session, [Wanted(enrolment=absent.pk, mark=Mark(status=Status.ABSENT))], by=teacher)
    came = session.starts_at + 7 * MINUTE
    attending.cross(session, late, Way.IN, at=came, how=CrossingHow.QR, by=late.user)
    ids = [absent.pk, late.pk, silent.pk]
    assert marking.mark_everybody(session, ids, queries.crossings_in(session, ids), by=teacher) == 2
    marks = {row.enrolment_id: row.as_mark() for row in session.marks.all()}
    assert marks[absent.pk].status is Status.ABSENT
    assert marks[late.pk] == Mark(status=Status.PRESENT, late_minutes=7)
    assert marks[silent.pk] == HERE


# --- what a row of the list means


def meant(minutes: int = 10, **fields: str) -> object:
    session = a_session(a_classroom())
    return mark_meant(Said.of(fields), session, at=session.starts_at + minutes * MINUTE)


def test_a_tap_on_late_means_now():
    assert meant(choice="late").mark == Mark(status=Status.PRESENT, late_minutes=10)
    assert meant(choice="early", minutes=100).mark == Mark(status=Status.PRESENT, early_minutes=20)
    assert meant(choice="late", late="5", early="3").mark == Mark(
        status=Status.PRESENT, late_minutes=5, early_minutes=3
    )


@pytest.mark.parametrize(
    ("fields", "minutes", "problem"),
    [
        ({"choice": "late"}, -5, "roll.minutes"),
        ({"choice": "early"}, 300, "roll.minutes"),
        ({"choice": "excused"}, 10, "roll.excuse"),
    ],
)
def test_what_is_missing_is_said(fields: dict[str, str], minutes: int, problem: str):
    assert meant(minutes, **fields).problem == problem


def test_nonsense_is_no_mark():
    assert meant(choice="root").mark is None
    assert Said.of({"choice": "late", "late": "-5", "early": "１０", "note": " a  b "}) == Said(
        choice="late", note="a b"
    )
    assert Said.of({"choice": "late", "late": "99999"}).late == 1440


# --- coming and going


def test_the_first_press_counts_and_who_went_may_come_back():
    room = a_classroom()
    student = a_student(room)
    session = a_session(room)
    start = session.starts_at
    presses = [(Way.IN, 2), (Way.IN, 5), (Way.OUT, 60), (Way.OUT, 61), (Way.IN, 70), (Way.OUT, 120)]
    news = [
        attending.cross(session, student, way, at=start + minute * MINUTE, how=CrossingHow.QR, by=student.user).is_new
        for way, minute in presses
    ]
    assert news == [True, False, True, False, True, True]
    tally = tally_of(student, start + 5 * HOUR)
    assert tally.present_minutes == 58 + 50


def test_the_server_says_what_time_it_is():
    room = a_classroom()
    student = a_student(room)
    session = a_session(room)
    met = session.starts_at + 3 * MINUTE
    with at(met):
        attending.check_by_code(session, Way.IN, by=student.user, met_at=met)
    assert session.crossings.get().happened_at == met
