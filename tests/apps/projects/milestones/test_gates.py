"""Evidence in versions and decisions at gates, whoever presses what at the same time."""

import pytest

from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.apps.projects.milestones import gates, queries
from saem.apps.projects.milestones.board import team_projects, waiting_gates
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.milestones.stages import WaitsFor, current_of
from saem.apps.projects.models import Evidence, EvidenceKind, GateDecision, GateOutcome, MilestoneStatus, TeamMilestone
from saem.apps.projects.teams.forming import leave_team
from saem.apps.projects.teams.mentoring import give_mentor
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, sandbox, tmp_path) -> Room:
    return a_room(sandbox, tmp_path)


@pytest.fixture
def team(room: Room):
    return a_team(*room.students[:3])


def words(text: str) -> Given:
    return Given(kind=EvidenceKind.TEXT, text=text)


def write(room: Room, team, ask: str, text: str, *, who: int = 0, seen: int = 0) -> Evidence:
    return save_evidence(mine(team, room.students[who]), milestone="find", ask=ask, given=words(text), seen=seen)


def fill(room: Room, team) -> None:
    write(room, team, "observations", "급식 줄이 길다")
    write(room, team, "interview", "배식 아주머니 이야기")


def find_of(room: Room, team):
    access = room.access(team, room.students[0].user)
    return access, queries.milestone_in(access.project, "find")


def handed_in(room: Room, team) -> TeamMilestone:
    fill(room, team)
    access, find = find_of(room, team)
    return gates.hand_in(access, access.membership, find)


def decided(room: Room, team, who, outcome: GateOutcome, *, seen: int, comment: str = "") -> GateDecision:
    access = room.access(team, who)
    return gates.decide(
        access, queries.milestone_in(access.project, "find"), outcome=outcome, comment=comment, seen=seen
    )


def refused(code: str):
    return pytest.raises(SaemError, match=f"^{code}$")


# --- evidence


def test_every_version_stays_with_who_wrote_it(room: Room, team):
    write(room, team, "observations", "하나")
    second = write(room, team, "observations", "하나 둘", who=1, seen=1)
    assert (second.number, second.is_beside) == (2, False)
    assert list(Evidence.objects.order_by("number").values_list("text", flat=True)) == ["하나", "하나 둘"]


def test_two_who_save_at_once_are_both_kept_and_the_second_is_told(room: Room, team):
    write(room, team, "observations", "하늘의 글")
    second = write(room, team, "observations", "도윤의 글", who=1, seen=0)
    assert second.is_beside
    assert queries.version_before(second).text == "하늘의 글"
    third = write(room, team, "observations", "둘을 합친 글", seen=2)
    assert not third.is_beside


def test_the_same_again_is_no_new_version(room: Room, team):
    assert write(room, team, "observations", "하나") == write(room, team, "observations", "하나", seen=1)
    assert Evidence.objects.count() == 1


def test_nothing_is_saved_while_the_gate_is_waited_for_or_passed(room: Room, team):
    row = handed_in(room, team)
    with refused("evidence.stage_closed"):
        write(room, team, "observations", "늦은 글", seen=1)
    decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision)
    with refused("evidence.stage_closed"):
        write(room, team, "observations", "더 늦은 글", seen=1)


def test_what_somebody_made_stays_when_they_leave(room: Room, team):
    write(room, team, "observations", "하늘의 글")
    leave_team(mine(team, room.students[0]))
    access = room.access(team, room.students[1].user)
    row = TeamMilestone.objects.get()
    assert queries.newest_evidence(row)["observations"].enrolment == room.students[0]
    assert access.may_work


