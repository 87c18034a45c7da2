"""Office hours: mentors offer half hours, a team takes one, and afterwards the mentor writes how it was."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.moments import when_of
from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around
from saem.apps.partners.contact import thread
from saem.apps.partners.contact.cancelling import cancel_bookings
from saem.apps.partners.mentors.clearance import clearance_of
from saem.apps.partners.models import Booking, Mentor, PostKind, Slot, Why
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team
from saem.errors import SaemError

HALF_HOUR = dt.timedelta(minutes=30)
# A team that has two meetings ahead leaves the next one to others.
MOST_AHEAD = 2


def offer(mentor: Mentor, *, starts_at: dt.datetime, count: int, where: str, by: User) -> list[Slot]:
    """So many half hours one after the other. None may lie in the past or touch one that is there."""
    ends_at = starts_at + count * HALF_HOUR
    if starts_at <= timezone.now():
        raise SaemError("slot.past", status=422)
    with transaction.atomic():
        Mentor.objects.select_for_update().get(pk=mentor.pk)
        if Slot.objects.filter(mentor=mentor, closed_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise SaemError("slot.overlaps", status=422)
        moments = [starts_at + number * HALF_HOUR for number in range(count)]
        slots = Slot.objects.bulk_create(
            Slot(mentor=mentor, starts_at=moment, ends_at=moment + HALF_HOUR, where=where) for moment in moments
        )
        note("offered", mentor, by=by, starts_at=starts_at.isoformat(), count=count)
    return slots


def close(slot: Slot, *, by: User) -> None:
    """The mentor takes a half hour back; a team that has booked it reads so."""
    with transaction.atomic():
        if not Slot.objects.filter(pk=slot.pk, closed_at=None).update(closed_at=timezone.now()):
            return
        note("slot_closed", slot, by=by)
        cancel_bookings(live(slot), Why.MENTOR, by=by)


def live(slot: Slot) -> list[Booking]:
    """The booking that stands, if there is one that has not taken place."""
    found = slot.bookings.filter(cancelled_at=None, reported_at=None)
    return list(found.select_related("slot", "pairing__team__classroom", "pairing__mentor__user"))


def book(slot: Slot, team: Team, *, about: str, by: User) -> Booking:
    """Take a half hour of the team's mentor. Of two teams at once the database takes one, and the other reads so."""
    pairing = thread.contact_of(team)
    if pairing is None or pairing.mentor_id != slot.mentor_id:
        raise SaemError("contact.none", status=409)
    if slot.closed_at is not None or slot.starts_at <= timezone.now():
        raise SaemError("slot.over", status=409)
    if not clearance_of(pairing.mentor).holds_on(timezone.localtime(slot.starts_at).date()):
        raise SaemError("slot.not_vetted", status=409)
    try:
        with transaction.atomic():
            # Held, so that two presses of one team are counted one after the other.
            Team.objects.select_for_update().get(pk=team.pk)
            if ahead_of(team) >= MOST_AHEAD:
                raise SaemError("slot.enough", status=409, most=MOST_AHEAD)
            booking = Booking.objects.create(slot=slot, pairing=pairing, about=about, booked_by=by)
            booked(booking)
    except IntegrityError as error:
        raise SaemError("slot.taken", status=409) from error
    return booking


def ahead_of(team: Team) -> int:
    return Booking.objects.filter(pairing__team=team, cancelled_at=None, slot__starts_at__gt=timezone.now()).count()


def booked(booking: Booking) -> None:
    """Write it down and tell everybody but who booked. Inside the act's transaction."""
    team, slot = booking.pairing.team, booking.slot
    when = when_of(slot.starts_at)
    params = {"when": when, "where": slot.where}
    thread.say(team, PostKind.BOOKED, by=booking.booked_by, text=booking.about, code="contact.booked", params=params)
    note("booked", booking, by=booking.booked_by, cohort_id=team.classroom.cohort_id, slot=slot.pk)
    facts = {"team": team.name, "when": when, "about": booking.about}
    path = reverse("partners:team", args=[team.pk])
    people = [*around(team), booking.pairing.mentor.user]
    key = f"booked:{booking.pk}"
    tellings = [Telling(recipient=one, facts=facts, path=path, key=key) for one in people]
    notify_many("booking.made", [one for one in tellings if one.recipient.pk != booking.booked_by_id])


def cancel(booking: Booking, why: Why, *, by: User) -> None:
    """Before it begins; afterwards the mentor reports what was."""
    if booking.slot.starts_at <= timezone.now():
        raise SaemError("slot.over", status=409)
    with transaction.atomic():
        cancel_bookings([booking], why, by=by)


def report(booking: Booking, *, minutes: int, words: str, by: User) -> None:
    """How long it was and what came of it, once; the team reads it. 0 minutes: nobody came."""
    if booking.slot.starts_at > timezone.now():
        raise SaemError("slot.not_yet", status=409)
    with transaction.atomic():
        changed = Booking.objects.filter(pk=booking.pk, cancelled_at=None, reported_at=None).update(
            reported_at=timezone.now(), minutes=minutes, note=words
        )
        if not changed:
            raise SaemError("slot.reported", status=409)
        params = {"when": when_of(booking.slot.starts_at), "minutes": minutes}
        code = "contact.met" if minutes else "contact.missed"
        thread.say(booking.pairing.team, PostKind.MET, by=by, text=words, code=code, params=params)
        note("met", booking, by=by, cohort_id=booking.pairing.team.classroom.cohort_id, minutes=minutes)
