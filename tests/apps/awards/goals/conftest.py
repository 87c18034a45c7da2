"""A class on the sample program, with its staff."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import User
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.sample import published_sample


@dataclass(frozen=True)
class Club:
    cohort: Cohort
    classroom: Classroom
    staff: User

    def student(self) -> Enrolment:
        return cast.a_student(self.classroom)


@pytest.fixture
def club(db: None, sandbox: Sandbox, tmp_path: Path) -> Club:
    cohort = cast.a_cohort(published_sample(sandbox, tmp_path))
    return Club(cohort, cast.a_classroom(cohort), cast.a_staff_member(cohort))
