"""A version with real content: completion counts its steps and skills."""

from pathlib import Path

import pytest

from saem.apps.catalog.models import Version
from saem.lib.sandbox import Sandbox
from tests.sample import published_sample


@pytest.fixture
def a_version_with_content(db: None, site_sandbox: Sandbox, tmp_path: Path) -> Version:
    return published_sample(site_sandbox, tmp_path)
