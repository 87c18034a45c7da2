"""Two members of staff press at the same moment: one run, one job."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.apps.cohorts.models import RunAct, RunState, SelectionRun, StageOutcome
from saem.apps.cohorts.selection import runs
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from tests.apps.cohorts.selection.a_selection import read_selection, staff_of
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
