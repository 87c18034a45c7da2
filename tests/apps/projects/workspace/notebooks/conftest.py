"""Two members of one team, at the same notebook."""

from pathlib import Path

import pytest

from saem.lib.sandbox import Sandbox
from tests.apps.projects.workspace.notebooks.a_desk import Member, two_members


@pytest.fixture
def members(db: None, site_sandbox: Sandbox, tmp_path: Path) -> tuple[Member, Member]:
    return two_members(site_sandbox, tmp_path)


@pytest.fixture
def member(members: tuple[Member, Member]) -> Member:
    return members[0]


@pytest.fixture
def colleague(members: tuple[Member, Member]) -> Member:
    return members[1]
