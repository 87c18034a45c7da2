"""Checks come in, run out and are withdrawn; contact follows them at once.

Every act of contact asks for the day's clearance itself, so nobody waits for the night: what is here ends the pairs'
rights in the project, cancels what was agreed for days that are not covered, and tells everybody.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.moments import day_of
from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around, staff_of
from saem.apps.partners.contact import pairs, thread
from saem.apps.partners.contact.cancelling import cancel_bookings
from saem.apps.partners.mentors.clearance import Clearance, clearance_of, clearances_of
from saem.apps.partners.models import Booking, Mentor, Pairing, PostKind, Vetting, VettingKind, Why
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.errors import SaemError

# Before a check runs out: time enough to look it up again.
WARNING_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class Check:
    """What staff looked up, and until when it counts."""

    kinds: tuple[VettingKind, ...]
    holds_from: dt.date
    holds_until: dt.date
    reference: str = ""


def record(mentor: Mentor, check: Check, *, by: User) -> None:
    """Write a check down; contact that rested goes on where everything holds again."""
    with transaction.atomic():
        row = locked(mentor)
        if row.user_id == by.pk:
            raise SaemError("vetting.own", status=409)
        for kind in check.kinds:
            vetting = Vetting.objects.create(
                mentor=row,
                kind=kind,
                holds_from=check.holds_from,
                holds_until=check.holds_until,
                reference=check.reference,
                recorded_by=by,
            )
            note("vetted", vetting, by=by, mentor=row.pk, kind=kind, until=check.holds_until.isoformat())
        follow(row, held=False)


def withdraw(vetting: Vetting, *, reason: str, by: User) -> None:
    """Take a check back: it was wrong, or it no longer counts. Contact ends in the same moment."""
    with transaction.atomic():
        row = locked(vetting.mentor)
        held = clearance_of(row).holds_on(timezone.localdate())
        changed = Vetting.objects.filter(pk=vetting.pk, withdrawn_at=None).update(
            withdrawn_at=timezone.now(), withdrawn_by=by, reason=reason
        )
        if changed:
            note("vetting_withdrawn", vetting, by=by, mentor=row.pk, reason=reason)
            follow(row, held=held)


def locked(mentor: Mentor) -> Mentor:
    """The mentor's row, held. Call inside a transaction."""
    return Mentor.objects.select_for_update(of=("self",)).select_related("user", "host").get(pk=mentor.pk)


def follow(mentor: Mentor, *, held: bool) -> None:
    """Bring what depends on a mentor's checks in line with them. Inside a transaction that holds the mentor.

    `held`: contact was possible until now. Somebody who was never cleared has nothing that could rest.
    """
    clearance = clearance_of(mentor)
    holds = clearance.holds_on(timezone.localdate())
    cancel_uncovered(mentor, clearance)
    if held and not holds and mentor.paused_at is None:
        pause(mentor)
    elif holds and mentor.paused_at is not None:
        resume(mentor)


def cancel_uncovered(mentor: Mentor, clearance: Clearance) -> None:
    ahead = Booking.objects.filter(slot__mentor=mentor, cancelled_at=None, slot__starts_at__gt=timezone.now())
    bookings = list(ahead.select_related("slot", "pairing__team__classroom", "pairing__mentor__user"))
    days = {booking.pk: timezone.localtime(booking.slot.starts_at).date() for booking in bookings}
    cancel_bookings([one for one in bookings if not clearance.holds_on(days[one.pk])], Why.VETTING, by=None)


def open_pairings(mentor: Mentor) -> list[Pairing]:
    return list(mentor.pairings.filter(until=None).select_related("team__classroom__cohort", "mentor__user"))


def pause(mentor: Mentor) -> None:
    """No contact from now on. Nobody needs telling of somebody who has met no team yet, but staff and the mentor."""
    Mentor.objects.filter(pk=mentor.pk).update(paused_at=timezone.now())
    note("paused", mentor, by=None)
    for pairing in open_pairings(mentor):
        pairs.take_rights(pairing, by=None)
        thread.say(pairing.team, PostKind.NEWS, code="contact.paused", params={"mentor": str(mentor.user)})
    tell_all(mentor, "vetting.lapsed")


def resume(mentor: Mentor) -> None:
    Mentor.objects.filter(pk=mentor.pk).update(paused_at=None)
    note("resumed", mentor, by=None)
    for pairing in open_pairings(mentor):
        pairs.give_rights(pairing, by=None)
        thread.say(pairing.team, PostKind.NEWS, code="contact.resumed", params={"mentor": str(mentor.user)})
    tell_all(mentor, "vetting.resumed")


def tell_all(mentor: Mentor, kind: str) -> None:
    """The mentor, the staff who vet, and of every team its members and teachers, each with their own way on."""
    facts = {"mentor": str(mentor.user)}
    key = f"{kind}:{mentor.pk}:{timezone.now().isoformat()}"
    page = reverse("partners:mentor", args=[mentor.host_id, mentor.pk])
    tellings = [Telling(recipient=one, facts=facts, path=page, key=key) for one in staff_of(mentor.host)]
    tellings.append(Telling(recipient=mentor.user, facts=facts, path=reverse("partners:mentoring"), key=key))
    for pairing in open_pairings(mentor):
        path = reverse("partners:team", args=[pairing.team_id])
        tellings += [Telling(recipient=one, facts=facts, path=path, key=key) for one in around(pairing.team)]
    notify_many(kind, {telling.recipient.pk: telling for telling in tellings}.values())


def follow_all() -> int:
    """Each night: whoever's check ran out, or began to hold; returns how many changed."""
    today = timezone.localdate()
    here = list(Mentor.objects.here().exclude(vettings=None).select_related("user", "host").distinct())
    clearances = clearances_of(here)
    changed = [mentor for mentor in here if is_behind(mentor, clearances[mentor.pk], today)]
    for mentor in changed:
        with transaction.atomic():
            follow(locked(mentor), held=True)
    warn(here, clearances, today)
    return len(changed)


def is_behind(mentor: Mentor, clearance: Clearance, today: dt.date) -> bool:
    """Whether the day has changed something that nobody was told yet."""
    if clearance.holds_on(today):
        return mentor.paused_at is not None
    has_begun = any(span.first <= today for span in clearance.spans)
    return has_begun and mentor.paused_at is None


def warn(mentors: Iterable[Mentor], clearances: Mapping[int, Clearance], today: dt.date) -> None:
    """A month before a check runs out, once for each end."""
    tellings = []
    for mentor in mentors:
        last = clearances[mentor.pk].until(today)
        if last is None or last > today + dt.timedelta(days=WARNING_DAYS):
            continue
        facts = {"mentor": str(mentor.user), "day": day_of(last)}
        page = reverse("partners:mentor", args=[mentor.host_id, mentor.pk])
        people = [(one, page) for one in staff_of(mentor.host)] + [(mentor.user, reverse("partners:mentoring"))]
        key = f"vetting.ends:{mentor.pk}:{last}"
        tellings += [Telling(recipient=person, facts=facts, path=path, key=key) for person, path in people]
    notify_many("vetting.ends", tellings)
