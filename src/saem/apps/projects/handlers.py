"""How a grading job is done: bytes out of the database, a verdict from the sandbox, the verdict into the database."""

import time

from saem.apps.catalog.queries import assignment_of
from saem.apps.jobs.kinds import Claim, Effect, Kind
from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.projects import queries, services
from saem.apps.projects.models import Submission
from saem.lib import grading
from saem.lib.sandbox import SandboxUnavailable


def grade(claim: Claim) -> Effect:
    """Grade the submission outside any transaction; the effect writes the verdict while the claim holds."""
    submission = Submission.objects.select_related("enrolment__classroom__cohort__version").get(pk=claim.subject_id)
    services.mark_checking(submission)
    assignment = assignment_of(submission.enrolment.classroom.cohort.version, submission.project)
    handed_in = grading.Submission(kind=submission.kind, name=submission.name, data=queries.file_of(submission))
    began = time.perf_counter()
    verdict = grading.grade(assignment, handed_in, sandbox=site_sandbox())
    took_ms = (time.perf_counter() - began) * 1000
    predictions = assignment.spec.predictions
    metric = predictions.metric if predictions else None

    def write() -> None:
        services.record_verdict(submission.pk, verdict, metric=metric, took_ms=took_ms)

    return Effect(write=write, set_aside=_fault_of(verdict))


def _fault_of(verdict: grading.Verdict) -> str:
    """Why nobody could grade this (the author's checks are broken), for the operators; empty when it was graded."""
    if verdict.status != grading.VerdictStatus.FAULT:
        return ""
    return ", ".join(f"{reason.code} {dict(reason.params)}" for reason in verdict.reasons) or "fault"


GRADING = Kind(
    name=services.GRADE,
    work=grade,
    on_set_aside=services.set_aside,
    on_retry=services.queue_again,
    unavailable=(SandboxUnavailable,),
)
