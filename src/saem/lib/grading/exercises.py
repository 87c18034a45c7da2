"""Checks a code cell of a lesson: the session's own process hands over values, a checker's cell compares them."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, Protocol

from saem.lib.grading.checking import ask_about_answers
from saem.lib.grading.notebook import cell_name
from saem.lib.grading.notebooks import REFERENCE, STUDENT, check_result, check_task
from saem.lib.grading.parsing import parse_checks
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.spec import Check
from saem.lib.grading.student import HARNESS_NAME, whole_program
from saem.lib.grading.verdict import CheckResult, CheckStatus, Reason
from saem.lib.sandbox import Display, Job, Limits, Outcome, Sandbox, Source, Status

VALUES, CALL = "saem-values", "saem-call-{place}"
CASE_WALL_S = 2.0
MOST_LINES = 200
LIMITS = Limits(wall_s=20.0, cpu_s=20.0)

RawChecks = Sequence[Mapping[str, Any]]


class WrongAnswer(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def fails(self) -> Sequence[str]: ...


class Exercise(Protocol):
    """What an exercise must have here; `lib.content`'s has it."""

    @property
    def checks(self) -> RawChecks: ...
    @property
    def solution(self) -> str: ...
    @property
    def wrong(self) -> Sequence[WrongAnswer]: ...


def exercise_sources(checks: RawChecks) -> Source:
    """Code to append to the run of the cell in its session; it leaves no name behind and prints nothing."""
    text = json.dumps(_plan(_parsed(checks)))
    code = whole_program(f"saem.check_exercise(json.loads({text!r}), space)")
    return Source(HARNESS_NAME, f"exec({code!r}, {{'__name__': 'saem_exercise', 'space': globals()}})\n")


def exercise_files(checks: RawChecks) -> tuple[str, ...]:
    """Names of the files to collect from that run."""
    calls = sum(check.has_hidden_input for check in _parsed(checks))
    return (VALUES, *(CALL.format(place=place) for place in range(calls)))


def _plan(checks: Sequence[Check]) -> dict[str, Any]:
    names = dict.fromkeys(name for check in checks for name in check.names())
    called = [check for check in checks if check.has_hidden_input]
    return {
        "values": {"path": VALUES, "names": list(names)},
        "calls": [
            {
                "path": CALL.format(place=place),
                "name": check.call,
                "cases": check.cases,
                "input": None,
                "wall_s": CASE_WALL_S,
            }
            for place, check in enumerate(called)
        ],
    }


def _parsed(checks: RawChecks) -> tuple[Check, ...]:
    """Checks that `saem check` has found sound. Raises ValueError for others."""
    return _parsed_text(json.dumps(checks, default=_plain))


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


@lru_cache(maxsize=256)
def _parsed_text(text: str) -> tuple[Check, ...]:
    checks, problems = parse_checks(json.loads(text))
    if problems:
        raise ValueError(f"not the checks of an exercise: {problems}")
    return checks


def grade_exercise(
    checks: RawChecks,
    files: Mapping[str, bytes],
    reference: Mapping[str, str],
    *,
    sandbox: Sandbox,
    displays: Sequence[Display] = (),
) -> tuple[CheckResult, ...]:
    """Results of an exercise from what its run left (`Outcome.files`, `Outcome.displays`).

    `reference` is what `exercise_reference` gave. Raises SandboxError when there is no sandbox.
    """
    parsed = _parsed(checks)
    tasks = [check_task(check, answers, 0) for check, answers in zip(parsed, _answer_files(parsed), strict=True)]
    laid = {f"{STUDENT}/{name}": data for name, data in files.items()}
    laid |= {f"{REFERENCE}/{name}": base64.b64decode(data) for name, data in reference.items()}
    drawn = sum(display.kind == "image" for display in displays)
    task = {
        "checks": tasks,
        "checks_code": "",
        "figure_files": {},
        "figures": {"0": drawn},
        "cells": 0,
        "lines": MOST_LINES,
    }
    answer = ask_about_answers(task, laid, sandbox=sandbox)
    if answer.body is None:
        broken = {"status": "error", "fraction": 0.0, "reasons": [{"code": "checker_stopped", "params": {}}]}
        return tuple(check_result(check, broken, None) for check in parsed)
    return tuple(check_result(check, answer.body["results"][check.id], None) for check in parsed)


