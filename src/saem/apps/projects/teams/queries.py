"""Teams as one person may see them. What one may not see does not exist."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by, classrooms_taught_by
from saem.apps.people.models import User
from saem.apps.projects.models import Membership, Team, TeamInvitation, TeamMentor, TeamMerge
from saem.lib import content


@dataclass(frozen=True, kw_only=True)
class Access:
    """What one person is to one team: a member, somebody who judges at its gates, or both of neither."""

    team: Team
    user: User
    project: content.Project
    membership: Membership | None
    is_staff: bool  # teaches the class or runs its cohort
    is_teacher: bool
    is_mentor: bool

    @property
    def may_work(self) -> bool:
        return self.membership is not None and self.team.is_working

    @property
    def may_judge(self) -> bool:
        return (self.is_staff or self.is_mentor) and self.membership is None and self.team.is_working

    @property
    def may_arrange(self) -> bool:
        """Whether this person may take somebody out of the team."""
        return self.is_staff and self.team.is_working

    @property
    def may_comment(self) -> bool:
        return self.team.is_working

    @property
    def most(self) -> int:
        return most_of(self.project)


def most_of(project: content.Project) -> int:
    """How many may be in a team of this project."""
    return project.team.most if project.team is not None else 1


def teams_seen_by(user: User) -> QuerySet[Team]:
    """Teams of classes that `user` teaches or runs, their own, those merged into it, and those they mentor."""
    mine = Membership.objects.current().filter(enrolment__user_id=user.pk).values("team")
    mentored = TeamMentor.objects.filter(user_id=user.pk, until=None).values("team")
    return Team.objects.filter(
        Q(classroom__in=classrooms_seen_by(user).values("pk"))
        | Q(pk__in=mine)
        | Q(merged_into__in=mine)
        | Q(pk__in=mentored)
        | Q(merged_into__in=mentored)
    )


def team_for(user: User, pk: int) -> Access:
    """A team that `user` may see, with what they are to it."""
    seen = teams_seen_by(user).filter(pk=pk)
    team = seen.select_related("classroom__cohort__version__program", "merged_into").first()
    if team is None:
        raise Http404
    membership = members_of(team).filter(enrolment__user_id=user.pk).first()
    return Access(
        team=team,
        user=user,
        project=project_of(team.classroom, team.project),
        membership=membership,
        is_staff=classrooms_seen_by(user).filter(pk=team.classroom_id).exists(),
        is_teacher=classrooms_taught_by(user).filter(pk=team.classroom_id).exists(),
        is_mentor=TeamMentor.objects.filter(team=team, user_id=user.pk, until=None).exists(),
    )


def own_team_for(user: User, pk: int) -> tuple[Access, Membership]:
    """A team that `user` is in and works in; whoever only sees it is told so."""
    access = team_for(user, pk)
    if access.membership is None or not access.may_work:
        raise PermissionDenied
    return access, access.membership


def judged_team_for(user: User, pk: int) -> Access:
    """A team at whose gates `user` decides; its members are told so."""
    access = team_for(user, pk)
    if not access.may_judge:
        raise PermissionDenied
    return access


def arranged_team_for(user: User, pk: int) -> Access:
    """A team of a class that `user` teaches or runs."""
    access = team_for(user, pk)
    if not access.may_arrange:
        raise PermissionDenied
    return access


def project_of(classroom: Classroom, project: str) -> content.Project:
    """A project of the class's program that is done in teams, or Http404."""
    found = program_of(classroom.cohort.version).projects.get(project)
    if found is None or found.team is None:
        raise Http404
    return found


def team_of(enrolment: Enrolment, project: str) -> Team | None:
    """The team that somebody is in now."""
    found = Membership.objects.filter(enrolment=enrolment, project=project, until=None).select_related("team").first()
    return found.team if found is not None else None


def members_of(team: Team) -> QuerySet[Membership]:
    """Those in the team now, by role."""
    current = Membership.objects.current().filter(team=team)
    return current.select_related("enrolment__user", "team").order_by("since", "pk")


def stretches_of(team: Team) -> QuerySet[Membership]:
    """Everybody who is or was in the team, with every role they had."""
    return team.memberships.select_related("enrolment").order_by("since", "pk")


def working_teams(classroom: Classroom, project: str) -> QuerySet[Team]:
    return Team.objects.working().filter(classroom=classroom, project=project).order_by("name", "pk")


def without_team(classroom: Classroom, project: str) -> QuerySet[Enrolment]:
    """Students of the class who are in no team of this project."""
    taken = Membership.objects.filter(project=project, until=None, enrolment__classroom=classroom)
    students = classroom.enrolments.present().exclude(pk__in=taken.values("enrolment"))
    return students.order_by("nickname", "pk")


def open_invitations(enrolment: Enrolment, project: str) -> QuerySet[TeamInvitation]:
    """What somebody has been asked into and not answered yet."""
    asked = TeamInvitation.objects.filter(
        enrolment=enrolment, answered_at=None, team__project=project, team__closed_at=None
    )
    return asked.select_related("team", "invited_by").order_by("created_at")


def invitation_for(user: User, pk: int) -> TeamInvitation:
    """An invitation to `user`."""
    found = (
        TeamInvitation.objects.filter(pk=pk, enrolment__user_id=user.pk, enrolment__left_at=None)
        .select_related("team__classroom__cohort__version__program", "enrolment__classroom__cohort")
        .first()
    )
    if found is None:
        raise Http404
    return found


def merge_for(user: User, pk: int) -> tuple[TeamMerge, Membership]:
    """A proposal to a team that `user` is in."""
    found = TeamMerge.objects.filter(pk=pk).select_related("team", "into__classroom__cohort__version__program").first()
    if found is None:
        raise Http404
    mine = members_of(found.into).filter(enrolment__user_id=user.pk).first()
    if mine is None:
        raise Http404
    return found, mine


def judges_of(team: Team, *, teachers: Iterable[User]) -> list[User]:
    """Teachers of the class and mentors of the team: who is told that something waits at a gate."""
    mentors = [held.user for held in TeamMentor.objects.filter(team=team, until=None).select_related("user")]
    return list(dict.fromkeys([*teachers, *mentors]))
