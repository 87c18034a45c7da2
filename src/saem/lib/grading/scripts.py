"""Grades a script: every case is a run of its own, and what came out is compared in the checker's cell."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checkers.answers import PYTHON_ERRORS
from saem.lib.grading.checkers.reasons import clean
from saem.lib.grading.checking import ask
from saem.lib.grading.faults import renamed
from saem.lib.grading.notebooks import file_of
from saem.lib.grading.predictions import reasons_of
from saem.lib.grading.python_files import read_python
from saem.lib.grading.spec import Case, Script
from saem.lib.grading.verdict import (
    CheckResult,
    CheckStatus,
    QuestionResult,
    QuestionStatus,
    Reason,
    Shown,
    Verdict,
    VerdictStatus,
)
from saem.lib.sandbox import Fault, Job, Limits, Outcome, Sandbox, Source, Status

NAME = "script.py"
STDIN = "saem-stdin"
MOST_SECONDS = 120.0
OUTPUT_KB, OUTPUT_MB = 256, 4
LONGEST_SHOWN = 2000
# Gives the script its input and its own name, and leaves nothing behind.
BEFORE = Source(
    "<saem>",
    f"import os, sys\nsaem = os.open({STDIN!r}, os.O_RDONLY)\nos.dup2(saem, 0)\nos.close(saem)\n"
    f"os.remove({STDIN!r})\nsys.argv[0] = {NAME!r}\ndel os, sys, saem\n",
)
STOPPED = {
    Status.TIMEOUT: (QuestionStatus.TIMEOUT, "script_timeout"),
    Status.MEMORY: (QuestionStatus.MEMORY, "script_memory"),
    Status.OUTPUT: (QuestionStatus.CRASHED, "script_output"),
    Status.SIGNAL: (QuestionStatus.CRASHED, "script_crashed"),
}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One case that was run, or was not because the time for all of them was over."""

    case: Case
    outcome: Outcome | None = None
    output: bytes | None = None

    @property
    def trouble(self) -> tuple[QuestionStatus, Reason] | None:
        """Why its output does not count, however right it may look."""
        if self.outcome is None:
            return QuestionStatus.NOT_REACHED, Reason("not_reached")
        if self.outcome.status in STOPPED:
            status, code = STOPPED[self.outcome.status]
            return status, Reason(code)
        if self.outcome.fault is not None:
            return QuestionStatus.ERROR, _raised(self.outcome.fault)
        return None


