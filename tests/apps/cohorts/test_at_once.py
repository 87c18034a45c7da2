"""Two tablets at the same moment: one nickname, one owner, and the other is told kindly."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.cohorts.services import Entry, EntryStatus, come_in, open_cohort
from saem.apps.people.limits import Limit, spend
from saem.apps.people.models import User
from tests.at_once import at_once, database_that_threads_share
from tests.cast import a_classroom, a_person, a_school, a_version

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def come(classroom: Classroom, pin: str) -> Entry:
    return come_in(classroom, nickname="하늘", pin=pin, is_new=True, address="192.0.2.7")


def test_two_children_choose_the_same_nickname():
    for _round in range(5):
        classroom = a_classroom()
        entries = at_once(lambda number, room=classroom: come(room, ("5829", "7361")[number]))
        assert {entry.status for entry in entries} == {EntryStatus.JOINED, EntryStatus.WRONG_PIN}
        assert Enrolment.objects.filter(classroom=classroom).count() == 1


def test_one_child_presses_twice():
    classroom = a_classroom()
    entries = at_once(lambda _number: come(classroom, "5829"))
    assert {entry.status for entry in entries} == {EntryStatus.JOINED, EntryStatus.BACK}
    assert entries[0].enrolment == entries[1].enrolment
    assert User.objects.filter(display_name="하늘").count() == 1


def test_guesses_at_once_are_counted_one_by_one():
    limit = Limit("at once", times=5, seconds=3600)
    allowed = at_once(lambda _number: [spend(limit, "하늘") for _guess in range(5)], times=4)
    assert sum(sum(guesses) for guesses in allowed) == 5


def test_two_presses_open_one_cohort():
    school, version, staff = a_school(), a_version(), a_person()
    starts_on = dt.date(2026, 9, 1)
    at_once(
        lambda _number: open_cohort(
            by=staff, institution=school, version=version, title="3기", title_en="", starts_on=starts_on, ends_on=None
        )
    )
    assert Cohort.objects.count() == 1
