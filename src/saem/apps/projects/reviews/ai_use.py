"""What members say about AI tools: which, for what, what they kept, how they checked it; or that they used none."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from saem.apps.projects.models import AiPurpose, AiUse, Membership, Team
from saem.apps.projects.teams.noting import note
from saem.errors import SaemError

MOST_USES = 200


@dataclass(frozen=True, kw_only=True)
class Told:
    """One use. With `AiPurpose.NONE` nothing else is said."""

    purpose: str
    milestone: str = ""
    tool: str = ""
    asked: str = ""
    kept: str = ""
    checked: str = ""


def uses_of(team: Team) -> QuerySet[AiUse]:
    """What is said now, in order."""
    rows = AiUse.objects.filter(team=team, withdrawn_at=None)
    return rows.select_related("enrolment").order_by("written_at", "pk")


def tell_use(membership: Membership, told: Told) -> AiUse:
    """Say it; the same again is once. Raises SaemError `ai_use.too_many` and `ai_use.contradiction`: nobody says that
    they used none beside uses of their own.
    """
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=membership.team_id)
        live = AiUse.objects.filter(team=team, withdrawn_at=None)
        mine = live.filter(enrolment=membership.enrolment)
        same = mine.filter(**vars(told)).first()
        if same is not None:
            return same
        if live.count() >= MOST_USES:
            raise SaemError("ai_use.too_many", status=409, most=MOST_USES)
        others = mine.exclude(purpose=AiPurpose.NONE) if told.purpose == AiPurpose.NONE else mine.none()
        if others.exists():
            raise SaemError("ai_use.contradiction", status=409)
        # Who used something after all has no longer used none.
        mine.filter(purpose=AiPurpose.NONE).update(withdrawn_at=timezone.now())
        use = AiUse.objects.create(team=team, enrolment=membership.enrolment, **vars(told))
        note("ai_use.told", team, by=membership.enrolment.user, use=use.pk, purpose=told.purpose)
    return use


def withdraw_use(membership: Membership, use: AiUse) -> None:
    """Take back what one said oneself; the row stays."""
    with transaction.atomic():
        rows = AiUse.objects.filter(pk=use.pk, enrolment=membership.enrolment, withdrawn_at=None)
        if rows.update(withdrawn_at=timezone.now()):
            team = Team.objects.select_related("classroom").get(pk=membership.team_id)
            note("ai_use.taken_back", team, by=membership.enrolment.user, use=use.pk)
