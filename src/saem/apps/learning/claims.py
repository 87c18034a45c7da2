"""One run at a time per student: a row in the database is the lock, so it holds across tabs and servers."""

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone

from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import RunClaim

# Longer than any run with what is run before it; afterwards a claim left by a dead server no longer counts.
CLAIM_LASTS = dt.timedelta(seconds=60)


@contextmanager
def claimed(enrolment: Enrolment) -> Iterator[bool]:
    """Whether the student's turn is ours; it is given back at the end."""
    token = uuid.uuid4()
    now = timezone.now()
    RunClaim.objects.filter(enrolment=enrolment, until__lt=now).delete()
    claim = RunClaim(enrolment=enrolment, token=token, until=now + CLAIM_LASTS)
    RunClaim.objects.bulk_create([claim], ignore_conflicts=True)
    try:
        yield RunClaim.objects.filter(token=token).exists()
    finally:
        RunClaim.objects.filter(token=token).delete()
