"""Whose thread, half hour or review somebody may see: a mentor only while their checks hold."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from saem.apps.cohorts.queries import classrooms_seen_by, classrooms_taught_by
from saem.apps.partners.models import Booking, Mentor, Pairing, ReviewRequest, Slot
from saem.apps.people.models import User
from saem.apps.projects.models import Membership, Team


@dataclass(frozen=True)
class Viewer:
    """How somebody stands to a team. Teachers and staff read along and may write; they book nothing."""

    is_member: bool
    is_mentor: bool
    is_teacher: bool = False


def mentors_of(user: User) -> QuerySet[Mentor]:
    """The user as a mentor, here or at several institutions, whatever the checks say."""
    return Mentor.objects.here().filter(user_id=user.pk)


def mentor_own_for(user: User, pk: int) -> Mentor:
    return get_object_or_404(mentors_of(user).select_related("host", "user"), pk=pk)


def pairings_in_contact(user: User) -> QuerySet[Pairing]:
    """Teams that this mentor may meet today."""
    cleared = Mentor.objects.cleared_on(timezone.localdate()).filter(user_id=user.pk)
    return Pairing.objects.filter(until=None, team__closed_at=None, mentor__in=cleared)


def team_for(user: User, pk: int) -> tuple[Team, Viewer]:
    """A team whose thread `user` may read: a member, its mentor, who teaches or runs its class. Else a 404."""
    viewer = Viewer(
        is_member=Membership.objects.current().filter(team=pk, enrolment__user_id=user.pk).exists(),
        is_mentor=pairings_in_contact(user).filter(team=pk).exists(),
        is_teacher=classrooms_taught_by(user).filter(teams=pk).exists(),
    )
    teams = Team.objects.select_related("classroom__cohort")
    if not (viewer.is_member or viewer.is_mentor):
        teams = teams.filter(classroom__in=classrooms_seen_by(user).values("pk"))
    return get_object_or_404(teams, pk=pk), viewer


def own_team_for(user: User, pk: int) -> Team:
    """A team that `user` is a member of: who acts for it."""
    team, viewer = team_for(user, pk)
    if not viewer.is_member:
        raise Http404
    return team


def slot_own_for(user: User, pk: int) -> Slot:
    return get_object_or_404(Slot.objects.filter(mentor__in=mentors_of(user)).select_related("mentor"), pk=pk)


def booking_for(user: User, pk: int) -> Booking:
    """A meeting of the mentor's own, in a pairing where contact is allowed, or of a team the user is in."""
    own = Q(pairing__in=pairings_in_contact(user))
    mine = Membership.objects.current().filter(enrolment__user_id=user.pk)
    rows = Booking.objects.filter(own | Q(pairing__team__in=mine.values("team")))
    return get_object_or_404(rows.select_related("slot", "pairing__team__classroom", "pairing__mentor__user"), pk=pk)


def booking_own_for(user: User, pk: int) -> Booking:
    """A meeting that the mentor reports: also of a pairing that has ended since, for the hours were given."""
    rows = Booking.objects.filter(slot__mentor__in=mentors_of(user), cancelled_at=None)
    return get_object_or_404(rows.select_related("slot", "pairing__team__classroom", "pairing__mentor__user"), pk=pk)


def review_own_for(user: User, pk: int) -> ReviewRequest:
    rows = ReviewRequest.objects.filter(pairing__in=pairings_in_contact(user))
    return get_object_or_404(rows.select_related("pairing__team__classroom", "pairing__mentor__user"), pk=pk)
