"""What a worker of the web server has loaded before its first request."""

import subprocess
import sys

import pytest

from saem.lib.learners.candidates import CANDIDATES
from saem.lib.learners.registry import MODELS

ASK = "import sys, saem.wsgi; print(*sorted(sys.modules))"
WANTED = ("numba", "saem.apps.learning.practice.views", *(MODELS[name][0] for name in CANDIDATES))


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", WANTED)
def test_the_first_answer_in_practice_waits_for_no_import(loaded: set[str], module: str) -> None:
    assert module in loaded
