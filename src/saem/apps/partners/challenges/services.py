"""A challenge is written by a partner, read by staff, taken by teams; its data may go while the history stays."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.services import notify_all
from saem.apps.partners.audience import around, speakers_of, staff_of
from saem.apps.partners.challenges.checklist import POINTS
from saem.apps.partners.challenges.downloads import takers_of
from saem.apps.partners.contact import thread
from saem.apps.partners.models import Challenge, ChallengeFileData, ChallengeState, ChallengeUse, PostKind
from saem.apps.partners.noting import note
from saem.apps.people.models import Institution, User
from saem.apps.projects.models import Team
from saem.errors import SaemError


def begin(institution: Institution, facts: Mapping[str, object], *, by: User) -> Challenge:
    """A draft that only the partner reads."""
    with transaction.atomic():
        challenge = Challenge.objects.create(institution=institution, written_by=by, **facts)
        note("challenge_begun", challenge, by=by)
    return challenge


def change(challenge: Challenge, facts: Mapping[str, object], *, seen: int, by: User) -> None:
    """Save a draft; raises SaemError where it was sent or saved by somebody else meanwhile."""
    with transaction.atomic():
        row = locked(challenge)
        if not row.may_change or row.revision != seen:
            raise SaemError("challenge.changed", status=409)
        Challenge.objects.filter(pk=row.pk).update(**facts, revision=row.revision + 1)
        note("challenge_changed", row, by=by)


def send(challenge: Challenge, *, by: User) -> None:
    """To the staff of the host. Every point of the checklist must be confirmed, and there must be data."""
    with transaction.atomic():
        row = locked(challenge)
        if not row.may_change:
            raise SaemError("challenge.changed", status=409)
        if set(POINTS) - set(row.checklist):
            raise SaemError("challenge.unchecked", status=409)
        if not row.data_url and not row.files.exists():
            raise SaemError("challenge.no_data", status=409)
        row.state, row.sent_at = ChallengeState.SENT, timezone.now()
        row.save(update_fields=["state", "sent_at"])
        note("challenge_sent", row, by=by)
        tell(row, "challenge.sent", staff_of(row.host), key=f"challenge.sent:{row.pk}:{row.revision}")


def decide(challenge: Challenge, *, approves: bool, comment: str, by: User) -> None:
    """Publish it, or send it back with what is to be mended. Who wrote it does not decide."""
    with transaction.atomic():
        row = locked(challenge)
        if row.state != ChallengeState.SENT:
            raise SaemError("challenge.changed", status=409)
        if row.written_by_id == by.pk:
            raise SaemError("challenge.own", status=409)
        row.state = ChallengeState.APPROVED if approves else ChallengeState.RETURNED
        row.decided_at, row.decided_by, row.comment = timezone.now(), by, comment
        # A second press on an old page must not decide what was sent again.
        row.revision += 1
        row.save(update_fields=["state", "decided_at", "decided_by", "comment", "revision"])
        note("challenge_decided", row, by=by, approves=approves)
        key = f"challenge.decided:{row.pk}:{row.revision}"
        tell(row, "challenge.decided", speakers_of(row.institution), key=key, approves=approves, comment=comment)


def take(challenge: Challenge, team: Team, *, by: User) -> ChallengeUse:
    """A team works on it. One at a time; the one before stays in the record."""
    if challenge.state != ChallengeState.APPROVED or not challenge.has_data:
        raise SaemError("challenge.not_open", status=409)
    try:
        with transaction.atomic():
            row = locked(challenge)
            if not row.has_data:
                raise SaemError("challenge.not_open", status=409)
            if (known := row.uses.filter(team=team, ended_at=None).first()) is not None:
                return known
            ChallengeUse.objects.filter(team=team, ended_at=None).update(ended_at=timezone.now())
            use = ChallengeUse.objects.create(challenge=row, team=team, taken_by=by)
            note("challenge_taken", use, by=by, cohort_id=team.classroom.cohort_id, challenge=row.pk)
            thread.say(
                team,
                PostKind.NEWS,
                by=by,
                code="contact.challenge",
                params={"challenge": {"ko": row.title, "en": row.title_en}},
            )
    except IntegrityError as error:
        raise SaemError("challenge.other_taken", status=409) from error
    return use


def withdraw_data(challenge: Challenge, *, reason: str, by: User) -> None:
    """From now on the data must not be used: the challenge says so, whoever uses them is told.

    Files leave this site; what they were, who took them and what was done with them stays in the record.
    """
    with transaction.atomic():
        row = locked(challenge)
        if row.data_withdrawn_at is not None:
            return
        row.data_withdrawn_at, row.data_withdrawn_why = timezone.now(), reason
        row.save(update_fields=["data_withdrawn_at", "data_withdrawn_why"])
        ChallengeFileData.objects.filter(file__challenge=row).delete()
        note("data_withdrawn", row, by=by, reason=reason)
        tell_withdrawn(row)


def tell_withdrawn(challenge: Challenge) -> None:
    """Every team that works on it now, its teachers, the staff of the host, and whoever took a file along."""
    people = {one.pk: one for one in staff_of(challenge.host) + takers_of(challenge)}
    uses = challenge.uses.filter(ended_at=None, team__closed_at=None).select_related("team__classroom__cohort")
    for use in uses:
        params = {
            "challenge": {"ko": challenge.title, "en": challenge.title_en},
            "reason": challenge.data_withdrawn_why,
        }
        thread.say(use.team, PostKind.NEWS, code="contact.data_withdrawn", params=params)
        people |= {one.pk: one for one in around(use.team)}
    key = f"challenge.data:{challenge.pk}"
    reason = challenge.data_withdrawn_why
    tell(challenge, "challenge.data_withdrawn", list(people.values()), key=key, reason=reason)


def close(challenge: Challenge, *, by: User) -> None:
    """No further team takes it; those at work go on."""
    with transaction.atomic():
        row = locked(challenge)
        if row.state != ChallengeState.APPROVED:
            raise SaemError("challenge.changed", status=409)
        row.state = ChallengeState.CLOSED
        row.save(update_fields=["state"])
        note("challenge_closed", row, by=by)


def locked(challenge: Challenge) -> Challenge:
    return Challenge.objects.select_for_update(of=("self",)).select_related("institution", "host").get(pk=challenge.pk)


def tell(challenge: Challenge, kind: str, people: list[User], *, key: str, **facts: object) -> None:
    facts["title"] = {"ko": challenge.title, "en": challenge.title_en}
    facts["partner"] = {"ko": challenge.institution.name, "en": challenge.institution.name_en}
    path = reverse("partners:challenge", args=[challenge.pk])
    notify_all(people, kind, key=key, facts=facts, path=path)
