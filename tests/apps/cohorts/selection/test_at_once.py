"""Two members of staff press at the same moment: one run, one job."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from saem.apps.cohorts.models import (
    Candidate,
    ReviewAssignment,
    RunAct,
    RunState,
    Selection,
    SelectionRun,
    StageOutcome,
)
from saem.apps.cohorts.selection import runs
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.errors import SaemError
from tests.apps.cohorts.selection.a_selection import (
    a_reviewer,
    a_selection,
    applicants,
    closed,
    of,
    read_selection,
    staff_of,
)
from tests.at_once import at_once, database_that_threads_share

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def test_two_presses_at_once_are_one_run():
    selection, _people = read_selection(3)
    staff = staff_of(selection)
    found = at_once(lambda _at: runs.ask(selection, RunAct.SETTLE, by=staff).pk)
    assert len(set(found)) == 1
    assert Job.objects.filter(kind=runs.RUN_JOB).count() == 1
    drain()
    assert SelectionRun.objects.get().state == RunState.DONE
    assert StageOutcome.objects.count() == 3


def test_two_values_for_one_draw_at_once_are_one_draw():
    selection = a_selection()
    applicants(selection, 3)
    selection, staff = closed(selection), staff_of(selection)

    def press(number: int) -> str:
        try:
            return runs.ask(selection, RunAct.DRAW, by=staff, asked={"public_value": str(number)}).asked["public_value"]
        except SaemError as refused:
            return refused.code

    found = at_once(press)
    assert found.count("selection.run.other") == 1
    drain()
    assert of(selection.call).public_value in found
    assert Candidate.objects.count() == 3


def test_two_presses_to_assign_at_once_give_nobody_a_reading_twice():
    selection = a_selection()
    applicants(selection, 3)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    staff = staff_of(selection)
    at_once(lambda _at: runs.ask(selection, RunAct.ASSIGN, by=staff, asked={"stage": "s1"}).pk)
    drain()
    assert SelectionRun.objects.get().code == "selection.run.assigned"
    assert ReviewAssignment.objects.filter(withdrawn_at=None).count() == 6


def test_a_job_that_writes_and_a_press_that_overtakes_it_do_not_wait_for_each_other():
    selection, _people = read_selection(3)
    staff = staff_of(selection)
    runs.ask(selection, RunAct.POINTS, by=staff, asked={"stage": "s1"})
    write = runs.compute(SelectionRun.objects.get().pk)

    def act(number: int) -> None:
        if number:
            runs.ask(Selection.objects.get(), RunAct.SETTLE, by=staff)
        else:
            with transaction.atomic():
                write()

    at_once(act)
    drain()
    assert SelectionRun.objects.get(act=RunAct.SETTLE).state == RunState.DONE
    assert SelectionRun.objects.get(act=RunAct.POINTS).state in {RunState.DONE, RunState.REFUSED}
