"""Sessions, rules and browsers for the tests of this room."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.test import Client
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Cohort, CompletionRules, Session
from saem.apps.people.models import User

HOUR = dt.timedelta(hours=1)
RULES = """
format: 1
id: course
rules:
  - id: ninety
    from: 2020-01-01
    attendance: {excuses: {official: present, illness: not_planned}, missing_check_out: until_end}
    condition: {kind: attendance, id: attendance, percent: 80}
"""


def a_session(classroom: Classroom, *, starts: dt.timedelta = -HOUR / 2, hours: float = 2, **facts: Any) -> Session:
    """A session of the class that began half an hour ago, unless told otherwise."""
    starts_at = facts.pop("starts_at", None) or timezone.now().replace(microsecond=0) + starts
    return Session.objects.create(
        cohort=classroom.cohort,
        classroom=facts.pop("room_of", classroom),
        title=facts.pop("title", "1차시"),
        title_en="Session 1",
        starts_at=starts_at,
        ends_at=starts_at + hours * HOUR,
        room=facts.pop("room", "정보실"),
        **facts,
    )


def a_cohort_session(cohort: Cohort, **facts: Any) -> Session:
    """A session of the whole cohort."""
    room = cohort.classrooms.first()
    return a_session(room, room_of=None, **facts)


def rules_for(cohort: Cohort, text: str = RULES) -> CompletionRules:
    number = cohort.completion_rules.count() + 1
    return CompletionRules.objects.create(cohort=cohort, number=number, text=text, sha256="0" * 64)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    """The server's clock stands at that moment."""
    with mock.patch("django.utils.timezone.now", return_value=moment):
        yield
