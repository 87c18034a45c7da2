"""Runs a notebook's cells in a student's cell of the sandbox so that one bad cell costs only itself.

The harness in the cell stops an honest loop and reports an honest exception. Whatever ends the whole process (a loop
that swallows interrupts, `os._exit`, too much memory) is noticed here: the notebook runs again in a fresh process
without the cell in which it happened. Hidden inputs come in a second job of the same session, after everything a
student may see (figures, error messages) has already left the process.
"""

import json
import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from saem.lib.grading.checkers.reasons import clean
from saem.lib.grading.notebook import Cell, cell_name
from saem.lib.grading.student import FILES, HARNESS_NAME, lacks_harness, loading_program, program
from saem.lib.grading.verdict import QuestionStatus
from saem.lib.sandbox import Fault, Job, Limits, Outcome, Sandbox, Source, Status

MOST_RUNS = 6
MOST_SECONDS = 120.0
TRIES = 2
MOST_FIGURES = 4
FOLDER, PLAN, PROGRESS = "saem", "saem/plan.json", "saem/progress"
STEP = re.compile(rb"(cell|call) (\d{1,4})$")
END = re.compile(rb"end (\d{1,9})$")
TRACED = re.compile(rb'File "<cell (\d{1,4})>", line (\d{1,6})')

READ_PLAN = f"json.load(open({PLAN!r}, encoding='utf-8'))"
RUN_CELLS = f"saem.run_cells({READ_PLAN})"
CELLS_SOURCE = Source(HARNESS_NAME, program(RUN_CELLS))
LOADING_SOURCE = Source(HARNESS_NAME, loading_program(RUN_CELLS))
CALLS_SOURCE = Source(HARNESS_NAME, program(f"saem.call_functions({READ_PLAN})"))


@dataclass(frozen=True, kw_only=True)
class CellStep:
    """A cell to run. `names` are handed over after it, into `values-<question>`, when it is the question's last."""

    cell: Cell
    wall_s: float
    question: int | None = None
    names: tuple[str, ...] = ()
    last: bool = True

    def as_plan(self) -> dict[str, Any]:
        return {
            "number": self.cell.number,
            "name": self.cell.name,
            "code": self.cell.code,
            "wall_s": self.wall_s,
            "question": self.question,
            "names": self.names,
            "last": self.last,
        }


@dataclass(frozen=True, kw_only=True)
class CallStep:
    """A function to call on hidden cases, or on the hidden table `input`, into `call-<place>`."""

    place: int
    name: str
    wall_s: float
    cases: Sequence[Sequence[Any]] = ()
    input: str | None = None

    def as_plan(self) -> dict[str, Any]:
        return {
            "place": self.place,
            "name": self.name,
            "cases": self.cases,
            "input": input_name(self.place) if self.input else None,
            "wall_s": self.wall_s,
        }


