"""What time alone changes: sessions end, courses end, records have been kept long enough. Once each night."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import BATCH, facts_changed
from saem.apps.cohorts.completion.retention import purge
from saem.apps.cohorts.models import Cohort, Enrolment, StandingOutcome
from saem.apps.jobs.kinds import Effect, Kind
from saem.lib.completion import Chance
from saem.lib.fleet import Claim, Parcel, Supply

# Nobody waits longer than this after a course for what its lists say.
LISTS_COME_WITHIN = dt.timedelta(days=60)


def decide_due(cohort: Cohort | None = None) -> int:
    """Decide on everybody whose hour has come, or on whom nobody did yet, of one cohort or all; returns how many."""
    due = Enrolment.objects.present().filter(classroom__cohort__completion_rules__isnull=False)
    due = due.filter(Q(standing=None) | Q(standing__decide_again_at__lte=timezone.now()) | _waiting_for_a_list())
    if cohort is not None:
        due = due.filter(classroom__cohort=cohort)
    ids = list(due.order_by("pk").values_list("pk", flat=True).distinct())
    for at in range(0, len(ids), BATCH):
        with transaction.atomic():
            facts_changed(ids[at : at + BATCH])
    return len(ids)


def _waiting_for_a_list() -> Q:
    """Those who stand badly only if a list that nobody had filled in says so; it may have been filled in since."""
    lost = Q(standing__outcome=StandingOutcome.NO_LONGER_POSSIBLE) & ~Q(standing__chance=Chance.NO.value)
    at_risk = Q(standing__is_at_risk=True) & ~Q(standing__chance=Chance.AT_RISK.value)
    day = timezone.localdate() - LISTS_COME_WITHIN
    running = Q(classroom__cohort__ends_on=None) | Q(classroom__cohort__ends_on__gte=day)
    return running & (lost | at_risk)


def _perform(_parcel: Parcel, _supply: Supply) -> bytes:
    """Outside the claim's transaction: batch by batch, and whatever was done stays done."""
    decide_due()
    purge(timezone.localdate())
    return b""


def _effect(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: None)


COMPLETION = Kind(name="completion.nightly", perform=_perform, effect=_effect)
