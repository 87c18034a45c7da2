"""Many phones and two teachers at the same moment: every check-in is there, no mark is lost in silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import Crossing, CrossingHow
from saem.apps.cohorts.sessions import attending, feeds, marking
from saem.apps.cohorts.sessions.marking import Wanted
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import a_session, rules_for
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def test_fifteen_phones_press_twice_together():
    room = a_classroom()
    rules_for(room.cohort)
    session = a_session(room)
    people = [a_student(room) for _each in range(15)]
    checked = at_once(
        lambda number: (
            attending.check_by_code(session, Way.IN, by=people[number % 15].user, met_at=timezone.now()).is_new
        ),
        times=30,
    )
    assert checked.count(True) == 15
    assert Crossing.objects.count() == Crossing.objects.values("enrolment").distinct().count() == 15


def test_a_double_press_is_one_crossing():
    for _round in range(5):
        room = a_classroom()
        student, session = a_student(room), a_session(room)
        found = at_once(
            lambda _number, session=session, student=student: (
                attending.cross(
                    session, student, Way.IN, at=timezone.now(), how=CrossingHow.QR, by=student.user
                ).crossing.pk
            ),
            times=4,
        )
        assert len(set(found)) == 1
        assert session.crossings.count() == 1


def test_two_teachers_save_the_same_list():
    for _round in range(5):
        room = a_classroom()
        student, session = a_student(room), a_session(room)
        teachers = [a_teacher(room), a_teacher(room)]
        marks = [Mark(status=Status.PRESENT), Mark(status=Status.ABSENT)]
        conflicts = at_once(
            lambda number, session=session, student=student, teachers=teachers, marks=marks: marking.save_marks(
                session, [Wanted(enrolment=student.pk, mark=marks[number], seen=0)], by=teachers[number]
            )
        )
        assert sorted(map(len, conflicts)) == [0, 1]
        assert session.marks.get().revision == 1


def test_two_presses_make_one_calendar_link():
    student = a_student(a_classroom())
    tokens = at_once(lambda _number: feeds.new_link(student.user, None))
    assert [feeds.link_by_token(token) is not None for token in tokens].count(True) == 1
