"""The draw: held once, after the call has closed, with a value that nobody could know before; then all is published."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.calls.queries import counts_of
from saem.apps.cohorts.models import Candidate, Selection, SelectionState
from saem.apps.cohorts.selection.loading import applicants, as_application, rules_of
from saem.apps.cohorts.selection.noting import note
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib import selection as lib

BATCH = 1000


def locked(selection: Selection) -> Selection:
    """The row, so that acts on one selection come one after the other."""
    found = Selection.objects.select_for_update(of=("self",)).select_related("rules", "call__cohort")
    return found.get(pk=selection.pk)


def refuse_early(selection: Selection) -> None:
    """Nobody is drawn before everybody who may still come has come."""
    call, now = selection.call, timezone.now()
    if now < call.closes_at + dt.timedelta(minutes=call.grace_minutes):
        raise SaemError("selection.still_open", status=409)
    if now < call.followup_until and counts_of(call)["waiting"]:
        raise SaemError("selection.others_waiting", status=409)


def hold_draw(selection: Selection, *, public_value: str, by: User) -> tuple[lib.Problem, ...]:
    """Draw places for all complete applications and publish the secret; with problems in them, nothing happens."""
    value = " ".join(public_value.split())
    with transaction.atomic():
        row = locked(selection)
        if row.is_drawn:
            raise SaemError("selection.drawn_already", status=409)
        refuse_early(row)
        people, rules = list(applicants(row)), rules_of(row)
        asked = [as_application(one, rules) for one in people]
        problems = lib.check_applications(rules, asked)
        if problems:
            return problems
        row.public_value, row.drawn_at, row.state = value, timezone.now(), SelectionState.DRAWN
        order = lib.drawn(lib.Draw(row.secret, value), [one.id for one in asked])
        places = {receipt: place for place, receipt in enumerate(order, start=1)}
        Candidate.objects.bulk_create(
            [
                Candidate(
                    selection=row,
                    application=one,
                    receipt=said.id,
                    attributes=dict(said.attributes),
                    draw_place=places[said.id],
                )
                for one, said in zip(people, asked, strict=True)
            ],
            batch_size=BATCH,
        )
        row.revision += 1
        row.save(update_fields=["public_value", "drawn_at", "state", "revision"])
        note("drawn", row, by=by, commitment=row.commitment, public_value=value, people=len(people))
    return ()
