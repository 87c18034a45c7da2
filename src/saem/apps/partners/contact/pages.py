"""Turns entries, half hours and requests into what templates draw."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from saem.apps.partners.mentors.clearance import clearance_of
from saem.apps.partners.models import Booking, Challenge, Mentor, Pairing, Post, ReviewRequest, Slot
from saem.apps.projects.models import Team
from saem.web.messages import message

MOST_SLOTS = 40


@dataclass(frozen=True)
class Entry:
    """One entry of a thread: who wrote, what they wrote, and what the site says of it."""

    post: Post
    said: str


def entries_of(posts: Iterable[Post]) -> list[Entry]:
    return [Entry(post, said_in(post)) for post in posts]


def said_in(post: Post) -> str:
    """The words of an entry's code, in the reader's language."""
    if not post.code:
        return ""
    params = dict(post.params)
    if "why" in params:
        params["why"] = message(f"why.{params['why']}")
    return message(post.code, **params)


def free_slots(pairing: Pairing) -> list[Slot]:
    """Half hours ahead that nobody has, on days on which the mentor is cleared."""
    clearance = clearance_of(pairing.mentor)
    taken = Booking.objects.filter(cancelled_at=None).values("slot")
    rows = Slot.objects.filter(mentor=pairing.mentor, closed_at=None, starts_at__gt=timezone.now())
    slots = rows.exclude(pk__in=taken).order_by("starts_at", "pk")[:MOST_SLOTS]
    return [slot for slot in slots if clearance.holds_on(timezone.localtime(slot.starts_at).date())]


def slot_choices(slots: Iterable[Slot]) -> list[tuple[int, str]]:
    return [(slot.pk, f"{moment_words(slot)} · {slot.where}") for slot in slots]


def moment_words(slot: Slot) -> str:
    return date_format(timezone.localtime(slot.starts_at), "DATETIME_FORMAT")


def meetings_ahead(team: Team) -> list[Booking]:
    rows = Booking.objects.filter(pairing__team=team, cancelled_at=None, slot__ends_at__gt=timezone.now())
    return list(rows.select_related("slot", "pairing__mentor__user").order_by("slot__starts_at"))


def challenge_of(team: Team) -> Challenge | None:
    """What the team works on now, if it took one."""
    use = team.challenge_uses.filter(ended_at=None).select_related("challenge__institution").first()
    return use.challenge if use is not None else None


def waiting_review(team: Team) -> ReviewRequest | None:
    return ReviewRequest.objects.filter(pairing__team=team, answered_at=None, cancelled_at=None).first()


def slots_of(mentor: Mentor) -> list[tuple[Slot, Booking | None]]:
    """What a mentor offers from now on, and which team has taken it."""
    rows = Slot.objects.filter(mentor=mentor, closed_at=None, ends_at__gt=timezone.now())
    slots = list(rows.order_by("starts_at", "pk")[:MOST_SLOTS])
    live = Booking.objects.filter(slot__in=slots, cancelled_at=None).select_related("pairing__team")
    booked = {one.slot_id: one for one in live}
    return [(slot, booked.get(slot.pk)) for slot in slots]


def own_words(mentor: Mentor) -> str:
    """A mentor in a list to choose from."""
    topics = ", ".join(mentor.topic_words[:3])
    home = mentor.home.local_name if mentor.home else ""
    return " · ".join(part for part in (str(mentor.user), home, topics) if part)
