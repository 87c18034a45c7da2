"""The draw: held once, after the call has closed, with a value that nobody could know before; then all is published."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

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
# Who takes part, and with which submitted answers and grade.
Field = tuple[tuple[int, int | None, str], ...]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """Places that were drawn and are not written yet; with problems in the applications there are none."""

    public_value: str
    field: Field
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[lib.Problem, ...] = ()


def locked(selection: Selection) -> Selection:
    """The row, so that acts on one selection come one after the other."""
    found = Selection.objects.select_for_update(of=("self",)).select_related("rules", "call__cohort")
    return found.get(pk=selection.pk)


def refuse(selection: Selection) -> None:
    """A draw is held once, and nobody is drawn before everybody who may still come has come. Raises SaemError."""
    if selection.is_drawn:
        raise SaemError("selection.drawn_already", status=409)
    refuse_purged(selection)
    call, now = selection.call, timezone.now()
    if now < call.closes_at + dt.timedelta(minutes=call.grace_minutes):
        raise SaemError("selection.still_open", status=409)
    if now < call.followup_until and counts_of(call)["waiting"]:
        raise SaemError("selection.others_waiting", status=409)


def refuse_purged(selection: Selection) -> None:
    """Once applications were kept long enough and are gone, nothing is computed of them. Raises SaemError."""
    if selection.call.applications.exclude(purged_at=None).exists():
        raise SaemError("selection.applications_gone", status=409)


def plain(public_value: str) -> str:
    """The value as it goes into the draw: words with one space between them."""
    return " ".join(public_value.split())


def field_of(selection: Selection) -> Field:
    return tuple(applicants(selection).values_list("pk", "sent_id", "grade"))


def compute(selection: Selection, public_value: str) -> Draw:
    """Draw places for all complete applications; nothing is written."""
    value, field, rules = plain(public_value), field_of(selection), rules_of(selection)
    people = list(applicants(selection))
    asked = [as_application(one, rules) for one in people]
    problems = lib.check_applications(rules, asked)
    if problems:
        return Draw(public_value=value, field=field, problems=problems)
    order = lib.drawn(lib.Draw(selection.secret, value), [one.id for one in asked])
    places = {receipt: place for place, receipt in enumerate(order, start=1)}
    candidates = tuple(
        Candidate(
            selection=selection,
            application=one,
            receipt=said.id,
            attributes=dict(said.attributes),
            draw_place=places[said.id],
        )
        for one, said in zip(people, asked, strict=True)
    )
    return Draw(public_value=value, field=field, candidates=candidates)


def writer(selection: Selection, found: Draw, *, by: User | None) -> Callable[[], bool]:
    """What is returned writes the draw and publishes the secret; False where rules or who takes part changed since.

    It raises SaemError where nothing may be drawn (any more).
    """

    def write() -> bool:
        with transaction.atomic():
            row = locked(selection)
            refuse(row)
            if row.rules_id != selection.rules_id or field_of(row) != found.field:
                return False
            row.public_value, row.drawn_at, row.state = found.public_value, timezone.now(), SelectionState.DRAWN
            Candidate.objects.bulk_create(found.candidates, batch_size=BATCH)
            row.revision += 1
            row.save(update_fields=["public_value", "drawn_at", "state", "revision"])
            facts = {"commitment": row.commitment, "public_value": found.public_value}
            note("drawn", row, by=by, people=len(found.candidates), **facts)
        return True

    return write


def hold_draw(selection: Selection, *, public_value: str, by: User) -> tuple[lib.Problem, ...]:
    """Draw and publish the secret at once; with problems in the applications nothing happens and they are returned."""
    with transaction.atomic():
        row = locked(selection)
        refuse(row)
        found = compute(row, public_value)
        if not found.problems:
            writer(row, found, by=by)()
    return found.problems
