"""What a marker reads around the work, and on the same page as the rubric; what of it only teachers read."""

import base64
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from saem.apps.projects.milestones import gates
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.milestones.queries import milestone_in
from saem.apps.projects.models import (
    AnchorKind,
    Evidence,
    EvidenceKind,
    GateOutcome,
    PeerRound,
    PeerTask,
    SimilarityRun,
    SimilarPair,
    Team,
)
from saem.apps.projects.reviews import anchoring, moderating
from saem.apps.projects.reviews.anchoring import Anchor
from saem.apps.projects.teams import journal
from saem.apps.projects.teams.queries import team_for
from tests import cast
from tests.apps.projects.reviews.a_marking import a_marked_room, leading, observed
from tests.apps.projects.teams.a_team import mine
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
CELLS = [
    {"cell_type": "markdown", "source": "# 나눈 까닭\n<script>x</script>"},
    {
        "cell_type": "code",
        "source": "print(rain)",
        "outputs": [
            {"output_type": "stream", "text": ["비 온 날 ", "0.43"]},
            {
                "output_type": "display_data",
                "data": {"image/png": base64.b64encode(PNG).decode(), "text/plain": "<Figure>"},
            },
        ],
    },
]


@pytest.fixture
def made(sandbox, tmp_path):
    return a_marked_room(sandbox, tmp_path)


def at(name: str, *args: object) -> str:
    return reverse(f"projects:{name}", args=args)


def text_of(made, user=None, name="marking") -> str:
    room, team, _other = made
    return room.client(user or room.teacher).get(at(name, team.pk)).content.decode()


def a_file(team: Team, student, ask: str, form: str, data: bytes, *, stage: str = "find") -> Evidence:
    given = Given(kind=EvidenceKind.FILE, name=f"a.{form}", format=form, data=data)
    return save_evidence(mine(team, student), milestone=stage, ask=ask, given=given, seen=0)


def test_the_way_of_the_team_stands_beside_the_rubric(made):
    room, team, _other = made
    member = mine(team, room.students[0])
    lines = journal.Lines(done="줄을 셌다", learned="화요일이 길다", plan="요일로 맞힌다")
    journal.write_log(member, week=journal.this_week(), lines=lines, seen=0)
    observed(team, room.students[0], "이야기", ask="interview")
    access, find = team_for(member.enrolment.user, team.pk), milestone_in(leading(room).project, "find")
    row = gates.hand_in(access, member, find)
    gates.decide(
        team_for(room.teacher, team.pk), find, outcome=GateOutcome.RETURNED, comment="언제였나요?", seen=row.revision
    )
    text = text_of(made)
    assert "화요일이 길다" in text
    assert "언제였나요?" in text
    assert room.students[0].nickname in text


def test_reflections_are_for_teachers_of_the_class_alone(made):
    room, team, _other = made
    journal.write_reflection(mine(team, room.students[0]), text="설명이 가장 어려웠다", seen=0)
    second = moderating.appoint_marker(leading(room), email="park@example.org", name="박 선생님").user
    assert "설명이 가장 어려웠다" in text_of(made)
    for other in (second, cast.a_staff_member(room.cohort)):
        assert "설명이 가장 어려웠다" not in text_of(made, other)
    assert journal.reflections_seen_by(room.students[1].user, team).count() == 0


def test_markers_read_peers_before_the_round_is_told_and_the_team_does_not(made):
    room, team, other = made
    round_ = PeerRound.objects.create(
        classroom=room.classroom, project=PROJECT, each=1, seed="0", secret=b"0", closes_at=timezone.now()
    )
    shared = {"round": round_, "team": team, "reviewer_alias": "가나다", "alias": "라마바"}
    task = PeerTask.objects.create(
        **shared, enrolment=room.students[2], comment="까닭이 뚜렷했어요", returned_at=timezone.now()
    )
    task.marks.create(criterion="problem", level=2, comment="조사가 있어요")
    PeerTask.objects.create(**shared, enrolment=room.students[3], comment="아직 쓰는 중")
    text = text_of(made)
    assert "까닭이 뚜렷했어요" in text
    assert "조사가 있어요" in text
    assert "가나다" in text
    assert "아직 쓰는 중" not in text
    assert room.students[2].nickname not in text
    assert "까닭이 뚜렷했어요" not in text_of(made, room.students[0].user, "team_peers")
    assert other.name not in text


def test_a_notebook_is_read_as_it_was_saved(made):
    room, team, _other = made
    notebook = json.dumps({"nbformat": 4, "cells": CELLS}).encode()
    given = Given(kind=EvidenceKind.NOTEBOOK, name="a.ipynb", format="notebook", data=notebook)
    saved = save_evidence(mine(team, room.students[0]), milestone="baseline", ask="notebook", given=given, seen=0)
    access = team_for(room.teacher, team.pk)
    anchoring.anchor_comment(access, saved, Anchor(kind=AnchorKind.LINE, cell=2, line=1), text="왜 0.43인가요?")
    text = text_of(made)
    assert re.search(r"<h\d[^>]*>나눈 까닭</h\d>", text)
    assert "<script>x" not in text
    assert "비 온 날 0.43" in text
    assert "&lt;Figure&gt;" not in text
    assert f'src="data:image/png;base64,{base64.b64encode(PNG).decode()}"' in text
    assert "2번 칸 1번째 줄:" in text
    assert "왜 0.43인가요?" in text


def test_a_picture_is_shown_to_markers_as_what_it_is(made):
    room, team, _other = made
    drawn = a_file(team, room.students[0], "figure", "png", PNG, stage="errors")
    told = a_file(team, room.students[0], "picture", "text", b"<script>1</script>")
    client, address = room.client(room.teacher), at("marked_picture", team.pk, drawn.pk)
    assert address in client.get(at("marking", team.pk)).content.decode()
    answer = client.get(address)
    assert (answer.headers["Content-Type"], answer.content) == ("image/png", PNG)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    for wrong in (told.pk, 10**9):
        assert client.get(at("marked_picture", team.pk, wrong)).status_code == 404
    assert client.get(at("marked_picture", made[2].pk, drawn.pk)).status_code == 404
    assert room.client(room.students[0].user).get(address).status_code == 404


def test_similar_code_of_the_team_is_named_to_leads_alone(made):
    room, team, other = made
    one, two = (
        a_file(each, student, "notebook", "notebook", json.dumps({"cells": CELLS}).encode(), stage="baseline")
        for each, student in ((team, room.students[0]), (other, room.students[2]))
    )
    run = SimilarityRun.objects.create(cohort=room.classroom.cohort, project=PROJECT, state="done")
    pair = SimilarPair.objects.create(
        run=run, place=1, of_first=0.6, of_second=0.5, tokens=80, passages=[[80, 1, 1, 2, 1, 1, 1, 2, 1]],
        first_evidence=two, first_classroom=room.classroom, second_evidence=one, second_classroom=room.classroom,
    )  # fmt: skip
    address = at("similar_pair", room.classroom.pk, PROJECT, pair.pk)
    assert address in text_of(made)
    assert f'id="passages-{pair.pk}"' in room.client(room.teacher).get(address).content.decode()
    second = moderating.appoint_marker(leading(room), email="park@example.org", name="박 선생님").user
    text = text_of(made, second)
    assert address not in text
    assert at("words", team.pk, one.pk) not in text
