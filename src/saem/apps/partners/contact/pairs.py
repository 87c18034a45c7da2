"""A team and its mentor come together and part; the mentor's rights in the project follow."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.services import Telling, notify_many
from saem.apps.partners.audience import around
from saem.apps.partners.contact import thread
from saem.apps.partners.contact.cancelling import cancel_bookings
from saem.apps.partners.models import MatchRun, Mentor, Pairing, PairingEnd, PostKind, ReviewRequest, Why
from saem.apps.partners.noting import note
from saem.apps.people.models import User
from saem.apps.projects.models import Team
from saem.apps.projects.teams.mentoring import give_mentor, take_mentor


def make_pairing(team: Team, mentor: Mentor, *, run: MatchRun | None, by: User | None) -> Pairing:
    """Give a team its mentor and tell both. Call inside a transaction; the mentor's checks hold today."""
    pairing = Pairing.objects.create(team=team, mentor=mentor, run=run, made_by=by)
    note("paired", pairing, by=by, cohort_id=team.classroom.cohort_id, team=team.pk, mentor=mentor.pk)
    give_rights(pairing, by=by)
    thread.say(team, PostKind.NEWS, code="contact.paired", params={"mentor": str(mentor.user)})
    facts, path = {"team": team.name, "mentor": str(mentor.user)}, reverse("partners:team", args=[team.pk])
    tellings = [Telling(recipient=one, facts=facts, path=path, key=f"paired:{pairing.pk}") for one in around(team)]
    notify_many("mentor.paired", tellings)
    notify_many("mentor.given", [Telling(recipient=mentor.user, facts=facts, path=path, key=f"given:{pairing.pk}")])
    return pairing


def end_pairing(pairing: Pairing, ended: PairingEnd, *, by: User | None) -> None:
    """Part: what was agreed for later is cancelled with words, the thread and the hours stay."""
    with transaction.atomic():
        changed = Pairing.objects.filter(pk=pairing.pk, until=None).update(until=timezone.now(), ended=ended)
        if not changed:
            return
        take_rights(pairing, by=by)
        bookings = pairing.bookings.filter(cancelled_at=None, slot__starts_at__gt=timezone.now())
        cancel_bookings(
            list(bookings.select_related("slot", "pairing__team__classroom", "pairing__mentor__user")),
            Why.PAIRING,
            by=by,
        )
        waiting = ReviewRequest.objects.filter(pairing=pairing, answered_at=None, cancelled_at=None)
        waiting.update(cancelled_at=timezone.now(), why=Why.PAIRING)
        thread.say(pairing.team, PostKind.NEWS, code="contact.parted", params={"mentor": str(pairing.mentor.user)})
        note("parted", pairing, by=by, team=pairing.team_id, mentor=pairing.mentor_id, ended=ended)
        tell_parted(pairing)


def tell_parted(pairing: Pairing) -> None:
    facts = {"team": pairing.team.name, "mentor": str(pairing.mentor.user)}
    path = reverse("partners:team", args=[pairing.team_id])
    key = f"parted:{pairing.pk}"
    tellings = [Telling(recipient=one, facts=facts, path=path, key=key) for one in around(pairing.team)]
    mine = Telling(recipient=pairing.mentor.user, facts=facts, path=reverse("partners:mentoring"), key=key)
    notify_many("mentor.parted", [*tellings, mine])


def give_rights(pairing: Pairing, *, by: User | None) -> None:
    """Let the mentor read the team's stages and decide at its gates."""
    give_mentor(pairing.team, pairing.mentor.user, by=by)


def take_rights(pairing: Pairing, *, by: User | None) -> None:
    take_mentor(pairing.team, pairing.mentor.user, by=by)
