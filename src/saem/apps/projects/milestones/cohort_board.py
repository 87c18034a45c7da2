"""The board of a cohort: teams of all its classes, who is waited for and since when, narrowed by the database."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict, cast

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils import timezone

from saem.apps.catalog.queries import program_of
from saem.apps.cohorts.models import Cohort
from saem.apps.projects.milestones.board import TEAMS_A_PAGE, TeamLine, lines_of
from saem.apps.projects.milestones.stages import WaitsFor
from saem.apps.projects.models import MilestoneStatus, Team, TeamMilestone
from saem.lib import content

NO_STAGE = ""
EXPORTED_AT_ONCE = 200


class Standing(TypedDict):
    """What the database says of each team on the board."""

    current: str
    turn: str
    since: dt.datetime


if TYPE_CHECKING:  # for the type checker only
    from django_stubs_ext import WithAnnotations

    BoardTeam = WithAnnotations[Team, Standing]


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """What of the board is asked for; whatever is empty narrows nothing. `days`: it has been so for that long."""

    classroom: int | None = None
    waits_for: str = ""
    days: int = 0


def team_projects_of(cohort: Cohort) -> list[content.Project]:
    """Projects of the cohort's program that are done in teams."""
    return [each for each in program_of(cohort.version).projects.values() if each.team is not None]


def team_project_of(cohort: Cohort, project: str) -> content.Project:
    """One of them, or Http404."""
    found = next((each for each in team_projects_of(cohort) if each.id == project), None)
    if found is None:
        raise Http404
    return found


def cohort_teams(cohort: Cohort, project: content.Project) -> "QuerySet[BoardTeam]":
    """Teams at work with `current` (the first stage that is not passed), `turn` and `since`.

    Those that wait for somebody to look come first, the longest waiting before the others, then those at work, then
    those that have passed everything.
    """
    rows = TeamMilestone.objects.filter(team=OuterRef("pk"))
    passed = rows.filter(status=MilestoneStatus.PASSED)
    current = Case(
        *(When(~Exists(passed.filter(milestone=each.id)), then=Value(each.id)) for each in project.milestones),
        default=Value(NO_STAGE),
        output_field=CharField(),
    )
    here = rows.filter(milestone=OuterRef("current"))
    last = rows.values("team").annotate(last=Max("since")).values("last")
    teams = Team.objects.working().filter(classroom__cohort=cohort, project=project.id).select_related("classroom")
    ranked = (
        teams.annotate(current=current)
        .annotate(
            turn=Case(
                When(Exists(here.filter(status=MilestoneStatus.WAITING)), then=Value(WaitsFor.JUDGE)),
                When(current=NO_STAGE, then=Value(WaitsFor.NOBODY)),
                default=Value(WaitsFor.TEAM),
                output_field=CharField(),
            ),
            since=Coalesce(
                Subquery(here.values("since")[:1]), Subquery(last[:1]), F("created_at"), output_field=DateTimeField()
            ),
        )
        .annotate(place=Case(*(When(turn=turn, then=Value(at)) for at, turn in enumerate(ORDER)), default=Value(9)))
        .order_by("place", "since", "pk")
    )
    return cast("QuerySet[BoardTeam]", ranked)


ORDER = (WaitsFor.JUDGE, WaitsFor.TEAM, WaitsFor.NOBODY)


def narrowed(teams: "QuerySet[BoardTeam]", asked: Narrowed) -> "QuerySet[BoardTeam]":
    if asked.classroom is not None:
        teams = teams.filter(classroom=asked.classroom)
    if asked.waits_for:
        teams = teams.filter(turn=asked.waits_for)
    if asked.days:
        teams = teams.filter(since__lte=timezone.now() - dt.timedelta(days=asked.days))
    return teams


def counts(teams: "QuerySet[BoardTeam]") -> Mapping[str, int]:
    """How many teams wait for whom, in one query."""
    return dict(teams.order_by().values_list("turn").annotate(n=Count("pk")))


def cohort_page(
    cohort: Cohort, project: content.Project, asked: Narrowed, number: str | None
) -> tuple[Page[Any], list[TeamLine]]:
    page = Paginator(narrowed(cohort_teams(cohort, project), asked), TEAMS_A_PAGE).get_page(number)
    return page, lines_of(list(page.object_list), project)


def exported(cohort: Cohort, project: content.Project, asked: Narrowed) -> Iterator[TeamLine]:
    """Every line in the board's order, read in parts: its length costs no memory."""
    pks = list(narrowed(cohort_teams(cohort, project), asked).values_list("pk", flat=True))
    for begin in range(0, len(pks), EXPORTED_AT_ONCE):
        part = pks[begin : begin + EXPORTED_AT_ONCE]
        teams = Team.objects.filter(pk__in=part).select_related("classroom").in_bulk()
        yield from lines_of([teams[pk] for pk in part if pk in teams], project)
