"""Whatever changes a fact of completion says so, inside its own transaction; what changes nothing does not."""

from collections.abc import Collection

import pytest
from django.db import connection
from django.utils import timezone

from saem.apps.cohorts.completion import rounds
from saem.apps.cohorts.models import CrossingHow
from saem.apps.cohorts.sessions import attending, marking, planning
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.people.models import User
from saem.lib.completion import Mark, Status, Way
from tests.apps.cohorts.sessions.a_session import a_session
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
HERE = Mark(status=Status.PRESENT)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[int], User | None]]:
    heard: list[tuple[list[int], User | None]] = []

    def facts_changed(enrolment_ids: Collection[int], *, by: User | None = None) -> None:
        assert connection.in_atomic_block
        heard.append((sorted(enrolment_ids), by))

    for module in (attending, marking, rounds):
        monkeypatch.setattr(module, "facts_changed", facts_changed)
    return heard


def test_marks_crossings_and_the_timetable_are_facts(told: list[tuple[list[int], User | None]]):
    room = a_classroom()
    first, second = a_student(room), a_student(room)
    teacher, session = a_teacher(room), a_session(room)
    wanted = [Wanted(enrolment=first.pk, mark=HERE)]
    for _twice in range(2):
        marking.save_marks(session, wanted, by=teacher)
        attending.cross(session, second, Way.IN, at=timezone.now(), how=CrossingHow.QR, by=second.user)
        planning.cancel(session, by=teacher)
    both = sorted((first.pk, second.pk))
    assert told == [([first.pk], teacher), ([second.pk], second.user), (both, teacher)]
