"""One run of a cell: what goes to the sandbox, and what its outcome means for a student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saem.apps.catalog.queries import lesson_data, reference_of
from saem.apps.learning.models import CellRecord, RunStatus
from saem.apps.learning.outputs import Json, stored_output
from saem.apps.learning.queries import Place
from saem.apps.learning.states import cells_above
from saem.lib.grading import CheckResult, column_names, exercise_files, exercise_sources, grade_exercise
from saem.lib.sandbox import COURSE, Job, Limits, Outcome, Sandbox, Source, Status, flavoured

LIMITS = Limits(wall_s=10.0, cpu_s=10.0)
# What is run again before a new session's first cell may be several cells.
PRELUDE_LIMITS = Limits(wall_s=20.0, cpu_s=20.0)
CHECKS_FAILED = "learning.checks_failed"


@dataclass(frozen=True)
class Ran:
    """How a run ended. `error_code` and `error_params` name what a student is to be told; empty when all is well."""

    status: RunStatus
    output: Json
    checks: list[Json]
    error_code: str
    error_params: Mapping[str, object]

    @property
    def is_failing(self) -> bool:
        return bool(self.error_code)

    @property
    def is_passed(self) -> bool:
        return bool(self.checks) and all(check["status"] == "passed" for check in self.checks)


@dataclass(frozen=True, kw_only=True)
class Session:
    """The process that is kept for one page of cells: its key, what lies beside the code, what it has at hand."""

    key: str
    files: Mapping[str, bytes]
    flavour: str = COURSE


def run_in(session: Session, job: Job, *, above: Sequence[Source], sandbox: Sandbox) -> tuple[Outcome, Json]:
    """Run a job in the session and say what is stored of it; where the session is new, the cells above run first.

    Raises SandboxError.
    """
    prelude = Job(sources=tuple(above), files=session.files, limits=PRELUDE_LIMITS)
    outcome = flavoured(sandbox, session.flavour).run_in_session(session.key, job, prelude=prelude)
    output = stored_output(outcome, column_names(session.files), left_early=left_early(outcome, job))
    return outcome, {**output, "again": bool(above) and outcome.fresh}


def session_key(place: Place) -> str:
    return f"lesson:{place.enrolment.pk}:{place.version.pk}:{place.lesson.id}"


def prelude_cells(place: Place, cell: str, records: Mapping[str, CellRecord]) -> list[str]:
    """The cells above that last ran to their end: a new session runs them again, so that names are known."""
    return [above for above in cells_above(place.page, cell) if above in records and records[above].status == "ok"]


def source_name(number: int, language: str) -> str:
    """How tracebacks call a cell: by its place on the page, from 1."""
    return f"cell {number}" if language == "en" else f"칸 {number}"


def lesson_source(place: Place, cell: str, code: str) -> Source:
    return Source(source_name(place.number_of(cell), place.language), code, display=True)


def run(place: Place, cell: str, code: str, records: Mapping[str, CellRecord], sandbox: Sandbox) -> Ran:
    """Run one cell in the student's session, and its checks where it is an exercise. Raises SandboxError."""
    exercise = place.lesson.exercises.get(cell)
    own = lesson_source(place, cell, code)
    job = Job(
        sources=(own, *([exercise_sources(exercise.checks)] if exercise else [])),
        collect=exercise_files(exercise.checks) if exercise else (),
        limits=LIMITS,
    )
    above = [lesson_source(place, each, records[each].ran_code) for each in prelude_cells(place, cell, records)]
    files = lesson_data(place.version, place.lesson.id)
    session = Session(key=session_key(place), files=files, flavour=place.lesson.flavour)
    outcome, output = run_in(session, job, above=above, sandbox=sandbox)
    checks: Sequence[CheckResult] = ()
    if exercise and outcome.status == Status.OK and not left_early(outcome, job):
        reference = reference_of(place.version, place.lesson.id)[cell]
        shown = [display for display in outcome.displays if display.source == own.name]
        checks = grade_exercise(exercise.checks, outcome.files, reference, sandbox=sandbox, displays=shown)
    return ran(outcome, output, checks)


def left_early(outcome: Outcome, job: Job) -> bool:
    """Whether the code left by exit(): Python calls that no error, but what comes after it has not run."""
    if outcome.fault is not None:
        return False
    return outcome.status == Status.ERROR or (outcome.status == Status.OK and bool(job.collect) and not outcome.files)


def ran(outcome: Outcome, output: Json, checks: Sequence[CheckResult] = ()) -> Ran:
    """How a run ended, out of what the sandbox said and what is stored of it."""
    error_code, error_params = trouble(outcome, output, checks)
    has_stopped = outcome.status == Status.OK and output["fault"] is not None
    return Ran(
        status=RunStatus.ERROR if has_stopped else RunStatus(outcome.status.value),
        output=output,
        checks=[stored_check(check) for check in checks],
        error_code=error_code,
        error_params=error_params,
    )


def trouble(outcome: Outcome, output: Json, checks: Sequence[CheckResult]) -> tuple[str, Mapping[str, Any]]:
    """The code of what keeps the student from going on, and its parameters."""
    fault = output["fault"]
    if fault is not None:
        return fault["code"], {**fault["params"], "line": fault["line"]}
    if outcome.status != Status.OK:
        return f"learning.{outcome.status.value}", {}
    failed = [check.id for check in checks if check.status != "passed"]
    return (CHECKS_FAILED, {"check": failed[0]}) if failed else ("", {})


def stored_check(check: CheckResult) -> Json:
    return {
        "id": check.id,
        "title": dict(check.title),
        "status": str(check.status),
        "hint": dict(check.hint) if check.hint else None,
        "reasons": [reason.as_json() for reason in check.reasons],
    }
