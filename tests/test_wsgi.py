"""What a worker of the web server has loaded before its first request."""

import subprocess
import sys

import pytest

from saem.lib.learners.candidates import CANDIDATES
from saem.lib.learners.registry import MODELS

ASK = "import gc, sys, saem.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()), *sorted(sys.modules))"
WANTED = ("numba", "saem.apps.learning.practice.views", *(MODELS[name][0] for name in CANDIDATES))


@pytest.fixture(scope="module")
def answer() -> list[str]:
    done = subprocess.run([sys.executable, "-c", ASK], capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.mark.parametrize("module", WANTED)
def test_the_first_answer_in_practice_waits_for_no_import(answer: list[str], module: str) -> None:
    assert module in answer


def test_collections_leave_alone_what_is_loaded(answer: list[str]) -> None:
    frozen, left = map(int, answer[:2])
    assert frozen > 100_000
    assert left < frozen / 100
