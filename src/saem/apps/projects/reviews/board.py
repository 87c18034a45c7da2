"""The teams that a marker has before them: what is theirs to do, what is done, what markers have to talk about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from saem.apps.projects.models import CriterionMark, MarkingSample, Team, TeamMarking, TeamResult
from saem.apps.projects.reviews.queries import Room, bars_of
from saem.apps.projects.reviews.results import Standing, standings_of

TEAMS_A_PAGE = 30


@dataclass(frozen=True, kw_only=True)
class Line:
    """One team: `mine` criteria of `criteria` are marked by whoever looks."""

    team: Team
    standing: Standing
    mine: int
    criteria: int
    is_finished: bool
    bar: str | None
    result: TeamResult | None

    @property
    def is_mine_to_do(self) -> bool:
        return self.bar is None and not self.is_finished


def teams_to_mark(room: Room) -> QuerySet[Team]:
    """Samples first, then what this marker has not finished, then the rest."""
    mine = TeamMarking.objects.filter(team=OuterRef("pk"), marker=room.user, finished_at__isnull=False)
    is_sample = MarkingSample.objects.filter(team=OuterRef("pk"))
    return (
        room.teams.annotate(is_done=Exists(mine), is_sample=Exists(is_sample))
        .annotate(
            turn=Case(
                When(is_sample=True, is_done=False, then=Value(0)),
                When(is_done=False, then=Value(1)),
                default=Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("turn", "name", "pk")
    )


def board_page(room: Room, number: str | int | None) -> tuple[Page[Team], list[Line]]:
    """One page, in a fixed number of queries."""
    page = Paginator(teams_to_mark(room), TEAMS_A_PAGE).get_page(number)
    return page, lines_of(room, list(page.object_list))


def lines_of(room: Room, teams: Sequence[Team]) -> list[Line]:
    standings, bars = standings_of(room, teams), bars_of(room, teams)
    counts = CriterionMark.objects.filter(marking__team__in=teams, marking__marker=room.user)
    mine = dict(counts.values_list("marking__team").annotate(n=Count("pk")).order_by())
    finished = set(
        TeamMarking.objects.filter(team__in=teams, marker=room.user, finished_at__isnull=False).values_list(
            "team", flat=True
        )
    )
    results = {row.team_id: row for row in TeamResult.objects.filter(team__in=teams)}
    return [
        Line(
            team=team,
            standing=standings[team.pk],
            mine=mine.get(team.pk, 0),
            criteria=len(room.rubric.criteria),
            is_finished=team.pk in finished,
            bar=bars.get(team.pk),
            result=results.get(team.pk),
        )
        for team in teams
    ]


def next_team(room: Room, after: Team) -> Team | None:
    """What to mark next; None where nothing is left for this marker."""
    rest = list(teams_to_mark(room).filter(Q(is_done=False)).exclude(pk=after.pk)[:TEAMS_A_PAGE])
    bars = bars_of(room, rest)
    return next((team for team in rest if team.pk not in bars), None)
