"""Grades a file of predictions: one checker's cell, no student code anywhere."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.checking import Answer, ask
from saem.lib.grading.spec import PredictionCheck, Predictions
from saem.lib.grading.verdict import CheckResult, CheckStatus, Reason, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox

MOST_BYTES = 20 * 2**20
SOLUTION, SUBMISSION = "solution.csv", "submission.csv"
HIDDEN_TABLE = f"hidden-{SOLUTION}"


def grade_predictions(assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict:
    """The verdict without its time; see `grade`."""
    spec = assignment.spec.predictions
    if spec is None:
        return _rejected([Reason("kind_not_asked", {"kind": "predictions"})])
    if len(data) > MOST_BYTES:
        found = round(len(data) / 2**20, 1)
        return _rejected([Reason("too_large", {"limit_mb": MOST_BYTES // 2**20, "found_mb": found})])
    answer = score_files(assignment, spec, {SUBMISSION: data}, sandbox=sandbox, intervals=True)
    isolation = answer.outcome.isolation
    faults = authors_faults(answer)
    if faults:
        return Verdict(status=VerdictStatus.FAULT, reasons=faults, isolation=isolation)
    if answer.body is None:
        # No code of an author was running: it was this file that could not be read within the limits.
        return _rejected([Reason("unreadable_file", {"status": str(answer.outcome.status)})], isolation)
    return _verdict(assignment, spec, answer.body[SUBMISSION], isolation)


def score_files(
    assignment: Assignment, spec: Predictions, files: Mapping[str, bytes], *, sandbox: Sandbox, intervals: bool
) -> Answer:
    """Metrics (or reasons) of each file by its name."""
    task = {**table_task(assignment, spec), "kind": "predictions", "files": list(files), "intervals": intervals}
    return ask(task, {**files, HIDDEN_TABLE: assignment.hidden[SOLUTION]}, sandbox=sandbox)


def table_task(assignment: Assignment, spec: Predictions) -> dict[str, Any]:
    """What the checker's cell is told about the hidden table and its metric."""
    return {
        "predictions": spec.model_dump(mode="json", exclude={"checks", "baselines", "limits"}),
        "solution": HIDDEN_TABLE,
        "checks_code": assignment.checks_code,
    }


def authors_faults(answer: Answer) -> tuple[Reason, ...]:
    """What the author must mend before anybody can be scored: the hidden table, or a metric of their own."""
    if answer.body is None:
        return (Reason(f"checker_{answer.outcome.status}", {"check": answer.check}),) if answer.check else ()
    if "broken" in answer.body:
        return (Reason("hidden_table_broken", {"codes": _codes(answer.body["broken"])}),)
    return reasons_of(answer.body.get("broken_metric", []))


def reasons_of(raw: list[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """Reasons as a checker's answer spells them."""
    return tuple(Reason(one["code"], one["params"]) for one in raw)


def _codes(raw: list[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(one["code"] for one in raw))


def _rejected(reasons: list[Reason], isolation: str = "") -> Verdict:
    return Verdict(status=VerdictStatus.REJECTED, reasons=tuple(reasons), isolation=isolation)


def _verdict(assignment: Assignment, spec: Predictions, scored: Mapping[str, Any], isolation: str) -> Verdict:
    if "reasons" in scored:
        return _rejected(list(reasons_of(scored["reasons"])), isolation)
    return replace(scored_verdict(assignment, spec, scored), notes=reasons_of(scored["notes"]), isolation=isolation)


def scored_verdict(assignment: Assignment, spec: Predictions, scored: Mapping[str, Any]) -> Verdict:
    """Metrics, bands and checks of predictions that could be scored."""
    metrics: Mapping[str, float] = scored["metrics"]
    outside = reasons_of(scored["out_of_bounds"])
    checks = tuple(_check(check, spec, metrics, assignment.baselines, outside) for check in spec.checks)
    return Verdict(
        status=VerdictStatus.SCORED,
        score=sum(check.earned for check in checks),
        max_score=sum(check.points for check in checks),
        checks=checks,
        metrics=metrics,
        intervals={name: (low, high) for name, (low, high) in scored["intervals"].items()},
    )


def _check(
    check: PredictionCheck,
    spec: Predictions,
    metrics: Mapping[str, float],
    baselines: Mapping[str, Mapping[str, float]],
    outside: tuple[Reason, ...],
) -> CheckResult:
    passed, reasons = _judge(check, spec, metrics.get(spec.measure), baselines, outside)
    return CheckResult(
        id=check.id,
        title=check.title.as_dict(),
        points=check.points,
        earned=check.points if passed else 0.0,
        status=CheckStatus.PASSED if passed else CheckStatus.FAILED,
        hint=check.hint.as_dict() if check.hint and not passed else None,
        reasons=reasons,
    )


def _judge(
    check: PredictionCheck,
    spec: Predictions,
    reached: float | None,
    baselines: Mapping[str, Mapping[str, float]],
    outside: tuple[Reason, ...],
) -> tuple[bool, tuple[Reason, ...]]:
    if check.bounds:
        return not outside, outside
    if reached is None:
        return False, (Reason("metric_not_available", {"metric": str(spec.measure)}),)
    if check.beats is not None:
        mark = baselines.get(check.beats, {}).get("public")
        if mark is None:
            return False, (Reason("metric_not_available", {"metric": str(spec.measure)}),)
        return spec.measure.is_better(reached, than=mark), ()
    if check.at_least is not None:
        return reached >= check.at_least, ()
    return check.at_most is not None and reached <= check.at_most, ()
