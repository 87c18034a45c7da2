"""Asking for certificates and badges: who lacks one waits in a part of a batch, and each part is a job."""

from collections.abc import Collection

from django.db import transaction

from saem.apps.awards import batching
from saem.apps.awards.certificates.queries import lacking, newest_template, valid_in
from saem.apps.awards.models import Batch, BatchItem, Certificate, ItemState
from saem.apps.cohorts.completion.recording import correct_name
from saem.apps.cohorts.models import Cohort, Completion, Enrolment
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError

MAKE = "certificates"
# Half a second of typesetting: progress moves, a lost worker loses little, and the queue is no burden.
PART = 20


def start(cohort: Cohort, *, by: User | None, completions: Collection[int] | None = None) -> Batch:
    """Have made what these valid completions of the cohort, or all of them, still lack; without `by` nobody pressed.

    Pressed twice it is one batch: the second finds the first one's. Raises SaemError `certificate.none_lacking`.
    """
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        wanted = valid_in(cohort)
        if completions is not None:
            wanted = wanted.filter(pk__in=completions)
        chosen = list(
            lacking(wanted, badge=newest_template(cohort) is not None)
            .order_by("enrolment__classroom", "name", "pk")
            .values_list("pk", flat=True)
        )
        if not chosen:
            return _under_way(cohort, completions)
        return _new_batch(cohort, [BatchItem(completion_id=pk) for pk in chosen], by=by)


def start_for(enrolment: Enrolment, *, by: User) -> Batch:
    """For one person. Raises SaemError `certificate.not_completed` where there is no valid completion."""
    completion = Completion.objects.filter(enrolment=enrolment, withdrawn_at=None).first()
    if completion is None:
        raise SaemError("certificate.not_completed", status=409, name=enrolment.nickname)
    return start(enrolment.classroom.cohort, by=by, completions=[completion.pk])


def reissue(certificate: Certificate, *, by: User, reason: str, name: str = "") -> Batch:
    """Have a new one made that names this one; until it is there, this one holds. `name` corrects the record, too.

    Raises SaemError: `certificate.not_completed`, `certificate.changed_meanwhile`.
    """
    with transaction.atomic():
        cohort = Cohort.objects.select_for_update().get(classrooms__enrolments__completions=certificate.completion_id)
        completion = Completion.objects.select_for_update().get(pk=certificate.completion_id)
        if completion.withdrawn_at is not None:
            raise SaemError("certificate.not_completed", status=409, name=completion.name)
        if not Certificate.objects.unrevoked().filter(pk=certificate.pk).exists():
            raise SaemError("certificate.changed_meanwhile", status=409)
        waiting = BatchItem.objects.filter(completion=completion, state=ItemState.WAITING).select_related("part__batch")
        if (item := waiting.first()) is not None:
            return item.part.batch
        if name and name != completion.name:
            correct_name(completion, name=name, reason=reason, by=by)
        item = BatchItem(completion=completion, replaces=certificate, reason=reason)
        return _new_batch(cohort, [item], by=by)


def _under_way(cohort: Cohort, completions: Collection[int] | None) -> Batch:
    waiting = BatchItem.objects.filter(part__batch__cohort=cohort, state=ItemState.WAITING)
    if completions is not None:
        waiting = waiting.filter(completion__in=completions)
    found = waiting.select_related("part__batch").order_by("-pk").first()
    if found is None:
        raise SaemError("certificate.none_lacking", status=409)
    return found.part.batch


def _new_batch(cohort: Cohort, items: list[BatchItem], *, by: User | None) -> Batch:
    batch = batching.begin(cohort, items, kind=MAKE, size=PART, by=by)
    record(
        "certificates.asked",
        actor=by,
        object_kind="award_batch",
        object_id=batch.pk,
        cohort_id=cohort.pk,
        facts={"people": len(items)},
    )
    return batch
