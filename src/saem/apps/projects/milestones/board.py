"""The board of a class: every team's stage, who is waited for and since when, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import Http404

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Classroom
from saem.apps.cohorts.queries import classrooms_seen_by
from saem.apps.people.models import User
from saem.apps.projects.milestones.queries import stages_by_team, stages_of_many
from saem.apps.projects.milestones.stages import Stage, WaitsFor, current_of
from saem.apps.projects.models import LogEntry, Membership, MilestoneStatus, Team, TeamMentor, TeamMilestone
from saem.lib import content

TEAMS_A_PAGE = 30
OWN_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """One team on the board."""

    team: Team
    members: list[Membership]
    mentors: list[TeamMentor]
    stages: list[Stage]
    last_week: dt.date | None  # of the log

    @property
    def current(self) -> Stage | None:
        return current_of(self.stages)

    @property
    def waits_for(self) -> WaitsFor:
        return self.current.waits_for if self.current is not None else WaitsFor.NOBODY

    @property
    def since(self) -> dt.datetime:
        """Since when it is so: the last change of the stage, or the passing of the one before it."""
        rows = [stage.row for stage in self.stages if stage.row is not None]
        current = self.current
        if current is not None and current.row is not None:
            return current.row.since
        return max((row.since for row in rows), default=self.team.created_at)

    @property
    def passed(self) -> int:
        return sum(stage.is_passed for stage in self.stages)


def classroom_for(user: User, pk: int) -> Classroom:
    """A class that `user` teaches or runs."""
    found = classrooms_seen_by(user).filter(pk=pk).select_related("cohort__version__program").first()
    if found is None:
        raise Http404
    return found


def board_teams(classroom: Classroom, project: str) -> QuerySet[Team]:
    """Teams at work: those that wait for a teacher first, the longest waiting before the others."""
    waiting = TeamMilestone.objects.filter(team=OuterRef("pk"), status=MilestoneStatus.WAITING)
    since = waiting.values("team").annotate(first=Min("since")).values("first")
    return (
        Team.objects.working()
        .filter(classroom=classroom, project=project)
        .annotate(waits=Exists(waiting), waits_since=Subquery(since))
        .annotate(
            turn=Case(When(waits=True, then=Value(0)), default=Value(1), output_field=IntegerField()),
        )
        .order_by("turn", "waits_since", "name", "pk")
    )


def board_page(
    classroom: Classroom, project: content.Project, number: str | int | None
) -> tuple[Page[Team], list[TeamLine]]:
    """One page of the board."""
    page = Paginator(board_teams(classroom, project.id), TEAMS_A_PAGE).get_page(number)
    return page, lines_of(list(page.object_list), project)


def lines_of(teams: Sequence[Team], project: content.Project) -> list[TeamLine]:
    """The lines of these teams, in four queries."""
    members: dict[int, list[Membership]] = defaultdict(list)
    for member in (
        Membership.objects.current().filter(team__in=teams).select_related("enrolment").order_by("since", "pk")
    ):
        members[member.team_id].append(member)
    mentors: dict[int, list[TeamMentor]] = defaultdict(list)
    for mentor in TeamMentor.objects.filter(team__in=teams, until=None).select_related("user").order_by("since", "pk"):
        mentors[mentor.team_id].append(mentor)
    weeks = dict(LogEntry.objects.filter(team__in=teams).values_list("team").annotate(last=Max("week")))
    stages = stages_of_many(teams, project.milestones)
    return [
        TeamLine(
            team=team,
            members=members[team.pk],
            mentors=mentors[team.pk],
            stages=stages[team.pk],
            last_week=weeks.get(team.pk),
        )
        for team in teams
    ]


@dataclass(frozen=True, kw_only=True)
class TeamProject:
    """A project of a class that is done in teams, with how many teams there are and how many wait at a gate."""

    project: content.Project
    teams: int
    waiting: int


def team_projects(classroom: Classroom) -> list[TeamProject]:
    """Projects of the class's program that are done in teams, in one query."""
    projects = [each for each in program_of(classroom.cohort.version).projects.values() if each.team is not None]
    if not projects:
        return []
    counts = {
        project: (teams, waiting)
        for project, teams, waiting in Team.objects.working()
        .filter(classroom=classroom)
        .values_list("project")
        .annotate(
            teams=Count("pk", distinct=True),
            waiting=Count("milestones", filter=Q(milestones__status=MilestoneStatus.WAITING), distinct=True),
        )
        .order_by()
    }
    return [
        TeamProject(project=each, teams=counts.get(each.id, (0, 0))[0], waiting=counts.get(each.id, (0, 0))[1])
        for each in projects
    ]


@dataclass(frozen=True, kw_only=True)
class WaitingGate:
    """A stage of a team that waits at its gate."""

    row: TeamMilestone
    milestone: content.Milestone


def waiting_gates(classroom: Classroom) -> list[WaitingGate]:
    """What waits for a teacher of the class, the longest waiting first, in one query."""
    projects = program_of(classroom.cohort.version).projects
    rows = (
        TeamMilestone.objects.filter(team__classroom=classroom, team__closed_at=None, status=MilestoneStatus.WAITING)
        .select_related("team")
        .order_by("since", "pk")
    )
    found = []
    for row in rows:
        project = projects.get(row.team.project)
        milestones = project.milestones if project is not None else ()
        found += [WaitingGate(row=row, milestone=each) for each in milestones if each.id == row.milestone]
    return found


@dataclass(frozen=True, kw_only=True)
class OwnTeam:
    """A team that somebody is in or mentors, and where it is."""

    team: Team
    project: content.Project
    current: Stage | None
    is_mentored: bool


def own_teams(user: User) -> list[OwnTeam]:
    """Teams at work that `user` is in or mentors, in four queries."""
    mine = Membership.objects.current().filter(enrolment__user_id=user.pk)
    mentored = TeamMentor.objects.filter(user_id=user.pk, until=None)
    teams = list(
        Team.objects.working()
        .filter(Q(pk__in=mine.values("team")) | Q(pk__in=mentored.values("team")))
        .select_related("classroom__cohort__version__program")
        .order_by("-created_at", "-pk")[:OWN_SHOWN]
    )
    guided = set(mentored.values_list("team", flat=True))
    projects = {team.pk: program_of(team.classroom.cohort.version).projects.get(team.project) for team in teams}
    stages = stages_by_team({key: project.milestones for key, project in projects.items() if project is not None})
    return [
        OwnTeam(team=team, project=project, current=current_of(stages[team.pk]), is_mentored=team.pk in guided)
        for team in teams
        if (project := projects[team.pk]) is not None
    ]