def _answer_files(checks: Sequence[Check]) -> list[str]:
    calls = 0
    names = []
    for check in checks:
        names.append(CALL.format(place=calls) if check.has_hidden_input else VALUES)
        calls += check.has_hidden_input
    return names


def exercise_reference(
    cells: Sequence[str], exercise: Exercise, files: Mapping[str, bytes], sandbox: Sandbox, *, path: str = "exercise"
) -> tuple[Mapping[str, str] | None, list[SpecProblem]]:
    """Values of the author's solution, ready for JSON, or None and why there are none.

    `cells` are the code cells above, with the solutions of earlier exercises in their places.
    """
    checks, problems = parse_checks(exercise.checks, path=f"{path}.checks")
    if problems:
        return None, problems
    outcome = _run(cells, exercise.solution, exercise.checks, files, sandbox)
    if outcome.status != Status.OK:
        return None, [_stopped(outcome, f"{path}.solution", len(cells))]
    encoded = {name: base64.b64encode(data).decode() for name, data in outcome.files.items()}
    results = grade_exercise(exercise.checks, outcome.files, encoded, sandbox=sandbox, displays=outcome.displays)
    problems = [
        SpecProblem(f"{path}.checks.{place}", "grading.solution_fails", {"check": result.id, "reason": _why(result)})
        for place, result in enumerate(results)
        if result.status != CheckStatus.PASSED
    ]
    assert len(results) == len(checks)
    return (None if problems else encoded), problems


def rehearse_exercise(
    cells: Sequence[str], exercise: Exercise, files: Mapping[str, bytes], sandbox: Sandbox, *, path: str = "exercise"
) -> tuple[Mapping[str, str] | None, list[SpecProblem]]:
    """The reference, and every way in which the solution or a wrong answer does not do what its author says."""
    reference, problems = exercise_reference(cells, exercise, files, sandbox, path=path)
    if reference is None:
        return None, problems
    for place, wrong in enumerate(exercise.wrong):
        outcome = _run(cells, wrong.code, exercise.checks, files, sandbox)
        collected = outcome.files if outcome.status == Status.OK else {}
        displays = outcome.displays if outcome.status == Status.OK else ()
        results = grade_exercise(exercise.checks, collected, reference, sandbox=sandbox, displays=displays)
        failing = [result.id for result in results if result.status != CheckStatus.PASSED]
        problems += unlike_stated(failing, wrong.fails, f"{path}.wrong.{place}")
    return reference, problems


def unlike_stated(failing: Sequence[str], stated: Sequence[str], path: str) -> list[SpecProblem]:
    """A stated failure that did not happen is an error, one that nobody stated a warning."""
    passing = [check for check in stated if check not in failing]
    more = [check for check in failing if check not in stated]
    problems = []
    if passing:
        problems.append(SpecProblem(path, "grading.wrong_passes", {"checks": passing}))
    if more:
        problems.append(SpecProblem(path, "grading.wrong_fails_more", {"checks": more}, "warning"))
    return problems


def _run(cells: Sequence[str], code: str, checks: RawChecks, files: Mapping[str, bytes], sandbox: Sandbox) -> Outcome:
    above = [Source(cell_name(place + 1), text, display=True) for place, text in enumerate(cells)]
    own = Source(cell_name(len(cells) + 1), code, display=True)
    job = Job(
        sources=(*above, own, exercise_sources(checks)),
        files=files,
        collect=exercise_files(checks),
        limits=LIMITS,
    )
    outcome = sandbox.run(job)
    own_displays = tuple(display for display in outcome.displays if display.source == own.name)
    return replace(outcome, displays=own_displays)


def _stopped(outcome: Outcome, path: str, above: int) -> SpecProblem:
    fault = outcome.fault
    if fault is None:
        return SpecProblem(path, "grading.solution_stops", {"status": str(outcome.status)})
    code = "grading.solution_raises" if fault.source == cell_name(above + 1) else "grading.cell_above_raises"
    params = {"cell": fault.source, "line": fault.line, "type": fault.type, "message": fault.message[:300]}
    return SpecProblem(path, code, params)


def _why(result: CheckResult) -> str:
    reason = next(iter(result.reasons), Reason("wrong_value"))
    return reason.code
