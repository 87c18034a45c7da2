"""Words at a cell, a line or a picture: only at places that there are, and read by whoever sees the team."""

import json

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import AnchoredComment, AnchorKind, Evidence, EvidenceKind
from tests.apps.projects.reviews.a_marking import a_marked_room, observed
from tests.apps.projects.teams.a_team import mine

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(sandbox, tmp_path):
    return a_marked_room(sandbox, tmp_path)


def at(team, version: Evidence) -> str:
    return reverse("projects:words", args=[team.pk, version.pk])


def a_file(team, student, name: str, format_: str, data: bytes, *, stage="baseline", ask="notebook") -> Evidence:
    given = Given(kind=EvidenceKind.FILE, name=name, format=format_, data=data)
    return save_evidence(mine(team, student), milestone=stage, ask=ask, given=given, seen=0)


def notebook(*sources: str) -> bytes:
    cells = [{"cell_type": "code", "source": each, "metadata": {}, "outputs": []} for each in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def test_a_teacher_says_something_at_a_line_of_a_cell_and_the_team_settles_it(made):
    room, team, _other = made
    version = a_file(team, room.students[0], "a.ipynb", "notebook", notebook("x = 1", "y = 2\nz = 3"))
    teacher, address = room.client(room.teacher), at(team, version)
    assert teacher.get(address, {"cell": 2, "line": 2}).context["form"] is not None
    sent = {"kind": "line", "cell": 2, "line": 2, "text": "여기는 왜 3인가요?"}
    for _press in range(2):
        assert teacher.post(address, sent).status_code == 302
    word = AnchoredComment.objects.get()
    pupil = room.client(room.students[1], "en")
    assert "여기는 왜 3인가요?" in pupil.get(address).content.decode()
    settle = reverse("projects:word_settle", args=[team.pk, version.pk, word.pk])
    pupil.post(settle)
    word.refresh_from_db()
    assert word.settled_at is not None
    assert room.client(room.students[2]).get(address).status_code == 404
    assert room.client(room.students[2]).post(settle).status_code == 404


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "line", "cell": 1, "line": 2, "text": "없는 줄"}, 422),
        ({"kind": "cell", "cell": 3, "text": "없는 칸"}, 422),
        ({"kind": "figure", "text": "그림이 아니다"}, 422),
        ({"kind": "line", "cell": 1, "line": 1, "text": ""}, 422),
        ({"kind": "line", "cell": "x", "line": 1, "text": "글자"}, 422),
        ({"kind": "other", "text": "모르는 것"}, 422),
        ({"kind": "cell", "cell": 1, "text": "칸"}, 302),
    ],
)
def test_only_places_that_there_are(made, sent, status: int):
    room, team, _other = made
    version = a_file(team, room.students[0], "a.ipynb", "notebook", notebook("x = 1"))
    assert room.client(room.students[0]).post(at(team, version), sent).status_code == status
    assert AnchoredComment.objects.count() == (status == 302)


def test_lines_of_a_text_and_a_picture_as_a_whole(made):
    room, team, _other = made
    client = room.client(room.students[0])
    text = observed(team, room.students[0], "하나\n둘", ask="interview")
    assert client.post(at(team, text), {"kind": "line", "line": 2, "text": "둘은요?"}).status_code == 302
    picture = a_file(team, room.students[0], "a.png", "png", b"\x89PNG", stage="find", ask="picture")
    assert client.get(at(team, picture)).status_code == 200
    assert client.post(at(team, picture), {"kind": "figure", "text": "축의 이름이 없어요"}).status_code == 302
    assert set(AnchoredComment.objects.values_list("kind", flat=True)) == {AnchorKind.LINE, AnchorKind.FIGURE}


@pytest.mark.parametrize("asked", ["?cell=9", "?cell=x&line=-1", "?line=99999999999999999999", "?cell=1&line=9"])
def test_an_address_of_no_place_shows_no_form(made, asked: str):
    room, team, _other = made
    version = a_file(team, room.students[0], "a.ipynb", "notebook", notebook("x = 1"))
    page = room.client(room.students[0]).get(at(team, version) + asked)
    assert page.status_code == 200
    assert page.context["form"] is None


def test_the_database_knows_which_places_can_be(made):
    room, team, _other = made
    version = observed(team, room.students[0], "하나", ask="interview")
    with pytest.raises(IntegrityError), transaction.atomic():
        AnchoredComment.objects.create(evidence=version, kind=AnchorKind.CELL, cell=0, text="어디?")
