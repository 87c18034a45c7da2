"""A class of three at work on the sample program."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.people.models import User
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.sample import published_sample


@dataclass(frozen=True)
class Room:
    """One classroom and the people around it."""

    classroom: Classroom
    teacher: User
    staff: User
    done: Enrolment
    stuck: Enrolment
    absent: Enrolment

    def client(self, user: User, language: str = "ko") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(user)
        return client


@pytest.fixture
def room(db: None, sandbox: Sandbox, tmp_path: Path) -> Room:
    cohort = cast.a_cohort(published_sample(sandbox, tmp_path))
    classroom = cast.a_classroom(cohort, name="2학년 3반")
    return Room(
        classroom,
        cast.a_teacher(classroom),
        cast.a_staff_member(cohort),
        cast.a_student(classroom, "가온"),
        cast.a_student(classroom, "나래"),
        cast.a_student(classroom, "다솜"),
    )
