"""What time alone changes: sessions end, courses end, records have been kept long enough. Once each night."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import BATCH, facts_changed
from saem.apps.cohorts.completion.retention import purge
from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.jobs.kinds import Effect, Kind
from saem.lib.fleet import Claim, Parcel, Supply


def decide_due(cohort: Cohort | None = None) -> int:
    """Decide on everybody whose hour has come, or on whom nobody did yet, of one cohort or all; returns how many."""
    due = Enrolment.objects.present().filter(classroom__cohort__completion_rules__isnull=False)
    due = due.filter(Q(standing=None) | Q(standing__decide_again_at__lte=timezone.now()))
    if cohort is not None:
        due = due.filter(classroom__cohort=cohort)
    ids = list(due.order_by("pk").values_list("pk", flat=True).distinct())
    for at in range(0, len(ids), BATCH):
        with transaction.atomic():
            facts_changed(ids[at : at + BATCH])
    return len(ids)


def _perform(_parcel: Parcel, _supply: Supply) -> bytes:
    """Outside the claim's transaction: batch by batch, and whatever was done stays done."""
    decide_due()
    purge(timezone.localdate())
    return b""


def _effect(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: None)


COMPLETION = Kind(name="completion.nightly", perform=_perform, effect=_effect)