def grade_script(assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict:
    """The verdict without its time; see `grade`."""
    script = assignment.spec.script
    if script is None:
        return Verdict(status=VerdictStatus.REJECTED, reasons=(Reason("kind_not_asked", {"kind": "script"}),))
    code = read_python(data)
    if isinstance(code, Reason):
        return Verdict(status=VerdictStatus.REJECTED, reasons=(code,))
    runs = _run_all(assignment, script, code, sandbox)
    compared, isolation = _compared(assignment, script, runs, sandbox)
    if compared is None:
        # No code of an author runs in there: it was these outputs that could not be read within the limits.
        return Verdict(status=VerdictStatus.REJECTED, reasons=(Reason("unreadable_output"),), isolation=isolation)
    checks = tuple(_check(run, compared.get(run.case.id)) for run in runs)
    return Verdict(
        status=VerdictStatus.SCORED,
        score=sum(check.earned for check in checks),
        max_score=sum(check.points for check in checks),
        checks=checks,
        questions=tuple(_question(run, assignment) for run in runs),
        isolation=isolation,
        own_ms=sum(max(0.0, run.outcome.wall_ms - run.outcome.overhead_ms) for run in runs if run.outcome),
    )


def outputs_of(assignment: Assignment, code: str, *, sandbox: Sandbox) -> dict[str, bytes]:
    """What the author's script writes in each case, by the name under which it is kept."""
    script = assignment.spec.script
    runs = _run_all(assignment, script, code, sandbox) if script else []
    return {_kept(run.case): run.output for run in runs if run.output is not None and run.trouble is None}


def _kept(case: Case) -> str:
    return f"case-{case.id}"


def _run_all(assignment: Assignment, script: Script, code: str, sandbox: Sandbox) -> list[Run]:
    started = time.perf_counter()
    runs = []
    for case in script.cases:
        if time.perf_counter() - started > MOST_SECONDS:
            runs.append(Run(case=case))
            continue
        outcome = sandbox.run(_job(assignment, script, case, code))
        output = outcome.stdout.encode() if script.output is None else outcome.files.get(script.output)
        runs.append(Run(case=case, outcome=outcome, output=output))
    return runs


def _job(assignment: Assignment, script: Script, case: Case, code: str) -> Job:
    limits = case.limits or script.limits
    return Job(
        sources=(BEFORE, Source(NAME, code)),
        files={
            **assignment.public,
            **{name: file_of(assignment, source) for name, source in case.files.items()},
            STDIN: case.stdin.encode(),
        },
        collect=(script.output,) if script.output else (),
        limits=Limits(
            wall_s=limits.wall_s,
            cpu_s=limits.wall_s,
            memory_mb=limits.memory_mb or 512,
            output_kb=OUTPUT_KB,
            file_mb=OUTPUT_MB,
        ),
        argv=tuple(case.argv),
    )


def _expected(assignment: Assignment, case: Case) -> bytes:
    if case.expect is not None:
        return case.expect.encode()
    return file_of(assignment, case.against) if case.against else assignment.reference.get(_kept(case), b"")


def _compared(
    assignment: Assignment, script: Script, runs: Sequence[Run], sandbox: Sandbox
) -> tuple[Mapping[str, Any] | None, str]:
    """Case → what the checker's cell says of its output."""
    isolation = max((run.outcome.isolation for run in runs if run.outcome), default="")
    whole = {run.case.id: run for run in runs if run.trouble is None and run.output is not None}
    if not whole:
        return {}, isolation
    files = {f"found/{name}": run.output or b"" for name, run in whole.items()}
    files |= {f"expected/{name}": _expected(assignment, run.case) for name, run in whole.items()}
    task = {
        "kind": "outputs",
        "cases": {name: {"shown": run.case.shown} for name, run in whole.items()},
        "compare": script.way,
        "tolerance": script.tolerance,
    }
    answer = ask(task, files, sandbox=sandbox)
    results = answer.body["results"] if answer.body is not None else None
    return results, max(isolation, answer.outcome.isolation)


def _raised(fault: Fault) -> Reason:
    """A type of Python's own and a line: more could carry hidden input."""
    kind = fault.type if fault.type in PYTHON_ERRORS else "Exception"
    if fault.source == NAME and fault.line:
        return Reason("script_raised_at", {"type": kind, "line": fault.line})
    return Reason("script_raised", {"type": kind})


def _check(run: Run, compared: Mapping[str, Any] | None) -> CheckResult:
    trouble = run.trouble
    if trouble is not None:
        status = CheckStatus.NOT_REACHED if trouble[0] == QuestionStatus.NOT_REACHED else CheckStatus.ERROR
        reasons: tuple[Reason, ...] = (trouble[1],)
    elif compared is None:
        status, reasons = CheckStatus.FAILED, (Reason("no_output_file"),)
    else:
        status = CheckStatus.PASSED if compared["passed"] else CheckStatus.FAILED
        reasons = reasons_of(compared["reasons"])
    case, passed = run.case, status == CheckStatus.PASSED
    return CheckResult(
        id=case.id,
        title=case.title.as_dict(),
        points=case.points,
        earned=case.points if passed else 0.0,
        status=status,
        hint=case.hint.as_dict() if case.hint and not passed else None,
        question=case.id,
        reasons=reasons,
    )


def _question(run: Run, assignment: Assignment) -> QuestionResult:
    trouble, fault = run.trouble, run.outcome.fault if run.outcome else None
    return QuestionResult(
        id=run.case.id,
        title=run.case.title.as_dict(),
        status=trouble[0] if trouble else QuestionStatus.DONE,
        # What an error says may hold the input, so it is told of shown cases only.
        fault=renamed(fault, NAME, NAME) if fault and run.case.shown else None,
        shown=_shown(run, assignment) if run.case.shown else None,
    )


def _shown(run: Run, assignment: Assignment) -> Shown:
    case = run.case
    files = {name: _text(file_of(assignment, source)) for name, source in case.files.items()}
    return Shown(
        command=" ".join([NAME, *case.argv]) if case.argv else "",
        stdin=_text(case.stdin.encode()),
        files=files,
        expected=_text(_expected(assignment, case)),
        output=_text(run.output or b""),
    )


def _text(data: bytes) -> str:
    """The beginning of an input or output as a page can show it."""
    text = clean(data[: LONGEST_SHOWN * 4].decode("utf-8", "replace"), LONGEST_SHOWN)
    return text + ("…" if len(data) > len(text.encode()) else "")
