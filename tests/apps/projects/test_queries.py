"""What the teacher's and the manager's pages ask about many students at once."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models import Submission, SubmissionKind, SubmissionState, Verdict
from saem.apps.projects.queries import waiting
from tests import cast

pytestmark = pytest.mark.django_db


def a_submission(
    enrolment: Enrolment,
    state: SubmissionState,
    *,
    kind: SubmissionKind = SubmissionKind.PREDICTIONS,
    share: float = 1.0,
    minutes_ago: float = 0,
) -> Submission:
    submission = Submission.objects.create(
        enrolment=enrolment,
        project="rain",
        kind=kind,
        token=uuid.uuid4(),
        name="a",
        size=1,
        sha256="",
        state=state,
        created_at=timezone.now() - dt.timedelta(minutes=minutes_ago),
    )
    if state in {SubmissionState.SCORED, SubmissionState.REJECTED}:
        submission.verdict = Verdict.objects.create(
            submission=submission, status=state, score=10 * share, max_score=10, isolation="A", content_version=""
        )
        submission.save()
    return submission


def test_what_waits_for_the_teacher():
    classroom = cast.a_classroom()
    fault, thrice, weak, stuck, fine, better, twice = (cast.a_student(classroom, name) for name in "abcdefg")
    notebook = SubmissionKind.NOTEBOOK
    a_submission(fault, SubmissionState.FAULT, minutes_ago=50)
    for ago in (40, 30, 20):
        a_submission(thrice, SubmissionState.REJECTED, minutes_ago=ago)
    a_submission(weak, SubmissionState.SCORED, kind=notebook, share=0.4, minutes_ago=10)
    a_submission(stuck, SubmissionState.RECEIVED, minutes_ago=9)
    a_submission(fine, SubmissionState.SCORED)
    a_submission(better, SubmissionState.FAULT, minutes_ago=5)
    a_submission(better, SubmissionState.SCORED, kind=notebook, share=0.5, minutes_ago=1)
    for ago in (3, 2):
        a_submission(twice, SubmissionState.REJECTED, minutes_ago=ago)
    a_submission(cast.a_student(cast.a_classroom()), SubmissionState.FAULT)

    found = waiting(classroom)
    assert [one.nickname for one in found] == ["a", "b", "c", "d"]
    assert "세 번" in str(found[1].what)
    assert found[0].submission == fault.submissions.get().pk


def test_waiting_costs_one_query(django_assert_num_queries):
    classroom = cast.a_classroom()
    for _ in range(5):
        a_submission(cast.a_student(classroom), SubmissionState.FAULT)
    with django_assert_num_queries(1):
        assert len(waiting(classroom)) == 5
