"""`python -m bench.grading`: the table of this folder. `--no-peers` runs ours alone, `--repeat` says how often."""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.grading import ours
from bench.grading.homework import HOSTILE, RIGHT, SUBMISSIONS
from bench.grading.peers import PEERS, Run, environment
from bench.machine import machine, percentile
from saem.lib.grading import Submission, grade
from saem.lib.sandbox import LocalSandbox, Role, Sandbox

ROOT = Path("var/bench")
FULL = 10.0
# What a hostile notebook may rightly have: the points of the questions that it answered.
DUE = {"loop": 6.0, "loop that swallows": 6.0, "os._exit": 8.0}


@dataclass
class Column:
    """One grader's figures."""

    name: str
    cpu_s: list[float] = field(default_factory=list)
    wall_s: list[float] = field(default_factory=list)
    overhead_ms: list[float] = field(default_factory=list)
    scores: dict[str, float | None] = field(default_factory=dict)
    hostile: dict[str, float | None] = field(default_factory=dict)

    @property
    def gained(self) -> list[str]:
        """Hostile notebooks that got more than they had earned."""
        return [name for name, score in self.hostile.items() if (score or 0.0) > DUE.get(name, 0.0) + 1e-6]

    @property
    def lost(self) -> list[str]:
        """Notebooks with right answers beside one bad cell that lost them, too."""
        return [name for name, due in DUE.items() if name in self.hostile and (self.hostile[name] or 0.0) < due - 1e-6]

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "gained": self.gained, "lost": self.lost}


def column_of_ours(sandbox: Sandbox, repeat: int) -> Column:
    asked = ours.assignment(sandbox)
    column = Column("saem")
    for _ in range(3):
        ours.run(asked, RIGHT, sandbox)
    for _ in range(repeat):
        for name, answers in SUBMISSIONS.items():
            run = ours.run(asked, answers, sandbox)
            column.cpu_s.append(run.cpu_s)
            column.wall_s.append(run.wall_s)
            column.overhead_ms.append(run.verdict.overhead_ms)
            column.scores[name] = round(run.verdict.score, 2)
    for name, answers in HOSTILE.items():
        column.hostile[name] = round(ours.run(asked, answers, sandbox).verdict.score, 2)
    return column


def column_of(name: str, repeat: int, *, hostile: bool) -> Column | None:
    programs = environment(name, ROOT.resolve())
    if programs is None:
        return None
    peer = PEERS[name](programs, ROOT.resolve())
    peer.prepare()
    column = Column(name)
    for _ in range(repeat):
        for submission, answers in SUBMISSIONS.items():
            run: Run = peer.run(answers)
            column.cpu_s.append(run.cpu_s)
            column.wall_s.append(run.wall_s)
            column.scores[submission] = run.score
    for submission, answers in HOSTILE.items() if hostile else ():
        column.hostile[submission] = peer.run(answers).score
    return column


def sustained(sandbox: Sandbox, seconds: float) -> float:
    """Verdicts in a second, one after the other without a pause."""
    asked = ours.assignment(sandbox)
    data = ours.notebook(RIGHT)
    started, done = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        grade(asked, Submission("notebook", "work.ipynb", data), sandbox=sandbox)
        done += 1
    return done / (time.perf_counter() - started)


def show(columns: list[Column], rate: float) -> None:
    print(f"\nGrading one notebook: 600 rows, 5 questions, 14 checks, logistic regression. {machine()}\n")
    print("| | " + " | ".join(column.name for column in columns) + " |")
    print("|---|" + "---|" * len(columns))
    rows: dict[str, Callable[[Column], str]] = {
        "CPU s, whole process tree, median": lambda c: f"{statistics.median(c.cpu_s):.3f}",
        "CPU s, p95": lambda c: f"{percentile(c.cpu_s, 0.95):.3f}",
        "wall s, median": lambda c: f"{statistics.median(c.wall_s):.3f}",
        "wall s, p95": lambda c: f"{percentile(c.wall_s, 0.95):.3f}",
        "ms above the student's own compute, p50 / p95": lambda c: (
            f"{statistics.median(c.overhead_ms):.1f} / {percentile(c.overhead_ms, 0.95):.1f}" if c.overhead_ms else "–"
        ),
        "runs": lambda c: str(len(c.cpu_s)),
        "right answers get": lambda c: f"{c.scores.get('right')} of {FULL:g}",
        "hostile notebooks that gain points": lambda c: f"{len(c.gained)} of {len(c.hostile)} {', '.join(c.gained)}",
        "one bad cell costs the others": lambda c: f"{len(c.lost)} of {len(DUE)} {', '.join(c.lost)}",
    }
    for words, cell in rows.items():
        print(f"| {words} | " + " | ".join(cell(column) for column in columns) + " |")
    print(f"\nsaem, back to back on one thread: {rate:.1f} verdicts a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--repeat", type=int, default=3, help="how often each submission is graded (ours: ten times that)"
    )
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--no-hostile", action="store_true", help="peers need minutes to be stopped")
    options = parser.parse_args()
    ROOT.mkdir(parents=True, exist_ok=True)
    with LocalSandbox() as sandbox:
        sandbox.warm_up(Role.STUDENT, Role.CHECKER)
        columns = [column_of_ours(sandbox, options.repeat * 10)]
        rate = sustained(sandbox, 5.0)
    for name in PEERS if not options.no_peers else ():
        column = column_of(name, options.repeat, hostile=not options.no_hostile)
        if column is None:
            print(f"SKIPPED {name}: it could not be installed here", file=sys.stderr)
        else:
            columns.append(column)
    show(columns, rate)
    result = {"machine": machine(), "verdicts_per_second": rate, "graders": [column.as_json() for column in columns]}
    (ROOT / "grading.json").write_text(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
