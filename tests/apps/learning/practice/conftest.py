"""The learner whom most tests of practice watch."""

from pathlib import Path

import pytest

from saem.lib.sandbox import Sandbox
from tests.apps.learning.practice.places import Learner, a_learner, version_with_items


@pytest.fixture
def learner(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Learner:
    return a_learner(version_with_items(site_sandbox, tmp_path))
