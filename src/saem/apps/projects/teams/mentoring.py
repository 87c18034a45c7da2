"""Mentors of a team: given and taken by the rooms above, who know who may be one."""

from django.db import transaction
from django.utils import timezone

from saem.apps.people.models import User
from saem.apps.projects.models import Team, TeamMentor
from saem.apps.projects.teams.noting import note


def give_mentor(team: Team, user: User, *, by: User | None) -> TeamMentor:
    """From now on `user` sees the team and decides at its gates; giving twice changes nothing."""
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=team.pk)
        mentor, is_new = TeamMentor.objects.get_or_create(team=held, user=user, until=None)
        if is_new:
            note("team.mentor_given", held, by=by, mentor=user.pk)
    return mentor


def take_mentor(team: Team, user: User, *, by: User | None) -> None:
    """What they decided stays; the team is not theirs to see any more. Taking twice changes nothing."""
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=team.pk)
        if TeamMentor.objects.filter(team=held, user=user, until=None).update(until=timezone.now()):
            note("team.mentor_taken", held, by=by, mentor=user.pk)
