"""`saem propose`: a folder becomes a proposal, or the next revision of one."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from saem.apps.catalog.models import Incoming, Proposal
from saem.cli import propose
from tests.apps.catalog.proposals.a_proposal import KOREAN, PAGE, World, a_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    # The tables of the tests are there, and whatever is run here must not make others.
    monkeypatch.setattr(propose, "prepare_database", lambda: None)
    return lambda *arguments: CliRunner().invoke(propose.propose_command, list(map(str, arguments)))


def folder_of(world: World, place: Path, page: str) -> Path:
    root = place / world.program.slug
    for name, data in (world.files | {KOREAN: page.encode()}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def test_a_folder_opens_a_proposal_and_saves_to_it(run: Callable[..., Result], tmp_path: Path) -> None:
    world = a_world()
    folder = folder_of(world, tmp_path, PAGE.replace("하루", "한 해"))
    opened = run(folder, "--as", world.author.email, "--title", "기온", "--why", "헷갈렸어요.", "--json")
    proposal = Proposal.objects.get()
    assert json.loads(opened.stdout) == {"proposal": proposal.pk, "revision": 1}
    folder_of(world, tmp_path, PAGE.replace("하루", "한 주"))
    onto = ("--as", world.author.email, "--proposal", proposal.pk, "--json")
    assert json.loads(run(folder, *onto, "--revision", 1).stdout) == {"proposal": proposal.pk, "revision": 2}
    again = run(folder, *onto, "--revision", 2)
    assert (again.exit_code, "지금 저장된 것과 같아요" in again.stdout) == (1, True)
    folder_of(world, tmp_path, PAGE.replace("하루", "한 달"))
    waits = run(folder, "--as", world.colleague.email, "--proposal", proposal.pk, "--revision", 1, "--json")
    assert json.loads(waits.stdout) == {"proposal": proposal.pk, "waits": Incoming.objects.get().pk}


def test_it_is_said_how_it_is_used(run: Callable[..., Result], tmp_path: Path) -> None:
    world = a_world()
    folder = folder_of(world, tmp_path, PAGE)
    author = ("--as", world.author.email)
    elsewhere = tmp_path / "unknown"
    elsewhere.mkdir()
    for arguments in (
        (folder, *author),
        (folder, *author, "--proposal", 1),
        (folder, *author, "--proposal", 99, "--revision", 1),
        (folder, "--as", "nobody@example.org", "--title", "가", "--why", "나"),
        (folder, "--as", world.teacher.email, "--title", "가", "--why", "나"),
        (elsewhere, *author, "--title", "가", "--why", "나"),
    ):
        assert run(*arguments).exit_code == 2, arguments
    assert not Proposal.objects.exists()
