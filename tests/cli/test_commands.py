"""The command line as a script would use it: JSON on stdout, exit codes 0, 1 and 2."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.sample import PROJECT, notebook, sample_program
from tests.sample_kinds import FUNCTIONS, LINE, MODEL, kinds_program

RUN_KEYS = {"status", "exit_code", "stdout", "stderr", "wall_ms", "cpu_ms", "overhead_ms", "isolation"}
VERDICT_KEYS = {"status", "score", "max_score", "checks", "metrics", "isolation", "overhead_ms", "content_version"}


def saem(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `saem` in a home of its own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAEM_")}
    environment |= {"SAEM_HOME": str(home), "SAEM_DATA_DOWNLOAD": "false", "SAEM_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "saem.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("code", "status", "exit_code"),
    [("print('안녕')", "ok", 0), ("1/0", "error", 1), ("import sys; sys.exit(3)", "error", 1)],
)
def test_run_prints_the_outcome(tmp_path: Path, code: str, status: str, exit_code: int) -> None:
    script = tmp_path / "script.py"
    script.write_text(code)
    done = saem(tmp_path / "home", "run", script, "--json")
    outcome = json.loads(done.stdout)
    assert set(outcome) == RUN_KEYS
    assert (outcome["status"], done.returncode) == (status, exit_code)
    assert outcome["isolation"] in {"A", "B", "C"}


def test_run_without_a_file_is_used_wrongly(tmp_path: Path) -> None:
    assert saem(tmp_path, "run", tmp_path / "nothing.py").returncode == 2


@pytest.mark.sandbox
def test_check_grade_publish_backup_restore(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = sample_program(tmp_path / "content")
    checked = json.loads(saem(home, "check", folder, "--json").stdout)
    assert (checked["ok"], checked["problems"]) == (True, [])

    answer = tmp_path / "answer.ipynb"
    answer.write_text(notebook("beans['height'].mean()"))
    verdict = json.loads(saem(home, "grade", folder / "projects" / PROJECT, answer, "--json").stdout)
    assert set(verdict) >= VERDICT_KEYS
    assert verdict["content_version"] == checked["version"]
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("id,nothing\n1,2\n")
    rejected = json.loads(saem(home, "grade", folder / "projects" / PROJECT, wrong, "--json").stdout)
    assert (rejected["status"], rejected["score"]) == ("rejected", 0)

    published = saem(home, "publish", folder, "--institution", "샘물교육지원청", "--json")
    assert json.loads(published.stdout) == {"program": "growing-beans", "number": 1, "version": checked["version"]}
    again = saem(home, "publish", folder, "--json")
    assert json.loads(again.stdout)["number"] == 1

    archive = tmp_path / "backup.tar.gz"
    assert saem(home, "backup", archive).returncode == 0
    assert archive.stat().st_mode & 0o077 == 0
    assert saem(home, "restore", archive).returncode == 2  # never over people's work
    copy = tmp_path / "copy"
    assert saem(copy, "restore", archive).returncode == 0
    with closing(sqlite3.connect(copy / "saem.sqlite3")) as database:
        assert database.execute("SELECT content_hash FROM catalog_version").fetchall() == [(checked["version"],)]


@pytest.mark.sandbox
def test_grade_knows_every_kind_of_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = kinds_program(tmp_path / "content")
    work = tmp_path / "work.py"
    for project, code, told in (
        (FUNCTIONS, "def clean(heights):\n    return None\n", "✗ Drops negatives  0/1"),
        (MODEL, LINE, "scored: 3/3"),
    ):
        work.write_text(code)
        done = saem(home, "grade", folder / "projects" / project, work, "--language", "en")
        assert told in done.stdout
        assert done.returncode == (0 if told.startswith("scored") else 1)


@pytest.mark.sandbox
def test_check_names_file_line_and_remedy(tmp_path: Path) -> None:
    folder = sample_program(tmp_path / "content")
    lesson = folder / "lessons" / "growth" / "lesson.yaml"
    lesson.write_text(lesson.read_text().replace("minutes: 20", "minuets: 20"))
    done = saem(tmp_path / "home", "check", folder, "--json", "--language", "en")
    assert done.returncode == 1
    problems = json.loads(done.stdout)["problems"]
    misspelt = next(problem for problem in problems if problem["line"] == 3)
    assert misspelt["file"].endswith("lessons/growth/lesson.yaml")
    assert "minutes" in misspelt["message"] + misspelt["remedy"]


def test_doctor_complains_of_what_is_unsafe_in_service(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SAEM_HOME": str(tmp_path),
        "SAEM_ALLOWED_HOSTS": "saem.school.example",
        "SAEM_DEBUG": "true",
    }
    environment.pop("SAEM_SECRET_KEY", None)
    environment["SAEM_DATABASE_URL"] = f"sqlite:///{tmp_path}/saem.sqlite3"
    command = [sys.executable, "-m", "saem.cli", "doctor", "--json", "--language", "en"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)
    findings = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert done.returncode == 1
    assert not findings["debug"]["is_ok"]
    assert "SAEM_DEBUG" in findings["debug"]["advice"]
    assert not findings["HTTPS"]["is_ok"]
    assert findings["secret key"]["is_ok"]


@pytest.mark.parametrize(
    "setting",
    ["SAEM_DEBUG=maybe", "SAEM_SUBMISSION_MAX_MB=many", "SAEM_DATABASE_URL=mysql://x", "SAEM_JOB_ENGINE=magic"],
)
def test_a_setting_of_the_wrong_type_is_named(tmp_path: Path, setting: str) -> None:
    name, value = setting.split("=", 1)
    environment = {**os.environ, "SAEM_HOME": str(tmp_path), name: value}
    command = [sys.executable, "-m", "saem.cli", "doctor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert name in done.stderr
