"""The homework for nbgrader and otter-grader, each in an environment of its own, run by its own command."""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bench.grading.homework import FILE, QUESTIONS, SETUP, Question, cells, library

PATIENCE_S = 90.0  # a command that has not ended by then is killed, as a teacher would
CELL_LIMIT_S = 10
VERSIONS = {"nbgrader": "nbgrader==0.9.6", "otter": "otter-grader==7.0.0"}
BESIDE = ("numpy", "pandas", "scikit-learn", "ipykernel")
NAME = "homework"


@dataclass(frozen=True)
class Run:
    """One command: seconds of its process tree; `score` is None where there was no result."""

    wall_s: float
    cpu_s: float
    score: float | None


class Peer(Protocol):
    name: str

    def prepare(self) -> None: ...
    def run(self, answers: Mapping[str, str]) -> Run: ...


def environment(name: str, root: Path) -> Path | None:
    """The folder of programs of the peer's environment, made if need be; None (and a line of why) if that fails."""
    home = root / name
    programs = home / "bin"
    if not (programs / name).exists():
        print(f"installing {VERSIONS[name]} into {home} …", file=sys.stderr, flush=True)
        commands = (
            [sys.executable, "-m", "venv", str(home)],
            [str(programs / "pip"), "install", "--quiet", VERSIONS[name], *BESIDE],
        )
        for command in commands:
            done = subprocess.run(command, check=False, capture_output=True, text=True)
            if done.returncode:
                print(f"SKIPPED {name}: {' '.join(command[:3])} failed: {done.stderr[-300:].strip()}", file=sys.stderr)
                return None
    return programs


def timed(command: list[str], folder: Path) -> tuple[float, float, int | None]:
    """Wall and CPU seconds of a command with all its children, and how it ended (None: killed after PATIENCE_S)."""
    started, before = time.perf_counter(), os.times()
    with (folder / "last.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
        )
        try:
            code: int | None = process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            process.wait()
            code = None
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - started, cpu, code


def complete(command: list[str], folder: Path) -> None:
    """Run a command that must succeed; raises RuntimeError with its last words."""
    path = f"{Path(command[0]).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, env={**os.environ, "PATH": path}
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {(done.stdout + done.stderr)[-800:]}")


def as_notebook(raw: list[dict[str, Any]]) -> str:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    numbered = [{"id": f"cell-{place}", **cell} for place, cell in enumerate(raw)]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": numbered})


