"""The desk that most tests of lessons sit at."""

from pathlib import Path

import pytest

from saem.lib.sandbox import Sandbox
from tests.apps.learning.places import Desk, a_desk


@pytest.fixture
def desk(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Desk:
    return a_desk(site_sandbox, tmp_path)
