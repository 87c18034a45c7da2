"""Two teams that go on as one: one proposes, the other answers; the history of both stays."""

from django.db import transaction
from django.utils import timezone

from saem.apps.projects.models import Membership, MembershipEnd, Team, TeamMerge
from saem.apps.projects.teams import telling
from saem.apps.projects.teams.forming import close, seats_taken
from saem.apps.projects.teams.noting import note
from saem.apps.projects.teams.roles import role_for
from saem.errors import SaemError


def propose_merge(team: Team, into: Team, *, by: Membership, most: int) -> TeamMerge:
    """Propose to go on in another team of the class; a newer proposal takes the place of an open one.

    Raises SaemError `team.merge_with_itself`, `team.closed` or `team.merge_too_large`.
    """
    if team.pk == into.pk or (team.classroom_id, team.project) != (into.classroom_id, into.project):
        raise SaemError("team.merge_with_itself", status=422)
    with transaction.atomic():
        _both(team, into, most=most)
        TeamMerge.objects.filter(team=team, answered_at=None).update(answered_at=timezone.now(), is_accepted=False)
        merge = TeamMerge.objects.create(team=team, into=into, proposed_by=by.enrolment)
        note("team.merge_proposed", team, by=by.enrolment.user, into=into.pk)
        telling.tell_proposed(merge)
    return merge


def answer_merge(merge: TeamMerge, *, accepts: bool, by: Membership, most: int) -> Team:
    """Go on together, or not. Raises SaemError `team.answered`, `team.closed` or `team.merge_too_large`."""
    with transaction.atomic():
        team, into = _both(merge.team, merge.into, most=most if accepts else 0)
        answered = TeamMerge.objects.filter(pk=merge.pk, answered_at=None).update(
            answered_at=timezone.now(), is_accepted=accepts
        )
        if not answered:
            raise SaemError("team.answered", status=409)
        note("team.merged" if accepts else "team.merge_declined", team, by=by.enrolment.user, into=into.pk)
        if accepts:
            _go_over(team, into)
        telling.tell_merge_answered(merge, accepts=accepts)
    return into


def _both(team: Team, into: Team, *, most: int) -> tuple[Team, Team]:
    """Both rows, held in one order whoever asks; with `most`, only where they are open and fit together."""
    rows = Team.objects.select_for_update(of=("self",)).select_related("classroom").order_by("pk")
    held = {row.pk: row for row in rows.filter(pk__in=[team.pk, into.pk])}
    first, second = held[team.pk], held[into.pk]
    if most and not (first.is_working and second.is_working):
        raise SaemError("team.closed", status=409)
    if most and seats_taken(first) + seats_taken(second) > most:
        raise SaemError("team.merge_too_large", status=409, most=most)
    return first, second


def _go_over(team: Team, into: Team) -> None:
    now = timezone.now()
    goers = list(Membership.objects.current().filter(team=team).order_by("since", "pk"))
    team.memberships.filter(until=None).update(until=now, ended=MembershipEnd.MERGED)
    there = list(Membership.objects.current().filter(team=into))
    for goer in goers:
        there.append(
            Membership.objects.create(
                team=into, project=into.project, enrolment_id=goer.enrolment_id, role=role_for(there), since=now
            )
        )
    close(team)
    # Whatever went into this one before goes on with it, so one look finds the whole history.
    Team.objects.filter(merged_into=team).update(merged_into=into)
    Team.objects.filter(pk=team.pk).update(merged_into=into)