def test_a_file_too_many_is_refused(room: Room, team, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("saem.apps.projects.milestones.evidence.MOST_BYTES_OF_TEAM", 10)
    given = Given(kind=EvidenceKind.FILE, name="a.txt", format="text", data=b"x" * 6)
    save_evidence(mine(team, room.students[0]), milestone="find", ask="picture", given=given, seen=0)
    other = Given(kind=EvidenceKind.FILE, name="b.txt", format="text", data=b"y" * 6)
    with refused("evidence.team_full"):
        save_evidence(mine(team, room.students[0]), milestone="find", ask="picture", given=other, seen=1)


# --- the gate


def test_a_stage_is_handed_in_once_all_that_is_needed_is_there(room: Room, team):
    write(room, team, "observations", "하나")
    access, find = find_of(room, team)
    with refused("gate.missing") as told:
        gates.hand_in(access, access.membership, find)
    assert told.value.params == {"count": 1}
    row = handed_in(room, team)
    assert row.status == MilestoneStatus.WAITING
    again = gates.hand_in(access, access.membership, find)
    assert again.revision == row.revision, "a second press changes nothing"
    assert Notice.objects.filter(kind="gate.waiting", recipient=room.teacher).count() == 1


def test_a_later_stage_waits_for_the_earlier_ones(room: Room, team):
    access = room.access(team, room.students[0].user)
    define = queries.milestone_in(access.project, "define")
    for ask in ("goal", "without-ai"):
        save_evidence(access.membership, milestone="define", ask=ask, given=words("미리 쓴 것"), seen=0)
    with refused("gate.earlier_first"):
        gates.hand_in(access, access.membership, define)


def test_returned_with_a_comment_mended_and_passed(room: Room, team):
    row = handed_in(room, team)
    with refused("gate.comment_needed"):
        decided(room, team, room.teacher, GateOutcome.RETURNED, seen=row.revision)
    decided(room, team, room.teacher, GateOutcome.RETURNED, seen=row.revision, comment="누구인지 써 주세요")
    assert Notice.objects.filter(kind="gate.decided").count() == 3
    write(room, team, "interview", "3학년 배식 담당의 이야기", who=2, seen=1)
    access, find = find_of(room, team)
    row = gates.hand_in(access, access.membership, find)
    decision = decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision)
    assert decision.looked_at == {"observations": 1, "interview": 2}
    stages = queries.stages_for(team, access.project.milestones)
    assert current_of(stages).milestone.id == "define"
    verbs = Event.objects.filter(verb__startswith="gate.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["gate.returned", "gate.passed"]


def test_a_gate_passed_twice_by_one_press_is_passed_once(room: Room, team):
    row = handed_in(room, team)
    first = decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision)
    assert decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision) == first
    assert GateDecision.objects.count() == 1


def test_passed_and_returned_at_once_the_first_counts_and_the_second_is_told_by_whom(room: Room, team):
    row = handed_in(room, team)
    mentor = cast.a_person("박멘토")
    give_mentor(team, mentor, by=None)
    decided(room, team, mentor, GateOutcome.PASSED, seen=row.revision)
    with refused("gate.decided") as told:
        decided(room, team, room.teacher, GateOutcome.RETURNED, seen=row.revision, comment="다시")
    assert told.value.params["who"] == "박멘토"
    assert GateDecision.objects.get().outcome == GateOutcome.PASSED


def test_a_decision_on_what_was_taken_back_meanwhile_is_not_written(room: Room, team):
    row = handed_in(room, team)
    access, find = find_of(room, team)
    gates.take_back(access, access.membership, find)
    with refused("gate.changed"):
        decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision)


def test_what_was_passed_is_opened_again_with_a_reason_and_nothing_is_lost(room: Room, team):
    row = handed_in(room, team)
    decided(room, team, room.teacher, GateOutcome.PASSED, seen=row.revision)
    revision = TeamMilestone.objects.get().revision
    decided(room, team, room.teacher, GateOutcome.REOPENED, seen=revision, comment="인터뷰를 한 번 더 해 봐요")
    assert TeamMilestone.objects.get().status == MilestoneStatus.RETURNED
    assert GateDecision.objects.count() == 2
    assert write(room, team, "interview", "한 번 더", seen=1).number == 2


def test_who_is_waited_for(room: Room, team):
    milestones = room.access(team, room.teacher).project.milestones
    assert current_of(queries.stages_for(team, milestones)).waits_for is WaitsFor.TEAM
    assert waiting_gates(room.classroom) == []
    handed_in(room, team)
    assert current_of(queries.stages_for(team, milestones)).waits_for is WaitsFor.JUDGE
    assert [gate.row.team for gate in waiting_gates(room.classroom)] == [team]
    assert [(one.teams, one.waiting) for one in team_projects(room.classroom)] == [(1, 1)]


def test_a_comment_pressed_twice_is_one(room: Room, team):
    access, find = find_of(room, team)
    assert gates.comment_on(access, find, text="좋아요") == gates.comment_on(access, find, text="좋아요")
