"""A class with two teams that have handed something in, and what is needed to mark them."""

from pathlib import Path

from saem.apps.people.models import User
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import Evidence, EvidenceKind, Team
from saem.apps.projects.reviews import marking
from saem.apps.projects.reviews.marking import GivenMark
from saem.apps.projects.reviews.queries import Room as MarkingRoom
from saem.apps.projects.reviews.queries import Seat, room_for, seat_for
from saem.lib.sandbox import Sandbox
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine
from tests.sample import PROJECT


def a_marked_room(sandbox: Sandbox, folder: Path, students: int = 4) -> tuple[Room, Team, Team]:
    """Two teams of two; both have observed something."""
    room = a_room(sandbox, folder, students)
    one, other = a_team(*room.students[:2], name="두 바퀴"), a_team(*room.students[2:4], name="한강물")
    for team, student in ((one, room.students[0]), (other, room.students[2])):
        observed(team, student, f"{student.nickname}의 기록: 급식 줄이 길다")
    return room, one, other


def observed(team: Team, student, text: str, *, ask: str = "observations", seen: int = 0) -> Evidence:
    given = Given(kind=EvidenceKind.TEXT, text=text)
    return save_evidence(mine(team, student), milestone="find", ask=ask, given=given, seen=seen)


def leading(room: Room, user: User | None = None) -> MarkingRoom:
    return room_for(user or room.teacher, room.classroom.pk, PROJECT)


def seat(user: User, team: Team) -> Seat:
    return seat_for(user, team.pk)


def give(user: User, team: Team, criterion: str, level: int, **more) -> None:
    marking.save_mark(seat(user, team), GivenMark(criterion=criterion, level=level, **more))


def mark_all(user: User, team: Team, level: int = 3, *, finish: bool = True, **levels: int) -> None:
    """Every criterion with one level, but for those named."""
    for each in seat(user, team).room.rubric.criteria:
        give(user, team, each.id, levels.get(each.id, level), comment=f"{each.id} 좋아요")
    if finish:
        marking.finish_marking(seat(user, team), comment="수고했어요")
