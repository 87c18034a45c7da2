"""Who looks after what in a team, and the turn that gives everybody another part."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from saem.apps.people.models import User
from saem.apps.projects.models import Membership, MembershipEnd, Team, TeamRole
from saem.apps.projects.teams.noting import note

# A small team still takes turns in four parts; somebody looks after two of them for a while.
FEWEST_PARTS = 4


def role_for(members: Sequence[Membership]) -> TeamRole:
    """The first part that nobody has, for somebody who comes in."""
    taken = {member.role for member in members}
    return next((role for role in TeamRole if role not in taken), TeamRole.TALK)


def parts_of(members: int) -> list[TeamRole]:
    """The parts that a team of this many takes turns in."""
    return list(TeamRole)[: max(members, FEWEST_PARTS)]


def next_roles(roles: Sequence[str]) -> list[TeamRole]:
    """Everybody's next part: the one after their own, or the next one that is free."""
    parts = parts_of(len(roles))
    order = [*TeamRole]
    free = list(parts)
    found = []
    for role in roles:
        start = (order.index(TeamRole(role)) + 1) % len(parts)
        chosen = next(part for part in [*parts[start:], *parts[:start]] if part in free)
        free.remove(chosen)
        found.append(chosen)
    return found


def turn_roles(team: Team, *, by: User, seen: int) -> bool:
    """Give everybody the next part; False, and nothing happens, where somebody did so since `seen` (`turn_of`)."""
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=team.pk)
        members = list(Membership.objects.current().filter(team=held).order_by("since", "pk"))
        if not members or turn_of(members) != seen:
            return False
        now = timezone.now()
        Membership.objects.filter(pk__in=[member.pk for member in members]).update(
            until=now, ended=MembershipEnd.TURNED
        )
        Membership.objects.bulk_create(
            Membership(team=held, project=held.project, enrolment_id=member.enrolment_id, role=role, since=now)
            for member, role in zip(members, next_roles([member.role for member in members]), strict=True)
        )
        note("team.turned", held, by=by, roles=[member.role for member in members])
    return True


def turn_of(members: Sequence[Membership]) -> int:
    """What tells one turn from the next, for a form to carry."""
    return max((member.pk for member in members), default=0)
