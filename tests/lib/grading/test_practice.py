"""The small task that a checker's zygote answers before any real one."""

import json
import sys
from pathlib import Path

import pytest

from saem.lib.grading import checkers
from saem.lib.grading.checkers import practice


def test_every_check_of_the_practice_is_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = []

    def run(folder: Path) -> None:
        checkers.run(folder)
        answers.append(json.loads((folder / checkers.ANSWER).read_bytes()))

    monkeypatch.setattr(practice, "run", run)
    monkeypatch.setattr(practice.tempfile, "tempdir", str(tmp_path))
    practice.practise()
    (answer,) = answers
    failed = {name for name, result in answer["results"].items() if result["status"] != "passed"}
    assert failed == {"missing", "predict"}
    assert answer["broken"] == []
    assert [line["cell"] for line in answer["cells"]] == [1, 2]
    assert list(tmp_path.iterdir()) == []
    assert "checks" not in sys.modules
