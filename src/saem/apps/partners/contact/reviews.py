"""Reviews without a meeting: a team asks, the mentor answers in half an hour of their own time."""

import calendar
import datetime as dt
import uuid

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.moments import day_of
from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around
from saem.apps.partners.contact import thread
from saem.apps.partners.contact.hours import month_of, planned_in, used_in
from saem.apps.partners.models import Mentor, PostKind, ReviewRequest
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team
from saem.errors import SaemError

REVIEW_MINUTES = 30
DAYS = 7


def ask(team: Team, *, text: str, link: str, token: uuid.UUID, by: User) -> ReviewRequest:
    """Ask for a review. One of a team waits at a time: mentors promise two hours a month, not more."""
    pairing = thread.contact_of(team)
    if pairing is None:
        raise SaemError("contact.none", status=409)
    try:
        with transaction.atomic():
            Team.objects.select_for_update().get(pk=team.pk)
            if (known := pairing.requests.filter(token=token).first()) is not None:
                return known
            if waiting_of(team):
                raise SaemError("review.waits", status=409)
            due_on = due_day(pairing.mentor, timezone.localdate())
            row = ReviewRequest.objects.create(
                pairing=pairing, text=text, link=link, token=token, asked_by=by, due_on=due_on
            )
            asked(row)
    except IntegrityError:
        return ReviewRequest.objects.get(pairing=pairing, token=token)
    return row


def waiting_of(team: Team) -> bool:
    return ReviewRequest.objects.filter(pairing__team=team, answered_at=None, cancelled_at=None).exists()


def due_day(mentor: Mentor, today: dt.date) -> dt.date:
    """In a week; where the month's promise is used up with what is planned, in the first week of the next month."""
    month = month_of(today)
    taken = used_in([mentor.pk], month).get(mentor.pk, 0) + planned_in([mentor.pk], month).get(mentor.pk, 0)
    if taken + REVIEW_MINUTES <= mentor.minutes:
        return today + dt.timedelta(days=DAYS)
    first = month.last + dt.timedelta(days=1)
    return first + dt.timedelta(days=min(DAYS, calendar.monthrange(first.year, first.month)[1]) - 1)


def asked(row: ReviewRequest) -> None:
    team = row.pairing.team
    params = {"due": day_of(row.due_on), "link": row.link}
    thread.say(team, PostKind.ASKED, by=row.asked_by, text=row.text, code="contact.asked", params=params)
    note("review_asked", row, by=row.asked_by, cohort_id=team.classroom.cohort_id, due=row.due_on.isoformat())
    facts = {"team": team.name, "due": params["due"], "words": row.text[: thread.LONGEST_SHOWN]}
    path = reverse("partners:review", args=[row.pk])
    mine = Telling(recipient=row.pairing.mentor.user, facts=facts, path=path, key=f"review.asked:{row.pk}")
    notify_many("mentor.review_asked", [mine])


def answer(row: ReviewRequest, *, text: str, minutes: int, by: User) -> None:
    """Answer once, into the thread; the pairing must still be one in which contact is allowed."""
    team = row.pairing.team
    contact = thread.contact_of(team)
    if contact is None or contact.pk != row.pairing_id:
        raise SaemError("contact.none", status=409)
    with transaction.atomic():
        changed = ReviewRequest.objects.filter(pk=row.pk, answered_at=None, cancelled_at=None).update(
            answered_at=timezone.now(), answer=text, minutes=minutes
        )
        if not changed:
            raise SaemError("review.answered", status=409)
        thread.say(team, PostKind.ANSWERED, by=by, text=text, code="contact.answered", params={"minutes": minutes})
        note("review_answered", row, by=by, cohort_id=team.classroom.cohort_id, minutes=minutes)
        facts = {"team": team.name, "mentor": str(by)}
        path = reverse("partners:team", args=[team.pk])
        key = f"review.answered:{row.pk}"
        tellings = [Telling(recipient=one, facts=facts, path=path, key=key) for one in around(team)]
        notify_many("mentor.review_answered", tellings)
