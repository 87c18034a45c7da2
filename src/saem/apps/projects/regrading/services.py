"""Changes of a regrade: begun, graded piece by piece, applied student by student, or taken back.

Every transaction here locks the project's run first, then the regrade (see `ProjectRun`).
"""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of, spec_of
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.events.services import record
from saem.apps.jobs.services import enqueue_many, withdraw
from saem.apps.notices.services import notify
from saem.apps.people.models import User
from saem.apps.projects.board_rows import lock_run, rebuild_row
from saem.apps.projects.models import (
    OPEN_REGRADES,
    Regrade,
    RegradeItem,
    RegradeItemState,
    RegradeState,
    Submission,
    SubmissionState,
    Verdict,
)
from saem.apps.projects.queries import rule_in
from saem.apps.projects.verdicts import add_verdict
from saem.errors import SaemError
from saem.lib import grading
from saem.lib.grading.shipping import read_report

REGRADE, APPLY = "regrade", "regrade.apply"
# Behind everything that somebody waits for.
PRIORITY = -10
BATCH = 500
# What once counted, and what could not be graded through a fault of ours.
TAKEN = (SubmissionState.SCORED, SubmissionState.FAULT)


def start(cohort: Cohort, *, project: str, version: Version, by: User) -> Regrade:
    """Have all counted work graded by the rule of `version`, to look at; an open regrade is found, not doubled."""
    with transaction.atomic():
        run = lock_run(cohort.pk, project)
        regrade = Regrade.objects.filter(cohort=cohort, project=project, state__in=OPEN_REGRADES).first()
        if regrade is None:
            regrade = Regrade.objects.create(
                cohort=cohort, project=project, version=version, before=rule_in(run, cohort), started_by=by
            )
            _add_items(regrade, _taken(regrade))
            _tell("regrade.started", regrade, by)
    return regrade


def _taken(regrade: Regrade) -> QuerySet[Submission]:
    # Students who left are graded too: who comes back must stand on the board by the same rule.
    return Submission.objects.filter(
        enrolment__classroom__cohort=regrade.cohort_id, project=regrade.project, state__in=TAKEN
    )


def _add_items(regrade: Regrade, submissions: QuerySet[Submission]) -> None:
    keys = submissions.order_by("pk").values_list("pk", flat=True)
    items = [RegradeItem(regrade=regrade, submission_id=key) for key in keys]
    added = RegradeItem.objects.bulk_create(items, BATCH)
    enqueue_many(REGRADE, [item.pk for item in added], owner_key=f"regrade:{regrade.pk}", priority=PRIORITY)


def record_graded(item_id: int, verdict: grading.Verdict, report: bytes, metric: grading.Measure | None) -> None:
    """Keep what a submission would get. Call inside the transaction that holds the claim.

    A submission that came between the preview and the press of "apply" is applied at once.
    """
    item = _locked(item_id)
    if item is None:
        return
    if verdict.status == grading.VerdictStatus.FAULT:
        set_aside(item_id)
        return
    item.old = told(item.submission.verdict, spec_of(item.regrade.before, item.regrade.project).measure)
    item.new = told(verdict, metric)
    item.checks = _checks(item.submission.verdict, verdict)
    item.state, item.report = RegradeItemState.GRADED, report
    item.save()
    if item.regrade.state == RegradeState.APPLYING:
        apply_to_student(item_id)


def set_aside(item_id: int) -> None:
    """Grading again did not succeed: the verdict stays as it is."""
    item = _locked(item_id)
    if item is not None:
        item.old = told(item.submission.verdict, spec_of(item.regrade.before, item.regrade.project).measure)
        item.new, item.state = item.old, RegradeItemState.FAULT
        item.save(update_fields=["old", "new", "state"])
        _end_if_done(item.regrade)


def queue_again(item_id: int) -> None:
    """An operator has sent the job back into the queue."""
    RegradeItem.objects.filter(pk=item_id, state=RegradeItemState.FAULT).update(state=RegradeItemState.WAITING)


def apply(regrade: Regrade, *, by: User) -> bool:
    """Make the rule the project's own and write the verdicts, student by student; False where that was done before.

    Raises SaemError `regrade_unfinished` while something is still being graded.
    """
    with transaction.atomic():
        run, regrade = lock_run(regrade.cohort_id, regrade.project), _lock(regrade)
        if regrade.state != RegradeState.GRADING:
            return False
        if regrade.items.filter(state=RegradeItemState.WAITING).exists():
            raise SaemError("regrade_unfinished", status=409)
        run.graded_by = regrade.version
        run.save(update_fields=["graded_by"])
        regrade.state, regrade.applied_at = RegradeState.APPLYING, timezone.now()
        regrade.save(update_fields=["state", "applied_at"])
        students = regrade.items.filter(state=RegradeItemState.GRADED).values("submission__enrolment")
        first_items = students.annotate(first=Min("pk")).values_list("first", flat=True).order_by("first")
        enqueue_many(APPLY, first_items, owner_key=f"regrade:{regrade.pk}")
        # What was graded by the rule of before since the preview began follows it.
        by_this_rule = Q(verdict__content_version=regrade.version.content_hash)
        late = _taken(regrade).exclude(by_this_rule).exclude(regrade_items__regrade=regrade)
        _add_items(regrade, late)
        _tell("regrade.applied", regrade, by)
        _end_if_done(regrade)
    return True


