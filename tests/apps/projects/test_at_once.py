"""Two tabs at the same moment cannot hand in more than the day allows, and one form is one submission."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from saem.apps.cohorts.models import Enrolment
from saem.apps.jobs.models import Job
from saem.apps.projects.models import Regrade, RegradeState, Submission, SubmissionKind
from saem.apps.projects.regrading import services as regrading
from saem.apps.projects.services import Upload, submit_work
from saem.errors import SaemError
from tests import cast

pytestmark = pytest.mark.django_db(transaction=True)
TABS = 6


@pytest.fixture(autouse=True)
def a_database_that_threads_share() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory is one connection; the same is tried on PostgreSQL")


def press(student: Enrolment, token: uuid.UUID) -> str:
    upload = Upload(name="a.csv", kind=SubmissionKind.PREDICTIONS, data=b"id\n")
    try:
        submit_work(student, project="rain", upload=upload, token=token, attempts_per_day=3)
    except SaemError as refused:
        return refused.code
    return "taken"


def at_once(act: Callable[[int], str]) -> list[str]:
    start = Barrier(TABS)

    def one(number: int) -> str:
        start.wait(timeout=10)
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(TABS) as pool:
        return list(pool.map(one, range(TABS)))


def test_many_tabs_share_the_attempts_of_the_day():
    student = cast.a_student(cast.a_classroom())
    said = at_once(lambda _number: press(student, uuid.uuid4()))
    assert sorted(said) == ["attempts_used_up"] * 3 + ["taken"] * 3
    assert Submission.objects.count() == Job.objects.count() == 3


def test_one_form_pressed_in_many_tabs_is_one_submission():
    student, token = cast.a_student(cast.a_classroom()), uuid.uuid4()
    assert at_once(lambda _number: press(student, token)) == ["taken"] * TABS
    assert Submission.objects.count() == Job.objects.count() == 1


def test_a_regrade_pressed_in_many_tabs_begins_once_and_is_applied_once():
    cohort = cast.a_cohort()
    staff = cast.a_staff_member(cohort)

    def begin(_number: int) -> str:
        return str(regrading.start(cohort, project="rain", version=cohort.version, by=staff).pk)

    assert len(set(at_once(begin))) == 1
    regrade = Regrade.objects.get()
    assert sorted(at_once(lambda _number: str(regrading.apply(regrade, by=staff)))) == ["False"] * 5 + ["True"]
    regrade.refresh_from_db()
    assert regrade.state == RegradeState.APPLIED, "there was nothing to grade"