def code(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": [], "execution_count": None}


class Nbgrader:
    """Tests are cells of the notebook; `autograde` runs them after the student's."""

    name = "nbgrader"

    def __init__(self, programs: Path, root: Path) -> None:
        self.program = str(programs / "nbgrader")
        self.folder = root / "nbgrader-course"

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        source = self.folder / "source" / NAME
        source.mkdir(parents=True)
        (source / f"{NAME}.ipynb").write_text(self._notebook(None))
        (source / FILE).write_bytes(library())
        (self.folder / "nbgrader_config.py").write_text(
            f"c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.ExecutePreprocessor.timeout = {CELL_LIMIT_S}\n"
        )
        complete([self.program, "generate_assignment", NAME, "--force"], self.folder)

    def _notebook(self, answers: Mapping[str, str] | None) -> str:
        raw = [code(SETUP)]
        for question in QUESTIONS:
            grade = {"schema_version": 3, "locked": False, "task": False}
            written = (
                f"### BEGIN SOLUTION\n{question.solution}\n### END SOLUTION"
                if answers is None
                else answers[question.name]
            )
            raw.append(code(written, nbgrader={**grade, "grade_id": question.name, "grade": False, "solution": True}))
            raw += [self._test(question, place, hidden=answers is None) for place in range(self._tests(question))]
        return as_notebook(raw)

    @staticmethod
    def _tests(question: Question) -> int:
        return len(question.shown) + len(question.hidden)

    @staticmethod
    def _test(question: Question, place: int, *, hidden: bool) -> dict[str, Any]:
        if place < len(question.shown):
            source = question.shown[place]
        else:
            test = question.hidden[place - len(question.shown)]
            source = (
                f"# checked later\n### BEGIN HIDDEN TESTS\n{test}\n### END HIDDEN TESTS"
                if hidden
                else "# checked later"
            )
        metadata = {
            "grade_id": f"{question.name}-{place}",
            "grade": True,
            "solution": False,
            "locked": True,
            "task": False,
            "schema_version": 3,
            "points": question.points / Nbgrader._tests(question),
        }
        return code(source, nbgrader=metadata)

    def run(self, answers: Mapping[str, str]) -> Run:
        for old in ("submitted", "autograded"):
            shutil.rmtree(self.folder / old, ignore_errors=True)
        work = self.folder / "submitted" / "student" / NAME
        work.mkdir(parents=True)
        (work / f"{NAME}.ipynb").write_text(self._notebook(answers))
        (work / FILE).write_bytes(library())
        command = [self.program, "autograde", NAME, "--student", "student", "--force"]
        wall_s, cpu_s, ended = timed(command, self.folder)
        return Run(wall_s, cpu_s, self._score() if ended == 0 else None)

    def _score(self) -> float | None:
        complete([self.program, "export", "--to", "grades.csv"], self.folder)
        with (self.folder / "grades.csv").open() as file:
            rows = [row for row in csv.DictReader(file) if row["student_id"] == "student"]
        return float(rows[0]["raw_score"]) if rows else None


class Otter:
    """Tests are files that `run` checks in the notebook's kernel."""

    name = "otter"

    def __init__(self, programs: Path, root: Path) -> None:
        self.program = str(programs / "otter")
        self.folder = root / "otter-course"

    def prepare(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        (self.folder / FILE).write_bytes(library())
        (self.folder / f"{NAME}.ipynb").write_text(self._master())
        command = [self.program, "assign", f"{NAME}.ipynb", "dist", "--no-run-tests"]
        complete(command, self.folder)
        (found,) = (self.folder / "dist" / "autograder").glob("*autograder*.zip")
        self.archive = found

    @staticmethod
    def _master() -> str:
        def raw(source: str) -> dict[str, Any]:
            return {"cell_type": "raw", "source": source, "metadata": {}}

        listed = [
            raw(
                "# ASSIGNMENT CONFIG\ninit_cell: true\ngenerate:\n  show_stdout: true\n"
                f"files: [{FILE}]\nenvironment: null"
            ),
            code(SETUP),
        ]
        for question in QUESTIONS:
            listed += [
                raw(f"# BEGIN QUESTION\nname: {question.name}\npoints: {question.points}"),
                raw("# BEGIN SOLUTION"),
                code(question.solution),
                raw("# END SOLUTION"),
                raw("# BEGIN TESTS"),
                *(code(f"{test}") for test in question.shown),
                *(code(f"# HIDDEN\n{test}") for test in question.hidden),
                raw("# END TESTS"),
                raw("# END QUESTION"),
            ]
        return as_notebook(listed)

    def run(self, answers: Mapping[str, str]) -> Run:
        shutil.rmtree(self.folder / "out", ignore_errors=True)
        (self.folder / "out").mkdir()
        work = [code("import otter\ngrader = otter.Notebook()")]
        for name, source in cells(dict(answers)):
            work.append(code(source))
            if name:
                work.append(code(f"grader.check({name!r})"))
        (self.folder / "work.ipynb").write_text(as_notebook(work))
        command = [self.program, "run", "-a", str(self.archive), "-o", "out", "--no-logo", "work.ipynb"]
        wall_s, cpu_s, ended = timed(command, self.folder)
        results = self.folder / "out" / "results.json"
        if ended != 0 or not results.exists():
            return Run(wall_s, cpu_s, None)
        tests = json.loads(results.read_text())["tests"]
        return Run(wall_s, cpu_s, sum(test.get("score") or 0.0 for test in tests))


PEERS: dict[str, type[Nbgrader] | type[Otter]] = {"nbgrader": Nbgrader, "otter": Otter}
