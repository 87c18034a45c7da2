"""The learner whom most tests of practice watch."""

from pathlib import Path

import pytest

from saem.apps.learning.practice.rating import forget_difficulties
from saem.lib.sandbox import Sandbox
from tests.apps.learning.practice.places import Learner, a_learner, version_with_items


@pytest.fixture(autouse=True)
def _difficulties_of_this_test() -> None:
    forget_difficulties()


@pytest.fixture
def learner(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Learner:
    return a_learner(version_with_items(site_sandbox, tmp_path))
