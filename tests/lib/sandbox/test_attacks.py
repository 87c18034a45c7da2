"""Every attack, on every rung this machine has, as whoever runs the tests and as an ordinary user."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.lib.sandbox import LocalSandbox, Role, SandboxError
from tests.lib.sandbox import attack_suite

pytestmark = pytest.mark.sandbox
ATTACKS = attack_suite.load()
SOURCES = Path(__file__).parents[3] / "src"
SUITE = Path(attack_suite.__file__)


@pytest.fixture(scope="module", params=["A", "B", "C"])
def boxes(request: pytest.FixtureRequest) -> Iterator[tuple[str, LocalSandbox]]:
    os.environ["SAEM_TEST_SECRET"] = "SAEM_TEST_SECRET_VALUE"
    with LocalSandbox(preload=("numpy",), rung=request.param, concurrent=2) as sandbox:
        try:
            sandbox.warm_up(Role.STUDENT)
        except SandboxError as error:
            pytest.skip(f"rung {request.param} does not work on this machine: {error}")
        yield request.param, sandbox
    del os.environ["SAEM_TEST_SECRET"]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack_ends_as_expected(attack: attack_suite.Attack, boxes: tuple[str, LocalSandbox]) -> None:
    rung, sandbox = boxes
    if not attack.is_for(rung):
        pytest.skip("not for this rung or machine")
    outcome = attack_suite.run(attack, sandbox)
    assert outcome.isolation == rung
    assert not attack_suite.complaint(attack, outcome)


@pytest.mark.parametrize("rung", ["A", "B", "C"])
def test_attacks_as_ordinary_user(rung: str, ordinary_python: str, ordinary_cgroup: Path | None) -> None:
    if rung == "A" and ordinary_cgroup is None:
        pytest.skip("no control group could be handed to an ordinary user")
    command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", ordinary_python, str(SUITE), rung]
    if rung == "A":
        command.append(str(ordinary_cgroup))
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(SOURCES), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment, cwd="/")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_suite_covers_every_kind() -> None:
    assert len(ATTACKS) >= 100
    assert sys.version_info >= (3, 11)
