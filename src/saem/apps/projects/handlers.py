"""How a grading job is done: bytes out of the database, a verdict from the sandbox, the verdict into the database."""

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import assignment_data, spec_of
from saem.apps.jobs.kinds import Effect, Kind, ResultRefusedError
from saem.apps.jobs.sandboxes import site_sandbox
from saem.apps.projects import queries, services
from saem.apps.projects.models import Submission
from saem.lib import grading
from saem.lib.fleet import Claim, Parcel
from saem.lib.grading.errors import ReportError
from saem.lib.grading.shipping import Grader, Report, read_report
from saem.lib.sandbox import SandboxUnavailable


def pack(claim: Claim) -> Parcel:
    """What was handed in, and the name of what it is graded with."""
    submission = _submission(claim)
    return parcel_of(submission, services.begin_grading(submission))


def parcel_of(submission: Submission, rule: Version) -> Parcel:
    """A submission on its way to be graded by a rule."""
    return Parcel(
        facts={"kind": submission.kind, "name": submission.name},
        data=queries.file_of(submission),
        supply=f"{rule.content_hash}/{submission.project}",
    )


def supply(claim: Claim) -> bytes:
    """The assignment, with its hidden answers."""
    submission = _submission(claim)
    return assignment_data(_rule(submission), submission.project)


def effect(claim: Claim, result: bytes) -> Effect:
    """Write the verdict while the claim holds."""
    submission = _submission(claim)
    rule = _rule(submission)
    spec = spec_of(rule, submission.project)
    report = report_of(result, spec, rule)

    def write() -> None:
        services.record_verdict(submission.pk, report.verdict, metric=spec.measure, took_ms=report.took_ms)

    return Effect(write=write, set_aside=_fault_of(report.verdict))


def report_of(result: bytes, spec: grading.Spec, rule: Version) -> Report:
    """A worker's result as a verdict by this rule; raises ResultRefusedError."""
    try:
        return read_report(result, spec, content_version=rule.content_hash)
    except ReportError as error:
        raise ResultRefusedError(str(error)) from error


def _submission(claim: Claim) -> Submission:
    found: Submission = Submission.objects.select_related("enrolment__classroom__cohort__version", "rule").get(
        pk=claim.subject_id
    )
    return found


def _rule(submission: Submission) -> Version:
    """The rule by which this was packed."""
    return submission.rule or submission.enrolment.classroom.cohort.version


def _fault_of(verdict: grading.Verdict) -> str:
    """Why nobody could grade this (the author's checks are broken), for the operators; empty when it was graded."""
    if verdict.status != grading.VerdictStatus.FAULT:
        return ""
    return ", ".join(f"{reason.code} {dict(reason.params)}" for reason in verdict.reasons) or "fault"


# Shared by everything that grades here, for the assignments that it keeps.
GRADER = Grader(site_sandbox)
GRADING = Kind(
    name=services.GRADE,
    pack=pack,
    supply=supply,
    perform=GRADER,
    effect=effect,
    is_portable=True,
    on_set_aside=services.set_aside,
    on_retry=services.queue_again,
    unavailable=(SandboxUnavailable,),
)
