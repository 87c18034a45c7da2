"""Rows of the board, made from a student's verdicts; call inside the transaction of the act that changes them."""

import uuid
from collections.abc import Iterable

from saem.apps.projects.models import BoardRow, ProjectRun, Submission, SubmissionState
from saem.lib.grading import Measure


def lock_run(cohort_id: int, project: str) -> ProjectRun:
    """The project's run, locked: the first lock of everything that records a verdict, changes the rule or reveals."""
    run, _is_new = ProjectRun.objects.select_for_update().get_or_create(cohort_id=cohort_id, project=project)
    return run


def rebuild_row(run: ProjectRun, enrolment: int, metric: Measure | None) -> None:
    """A student's row from the verdicts that count now; no row without a score. The board gets a new stamp."""
    scored = [] if metric is None else scored_by(enrolment, run.project, metric)
    if metric is None or not scored:
        BoardRow.objects.filter(cohort=run.cohort_id, project=run.project, enrolment=enrolment).delete()
    else:
        BoardRow.objects.update_or_create(
            cohort_id=run.cohort_id, project=run.project, enrolment_id=enrolment, defaults=_facts(scored, metric)
        )
    board_changed(run)


def scored_by(enrolment: int, project: str, metric: Measure) -> list[Submission]:
    """A student's submissions that have a public score, the first one first."""
    mine = Submission.objects.filter(enrolment_id=enrolment, project=project, state=SubmissionState.SCORED)
    listed = mine.select_related("verdict").only(
        *("created_at", "is_final", "verdict__metrics", "verdict__private_metrics", "verdict__intervals")
    )
    # A score that is no number never enters the board.
    return [
        one for one in listed.order_by("created_at", "pk") if one.verdict is not None and metric in one.verdict.metrics
    ]


def _facts(scored: list[Submission], metric: Measure) -> dict[str, object]:
    best = best_of(scored, metric)
    assert best.verdict is not None
    score = best.verdict.metrics[metric]
    low, high = best.verdict.intervals.get(metric, (score, score))
    return {
        "submission": best,
        "score": score,
        "low": low,
        "high": high,
        "private_score": _private_score(next((one for one in scored if one.is_final), best), metric),
        "submissions": len(scored),
        # Of two equal scores the one that was handed in first stands first, whenever it was graded.
        "updated_at": best.created_at,
    }


def best_of(scored: Iterable[Submission], metric: Measure) -> Submission:
    """The best public score; the first of equals."""
    sign = -1 if metric.higher_is_better else 1
    return min(scored, key=lambda one: sign * one.verdict.metrics[metric] if one.verdict else 0.0)


def _private_score(submission: Submission, metric: Measure) -> float | None:
    found: float | None = submission.verdict.private_metrics.get(metric) if submission.verdict else None
    return found


def board_changed(run: ProjectRun) -> None:
    """Let every process count the board anew."""
    run.board_stamp = uuid.uuid4()
    run.save(update_fields=["board_stamp"])
