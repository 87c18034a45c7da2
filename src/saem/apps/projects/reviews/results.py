"""What a team is told: its levels with the next step, the comments, its place on the board. Told once it is settled."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.services import notify_all
from saem.apps.projects.models import MarkingSample, Membership, Team, TeamMarking, TeamResult
from saem.apps.projects.reviews.board_place import BoardPlace, BoardSide, board_side
from saem.apps.projects.reviews.noting import note_marking
from saem.apps.projects.reviews.queries import Room, agreed_levels, finished_markings, unsettled_samples
from saem.apps.projects.reviews.scoring import Outcome, is_ready, outcomes, total
from saem.errors import SaemError


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the marking of one team is."""

    team: Team
    markings: list[TeamMarking]
    outcomes: list[Outcome]
    is_sample: bool

    @property
    def is_ready(self) -> bool:
        return bool(self.markings) and is_ready(self.outcomes)

    @property
    def is_apart(self) -> bool:
        return any(each.is_open for each in self.outcomes)


def standings_of(room: Room, teams: Sequence[Team]) -> dict[int, Standing]:
    """For many teams in five queries."""
    markings, agreed = finished_markings(teams), agreed_levels(teams)
    samples = set(MarkingSample.objects.filter(team__in=teams).values_list("team", flat=True))
    return {
        team.pk: Standing(
            team=team,
            markings=markings[team.pk],
            outcomes=outcomes(
                room.rubric,
                [levels_of(each) for each in markings[team.pk]],
                {name: row.level for name, row in agreed[team.pk].items()},
            ),
            is_sample=team.pk in samples,
        )
        for team in teams
    }


def levels_of(marking: TeamMarking) -> Mapping[str, int]:
    return {mark.criterion: mark.level for mark in marking.marks.all()}


def tell_results(room: Room, teams: Sequence[Team]) -> list[Team]:
    """Tell those of the teams whose marking is settled; again, where something changed since. Returns whom was told.

    Raises SaemError `result.samples_first` while samples are not settled.
    """
    if unsettled_samples(room):
        raise SaemError("result.samples_first", status=409)
    if not teams:
        return []
    side = board_side(teams[0])
    members = _members(teams)
    return [
        standing.team
        for standing in standings_of(room, teams).values()
        if standing.is_ready and _tell(room, standing, side, members[standing.team.pk])
    ]


def place_of(team: Team) -> BoardPlace:
    """A team's place on the board now."""
    return board_side(team).place_of([row.enrolment_id for row in _members([team])[team.pk]])


def _members(teams: Sequence[Team]) -> dict[int, list[Membership]]:
    found: dict[int, list[Membership]] = {team.pk: [] for team in teams}
    rows = Membership.objects.current().filter(team__in=found).select_related("enrolment__user")
    for row in rows:
        found[row.team_id].append(row)
    return found


def _tell(room: Room, standing: Standing, side: BoardSide, members: Sequence[Membership]) -> bool:
    team = standing.team
    place = side.place_of([row.enrolment_id for row in members])
    levels = {each.criterion.id: each.level for each in standing.outcomes if each.level is not None}
    values = {
        "mark": total(room.rubric, levels, place.step),
        "levels": {name: _said(standing, name, level) for name, level in levels.items()},
        "board": asdict(place) | {"share": room.rubric.board if place.step is not None else 0},
        "comments": [each.comment for each in standing.markings if each.comment],
    }
    with transaction.atomic():
        held = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=team.pk)
        before = TeamResult.objects.filter(team=held).first()
        if before is not None and all(getattr(before, name) == value for name, value in values.items()):
            return False
        number = before.number + 1 if before is not None else 1
        changes = values | {"number": number, "told_by": room.user, "told_at": timezone.now()}
        TeamResult.objects.update_or_create(team=held, defaults=changes)
        note_marking("result.told", held, by=room.user, number=number, mark=values["mark"], levels=levels)
        _notify(held, members, number)
    return True


def _said(standing: Standing, criterion: str, level: float) -> dict[str, object]:
    comments = [mark.comment for each in standing.markings for mark in each.marks.all() if mark.criterion == criterion]
    return {"level": level, "comments": [text for text in comments if text]}


def _notify(team: Team, members: Sequence[Membership], number: int) -> None:
    path = reverse("projects:result", args=[team.pk])
    key, facts = f"result:{team.pk}:{number}", {"team": team.name, "again": number > 1}
    notify_all([row.enrolment.user for row in members], "result.told", key=key, facts=facts, path=path)
