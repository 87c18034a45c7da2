"""What a marker reads around the work: the way there, everybody's part, peers' words, similar code, reflections."""

from dataclasses import dataclass

from saem.apps.projects.models import GateDecision, LogEntry, TeamReflection
from saem.apps.projects.reviews.peers.queries import Given, Received, by_criterion, received_so_far
from saem.apps.projects.reviews.queries import Seat
from saem.apps.projects.similarity.queries import PairLine, pairs_with
from saem.apps.projects.teams.journal import reflections_seen_by, weeks_of
from saem.apps.projects.teams.parts import Part, parts_of
from saem.lib import content

MOST_WEEKS = 20
MOST_DECISIONS = 60


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision at the gate of a stage."""

    stage: content.Milestone
    decision: GateDecision


@dataclass(frozen=True, kw_only=True)
class Around:
    weeks: list[LogEntry]
    decisions: list[Decided]
    parts: list[Part]
    received: list[tuple[Received, list[Given]]]
    pairs: list[PairLine]
    reflections: list[TeamReflection]


def around(seat: Seat) -> Around:
    """In a fixed number of queries, whatever the team has done."""
    team = seat.team
    return Around(
        weeks=list(weeks_of(team)[:MOST_WEEKS]),
        decisions=_decisions(seat),
        parts=parts_of(team),
        received=by_criterion(seat.room.rubric, received_so_far(team)),
        pairs=pairs_with(seat.room, team),
        reflections=list(reflections_seen_by(seat.room.user, team)),
    )


def _decisions(seat: Seat) -> list[Decided]:
    stages = {each.id: each for each in seat.room.project.milestones}
    rows = GateDecision.objects.filter(milestone__team=seat.team, milestone__milestone__in=stages)
    newest = rows.select_related("milestone", "decided_by").order_by("-decided_at", "-pk")[:MOST_DECISIONS]
    return [Decided(stage=stages[row.milestone.milestone], decision=row) for row in newest]
