"""Three lines a week and a reflection: nothing that a team-mate wrote is overwritten unseen."""

import datetime as dt

import pytest

from saem.apps.projects.models import LogEntry, TeamReflection
from saem.apps.projects.teams import journal
from saem.apps.projects.teams.journal import Lines
from tests import cast
from tests.apps.projects.teams.a_team import a_team, mine

pytestmark = pytest.mark.django_db
WEEK = dt.date(2026, 11, 23)


@pytest.fixture
def pair():
    room = cast.a_classroom()
    students = [cast.a_student(room) for _ in range(2)]
    team = a_team(*students)
    return [mine(team, student) for student in students]


def lines(done: str) -> Lines:
    return Lines(done=done, learned="배운 것", plan="다음")


def test_every_saving_is_kept_and_the_last_one_counts(pair):
    assert journal.write_log(pair[0], week=WEEK, lines=lines("인터뷰"), seen=0)
    assert journal.write_log(pair[1], week=WEEK, lines=lines("인터뷰 2건"), seen=1)
    assert [entry.done for entry in journal.weeks_of(pair[0].team)] == ["인터뷰 2건"]
    assert LogEntry.objects.count() == 2


def test_the_second_of_two_writers_is_not_saved_over_the_first(pair):
    assert journal.write_log(pair[0], week=WEEK, lines=lines("가"), seen=0)
    assert not journal.write_log(pair[1], week=WEEK, lines=lines("나"), seen=0)
    assert journal.written(pair[0].team, WEEK).done == "가"


def test_the_same_lines_pressed_twice_are_one_entry(pair):
    for _press in range(2):
        assert journal.write_log(pair[0], week=WEEK, lines=lines("가"), seen=0)
    assert LogEntry.objects.count() == 1


def test_a_week_begins_on_monday():
    assert journal.monday_of(dt.date(2026, 11, 29)) == WEEK
    assert journal.monday_of(WEEK) == WEEK


def test_a_reflection_is_one_for_each_person(pair):
    assert journal.write_reflection(pair[0], text="어려웠다", seen=0)
    assert journal.write_reflection(pair[1], text="재미있었다", seen=0)
    assert not journal.write_reflection(pair[0], text="다른 창", seen=0)
    assert journal.write_reflection(pair[0], text="어려웠지만", seen=1)
    assert {row.text for row in TeamReflection.objects.all()} == {"어려웠지만", "재미있었다"}
