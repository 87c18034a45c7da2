"""Who marks which teams. What one may not see does not exist; what one may not mark is named with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.queries import classrooms_seen_by, classrooms_taught_by
from saem.apps.people.models import User
from saem.apps.projects.models import (
    AgreedLevel,
    Marker,
    MarkerBar,
    MarkingSample,
    Membership,
    Team,
    TeamMarking,
    TeamMentor,
)
from saem.apps.projects.teams.queries import project_of
from saem.errors import SaemError
from saem.lib import content


@dataclass(frozen=True, kw_only=True)
class Room:
    """A class's project before one of its markers; `is_lead`: they teach the class or run its cohort."""

    classroom: Classroom
    project: content.Project
    rubric: content.Rubric
    user: User
    is_lead: bool

    @property
    def teams(self) -> QuerySet[Team]:
        return Team.objects.working().filter(classroom=self.classroom, project=self.project.id)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One marker before one team; `marking` is None until they have given something."""

    room: Room
    team: Team
    marking: TeamMarking | None

    @property
    def is_finished(self) -> bool:
        return self.marking is not None and self.marking.is_finished


def marker_rows(user: User) -> QuerySet[Marker]:
    """What `user` was appointed to mark."""
    return Marker.objects.filter(user_id=user.pk, until=None)


def room_for(user: User, classroom: int, project: str) -> Room:
    """A class's project that `user` marks."""
    seen = classrooms_seen_by(user).filter(pk=classroom)
    appointed = marker_rows(user).filter(classroom=classroom, project=project)
    found = (
        Classroom.objects.filter(pk=classroom)
        .filter(Q(pk__in=seen.values("pk")) | Q(pk__in=appointed.values("classroom")))
        .select_related("cohort__version__program")
        .first()
    )
    if found is None:
        raise Http404
    return _room(user, found, project)


def lead_room_for(user: User, classroom: int, project: str) -> Room:
    """The same for whoever teaches the class or runs its cohort; for an appointed marker it does not exist."""
    room = room_for(user, classroom, project)
    if not room.is_lead:
        raise Http404
    return room


def seat_for(user: User, pk: int) -> Seat:
    """A team that `user` marks. Raises SaemError `marking.barred.…` where they may not mark this one."""
    mine = marker_rows(user).filter(classroom=OuterRef("classroom"), project=OuterRef("project"))
    seen = classrooms_seen_by(user).values("pk")
    team = (
        Team.objects.working()
        .filter(Q(classroom__in=seen) | Exists(mine), pk=pk)
        .select_related("classroom__cohort__version__program")
        .first()
    )
    if team is None:
        raise Http404
    room = _room(user, team.classroom, team.project)
    reason = bars_of(room, [team]).get(team.pk)
    if reason is not None:
        raise SaemError(f"marking.barred.{reason}", status=403)
    return Seat(room=room, team=team, marking=TeamMarking.objects.filter(team=team, marker_id=user.pk).first())


def _room(user: User, classroom: Classroom, project: str) -> Room:
    found = project_of(classroom, project)
    if found.rubric is None:
        raise Http404
    is_lead = classrooms_seen_by(user).filter(pk=classroom.pk).exists()
    return Room(classroom=classroom, project=found, rubric=found.rubric, user=user, is_lead=is_lead)


def bars_of(room: Room, teams: Sequence[Team]) -> dict[int, str]:
    """Teams that this person may not mark, with the reason: said by themselves, or known from the rows."""
    keys, user = [team.pk for team in teams], room.user
    mentored = TeamMentor.objects.filter(team__in=keys, user_id=user.pk).values_list("team", flat=True)
    found = dict.fromkeys(mentored, "mentor")
    if not room.is_lead:
        found |= dict.fromkeys(_with_pupils_of(user, keys), "pupil")
    said = MarkerBar.objects.filter(team__in=keys, user_id=user.pk).values_list("team", "reason")
    own = Membership.objects.filter(team__in=keys, enrolment__user_id=user.pk).values_list("team", flat=True)
    return found | dict(said) | dict.fromkeys(own, "own_team")


def _with_pupils_of(user: User, teams: Sequence[int]) -> list[int]:
    """Teams with somebody whom an appointed marker teaches in a class of their own."""
    taught = Enrolment.objects.present().filter(classroom__in=classrooms_taught_by(user).values("pk"))
    members = Membership.objects.current().filter(team__in=teams, enrolment__user__in=taught.values("user"))
    return list(members.values_list("team", flat=True).distinct())


def unsettled_samples(room: Room) -> list[Team]:
    """Samples whose levels have not all been agreed on: before them nobody marks anything else."""
    samples = list(room.teams.filter(pk__in=MarkingSample.objects.values("pk")).order_by("name", "pk"))
    agreed = agreed_levels(samples)
    names = {each.id for each in room.rubric.criteria}
    return [team for team in samples if not names <= agreed[team.pk].keys()]


def agreed_levels(teams: Sequence[Team]) -> Mapping[int, dict[str, AgreedLevel]]:
    """What was agreed on, by team and criterion."""
    found: dict[int, dict[str, AgreedLevel]] = {team.pk: {} for team in teams}
    for row in AgreedLevel.objects.filter(team__in=found).select_related("decided_by"):
        found[row.team_id][row.criterion] = row
    return found


def finished_markings(teams: Sequence[Team]) -> Mapping[int, list[TeamMarking]]:
    """Finished markings with their marks, by team, in two queries."""
    found: dict[int, list[TeamMarking]] = {team.pk: [] for team in teams}
    rows = TeamMarking.objects.filter(team__in=found, finished_at__isnull=False)
    for row in rows.select_related("marker").prefetch_related("marks").order_by("finished_at", "pk"):
        found[row.team_id].append(row)
    return found


def marks_beside(seat: Seat) -> list[TeamMarking]:
    """Others' finished marks, once one's own are finished; before that there are none to see."""
    if not seat.is_finished:
        return []
    return [row for row in finished_markings([seat.team])[seat.team.pk] if row.marker_id != seat.room.user.pk]


def markers_of(room: Room) -> QuerySet[Marker]:
    """Those appointed beside the teachers."""
    rows = Marker.objects.filter(classroom=room.classroom, project=room.project.id, until=None)
    return rows.select_related("user").order_by("since", "pk")
