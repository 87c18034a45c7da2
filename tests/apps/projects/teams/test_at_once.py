"""Several presses at the same moment: a last seat, a gate, a stage saved by two, a team left by all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.apps.projects.milestones import gates, queries
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import Evidence, EvidenceKind, GateDecision, GateOutcome, Membership, Team, TeamMilestone
from saem.apps.projects.teams import forming, merging
from saem.apps.projects.teams.mentoring import give_mentor
from saem.apps.projects.teams.queries import members_of
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.teams.a_team import a_room, a_team, mine
from tests.at_once import at_once, database_that_threads_share

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _shared(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_that_threads_share(tmp_path):
        yield


def said(act) -> str:
    try:
        act()
    except SaemError as refused:
        return refused.code
    return "done"


def test_the_last_seat_is_taken_once():
    room = cast.a_classroom()
    team = a_team(cast.a_student(room))
    comers = [cast.a_student(room) for _ in range(4)]
    found = at_once(
        lambda at: said(lambda: forming.join_team(comers[at], project="heights", code=team.join_code, most=2)), 4
    )
    assert sorted(found) == ["done", "team.full", "team.full", "team.full"]
    assert members_of(team).count() == 2


def test_one_pupil_in_two_windows_comes_into_one_team():
    room = cast.a_classroom()
    teams = [a_team(cast.a_student(room), name=name) for name in ("가", "나")]
    pupil = cast.a_student(room)
    found = at_once(
        lambda at: said(lambda: forming.join_team(pupil, project="heights", code=teams[at].join_code, most=3))
    )
    assert sorted(found) == ["done", "team.already"]


def test_all_leave_at_once_and_the_team_is_closed():
    room = cast.a_classroom()
    students = [cast.a_student(room) for _ in range(3)]
    team = a_team(*students)
    stretches = [mine(team, student) for student in students]
    at_once(lambda at: forming.leave_team(stretches[at]), 3)
    assert not Team.objects.get().is_working
    assert not Membership.objects.filter(until=None).exists()


def test_two_teams_that_accept_each_other_at_once_become_one():
    room = cast.a_classroom()
    students = [cast.a_student(room) for _ in range(2)]
    one, other = a_team(students[0], name="가"), a_team(students[1], name="나")
    there = merging.propose_merge(one, other, by=mine(one, students[0]), most=3)
    back = merging.propose_merge(other, one, by=mine(other, students[1]), most=3)
    answers = [(there, mine(other, students[1])), (back, mine(one, students[0]))]
    found = at_once(
        lambda at: said(lambda: merging.answer_merge(answers[at][0], accepts=True, by=answers[at][1], most=3))
    )
    assert "done" in found
    assert {*found} <= {"done", "team.answered", "team.closed"}
    assert found.count("done") == 1
    assert Team.objects.working().count() == 1
    assert Membership.objects.current().count() == 2


def test_two_who_save_at_once_have_a_version_each():
    room = cast.a_classroom()
    students = [cast.a_student(room) for _ in range(2)]
    team = a_team(*students)
    members = [mine(team, student) for student in students]

    def save(at: int) -> None:
        given = Given(kind=EvidenceKind.TEXT, text=f"글 {at}")
        save_evidence(members[at], milestone="find", ask="observations", given=given, seen=0)

    at_once(save)
    versions = list(Evidence.objects.order_by("number"))
    assert [version.number for version in versions] == [1, 2]
    assert [version.is_beside for version in versions] == [False, True]


def test_a_gate_passed_and_returned_at_once_is_decided_once(sandbox, tmp_path: Path):
    room = a_room(sandbox, tmp_path, 1)
    team, pupil = a_team(room.students[0]), room.students[0]
    for ask in ("observations", "interview"):
        given = Given(kind=EvidenceKind.TEXT, text="글")
        save_evidence(mine(team, pupil), milestone="find", ask=ask, given=given, seen=0)
    access = room.access(team, pupil.user)
    find = queries.milestone_in(access.project, "find")
    row = gates.hand_in(access, access.membership, find)
    mentor = cast.a_person("박멘토")
    give_mentor(team, mentor, by=None)
    judges = [(room.access(team, room.teacher), GateOutcome.RETURNED), (room.access(team, mentor), GateOutcome.PASSED)]
    found = at_once(
        lambda at: said(
            lambda: gates.decide(judges[at][0], find, outcome=judges[at][1], comment="다시", seen=row.revision)
        )
    )
    assert sorted(found) == ["done", "gate.decided"]
    assert GateDecision.objects.count() == 1
    assert TeamMilestone.objects.get().status == GateDecision.objects.get().outcome
