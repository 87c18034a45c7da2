"""Opportunities are offered, approved, cancelled, and marked afterwards with who was there."""

from collections.abc import Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Program
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import notify_all
from saem.apps.partners.audience import speakers_of, staff_of
from saem.apps.partners.models import LIVE, Interest, Opportunity, OpportunityState, SignUpState
from saem.apps.partners.noting import note
from saem.apps.people.models import Institution, User
from saem.errors import SaemError


def offer(
    institution: Institution, facts: Mapping[str, object], programs: list[Program], *, is_open: bool, by: User
) -> Opportunity:
    """Staff of the host open it at once; a partner's waits for them."""
    state = OpportunityState.OPEN if is_open else OpportunityState.SENT
    with transaction.atomic():
        row = Opportunity.objects.create(institution=institution, state=state, written_by=by, **facts)
        row.programs.set(programs)
        note("opportunity_offered", row, by=by, state=state)
        if not is_open:
            tell(row, "opportunity.sent", staff_of(row.host), key=f"opportunity.sent:{row.pk}")
    return row


def approve(opportunity: Opportunity, *, by: User) -> None:
    with transaction.atomic():
        row = locked(opportunity)
        if row.state != OpportunityState.SENT:
            raise SaemError("opportunity.changed", status=409)
        row.state = OpportunityState.OPEN
        row.save(update_fields=["state"])
        note("opportunity_approved", row, by=by)
        tell(row, "opportunity.approved", speakers_of(row.institution), key=f"opportunity.approved:{row.pk}")


def cancel(opportunity: Opportunity, *, reason: str, by: User) -> None:
    """It does not take place; whoever signed up reads why."""
    with transaction.atomic():
        row = locked(opportunity)
        if row.state == OpportunityState.CANCELLED or row.is_over:
            raise SaemError("opportunity.changed", status=409)
        row.state, row.cancelled_why = OpportunityState.CANCELLED, reason
        row.save(update_fields=["state", "cancelled_why"])
        note("opportunity_cancelled", row, by=by, reason=reason)
        people = [one.user for one in row.sign_ups.filter(state__in=LIVE).select_related("user")]
        tell(row, "opportunity.cancelled", people, key=f"opportunity.cancelled:{row.pk}", reason=reason)


def mark(opportunity: Opportunity, came: Mapping[int, bool], *, by: User) -> None:
    """Who was there, by sign-up; only of those who had a place."""
    if opportunity.starts_at > timezone.now():
        raise SaemError("opportunity.not_yet", status=409)
    with transaction.atomic():
        going = opportunity.sign_ups.filter(state=SignUpState.GOING)
        for was_there in (True, False):
            pks = [pk for pk, value in came.items() if value is was_there]
            going.filter(pk__in=pks).update(came=was_there)
        note("attendance", opportunity, by=by, came=sum(came.values()), of=len(came))


def choose_interests(user: User, topics: list[str]) -> None:
    Interest.objects.update_or_create(user=user, defaults={"topics": topics, "changed_at": timezone.now()})


def locked(opportunity: Opportunity) -> Opportunity:
    rows = Opportunity.objects.select_for_update(of=("self",)).select_related("institution", "host")
    return rows.get(pk=opportunity.pk)


def tell(opportunity: Opportunity, kind: str, people: list[User], *, key: str, **facts: object) -> None:
    facts["title"] = {"ko": opportunity.title, "en": opportunity.title_en}
    facts["when"] = when_of(opportunity.starts_at)
    path = reverse("partners:opportunity", args=[opportunity.pk])
    notify_all(people, kind, key=key, facts=facts, path=path)
