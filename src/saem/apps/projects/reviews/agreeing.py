"""How well the markers of a class agree, from the finished markings of its teams."""

from dataclasses import dataclass

from saem.apps.projects.models import HIGHEST, LOWEST, Team, TeamMarking
from saem.apps.projects.reviews.queries import Room
from saem.lib import agreement, content


@dataclass(frozen=True, kw_only=True)
class Line:
    """One criterion: the statistics, and the works that lie farthest apart by name."""

    criterion: content.Criterion
    found: agreement.CriterionAgreement
    widest: list[tuple[Team, int]]


@dataclass(frozen=True, kw_only=True)
class Drifting:
    """One marker over all criteria whose severity can be told."""

    name: str
    criterion: content.Criterion
    drift: agreement.Drift


@dataclass(frozen=True, kw_only=True)
class Agreement:
    lines: list[Line]
    drifting: list[Drifting]
    markers: int
    works: int


def agreement_of(room: Room) -> Agreement:
    """In two queries; the same marks give the same intervals."""
    rows = TeamMarking.objects.filter(team__in=room.teams, finished_at__isnull=False, marker__isnull=False)
    markings = list(rows.select_related("team", "marker").prefetch_related("marks").order_by("finished_at", "pk"))
    scales = {each.id: agreement.Scale(LOWEST, HIGHEST) for each in room.rubric.criteria}
    marks = [
        agreement.Mark(str(row.team_id), mark.criterion, str(row.marker_id), mark.level, mark.saved_at.timestamp())
        for row in markings
        for mark in row.marks.all()
        # Of a criterion that the program has no more.
        if mark.criterion in scales
    ]
    teams = {str(row.team_id): row.team for row in markings}
    names = {str(row.marker_id): row.marker.display_name for row in markings if row.marker is not None}
    by_id = {each.id: each for each in room.rubric.criteria}
    found = agreement.report(marks, scales, widest=3)
    return Agreement(
        lines=[
            Line(criterion=by_id[each.criterion], found=each, widest=[(teams[work], gap) for work, gap in each.widest])
            for each in found
        ],
        drifting=[
            Drifting(name=names[drift.marker], criterion=by_id[each.criterion], drift=drift)
            for each in found
            for drift in each.drifts
            if drift.is_notable
        ],
        markers=len(names),
        works=len(teams),
    )
