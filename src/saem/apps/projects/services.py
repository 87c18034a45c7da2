"""Handing in, recording verdicts, revealing the private part."""

import datetime as dt
import hashlib
import math
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.events.services import record
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User
from saem.apps.projects.models import (
    COUNTED,
    BoardRow,
    ProjectRun,
    Submission,
    SubmissionFile,
    SubmissionKind,
    SubmissionState,
    Verdict,
    VerdictFigure,
)
from saem.errors import SaemError
from saem.lib import grading

GRADE = "grade"
PRIVATE = "private:"


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it arrived."""

    name: str
    kind: SubmissionKind
    data: bytes


def day_of(moment: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Beginning and end of the local day that holds a moment."""
    local = timezone.localtime(moment)
    start = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + dt.timedelta(days=1)


def attempts_used(enrolment: Enrolment, project: str, *, at: dt.datetime | None = None) -> int:
    """Attempts of the local day: what was scored and what may still be; rejected files and faults cost nothing."""
    return Submission.objects.filter(
        enrolment=enrolment, project=project, state__in=COUNTED, created_at__range=day_of(at or timezone.now())
    ).count()


def submit_work(
    enrolment: Enrolment, *, project: str, upload: Upload, token: uuid.UUID, attempts_per_day: int
) -> Submission:
    """Hand in a file: the submission, its bytes, its job and its event, or nothing.

    The same token gives the same submission again. Raises SaemError `attempts_used_up`.
    """
    with transaction.atomic():
        # Two tabs of one student meet here, so together they cannot hand in more than is allowed.
        Enrolment.objects.select_for_update().get(pk=enrolment.pk)
        earlier = Submission.objects.filter(enrolment=enrolment, token=token).first()
        if earlier is not None:
            return earlier
        if attempts_used(enrolment, project) >= attempts_per_day:
            raise SaemError("attempts_used_up", status=409, limit=attempts_per_day)
        return _store(enrolment, project, upload, token)


def _store(enrolment: Enrolment, project: str, upload: Upload, token: uuid.UUID) -> Submission:
    submission = Submission.objects.create(
        enrolment=enrolment,
        project=project,
        kind=upload.kind,
        token=token,
        name=upload.name,
        size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(),
    )
    SubmissionFile.objects.create(submission=submission, data=upload.data)
    enqueue(GRADE, submission.pk, owner_key=f"enrolment:{enrolment.pk}")
    _tell("submitted", submission, facts={"kind": submission.kind, "size": submission.size})
    return submission


def mark_checking(submission: Submission) -> None:
    """Show that a worker has begun. Only a hint to the reader: it may be written more than once."""
    Submission.objects.filter(pk=submission.pk, state=SubmissionState.RECEIVED).update(state=SubmissionState.CHECKING)


def record_verdict(
    submission_id: int, verdict: grading.Verdict, *, metric: grading.Measure | None, took_ms: float
) -> Verdict:
    """Write what grading said, with the board and the event. Call inside the transaction that holds the claim."""
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("enrolment__classroom", "enrolment__user")
        .get(pk=submission_id)
    )
    row = Verdict.objects.create(submission=submission, took_ms=took_ms, **_columns(verdict))
    VerdictFigure.objects.bulk_create(
        VerdictFigure(verdict=row, question=figure.question, png=figure.png) for figure in verdict.figures
    )
    submission.state, submission.decided_at, submission.verdict = SubmissionState(row.status), timezone.now(), row
    submission.save(update_fields=["state", "decided_at", "verdict"])
    if metric is not None and row.status == SubmissionState.SCORED:
        _update_board(submission, row, metric)
    facts = {"status": row.status, "score": row.score, "max_score": row.max_score, "metrics": row.metrics}
    _tell("graded", submission, facts=facts)
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


def _update_board(submission: Submission, verdict: Verdict, metric: grading.Measure) -> None:
    """Keep a student's best public score. A score that is no number never enters the board."""
    score = verdict.metrics.get(metric)
    if score is None:
        return
    low, high = verdict.intervals.get(metric, (score, score))
    place = {
        "cohort_id": submission.enrolment.classroom.cohort_id,
        "project": submission.project,
        "enrolment_id": submission.enrolment_id,
    }
    facts: Mapping[str, object] = {
        "submission": submission,
        "score": score,
        "low": low,
        "high": high,
        "private_score": verdict.private_metrics.get(metric),
        "updated_at": timezone.now(),
    }
    row, is_new = BoardRow.objects.select_for_update().get_or_create(**place, defaults=facts)
    if not is_new:
        row.submissions = Submission.objects.filter(
            enrolment_id=submission.enrolment_id,
            project=submission.project,
            kind=submission.kind,
            state=SubmissionState.SCORED,
        ).count()
        if row.submission_id == submission.pk or metric.is_better(score, than=row.score):
            for name, value in facts.items():
                setattr(row, name, value)
        row.save()
    board_changed(submission.enrolment.classroom.cohort_id, submission.project)


def board_changed(cohort_id: int, project: str) -> None:
    """Let every process count the board anew. Last in the transaction that changes a row: all of them meet here."""
    ProjectRun.objects.update_or_create(cohort_id=cohort_id, project=project, defaults={"board_stamp": uuid.uuid4()})


def set_aside(submission_id: int) -> None:
    """Grading could not be done, through no fault of the student: the attempt is given back."""
    Submission.objects.filter(pk=submission_id).update(state=SubmissionState.FAULT, decided_at=timezone.now())


def queue_again(submission_id: int) -> None:
    """An operator has sent the job back into the queue."""
    Submission.objects.filter(pk=submission_id).update(state=SubmissionState.RECEIVED, decided_at=None)


def reveal(cohort: Cohort, *, project: str, by: User) -> ProjectRun:
    """Open the private part of a project's board to the whole cohort; opening it twice changes nothing."""
    with transaction.atomic():
        run, _is_new = ProjectRun.objects.select_for_update().get_or_create(cohort=cohort, project=project)
        if run.revealed_at is None:
            run.revealed_at = timezone.now()
            run.save(update_fields=["revealed_at"])
            record("revealed", actor=by, object_kind="project", object_id=f"{cohort.pk}/{project}", cohort_id=cohort.pk)
    return run


def _tell(verb: str, submission: Submission, *, facts: Mapping[str, object]) -> None:
    record(
        verb,
        actor=submission.enrolment.user,
        object_kind="submission",
        object_id=submission.pk,
        cohort_id=submission.enrolment.classroom.cohort_id,
        facts={"project": submission.project, **facts},
    )
