"""Makes an assignment of a project: runs `prepare.py`, scores the baselines, records what the solution has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checkers.metrics import METRICS, QueryMetric
from saem.lib.grading.checkers.packing import PACKED
from saem.lib.grading.checking import Answer, ask
from saem.lib.grading.inventory import SAMPLE, baseline_file, header_of, missing
from saem.lib.grading.packed import unpack
from saem.lib.grading.predictions import SOLUTION, authors_faults, score_files
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.references import with_references
from saem.lib.grading.spec import ModelCode, Predictions, Spec
from saem.lib.sandbox import COURSE, Job, Limits, Outcome, Role, Sandbox, Source, Status, flavoured

PREPARE = "prepare.py"
LIMITS = Limits(wall_s=120.0, cpu_s=120.0, memory_mb=3072, file_mb=256, disk_mb=768)
PACK = Source(
    "<saem>",
    resources.files("saem.lib.grading.checkers").joinpath("packing.py").read_text(encoding="utf-8")
    + "\npack(Path())\n",
)
FOLDERS = ("public/", "hidden/")
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
    solution_code: bytes | None = None,
    content_version: str,
    sandbox: Sandbox,
    flavour: str = COURSE,
) -> Prepared:
    """Build an assignment and collect every problem on the way.

    `source_files` are laid beside `prepare.py` by name (`weather.csv`). `solution_notebook` is the author's own, and
    `solution_code` the author's .py file where scripts or functions are graded. Raises SandboxError when there is no
    sandbox to run in.
    """
    sandbox = flavoured(sandbox, flavour)
    outcome = sandbox.run(
        Job((Source(PREPARE, prepare_code), PACK), source_files, (PACKED,), LIMITS), role=Role.CHECKER
    )
    files = unpack(outcome.files.get(PACKED, b"")) if outcome.status == Status.OK else None
    if files is None or not all(name.startswith(FOLDERS) for name in files):
        return Prepared(None, (_prepare_failed(outcome),))
    bare = Assignment(
        spec=spec,
        public=_below(files, "public/"),
        hidden=_below(files, "hidden/"),
        checks_code=checks_code,
        content_version=content_version,
        flavour=flavour,
    )
    problems = missing(bare)
    if problems:
        return Prepared(None, tuple(problems))
    assignment, problems = bare, []
    for name in ("predictions", "model"):
        assignment, more = _with_baselines(assignment, name, sandbox)
        problems += more
    assignment, more = with_references(assignment, solution_notebook, solution_code, sandbox=sandbox)
    problems += [*more, *_leaks(assignment, sandbox)]
    sound = all(problem.severity == "warning" for problem in problems)
    return Prepared(assignment if sound else None, tuple(problems))


def _below(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    return {name.removeprefix(prefix): data for name, data in files.items() if name.startswith(prefix)}


def _prepare_failed(outcome: Outcome) -> SpecProblem:
    fault = outcome.fault
    if fault is None:
        return SpecProblem("prepare", "grading.prepare_stopped", {"status": str(outcome.status)})
    params = {"line": fault.line or 0, "type": fault.type, "message": fault.message[:300]}
    return SpecProblem("prepare", "grading.prepare_failed", params)


def _with_baselines(assignment: Assignment, name: str, sandbox: Sandbox) -> tuple[Assignment, list[SpecProblem]]:
    """With the scores of the baselines of one part, which also proves that the hidden table can be scored against."""
    spec = getattr(assignment.spec, name)
    if spec is None:
        return assignment, []
    path = f"grading.{name}"
    files = {baseline_file(baseline.id): assignment.hidden[baseline_file(baseline.id)] for baseline in spec.baselines}
    if name == "predictions":
        files[SAMPLE] = assignment.public[SAMPLE]
    answer = score_files(assignment, spec, files, sandbox=sandbox, intervals=False)
    stopped = _stopped(answer, path)
    if stopped or answer.body is None:
        return assignment, stopped
    problems = [
        _in_file(path, f"public/{SAMPLE}", raw)
        for raw in answer.body.get(SAMPLE, {}).get("reasons", ())
        if raw["code"] in SHAPE_CODES
    ]
    problems += _needs_group(assignment, spec, path)
    marks = dict(assignment.baselines)
    for place, baseline in enumerate(spec.baselines):
        scored = answer.body[baseline_file(baseline.id)]
        where = f"{path}.baselines.{place}"
        file = f"hidden/{baseline_file(baseline.id)}"
        problems += [_in_file(where, file, raw) for raw in scored.get("reasons", ())]
        marks[baseline.id] = _parts(scored.get("metrics", {}), spec.measure)
        if "metrics" in scored and "public" not in marks[baseline.id]:
            problems.append(SpecProblem(where, "grading.metric_not_available", {"metric": str(spec.measure)}))
    return replace(assignment, baselines=marks), problems


def _stopped(answer: Answer, path: str) -> list[SpecProblem]:
    """Why nothing could be scored at all."""
    if answer.body is not None and "broken" in answer.body:
        return [_in_file(path, f"hidden/{SOLUTION}", raw) for raw in answer.body["broken"]]
    faults = authors_faults(answer)
    if faults:
        return [SpecProblem(f"{path}.metric", f"grading.{one.code}", one.params) for one in faults]
    if answer.body is None:
        return [SpecProblem(path, "grading.checker_stopped", {"status": str(answer.outcome.status)})]
    return []


def _needs_group(assignment: Assignment, spec: Predictions, path: str) -> Iterator[SpecProblem]:
    """A ranking is scored query by query: rows must say which query they belong to."""
    metric = METRICS.get(spec.measure)
    if isinstance(metric, QueryMetric) and "group" not in header_of(assignment, SOLUTION):
        yield SpecProblem(f"{path}.metric", "grading.metric_needs_group", {"metric": str(spec.measure)})


def _in_file(path: str, file: str, raw: Mapping[str, Any]) -> SpecProblem:
    """A reason that a reader of tables gave, said of an author's file."""
    params = raw["params"]
    return SpecProblem(
        path, "grading.bad_file", {"file": file, "reason": raw["code"], "row": params.get("row", 0), "details": params}
    )


def _parts(metrics: Mapping[str, float], metric: str) -> dict[str, float]:
    both = {"public": metrics.get(metric), "private": metrics.get(f"private:{metric}")}
    return {part: value for part, value in both.items() if value is not None}


def _leaks(assignment: Assignment, sandbox: Sandbox) -> list[SpecProblem]:
    spec = assignment.spec.table
    if spec is None:
        return []
    named = (spec.train, spec.test) if isinstance(spec, ModelCode) else ("train.csv", "test.csv")
    known = {**assignment.hidden, **assignment.public}
    files = {name: known[own] for name, own in zip(("train.csv", "test.csv"), named, strict=True) if own in known}
    files[SOLUTION] = assignment.hidden[SOLUTION]
    answer = ask({"kind": "leaks", "id": spec.id, "target": spec.target}, files, sandbox=sandbox)
    if answer.body is None:
        return []
    return [
        SpecProblem("prepare", f"grading.{raw['code']}", raw["params"], "warning") for raw in answer.body["warnings"]
    ]
