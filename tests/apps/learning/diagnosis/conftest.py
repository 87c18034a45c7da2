"""A learner before the diagnosis of a program of forty items."""

from pathlib import Path

import pytest

from saem.apps.cohorts.models import Classroom
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.learning.diagnosis.exams import Exam, an_exam
from tests.quiz import a_quiz_version


@pytest.fixture
def classroom(db: None, sandbox: Sandbox, tmp_path: Path) -> Classroom:
    return cast.a_classroom(cast.a_cohort(a_quiz_version(sandbox, tmp_path, 40)))


@pytest.fixture
def exam(classroom: Classroom) -> Exam:
    return an_exam(classroom)
