"""Applications whose time is over are emptied, a batch at a time; those that somebody is still waiting for wait."""

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from saem.apps.cohorts.models import (
    Appeal,
    AppealState,
    Application,
    Call,
    OfferState,
    Selection,
    SelectionSheet,
)
from saem.apps.cohorts.retention.emptying import drop_copies, empty
from saem.apps.cohorts.retention.holds import held
from saem.apps.cohorts.retention.periods import last_day
from saem.apps.cohorts.selection.appealing import settled_after_appeal
from saem.apps.events.services import record

BATCH = 200
PARTICIPATES = Q(candidate__offer__state=OfferState.ACCEPTED)


def purge_applications(today: dt.date) -> int:
    """Empty every application whose time is over; returns how many. Again: nothing."""
    return sum(_purge_call(call, today) for call in _calls_with_something())


def _calls_with_something() -> QuerySet[Call]:
    kept = Application.objects.filter(call=OuterRef("pk"), purged_at=None)
    sheets = SelectionSheet.objects.filter(call=OuterRef("pk"))
    return Call.objects.filter(Exists(kept) | Exists(sheets)).select_related("cohort").order_by("pk")


def _purge_call(call: Call, today: dt.date) -> int:
    if not _is_over(call, today, is_participant=False):
        return 0
    drop_copies(call)
    ids = list(due_of(call, today).order_by("pk").values_list("pk", flat=True))
    return sum(_purge_batch(call, ids[at : at + BATCH], today) for at in range(0, len(ids), BATCH))


def due_of(call: Call, today: dt.date) -> QuerySet[Application]:
    """The applications of a call that are emptied on this day."""
    kept = call.applications.filter(purged_at=None)
    due = kept.filter(~PARTICIPATES if not _is_over(call, today, is_participant=True) else Q())
    due = due.exclude(candidate__offer__state=OfferState.OPEN)
    return due.filter(candidate=None) if is_contested(call) else due


def is_contested(call: Call) -> bool:
    """Whether an appeal of the call is not done with: to answer it, everybody who took part is ranked anew."""
    if Appeal.objects.filter(decision__candidate__selection__call=call, state=AppealState.OPEN).exists():
        return True
    selection = Selection.objects.filter(call=call).select_related("rules").first()
    return selection is not None and settled_after_appeal(selection)


def _is_over(call: Call, today: dt.date, *, is_participant: bool) -> bool:
    last = last_day(call, is_participant=is_participant)
    return last is not None and today > last


def _purge_batch(call: Call, ids: list[int], today: dt.date) -> int:
    with transaction.atomic():
        # Whoever answers an offer or appeals holds the selection; what they wrote meanwhile is seen here.
        Selection.objects.select_for_update(of=("self",)).filter(call=call).first()
        locked = due_of(call, today).filter(pk__in=ids).select_for_update(of=("self",))
        found = set(locked.values_list("pk", flat=True))
        found -= held(found)
        if not found:
            return 0
        accounts = empty(call, found)
        record(
            "applications.purged",
            actor=None,
            object_kind="call",
            object_id=call.pk,
            cohort_id=call.cohort_id,
            facts={"applications": len(found), "accounts": accounts},
        )
    return len(found)
