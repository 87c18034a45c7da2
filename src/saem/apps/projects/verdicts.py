"""A verdict of the grading library as a row: JSON and numbers, with what is private in a column of its own."""

import math
from dataclasses import asdict

from django.utils import timezone

from saem.apps.projects.models import Regrade, Submission, SubmissionState, Verdict, VerdictFigure
from saem.lib import grading

PRIVATE = "private:"


def add_verdict(
    submission: Submission, verdict: grading.Verdict, *, took_ms: float, regrade: Regrade | None = None
) -> Verdict:
    """Make this the verdict that counts. Call under the lock of the submission."""
    row = Verdict.objects.create(submission=submission, took_ms=took_ms, regrade=regrade, **_columns(verdict))
    VerdictFigure.objects.bulk_create(
        VerdictFigure(verdict=row, question=figure.question, png=figure.png) for figure in verdict.figures
    )
    submission.state, submission.decided_at, submission.verdict = SubmissionState(row.status), timezone.now(), row
    submission.save(update_fields=["state", "decided_at", "verdict"])
    return row


def _columns(verdict: grading.Verdict) -> dict[str, object]:
    """The verdict as JSON and numbers; what is private goes into a column of its own."""
    metrics = {name: value for name, value in verdict.metrics.items() if math.isfinite(value)}
    return {
        "status": verdict.status.value,
        "score": verdict.score,
        "max_score": verdict.max_score,
        "checks": [_check(check) for check in verdict.checks],
        "metrics": {name: value for name, value in metrics.items() if not name.startswith(PRIVATE)},
        "private_metrics": {
            name.removeprefix(PRIVATE): value for name, value in metrics.items() if name.startswith(PRIVATE)
        },
        "intervals": {
            name: list(ends) for name, ends in verdict.intervals.items() if all(math.isfinite(end) for end in ends)
        },
        "reasons": [reason.as_json() for reason in verdict.reasons],
        "notes": [reason.as_json() for reason in verdict.notes],
        "questions": [_question(question) for question in verdict.questions],
        "isolation": verdict.isolation,
        "overhead_ms": verdict.overhead_ms,
        "content_version": verdict.content_version,
    }


def _check(check: grading.CheckResult) -> dict[str, object]:
    return {
        **check.as_json(),
        "question": check.question,
        "reasons": [reason.as_json() for reason in check.reasons],
    }


def _question(question: grading.QuestionResult) -> dict[str, object]:
    """How a question's cell ran, with its error already explained: the code, not yet the words."""
    told: dict[str, object] = {
        "id": question.id,
        "title": dict(question.title),
        "status": question.status.value,
        "cell": question.cell,
    }
    if question.fault is not None:
        explained = grading.explain(question.fault)
        told["error"] = {
            "code": explained.code,
            "params": dict(explained.params),
            "line": explained.line,
            "traceback": question.fault.traceback,
        }
    if question.shown is not None:
        told["shown"] = asdict(question.shown)
    return told
