"""Comments tell the team and those who had commented: once for an hour of talk, and not whoever speaks."""

import datetime as dt

import pytest

from saem.apps.notices.kinds import Topic
from saem.apps.notices.models import Notice, Pace
from saem.apps.notices.services import set_preferences
from saem.apps.people.models import User
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.milestones.gates import comment_on
from saem.apps.projects.models import AnchoredComment, AnchorKind, EvidenceKind, Team, TeamComment
from saem.apps.projects.reviews.anchoring import Anchor, anchor_comment
from saem.apps.projects.teams.forming import leave_team
from tests.apps.projects.teams.a_team import Room, a_room, a_team, mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(db, site_sandbox, tmp_path) -> Room:
    return a_room(site_sandbox, tmp_path)


@pytest.fixture
def team(room: Room) -> Team:
    return a_team(*room.students[:2])


def say(room: Room, team: Team, user: User, text: str) -> TeamComment:
    access = room.access(team, user)
    return comment_on(access, access.project.milestones[0], text=text)


def earlier(hours: float) -> None:
    """What was said so far was said that much earlier."""
    for word in TeamComment.objects.all():
        TeamComment.objects.filter(pk=word.pk).update(written_at=word.written_at - dt.timedelta(hours=hours))


def told(kind: str = "comment.said") -> list[str]:
    return sorted(Notice.objects.filter(kind=kind).values_list("recipient__display_name", flat=True))


def test_the_team_is_told_once_for_an_hour_of_talk(room: Room, team: Team):
    say(room, team, room.teacher, "하나")
    say(room, team, room.teacher, "둘")
    say(room, team, room.teacher, "둘")
    assert told() == ["도윤", "하늘"]
    earlier(0.9)
    say(room, team, room.teacher, "셋")
    assert told() == ["도윤", "하늘"]
    earlier(0.2)
    say(room, team, room.teacher, "넷")
    assert told() == ["도윤", "도윤", "하늘", "하늘"]
    assert Notice.objects.filter(kind="comment.said").latest("pk").facts["who"] == room.teacher.display_name


def test_an_answer_tells_who_had_commented_and_not_who_speaks(room: Room, team: Team):
    say(room, team, room.teacher, "어디서 왔나요?")
    say(room, team, room.students[0].user, "기상청이요")
    assert told("comment.answered") == [room.teacher.display_name]
    assert Notice.objects.get(kind="comment.answered").facts["who"] == "하늘"
    assert told() == ["도윤", "하늘"]


def test_a_member_who_left_is_told_no_more(room: Room, team: Team):
    say(room, team, room.students[1].user, "내 생각")
    leave_team(mine(team, room.students[1]))
    say(room, team, room.teacher, "좋아요")
    assert told("comment.answered") == []
    assert told() == ["하늘"]


def test_a_word_about_evidence_tells_in_the_same_way(room: Room, team: Team):
    given = Given(kind=EvidenceKind.TEXT, text="봤다")
    version = save_evidence(mine(team, room.students[0]), milestone="find", ask="observations", given=given, seen=0)
    for user, text in ((room.teacher, "무엇을?"), (room.students[1].user, "우산을")):
        anchor_comment(room.access(team, user), version, Anchor(kind=AnchorKind.LINE, line=1), text=text)
    assert AnchoredComment.objects.count() == 2
    assert told() == ["도윤", "하늘"]
    assert told("comment.answered") == [room.teacher.display_name]
    assert Notice.objects.filter(kind="comment.said")[0].path.endswith(f"/evidence/{version.pk}/words/")


def test_it_may_wait_for_the_digest(room: Room, team: Team):
    set_preferences(room.teacher, {Topic.TOGETHER: Pace.DAILY})
    say(room, team, room.teacher, "하나")
    say(room, team, room.students[0].user, "둘")
    assert Notice.objects.get(kind="comment.answered").waits_for_digest
