"""Links to a portfolio: given away, counted without a word about who opened them, taken back at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.awards.models import Portfolio, ShareLink
from saem.apps.awards.portfolio import limits
from saem.apps.awards.portfolio.entries import locked
from saem.apps.awards.portfolio.gate import gate_of
from saem.apps.cohorts.calls.links import hash_of, new_secret
from saem.apps.cohorts.models import Enrolment
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError


@dataclass(frozen=True)
class Given:
    """A new link with its key, which is known only now."""

    link: ShareLink
    token: str


def share(portfolio: Portfolio, *, label: str, ends_on: dt.date | None, with_name: bool) -> Given:
    """Make a link; refused while a guardian's consent is missing, and beyond as many as anybody oversees."""
    if not gate_of(portfolio).is_open:
        raise SaemError("portfolio.guardian_needed", status=409)
    secret = new_secret()
    with transaction.atomic():
        locked(portfolio)
        if portfolio.links.open_on(timezone.localdate()).count() >= limits.MOST_LINKS:
            raise SaemError("portfolio.too_many_links", status=409, most=limits.MOST_LINKS)
        link = ShareLink.objects.create(
            portfolio=portfolio, label=label, token_sha256=secret.sha256, ends_on=ends_on, with_name=with_name
        )
        note("portfolio.shared", link)
    return Given(link, secret.token)


def revoke(link: ShareLink) -> bool:
    """Take a link back; False where it was taken back already. The next request finds nothing."""
    with transaction.atomic():
        gone = ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
        if gone:
            note("portfolio.link_revoked", link)
    return bool(gone)


def note(verb: str, link: ShareLink) -> None:
    """Neither the key nor its hash goes into the record."""
    record(verb, actor=link.portfolio.user, object_kind="share_link", object_id=link.pk)


def links_of(portfolio: Portfolio) -> QuerySet[ShareLink]:
    """The newest first; those that are over stay in sight for their owner."""
    return ShareLink.objects.filter(portfolio=portfolio.pk).order_by("-created_at", "-pk")


def link_for(user: User, pk: int) -> ShareLink:
    return get_object_or_404(ShareLink.objects.select_related("portfolio__user"), pk=pk, portfolio=user.pk)


def link_by(token: str) -> ShareLink | None:
    """The link that a key opens now: not taken back, not over, its owner's account and guardian's consent in force."""
    found = ShareLink.objects.open_on(timezone.localdate()).select_related("portfolio__user")
    link = found.filter(token_sha256=hash_of(token), portfolio__user__is_active=True).first()
    return link if link is not None and gate_of(link.portfolio).is_open else None


def count_opening(link: ShareLink) -> None:
    ShareLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1)


def name_shown(portfolio: Portfolio, courses: Sequence[Enrolment], *, with_name: bool) -> str:
    """The person's name, or the nickname of the newest class."""
    if with_name:
        return portfolio.user.display_name
    return courses[0].nickname if courses else _("어느 학습자")
