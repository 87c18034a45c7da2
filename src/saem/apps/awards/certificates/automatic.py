"""Certificates that make themselves: a completion leaves a job, and the job asks for what a press would ask for.

Only what a press could not improve on is made: the institution has said who signs, a training's birth date is known,
and nobody has tried or taken back a certificate of the same completion before. The rest is left to staff.
"""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from saem.apps.awards.batching import PRIORITY
from saem.apps.awards.certificates.batches import start
from saem.apps.awards.certificates.queries import valid_in
from saem.apps.awards.models import Automation, Batch, BatchItem, Certificate, IssuerProfile
from saem.apps.cohorts.models import Cohort, Completion, TrainingCourse
from saem.apps.events.models import Event
from saem.apps.events.services import record
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.jobs.services import enqueue
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.fleet import Claim

FOLLOW = "certificates.automatic"


def is_automatic(cohort: Cohort) -> bool:
    return Automation.objects.filter(cohort=cohort, is_on=True).exists()


def has_signer(cohort: Cohort) -> bool:
    """Whether the institution has said who signs; until then nothing is made without a press."""
    return IssuerProfile.objects.filter(institution=cohort.institution_id).exists()


def set_automatic(cohort: Cohort, *, is_on: bool, by: User) -> Batch | None:
    """Turn it on or off; on, what can be made is asked for at once. Raises SaemError `certificate.no_signer`."""
    if is_on and not has_signer(cohort):
        raise SaemError("certificate.no_signer", status=409)
    with transaction.atomic():
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        facts = {"is_on": is_on, "changed_at": timezone.now(), "changed_by": by}
        Automation.objects.update_or_create(cohort=cohort, defaults=facts)
        record(
            "certificates.automated" if is_on else "certificates.by_hand",
            actor=by,
            object_kind="cohort",
            object_id=cohort.pk,
            cohort_id=cohort.pk,
        )
    return make(cohort) if is_on else None


def make(cohort: Cohort) -> Batch | None:
    """Ask for every certificate that may make itself now; None where there is none."""
    if not is_automatic(cohort) or not has_signer(cohort):
        return None
    with transaction.atomic():
        # Two jobs of two completions meet here; the second one finds that the first has asked for both.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        ready = set(ready_in(cohort).values_list("pk", flat=True))
        return start(cohort, by=None, completions=ready) if ready else None


def untouched_in(cohort: Cohort) -> QuerySet[Completion]:
    """Valid completions for which nobody has made or tried anything yet."""
    certificates = Certificate.objects.filter(completion=OuterRef("pk"))
    items = BatchItem.objects.filter(completion=OuterRef("pk"))
    return valid_in(cohort).filter(~Exists(certificates), ~Exists(items))


def ready_in(cohort: Cohort) -> QuerySet[Completion]:
    found = untouched_in(cohort)
    if TrainingCourse.objects.filter(cohort=cohort).exists():
        found = found.filter(enrolment__trainee__birth_date__isnull=False)
    return found


def unready_in(cohort: Cohort) -> QuerySet[Completion]:
    """Who would be given one if a birth date were known."""
    if not TrainingCourse.objects.filter(cohort=cohort).exists():
        return Completion.objects.none()
    missing = Q(enrolment__trainee=None) | Q(enrolment__trainee__birth_date=None)
    return untouched_in(cohort).filter(missing)


def completed(events: Sequence[Event]) -> None:
    """Read in the transaction of the completions: nothing is asked for there but one job for each cohort."""
    newest = {event.cohort_id: event for event in events}
    for automation in Automation.objects.filter(cohort__in=newest.keys(), is_on=True):
        # Under the event's number, or it could be taken for another's that has looked already.
        event = newest[automation.cohort_id]
        enqueue(FOLLOW, event.pk, owner_key=f"awards:automatic:{event.cohort_id}", priority=PRIORITY)


def _follow(claim: Claim, _result: bytes) -> Effect:
    event = Event.objects.get(pk=claim.subject_id)
    cohort = Cohort.objects.filter(pk=event.cohort_id).first() if event.cohort_id is not None else None
    return Effect(write=lambda: _make(cohort))


def _make(cohort: Cohort | None) -> None:
    if cohort is not None:
        make(cohort)


def _look_at_all(_claim: Claim, _result: bytes) -> Effect:
    """Each night: a birth date or a signer may have come since."""

    def write() -> None:
        for cohort in Cohort.objects.filter(award_automation__is_on=True).order_by("pk"):
            make(cohort)

    return Effect(write=write)


FOLLOWING = Kind(name=FOLLOW, perform=load_pages, effect=_follow)
NIGHTLY = Kind(name="certificates.nightly", perform=load_pages, effect=_look_at_all)
