"""Handing in, recording verdicts, choosing what counts, revealing the private part."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import spec_of
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.events.services import record
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User
from saem.apps.projects.board_rows import lock_run, rebuild_row
from saem.apps.projects.models import (
    COUNTED,
    ProjectRun,
    Submission,
    SubmissionFile,
    SubmissionKind,
    SubmissionState,
    Verdict,
)
from saem.apps.projects.queries import rule_in, rule_of
from saem.apps.projects.verdicts import add_verdict
from saem.errors import SaemError
from saem.lib import grading

GRADE = "grade"


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


def begin_grading(submission: Submission) -> Version:
    """Show that a worker has begun, and hold on to whose rule it grades by. It may happen more than once."""
    rule = rule_of(submission.enrolment.classroom.cohort, submission.project)
    Submission.objects.filter(pk=submission.pk).update(rule=rule)
    Submission.objects.filter(pk=submission.pk, state=SubmissionState.RECEIVED).update(state=SubmissionState.CHECKING)
    return rule


def record_verdict(
    submission_id: int, verdict: grading.Verdict, *, metric: grading.Measure | None, took_ms: float
) -> Verdict | None:
    """Write what grading said, with the board and the event. Call inside the transaction that holds the claim.

    Where the rule was changed meanwhile, it is graded again by the rule that holds now, and None comes back.
    """
    known = Submission.objects.select_related("enrolment__classroom__cohort").get(pk=submission_id)
    run = lock_run(known.enrolment.classroom.cohort_id, known.project)
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("enrolment__classroom__cohort", "enrolment__user")
        .get(pk=submission_id)
    )
    if verdict.content_version != rule_in(run, submission.enrolment.classroom.cohort).content_hash:
        queue_again(submission_id)
        enqueue(GRADE, submission_id, owner_key=f"enrolment:{submission.enrolment_id}")
        return None
    row = add_verdict(submission, verdict, took_ms=took_ms)
    if metric is not None and row.status == SubmissionState.SCORED:
        rebuild_row(run, submission.enrolment_id, metric)
    facts = {"status": row.status, "score": row.score, "max_score": row.max_score, "metrics": row.metrics}
    _tell("graded", submission, facts=facts)
    facts_changed([submission.enrolment_id])
    return row


def set_aside(submission_id: int) -> None:
    """Grading could not be done, through no fault of the student: the attempt is given back."""
    Submission.objects.filter(pk=submission_id).update(state=SubmissionState.FAULT, decided_at=timezone.now())


def queue_again(submission_id: int) -> None:
    """An operator has sent the job back into the queue."""
    Submission.objects.filter(pk=submission_id).update(state=SubmissionState.RECEIVED, decided_at=None)


def reveal(cohort: Cohort, *, project: str, by: User) -> ProjectRun:
    """Open the private part of a project's board to the whole cohort; opening it twice changes nothing."""
    with transaction.atomic():
        run = lock_run(cohort.pk, project)
        if run.revealed_at is None:
            run.revealed_at = timezone.now()
            run.save(update_fields=["revealed_at"])
            record("revealed", actor=by, object_kind="project", object_id=f"{cohort.pk}/{project}", cohort_id=cohort.pk)
    return run


def choose_final(submission: Submission, *, is_final: bool) -> None:
    """The student's choice of the submission that counts in the private part; without one the best public score does.

    Raises SaemError `final_closed` after the reveal, `final_unscored` where there is no private score to count.
    """
    cohort = submission.enrolment.classroom.cohort
    metric = spec_of(rule_of(cohort, submission.project), submission.project).measure
    with transaction.atomic():
        run = lock_run(cohort.pk, submission.project)
        if run.revealed_at is not None:
            raise SaemError("final_closed", status=409)
        chosen = Submission.objects.select_for_update(of=("self",)).select_related("verdict").get(pk=submission.pk)
        scores = chosen.verdict.private_metrics if chosen.verdict is not None else {}
        if metric is None or chosen.state != SubmissionState.SCORED or metric not in scores:
            raise SaemError("final_unscored", status=409)
        if chosen.is_final == is_final:
            return
        mine = Submission.objects.filter(enrolment_id=submission.enrolment_id, project=submission.project)
        mine.filter(is_final=True).update(is_final=False)
        mine.filter(pk=submission.pk).update(is_final=is_final)
        rebuild_row(run, submission.enrolment_id, metric)
        _tell("final.chosen" if is_final else "final.withdrawn", submission, facts={})


def _tell(verb: str, submission: Submission, *, facts: Mapping[str, object]) -> None:
    record(
        verb,
        actor=submission.enrolment.user,
        object_kind="submission",
        object_id=submission.pk,
        cohort_id=submission.enrolment.classroom.cohort_id,
        facts={"project": submission.project, **facts},
    )
