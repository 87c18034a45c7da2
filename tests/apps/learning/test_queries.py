"""What the rooms above ask: the next step, progress in bulk, who is stuck."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from saem.apps.cohorts.models import Classroom
from saem.apps.learning.models import CellRecord
from saem.apps.learning.queries import next_step, stuck
from tests import cast, sample
from tests.apps.learning.places import Desk


def test_the_next_step_is_the_lesson_then_the_project_then_nothing(desk: Desk) -> None:
    first = next_step(desk.enrolment)
    assert first is not None
    assert (first.kind, first.id, first.cells_left, first.minutes_left, first.is_begun) == (
        "lesson",
        sample.LESSON,
        1,
        20,
        False,
    )
    desk.post(desk.place.cell(sample.LOAD).code, sample.LOAD)
    begun = next_step(desk.enrolment)
    assert begun is not None
    assert begun.is_begun
    desk.post(sample.SOLUTION)
    second = next_step(desk.enrolment)
    assert second is not None
    assert (second.kind, second.id) == ("project", sample.PROJECT)
    assert next_step(desk.enrolment, projects_done={sample.PROJECT}) is None


def a_failing_cell(classroom: Classroom, **facts: object) -> CellRecord:
    enrolment = cast.a_student(classroom)
    known: dict[str, object] = {
        "lesson": "l",
        "cell": "c",
        "code": "",
        "status": "error",
        "error_code": "python.name_unknown",
        "failing_since": timezone.now() - dt.timedelta(minutes=1),
        "failures_in_row": 1,
    }
    return CellRecord.objects.create(enrolment=enrolment, **(known | facts))


def test_stuck_is_ten_minutes_or_four_times_the_same_error_today(db: None) -> None:
    classroom = cast.a_classroom()
    now = timezone.now()
    long = a_failing_cell(classroom, failing_since=now - dt.timedelta(minutes=11))
    often = a_failing_cell(classroom, failures_in_row=4)
    a_failing_cell(classroom)
    a_failing_cell(classroom, failing_since=now - dt.timedelta(days=2), failures_in_row=9)
    a_failing_cell(cast.a_classroom(), failures_in_row=9)
    found = stuck(classroom, now=now)
    assert [one.enrolment.pk for one in found] == [long.enrolment_id, often.enrolment_id]
    assert found[0].code == "python.name_unknown"


def test_stuck_takes_one_query_however_many_students(db: None) -> None:
    classroom = cast.a_classroom()
    counts = []
    for _round in range(2):
        for _index in range(5):
            a_failing_cell(classroom, failures_in_row=5)
        enrolments = list(classroom.enrolments.all())
        with CaptureQueriesContext(connection) as queries:
            assert len(stuck(classroom)) == len(enrolments)
        counts.append(len(queries))
    assert counts == [1, 1]
