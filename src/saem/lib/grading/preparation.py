"""Makes an assignment of a project: runs `prepare.py`, scores the baselines, records what the solution has."""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checkers.packing import PACKED
from saem.lib.grading.checking import ask
from saem.lib.grading.execution import Execution, execute
from saem.lib.grading.notebook import read_notebook
from saem.lib.grading.notebooks import Plan, file_of, grade_notebook
from saem.lib.grading.parsing import SpecProblem
from saem.lib.grading.predictions import SOLUTION, score_files
from saem.lib.grading.spec import Check, Spec
from saem.lib.grading.verdict import CheckStatus, Reason, VerdictStatus
from saem.lib.sandbox import Job, Limits, Outcome, Role, Sandbox, Source, Status

PREPARE = "prepare.py"
SAMPLE = "sample_submission.csv"
LIMITS = Limits(wall_s=120.0, cpu_s=120.0, memory_mb=3072, file_mb=256, disk_mb=768)
PACK = Source(
    "<saem>",
    resources.files("saem.lib.grading.checkers").joinpath("packing.py").read_text(encoding="utf-8")
    + "\npack(Path())\n",
)
NAME = re.compile(r"(public|hidden)/[\w][\w ./-]*")
# A sample may leave its answers empty; its rows and columns must be those of the hidden table.
SHAPE_CODES = frozenset({"missing_column", "row_count", "unknown_id", "missing_id", "duplicate_id", "not_csv", "empty"})


@dataclass(frozen=True)
class Prepared:
    """`assignment` is there exactly when no problem is an error; warnings may stand beside it."""

    assignment: Assignment | None
    problems: tuple[SpecProblem, ...]


def prepare(
    *,
    spec: Spec,
    prepare_code: str,
    checks_code: str,
    source_files: Mapping[str, bytes],
    solution_notebook: bytes | None,
    content_version: str,
    sandbox: Sandbox,
) -> Prepared:
    """Build an assignment and collect every problem on the way.

    `source_files` are laid beside `prepare.py` by name (`weather.csv`), `solution_notebook` is the author's own.
    Raises SandboxError when there is no sandbox to run in.
    """
    outcome = sandbox.run(
        Job((Source(PREPARE, prepare_code), PACK), source_files, (PACKED,), LIMITS), role=Role.CHECKER
    )
    files = unpack(outcome.files.get(PACKED, b"")) if outcome.status == Status.OK else None
    if files is None:
        return Prepared(None, (_prepare_failed(outcome),))
    bare = Assignment(
        spec=spec,
        public=_below(files, "public/"),
        hidden=_below(files, "hidden/"),
        checks_code=checks_code,
        content_version=content_version,
    )
    problems = [*_missing_files(bare), *_functions(bare)]
    if problems:
        return Prepared(None, tuple(problems))
    assignment, problems = _with_baselines(bare, sandbox)
    if spec.notebook:
        assignment, more = _with_reference(assignment, solution_notebook, sandbox)
        problems += more
    problems += _leaks(assignment, sandbox)
    sound = all(problem.severity == "warning" for problem in problems)
    return Prepared(assignment if sound else None, tuple(problems))


def unpack(data: bytes) -> dict[str, bytes] | None:
    """The inverse of `checkers.packing.pack`, believing nothing but the sizes that add up."""
    head, newline, raw = data.partition(b"\n")
    try:
        sizes = json.loads(head)
        files, start = {}, 0
        for name, size in sizes:
            if not NAME.fullmatch(name) or ".." in name or not isinstance(size, int) or size < 0:
                return None
            files[name] = raw[start : start + size]
            start += size
    except (ValueError, TypeError, RecursionError):
        return None
    return files if newline and start == len(raw) else None


