"""What time alone changes: sessions end, courses end, records have been kept long enough. Once each night."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.retention import purge
from saem.apps.cohorts.completion.rounds import BATCH, people_changed
from saem.apps.cohorts.models import Cohort, CompletionRules, Enrolment
from saem.apps.jobs.kinds import Effect, Kind
from saem.apps.people.models import User
from saem.lib.fleet import Claim, Parcel, Supply


def due_of(cohort: Cohort | None = None) -> QuerySet[Enrolment]:
    """Everybody whose hour has come, or on whom nobody decided yet, of one cohort or all."""
    having = CompletionRules.objects.values("cohort")
    due = Enrolment.objects.present().filter(classroom__cohort__in=having)
    due = due.filter(Q(standing=None) | Q(standing__decide_again_at__lte=timezone.now()))
    return due if cohort is None else due.filter(classroom__cohort=cohort)


def decide_due(cohort: Cohort | None = None) -> int:
    """Decide on them, a batch at a time; returns how many."""
    ids = list(due_of(cohort).order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(ids), BATCH):
        with transaction.atomic():
            facts_changed(ids[at : at + BATCH])
    return len(ids)


def decide_now(cohort: Cohort, *, by: User) -> int:
    """Decide on those of a cohort on whom time has come, or begin a round where they are many; returns how many."""
    with transaction.atomic():
        ids = list(due_of(cohort).order_by("pk").values_list("pk", flat=True))
        people_changed(cohort, ids, by=by)
    return len(ids)


def _perform(_parcel: Parcel, _supply: Supply) -> bytes:
    """Outside the claim's transaction: batch by batch, and whatever was done stays done."""
    # Notices name pages, and the first name imports every view: not while people are held.
    reverse("completion:own", args=[0])
    decide_due()
    purge(timezone.localdate())
    return b""


def _effect(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: None)


COMPLETION = Kind(name="completion.nightly", perform=_perform, effect=_effect)
