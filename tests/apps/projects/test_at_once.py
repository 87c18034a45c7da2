"""Two tabs at the same moment cannot hand in more than the day allows, and one form is one submission."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.apps.cohorts.models import Enrolment
from saem.apps.jobs.models import Job
from saem.apps.projects.models import Regrade, RegradeState, Submission, SubmissionKind
from saem.apps.projects.regrading import services as regrading
from saem.apps.projects.services import Upload, submit_work
from saem.errors import SaemError
from tests import cast
from tests.at_once import at_once, database_that_threads_share

pytestmark = pytest.mark.django_db(transaction=True)
TABS = 6


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def press(student: Enrolment, token: uuid.UUID) -> str:
    upload = Upload(name="a.csv", kind=SubmissionKind.PREDICTIONS, data=b"id\n")
    try:
        submit_work(student, project="rain", upload=upload, token=token, attempts_per_day=3)
    except SaemError as refused:
        return refused.code
    return "taken"


def test_many_tabs_share_the_attempts_of_the_day():
    student = cast.a_student(cast.a_classroom())
    said = at_once(lambda _number: press(student, uuid.uuid4()), TABS)
    assert sorted(said) == ["attempts_used_up"] * 3 + ["taken"] * 3
    assert Submission.objects.count() == Job.objects.count() == 3


def test_one_form_pressed_in_many_tabs_is_one_submission():
    student, token = cast.a_student(cast.a_classroom()), uuid.uuid4()
    assert at_once(lambda _number: press(student, token), TABS) == ["taken"] * TABS
    assert Submission.objects.count() == Job.objects.count() == 1


def test_a_regrade_pressed_in_many_tabs_begins_once_and_is_applied_once():
    cohort = cast.a_cohort()
    staff = cast.a_staff_member(cohort)

    def begin(_number: int) -> str:
        return str(regrading.start(cohort, project="rain", version=cohort.version, by=staff).pk)

    assert len(set(at_once(begin, TABS))) == 1
    regrade = Regrade.objects.get()
    assert sorted(at_once(lambda _number: str(regrading.apply(regrade, by=staff)), TABS)) == ["False"] * 5 + ["True"]
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLIED, "there was nothing to grade"