@dataclass(frozen=True, kw_only=True)
class Script:
    """Everything one run needs; `inputs` are the hidden tables by the name that `CallStep.input` says."""

    cells: tuple[CellStep, ...]
    calls: tuple[CallStep, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    inputs: Mapping[str, bytes] = field(default_factory=dict)
    memory_mb: int = 512

    def without(self, steps: set[str]) -> "Script":
        return replace(
            self,
            cells=tuple(step for step in self.cells if f"cell {step.cell.number}" not in steps),
            calls=tuple(step for step in self.calls if f"call {step.place}" not in steps),
        )


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A step in which the whole process ended."""

    status: QuestionStatus
    fault: Fault


@dataclass(kw_only=True)
class Execution:
    """What came out. `files` are the harness's, unread; `stopped` names steps that ended their process.

    `calls_ms` is what the student's functions say they took.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    stopped: dict[str, Stopped] = field(default_factory=dict)
    unreached: set[str] = field(default_factory=set)
    isolation: str = ""
    wall_ms: float = 0.0
    calls_ms: float = 0.0
    runs: int = 0


def input_name(place: int) -> str:
    return f"{FOLDER}/input-{place}.csv"


def execute(script: Script, *, sandbox: Sandbox) -> Execution:
    """Run everything, as often as it takes and the bounds allow. Raises SandboxError only."""
    done = Execution()
    started = time.perf_counter()
    left = script
    while True:
        culprit = _run(left, done, sandbox)
        done.runs += 1
        answered = {f"call {step.place}" for step in script.calls if f"call-{step.place}" in done.files}
        left = script.without({*done.stopped, *answered})
        if culprit is None or not _worth_another(culprit, left):
            break
        if done.runs >= MOST_RUNS or time.perf_counter() - started > MOST_SECONDS or culprit == "unknown":
            done.unreached |= _after(culprit, script) - set(done.stopped) - answered
            break
    done.wall_ms = (time.perf_counter() - started) * 1e3
    return done


def _worth_another(culprit: str, left: Script) -> bool:
    """Whether anything is still to be learnt: cells after the culprit, or calls not yet made."""
    later = [step for step in left.cells if culprit.startswith("cell") and step.cell.number > int(culprit[5:])]
    return bool(later or left.calls or culprit == "unknown")


def _after(culprit: str, script: Script) -> set[str]:
    steps = [f"cell {step.cell.number}" for step in script.cells] + [f"call {step.place}" for step in script.calls]
    return set(steps[steps.index(culprit) :] if culprit in steps else steps)


def _run(script: Script, done: Execution, sandbox: Sandbox) -> str | None:
    """One process. Returns the step that ended it too early, or None; the files of the run replace earlier ones."""
    job = _cells_job(script)
    if not script.calls:
        return _take_in(_with_harness(job, sandbox.run), job, script, done)
    key = f"grading-{uuid.uuid4().hex}"
    try:
        for _ in range(TRIES):
            outcome = _with_harness(job, partial(sandbox.run_in_session, key))
            culprit = _take_in(outcome, job, script, done)
            if culprit is not None:
                return culprit
            calls = _calls_job(script)
            outcome = sandbox.run_in_session(key, calls)
            if not outcome.fresh:
                return _take_in(outcome, calls, script, done)
            sandbox.close_session(key)  # the session was lost in between: nothing the student did, as far as we know
    finally:
        sandbox.close_session(key)
    return _take_in(outcome, calls, script, done)


def _with_harness(job: Job, run: Callable[[Job], Outcome]) -> Outcome:
    """Run; where the zygote has not this harness, once more with it along. To pretend so gains a process nothing."""
    outcome = run(job)
    if lacks_harness(outcome) and PROGRESS not in outcome.files:
        return run(replace(job, sources=(LOADING_SOURCE,), files={**job.files, **FILES}))
    return outcome


def _cells_job(script: Script) -> Job:
    plan = {"cells": [step.as_plan() for step in script.cells]}
    questions = sorted({step.question for step in script.cells if step.question is not None})
    collect = [f"{FOLDER}/{name}" for name in ("progress", "trace", "report")]
    for question in questions:
        collect.append(f"{FOLDER}/values-{question}")
        collect += [f"{FOLDER}/figure-{question}-{place}.png" for place in range(MOST_FIGURES)]
    return Job(
        sources=(CELLS_SOURCE,),
        files={**script.files, PLAN: json.dumps(plan).encode()},
        collect=tuple(collect),
        limits=_limits(script, sum(step.wall_s + 1 for step in script.cells)),
    )


def _calls_job(script: Script) -> Job:
    plan = {"calls": [step.as_plan() for step in script.calls]}
    files = {input_name(step.place): script.inputs[step.input] for step in script.calls if step.input}
    answers = [f"{FOLDER}/call-{step.place}" for step in script.calls]
    wall_s = sum((step.wall_s + 1) * max(1, len(step.cases)) for step in script.calls)
    return Job(
        sources=(CALLS_SOURCE,),
        files={**files, PLAN: json.dumps(plan).encode()},
        collect=(f"{FOLDER}/progress", f"{FOLDER}/trace", *answers),
        limits=_limits(script, wall_s),
    )


def _limits(script: Script, wall_s: float) -> Limits:
    wall_s = min(wall_s + 5.0, MOST_SECONDS)
    # The disk is the default one: only cells of the default shape are kept warm.
    return Limits(wall_s=wall_s, cpu_s=wall_s, memory_mb=script.memory_mb)


def _take_in(outcome: Outcome, job: Job, script: Script, done: Execution) -> str | None:
    done.isolation = max(done.isolation, outcome.isolation)
    for name in job.collect:
        done.files.pop(name.removeprefix(f"{FOLDER}/"), None)
    files = {name.removeprefix(f"{FOLDER}/"): data for name, data in outcome.files.items()}
    progress, trace = files.pop("progress", b""), files.pop("trace", b"")
    done.files.update(files)
    last = progress[-64:].strip().rpartition(b"\n")[2]
    if end := END.match(last):
        done.calls_ms += int(end[1]) / 1e3
        return None
    step = STEP.search(last)
    culprit = f"{step[1].decode()} {int(step[2])}" if step else "unknown"
    # The claim of where it happened is the student's process's own; a false one can only cost its owner.
    if culprit in done.stopped or culprit not in _after("", script):
        return "unknown"
    done.stopped[culprit] = _stopped(outcome, trace, culprit, script)
    return culprit


def _stopped(outcome: Outcome, trace: bytes, culprit: str, script: Script) -> Stopped:
    traced = TRACED.search(trace[:4000])
    timed_out = outcome.status == Status.TIMEOUT or trace.startswith(b"Timeout")
    status, kind = QuestionStatus.CRASHED, "Crash"
    if timed_out:
        status, kind = QuestionStatus.TIMEOUT, "TimeoutError"
    elif outcome.status == Status.MEMORY:
        status, kind = QuestionStatus.MEMORY, "MemoryError"
    elif outcome.status == Status.OUTPUT:
        kind = "TooMuchOutput"
    place = cell_name(int(culprit[5:])) if culprit.startswith("cell") else ""
    line = None
    if traced:
        place, line = cell_name(int(traced[1])), int(traced[2])
    text = _line_of(script, place, line)
    return Stopped(
        status=status,
        fault=Fault(type=kind, message="", source=place, line=line, text=text, traceback="", frames=()),
    )


def _line_of(script: Script, place: str, line: int | None) -> str:
    code = next((step.cell.code for step in script.cells if step.cell.name == place), "")
    lines = code.split("\n")
    return clean(lines[line - 1].strip(), 300) if line is not None and 0 < line <= len(lines) else ""
