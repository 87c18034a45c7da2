"""What time alone changes: sessions end, courses end, records have been kept long enough. Once each night."""

import datetime as dt

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.queries import awaiting_lists
from saem.apps.cohorts.completion.retention import purge
from saem.apps.cohorts.completion.rounds import BATCH, people_changed
from saem.apps.cohorts.models import Cohort, CompletionRules, Enrolment
from saem.apps.cohorts.retention.applications import purge_applications
from saem.apps.jobs.kinds import Effect, Kind, load_pages
from saem.apps.people.models import User
from saem.lib.fleet import Claim, Parcel, Supply

# Nobody waits longer than this after a course for what its lists say.
LISTS_COME_WITHIN = dt.timedelta(days=60)


def due_of(cohort: Cohort) -> QuerySet[Enrolment]:
    """Everybody of a cohort whose hour has come, or on whom nobody decided yet."""
    return _ruled().filter(_hour_has_come(), classroom__cohort=cohort)


def decide_due() -> int:
    """Decide on everybody whose hour has come, a batch at a time; returns how many."""
    due = _ruled().filter(_hour_has_come() | _waiting_for_a_list())
    ids = list(due.order_by("pk").values_list("pk", flat=True))
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


def _ruled() -> QuerySet[Enrolment]:
    """Present people of cohorts that have rules."""
    return Enrolment.objects.present().filter(classroom__cohort__in=CompletionRules.objects.values("cohort"))


def _hour_has_come() -> Q:
    return Q(standing=None) | Q(standing__decide_again_at__lte=timezone.now())


def _waiting_for_a_list() -> Q:
    """Those who stand badly only if a list that nobody had filled in says so; it may have been filled in since."""
    day = timezone.localdate() - LISTS_COME_WITHIN
    running = Q(classroom__cohort__ends_on=None) | Q(classroom__cohort__ends_on__gte=day)
    return running & awaiting_lists()


def _perform(parcel: Parcel, supply: Supply) -> bytes:
    """Outside the claim's transaction: batch by batch, and whatever was done stays done."""
    load_pages(parcel, supply)
    decide_due()
    purge(timezone.localdate())
    purge_applications(timezone.localdate())
    return b""


def _effect(_claim: Claim, _result: bytes) -> Effect:
    return Effect(write=lambda: None)


COMPLETION = Kind(name="completion.nightly", perform=_perform, effect=_effect)
