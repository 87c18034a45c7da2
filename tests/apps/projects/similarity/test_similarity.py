"""Code compared across teams and years: evidence beside each other, who sees whom, and files that cannot be read."""

import datetime as dt
import json

import pytest
from django.urls import reverse

from saem.apps.cohorts.models import Cohort
from saem.apps.events.models import Event
from saem.apps.jobs.worker import drain
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import EvidenceFile, EvidenceKind, SimilarityRun, SimilarPair
from saem.apps.projects.reviews.queries import room_for
from saem.apps.projects.similarity import queries, running
from saem.apps.projects.similarity.works import cells_of
from saem.lib.similarity import Work
from tests import cast
from tests.apps.projects.teams.a_team import a_room, a_team, mine
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db

CODE = """\
total = 0
for number in range(10):
    if number % 3 == 0 and number > 2:
        total = total + number * number
    else:
        total = total - number // 2
means = [sum(row) / len(row) for row in table if len(row) > 0]
largest = max(means, key=lambda value: abs(value - total))
groups = {}
for name, value in zip(names, means):
    groups.setdefault(name[:2], []).append(round(value, 3))
for key, values in sorted(groups.items()):
    print(key, len(values), min(values), max(values), sum(values))
"""
RENAMED = CODE.replace("total", "합계").replace("number", "수").replace("means", "평균들").replace("groups", "무리")
OTHER = """\
import math
class Model:
    def __init__(self, rate):
        self.rate = rate
        self.weights = None
    def fit(self, x, y, steps=100):
        self.weights = [0.0 for _ in x[0]]
        while steps > 0:
            for i, w in enumerate(self.weights):
                gradient = -2 * math.fsum(r[i] * (t - w * r[i]) for r, t in zip(x, y))
                self.weights[i] -= self.rate * gradient / max(1, len(y))
            steps -= 1
        return self
"""


def notebook(code: str) -> bytes:
    cells = [{"cell_type": "code", "source": code, "metadata": {}, "outputs": [], "execution_count": None}]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def handed_in(team, student, code: str) -> None:
    given = Given(
        kind=EvidenceKind.NOTEBOOK, name=f"{team.name}.ipynb", format="notebook", data=notebook(code)
    )  # fmt: skip
    save_evidence(mine(team, student), milestone="baseline", ask="notebook", given=given, seen=0)


@pytest.fixture
def room(sandbox, tmp_path):
    found = a_room(sandbox, tmp_path)
    for student, name, code in zip(found.students, ("가", "나", "다", "라"), (CODE, RENAMED, OTHER, ""), strict=True):
        handed_in(a_team(student, name=f"{name} 모둠"), student, code)
    return found


def compared(room) -> SimilarityRun:
    running.ask(room.cohort, PROJECT, by=room.teacher)
    drain()
    return SimilarityRun.objects.get(state="done")


def test_renamed_variables_are_seen_through_and_other_code_is_not_named(room):
    run = compared(room)
    (pair,) = SimilarPair.objects.all()
    names = {pair.first_evidence.milestone.team.name, pair.second_evidence.milestone.team.name}
    assert names == {"가 모둠", "나 모둠"}
    assert min(pair.of_first, pair.of_second) > 0.9
    assert (run.total, run.done, run.unreadable) == (4, 4, [])
    (passage, *_rest), _more = queries.passages_of(pair)
    assert any("합계" in line.text for line in passage.first + passage.second)


def test_pressed_twice_it_runs_once(room):
    assert running.ask(room.cohort, PROJECT, by=room.teacher) == running.ask(room.cohort, PROJECT, by=room.teacher)
    drain()
    running.compute(SimilarityRun.objects.get().pk)()
    assert SimilarPair.objects.count() == 1


def test_a_notebook_that_cannot_be_read_is_named_and_stops_nothing(room):
    EvidenceFile.objects.filter(evidence__name="다 모둠.ipynb").update(data=b"{broken")
    run = compared(room)
    assert [row["name"] for row in run.unreadable] == ["다 모둠.ipynb"]
    assert SimilarPair.objects.count() == 1
    page = room.client(room.teacher).get(reverse("projects:similarity", args=[room.classroom.pk, PROJECT]))
    assert "다 모둠.ipynb" in page.content.decode()


def test_starter_code_counts_for_nobody(room, monkeypatch):
    monkeypatch.setattr(running, "_starter", lambda _run: [Work(id="starter", owner="", cells=(CODE,))])
    compared(room)
    assert not SimilarPair.objects.exists()


def test_an_earlier_cohort_of_the_institution_is_compared_too(room):
    earlier = Cohort.objects.create(
        institution=room.cohort.institution,
        version=room.cohort.version,
        title="지난 기수",
        starts_on=room.cohort.starts_on - dt.timedelta(days=365),
    )
    old = cast.a_classroom(earlier)
    pupil = cast.a_student(old, "선배")
    handed_in(a_team(pupil, name="옛 모둠"), pupil, OTHER.replace("rate", "속도"))
    run = compared(room)
    assert run.earlier == 1
    assert SimilarPair.objects.count() == 2
    mixed = SimilarPair.objects.get(second_classroom=old)
    line = queries.pair_for(room_for(room.teacher, room.classroom.pk, PROJECT), mixed.pk)
    assert line.first.is_known
    assert not line.second.is_known
    assert (line.second.who, line.second.classroom, line.second.name) == ("", "", "")


def test_teachers_of_the_class_see_pairs_and_every_look_is_on_record(room):
    compared(room)
    pair = SimilarPair.objects.get()
    address = reverse("projects:similar_pair", args=[room.classroom.pk, PROJECT, pair.pk])
    page = room.client(room.teacher).get(address)
    assert page.status_code == 200
    assert "판단은 두 모둠의 이야기를 듣고 사람이 해요" in page.content.decode()
    assert Event.objects.filter(verb="similarity.viewed", actor=room.teacher).count() == 1
    assert room.client(room.students[0]).get(address).status_code == 404
    elsewhere = cast.a_classroom(room.cohort)
    other = cast.a_person("옆 반 선생님")
    grant(other, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=elsewhere.pk)
    theirs = reverse("projects:similar_pair", args=[elsewhere.pk, PROJECT, pair.pk])
    assert room.client(other).get(theirs).status_code == 404
    assert Event.objects.filter(verb="similarity.viewed").count() == 1


def test_a_run_that_failed_can_be_asked_for_again(room):
    run = running.ask(room.cohort, PROJECT, by=room.teacher)
    running.set_aside(run.pk)
    client, address = room.client(room.teacher), reverse("projects:similarity", args=[room.classroom.pk, PROJECT])
    assert "끝까지 견주지 못했어요" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert SimilarityRun.objects.count() == 2


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"cells": 3}', b"\xff\xfe\x00"])
def test_what_is_no_notebook_is_none(data: bytes):
    assert cells_of(data, is_notebook=True) is None


def test_a_file_is_one_cell():
    assert cells_of(b"x = 1", is_notebook=False) == ("x = 1",)
    assert cells_of(b"\x00\x01", is_notebook=False) is None
