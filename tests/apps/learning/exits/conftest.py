"""The student whom the tests of exit questions watch."""

from pathlib import Path

import pytest

from saem.apps.learning.practice.rating import forget_difficulties
from saem.lib.sandbox import Sandbox
from tests import cast
from tests.apps.learning.exits.places import Leaver, a_leaver, version_with_exit


@pytest.fixture
def leaver(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Leaver:
    forget_difficulties()
    version = version_with_exit(site_sandbox, tmp_path)
    return a_leaver(cast.a_student(cast.a_classroom(cast.a_cohort(version))))