def apply_to_student(item_id: int) -> None:
    """Write the verdicts of the student whose item this is, the board row and the events: all, or with the job none."""
    first = _locked(item_id)
    if first is None or first.regrade.state != RegradeState.APPLYING:
        return
    regrade, enrolment = first.regrade, first.submission.enrolment_id
    spec = spec_of(regrade.version, regrade.project)
    items = regrade.items.filter(submission__enrolment=enrolment, state=RegradeItemState.GRADED)
    applied = [_apply_item(item, regrade, spec) for item in items.order_by("pk")]
    if any(item.is_changed for item in applied):
        _notify(first.submission.enrolment, regrade)
    rebuild_row(lock_run(regrade.cohort_id, regrade.project), enrolment, spec.measure)
    facts_changed([enrolment])
    _end_if_done(regrade)


def _notify(enrolment: Enrolment, regrade: Regrade) -> None:
    title = program_of(regrade.version).projects[regrade.project].title.model_dump()
    path = reverse("projects:project", args=[enrolment.pk, regrade.project])
    notify(enrolment.user, "regraded", key=f"regrade:{regrade.pk}", facts={"project": title}, path=path)


def _apply_item(item: RegradeItem, regrade: Regrade, spec: grading.Spec) -> RegradeItem:
    submission = (
        Submission.objects.select_for_update(of=("self",))
        .select_related("verdict", "enrolment__user")
        .get(pk=item.submission_id)
    )
    report = read_report(bytes(item.report), spec, content_version=regrade.version.content_hash)
    item.old = told(submission.verdict, spec_of(regrade.before, regrade.project).measure)
    verdict = add_verdict(submission, report.verdict, took_ms=report.took_ms, regrade=regrade)
    item.new = told(verdict, spec.measure)
    item.is_changed = _outcome(item.old) != _outcome(item.new)
    item.state, item.report = RegradeItemState.APPLIED, b""
    item.save()
    record(
        "regraded",
        actor=submission.enrolment.user,
        object_kind="submission",
        object_id=submission.pk,
        cohort_id=regrade.cohort_id,
        facts={"project": regrade.project, "regrade": regrade.pk, "old": item.old, "new": item.new},
    )
    return item


def cancel(regrade: Regrade, *, by: User) -> bool:
    """Take a preview back: nothing stays of it but the event. False once it is being applied."""
    with transaction.atomic():
        # A worker locks its job's row before the run's, so whoever takes jobs away must do it in that order, too.
        withdraw(REGRADE, regrade.items.values_list("pk", flat=True))
        lock_run(regrade.cohort_id, regrade.project)
        regrade = _lock(regrade)
        if regrade.state != RegradeState.GRADING:
            transaction.set_rollback(True)
            return False
        _tell("regrade.cancelled", regrade, by)
        regrade.delete()
    return True


def told(verdict: Verdict | grading.Verdict | None, metric: grading.Measure | None) -> dict[str, Any]:
    """What previews and notices say of a verdict, stored or not."""
    if verdict is None:
        return {"status": SubmissionState.FAULT.value}
    found = {"status": str(verdict.status), "score": verdict.score, "max_score": verdict.max_score}
    if metric is not None and metric in verdict.metrics:
        value = verdict.metrics[metric]
        low, high = verdict.intervals.get(metric, (value, value))
        found |= {"metric": str(metric), "value": value, "low": low, "high": high}
    return found


def _outcome(told: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(told.get(name) for name in ("status", "score", "max_score", "metric", "value"))


def _checks(old: Verdict | None, new: grading.Verdict) -> dict[str, list[bool | None]]:
    """Check → whether it passed before and whether it passes now; None where there was or is no such check."""
    before = {raw["id"]: raw["status"] == "passed" for raw in (old.checks if old is not None else [])}
    now = {check.id: check.status == "passed" for check in new.checks}
    return {name: [before.get(name), now.get(name)] for name in before | now}


def _locked(item_id: int) -> RegradeItem | None:
    """An item under the locks of its run and regrade; None when the regrade was taken back meanwhile."""
    known = RegradeItem.objects.filter(pk=item_id).values("regrade_id", "regrade__cohort", "regrade__project").first()
    if known is None:
        return None
    lock_run(known["regrade__cohort"], known["regrade__project"])
    regrade = Regrade.objects.select_for_update().filter(pk=known["regrade_id"]).first()
    if regrade is None:
        return None
    item = RegradeItem.objects.select_related("submission__verdict").get(pk=item_id)
    item.regrade = regrade
    return item


def _lock(regrade: Regrade) -> Regrade:
    """Raises SaemError `not_found` when somebody has taken it back."""
    found = Regrade.objects.select_for_update().filter(pk=regrade.pk).first()
    if found is None:
        raise SaemError("not_found", status=404)
    return found


def _end_if_done(regrade: Regrade) -> None:
    unfinished = regrade.items.filter(state__in=[RegradeItemState.WAITING, RegradeItemState.GRADED])
    if regrade.state == RegradeState.APPLYING and not unfinished.exists():
        regrade.state = RegradeState.APPLIED
        regrade.save(update_fields=["state"])


def _tell(verb: str, regrade: Regrade, by: User) -> None:
    record(
        verb,
        actor=by,
        object_kind="regrade",
        object_id=regrade.pk,
        cohort_id=regrade.cohort_id,
        facts={
            "project": regrade.project,
            "version": regrade.version.content_hash,
            "before": regrade.before.content_hash,
            "submissions": regrade.items.count(),
        },
    )
