"""Submissions of pupils that were really graded."""

import uuid
from collections.abc import Callable

import pytest

from saem.apps.cohorts.models import Enrolment
from saem.apps.jobs.worker import drain
from saem.apps.projects.models import Submission, SubmissionKind
from saem.apps.projects.services import Upload, submit_work
from tests.apps.projects.conftest import predictions
from tests.sample import PROJECT


@pytest.fixture
def graded(site_sandbox) -> Callable[..., Submission]:
    def hand_in(student: Enrolment, *, off: float = 1.0) -> Submission:
        upload = Upload(name="beans.csv", kind=SubmissionKind.PREDICTIONS, data=predictions(off=off).encode())
        made = submit_work(student, project=PROJECT, upload=upload, token=uuid.uuid4(), attempts_per_day=9)
        drain()
        return Submission.objects.get(pk=made.pk)

    return hand_in
