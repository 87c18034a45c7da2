"""Badges are signed outside any transaction, and written in the one of the act that they belong to."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.awards.badges.documents import achievement_of, evidence_of, marks_of, recipient_of
from saem.apps.awards.badges.statuses import address_of_list, free_places, list_with_room
from saem.apps.awards.issuers.rings import all_rings, issuer_of
from saem.apps.awards.issuers.services import Signer, signer_for
from saem.apps.awards.models import Badge, BadgeTemplate, Earning, Endorsement
from saem.apps.events.services import record
from saem.apps.notices.services import Telling, notify, notify_many
from saem.apps.notices.words import address_of
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.credentials import badges as lib
from saem.web.languages import language_of


@dataclass(frozen=True)
class Press:
    """What the badges of one part have in common: read once, then each badge is words and a signature."""

    template: BadgeTemplate
    signer: Signer
    issuer: lib.Issuer
    achievement: lib.Achievement
    endorsements: dict[str, list[dict[str, Any]]]
    trust: lib.Trust


def press_of(template: BadgeTemplate) -> Press:
    institution = template.cohort.institution
    endorsements: dict[str, list[dict[str, Any]]] = {}
    signer = signer_for(institution)
    for one in Endorsement.objects.filter(template=template, key__compromised_at=None).order_by("pk"):
        endorsements.setdefault(one.language, []).append(one.credential)
    trust = lib.Trust(rings=all_rings())
    return Press(template, signer, issuer_of(institution), achievement_of(template), endorsements, trust)


def signed_badges(template: BadgeTemplate, badges: Sequence[Badge]) -> list[Badge]:
    """Sign these badges, which know their holder and what they are for; none is in the database yet."""
    if not badges:
        return []
    press = press_of(template)
    status_list = list_with_room(template.cohort.institution, len(badges))
    for badge, place in zip(badges, free_places(status_list, len(badges)), strict=True):
        badge.uuid, badge.template = uuid.uuid4(), template
        badge.status_list, badge.index = status_list, place
        badge.language, badge.issued_at = language_of(badge.holder.language), timezone.now()
    return [sign(badge, press) for badge in badges]


def sign(badge: Badge, press: Press) -> Badge:
    """Put the credential, its key and its digest into the row; nothing is saved."""
    language = language_of(badge.language)
    award = lib.Award(
        id=address_of(reverse("awards:badge", args=[badge.uuid])),
        achievement=press.achievement,
        recipient=recipient_of(badge.holder),
        valid_from=badge.issued_at,
        hours=press.template.hours,
        marks=marks_of(badge.earning),
        evidence=evidence_of(badge.earning),
    )
    badge.credential = lib.issue_badge(
        award,
        issuer=press.issuer,
        key=press.signer.key,
        at=timezone.now(),
        language=language,
        status=lib.status_entry(address_of_list(badge.status_list), badge.index),
        endorsements=press.endorsements.get(language, []),
    )
    badge.key = press.signer.row
    # Nothing is given away that would not hold; of the status only a reader can know.
    badge.digest = lib.verify(badge.credential, press.trust, at=timezone.now()).digest
    if not badge.digest:
        raise SaemError("issuer.locked", status=503)
    return badge


def credential_of(badge: Badge) -> dict[str, Any]:
    """The badge as its holder takes it away; one whose key was compromised is signed again first, in its place."""
    if badge.key.compromised_at is None:
        return dict(badge.credential)
    press = press_of(badge.template)
    with transaction.atomic():
        row = Badge.objects.select_for_update(of=("self",)).select_related(
            "key", "template__cohort__institution", "template__goal", "status_list", "holder", "earning"
        )
        badge = row.get(pk=badge.pk)
        if badge.key.compromised_at is not None:
            sign(badge, press).save(update_fields=["credential", "key", "digest"])
            note("badge.signed_again", badge, by=None)
    return dict(badge.credential)


def revoke(badge: Badge, *, by: User, reason: str) -> bool:
    """Take a badge back for good; False where that was done before."""
    with transaction.atomic():
        row = Badge.objects.select_for_update(of=("self",)).select_related("template", "holder").get(pk=badge.pk)
        if row.revoked_at is not None:
            return False
        row.revoked_at, row.revoked_by, row.revocation_reason = timezone.now(), by, reason
        row.save(update_fields=["revoked_at", "revoked_by", "revocation_reason"])
        Earning.objects.filter(badge=row).update(ended_at=row.revoked_at)
        note("badge.revoked", row, by=by, reason=reason)
        facts = {"badge": row.template.names, "reason": reason}
        notify(row.holder, "badge.revoked", key=f"badge:{row.pk}:revoked", facts=facts, path=reverse("awards:mine"))
    return True


def keep_badges(badges: Sequence[Badge], *, by: User | None) -> None:
    """Write badges that were signed. Call inside the transaction of the act that they belong to."""
    for badge in badges:
        badge.issued_by = by
    Badge.objects.bulk_create(badges)
    for badge in badges:
        note("badge.issued", badge, by=by)


def tell_given(badges: Iterable[Badge]) -> None:
    path = reverse("awards:mine")
    notify_many(
        "badge.ready",
        [
            Telling(recipient=one.holder, key=f"badge:{one.pk}", facts={"badge": one.template.names}, path=path)
            for one in badges
        ],
    )


def note(verb: str, badge: Badge, *, by: User | None, **facts: object) -> None:
    cohort = badge.template.cohort_id
    record(verb, actor=by, object_kind="badge", object_id=badge.pk, cohort_id=cohort, facts=facts)
