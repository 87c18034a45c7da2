"""Meetings that do not take place: whoever cancels, everybody around the team and the mentor reads why."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.moments import when_of
from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around
from saem.apps.partners.contact import thread
from saem.apps.partners.models import Booking, PostKind, Why
from saem.apps.partners.noting import note
from saem.apps.people.models import User


def cancel_bookings(bookings: Sequence[Booking], why: Why, *, by: User | None) -> None:
    """Call inside a transaction, with `slot`, `pairing.team.classroom` and `pairing.mentor.user` loaded."""
    for booking in bookings:
        changed = Booking.objects.filter(pk=booking.pk, cancelled_at=None).update(
            cancelled_at=timezone.now(), cancelled_by=by, why=why
        )
        if changed:
            said(booking, why, by)


def said(booking: Booking, why: Why, by: User | None) -> None:
    team, mentor = booking.pairing.team, booking.pairing.mentor
    params = {"when": when_of(booking.slot.starts_at), "why": why.value}
    thread.say(team, PostKind.CANCELLED, by=by, code="contact.cancelled", params=params)
    note("booking_cancelled", booking, by=by, cohort_id=team.classroom.cohort_id, why=why)
    facts = {"team": team.name, "mentor": str(mentor.user), **params}
    path = reverse("partners:team", args=[team.pk])
    # The mentor may no longer open the team's page: then their own page is the way on.
    mine = path if why in {Why.TEAM, Why.MENTOR} else reverse("partners:mentoring")
    people = [*((one, path) for one in around(team)), (mentor.user, mine)]
    notify_many(
        "booking.cancelled",
        [
            Telling(recipient=one, facts=facts, path=way, key=f"booking.cancelled:{booking.pk}")
            for one, way in people
            if by is None or one.pk != by.pk
        ],
    )