def _below(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    return {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}


def _prepare_failed(outcome: Outcome) -> SpecProblem:
    fault = outcome.fault
    if fault is None:
        return SpecProblem("prepare", "grading.prepare_stopped", {"status": str(outcome.status)})
    params = {"line": fault.line or 0, "type": fault.type, "message": fault.message[:300]}
    return SpecProblem("prepare", "grading.prepare_failed", params)


def _missing_files(assignment: Assignment) -> Iterator[SpecProblem]:
    spec = assignment.spec
    if spec.predictions:
        if SOLUTION not in assignment.hidden:
            yield SpecProblem("prepare", "grading.file_not_written", {"file": f"hidden/{SOLUTION}"})
        if SAMPLE not in assignment.public:
            yield SpecProblem("prepare", "grading.file_not_written", {"file": f"public/{SAMPLE}"})
        for place, baseline in enumerate(spec.predictions.baselines):
            if _baseline_file(baseline.id) not in assignment.hidden:
                path = f"grading.predictions.baselines.{place}.id"
                file = f"hidden/{_baseline_file(baseline.id)}"
                yield SpecProblem(path, "grading.file_not_written", {"file": file})
    for path, check in _checks(spec):
        for key, name in (("input", check.input), ("against", check.against)):
            if name and name not in assignment.hidden and name not in assignment.public:
                yield SpecProblem(f"{path}.{key}", "grading.file_not_written", {"file": f"hidden/{name}"})
        yield from _missing_column(assignment, check, f"{path}.column")


def _missing_column(assignment: Assignment, check: Check, path: str) -> Iterator[SpecProblem]:
    name = check.against
    if not name or not check.column or (name not in assignment.hidden and name not in assignment.public):
        return
    header = file_of(assignment, name).split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    found = [column.strip().strip('"') for column in header.split(",")]
    if check.column not in found:
        yield SpecProblem(path, "grading.unknown_column", {"column": check.column, "file": name, "found": found[:20]})


def _checks(spec: Spec) -> Iterator[tuple[str, Check]]:
    for place, question in enumerate(spec.notebook.questions if spec.notebook else ()):
        for number, check in enumerate(question.checks):
            yield f"grading.notebook.questions.{place}.checks.{number}", check


def _functions(assignment: Assignment) -> Iterator[SpecProblem]:
    """Functions that checks name and `checks.py` does not define."""
    try:
        tree = ast.parse(assignment.checks_code)
    except SyntaxError as error:
        yield SpecProblem("grading", "grading.checks_syntax", {"line": error.lineno or 0, "message": error.msg})
        return
    known = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    for path, check in _checks(assignment.spec):
        if check.python and check.python not in known:
            params = {"name": check.python, "known": sorted(known)}
            yield SpecProblem(f"{path}.python", "grading.unknown_function", params)


def _baseline_file(name: str) -> str:
    return f"baseline-{name}.csv"


def _with_baselines(assignment: Assignment, sandbox: Sandbox) -> tuple[Assignment, list[SpecProblem]]:
    spec = assignment.spec.predictions
    if spec is None:
        return assignment, []
    path = "grading.predictions"
    files = {_baseline_file(baseline.id): assignment.hidden[_baseline_file(baseline.id)] for baseline in spec.baselines}
    files[SAMPLE] = assignment.public[SAMPLE]
    answer = score_files(spec, files, assignment.hidden[SOLUTION], sandbox=sandbox, intervals=False)
    if answer.body is None:
        return assignment, [SpecProblem(path, "grading.checker_stopped", {"status": str(answer.outcome.status)})]
    if "broken" in answer.body:
        return assignment, [_in_file(path, f"hidden/{SOLUTION}", raw) for raw in answer.body["broken"]]
    problems = [
        _in_file(path, f"public/{SAMPLE}", raw)
        for raw in answer.body[SAMPLE].get("reasons", ())
        if raw["code"] in SHAPE_CODES
    ]
    marks: dict[str, dict[str, float]] = {}
    for place, baseline in enumerate(spec.baselines):
        scored = answer.body[_baseline_file(baseline.id)]
        where = f"{path}.baselines.{place}"
        file = f"hidden/{_baseline_file(baseline.id)}"
        problems += [_in_file(where, file, raw) for raw in scored.get("reasons", ())]
        marks[baseline.id] = _parts(scored.get("metrics", {}), spec.metric)
        if "metrics" in scored and "public" not in marks[baseline.id]:
            problems.append(SpecProblem(where, "grading.metric_not_available", {"metric": spec.metric}))
    return replace(assignment, baselines=marks), problems


def _in_file(path: str, file: str, raw: Mapping[str, Any]) -> SpecProblem:
    """A reason that a reader of tables gave, said of an author's file."""
    params = raw["params"]
    return SpecProblem(
        path, "grading.bad_file", {"file": file, "reason": raw["code"], "row": params.get("row", 0), "details": params}
    )


def _parts(metrics: Mapping[str, float], metric: str) -> dict[str, float]:
    both = {"public": metrics.get(metric), "private": metrics.get(f"private:{metric}")}
    return {part: value for part, value in both.items() if value is not None}


def _with_reference(
    assignment: Assignment, notebook: bytes | None, sandbox: Sandbox
) -> tuple[Assignment, list[SpecProblem]]:
    path = "grading.notebook"
    if notebook is None:
        needed = any(check.needs_reference for _, check in _checks(assignment.spec))
        return assignment, [SpecProblem(path, "grading.no_solution_notebook")] if needed else []
    cells = read_notebook(notebook)
    if isinstance(cells, Reason):
        return assignment, [SpecProblem(path, "grading.solution_not_a_notebook", {"reason": cells.code})]
    plan = Plan(assignment.spec, cells)
    missing = [
        SpecProblem(f"{path}.questions.{place}.cell", "grading.solution_cell_missing", {"question": question.id})
        for place, question in enumerate(plan.questions)
        if not plan.own[place]
    ]
    if missing:
        return assignment, missing
    execution = execute(plan.script(assignment), sandbox=sandbox)
    ready = replace(assignment, reference=_reference(plan, execution))
    return ready, _solution_problems(ready, notebook, sandbox)


def _reference(plan: Plan, execution: Execution) -> dict[str, bytes]:
    wanted = {asked.answers for asked in plan.asked if asked.check.needs_reference or asked.check.python}
    return {name: data for name, data in execution.files.items() if name in wanted}


def _solution_problems(assignment: Assignment, notebook: bytes, sandbox: Sandbox) -> list[SpecProblem]:
    """The solution graded like anybody's: every check must pass, and no cell may stop."""
    verdict = grade_notebook(assignment, notebook, sandbox=sandbox)
    if verdict.status == VerdictStatus.FAULT:
        return [SpecProblem("grading.notebook", f"grading.{reason.code}", reason.params) for reason in verdict.reasons]
    paths = {check.id: path for path, check in _checks(assignment.spec)}
    problems = [
        SpecProblem(paths[check.id], "grading.solution_fails", {"check": check.id, "reason": _why(check.reasons)})
        for check in verdict.checks
        if check.status != CheckStatus.PASSED
    ]
    for place, question in enumerate(verdict.questions):
        if question.fault is not None:
            fault = question.fault
            params = {"cell": question.cell, "line": fault.line, "type": fault.type, "message": fault.message[:300]}
            problems.append(SpecProblem(f"grading.notebook.questions.{place}", "grading.solution_raises", params))
    return problems


def _why(reasons: tuple[Reason, ...]) -> str:
    return reasons[0].code if reasons else ""


def _leaks(assignment: Assignment, sandbox: Sandbox) -> list[SpecProblem]:
    spec = assignment.spec.predictions
    if spec is None:
        return []
    files = {name: assignment.public[name] for name in ("train.csv", "test.csv") if name in assignment.public}
    files[SOLUTION] = assignment.hidden[SOLUTION]
    answer = ask({"kind": "leaks", "id": spec.id, "target": spec.target}, files, sandbox=sandbox)
    if answer.body is None:
        return []
    return [
        SpecProblem("prepare", f"grading.{raw['code']}", raw["params"], "warning") for raw in answer.body["warnings"]
    ]
