"""Peers review each other: nobody learns who is who, the deadline holds, and reviews are worth something."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from saem.apps.notices.models import Notice
from saem.apps.people.models import Role, Scope
from saem.apps.people.services import grant
from saem.apps.projects.milestones.evidence import Given, save_evidence
from saem.apps.projects.models import EvidenceKind, PeerMark, PeerRound, PeerTask
from saem.apps.projects.reviews import moderating
from saem.apps.projects.reviews.moderating import Agreed
from saem.apps.projects.reviews.peers import dealing, giving, outcome, queries
from saem.apps.projects.reviews.peers.dealing import Wish
from saem.apps.projects.reviews.queries import room_for, seat_for
from saem.apps.projects.teams.forming import join_team, leave_team
from saem.errors import SaemError
from tests import cast
from tests.apps.projects.reviews.a_marking import a_marked_room, leading, mark_all, observed
from tests.apps.projects.teams.a_team import a_room, a_team, mine
from tests.sample import PROJECT

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(sandbox, tmp_path):
    return a_marked_room(sandbox, tmp_path)


def opened(room, *, each: int = 1, samples: int = 0) -> PeerRound:
    wish = Wish(each=each, samples=samples, closes_at=timezone.now() + dt.timedelta(days=3))
    return dealing.open_round(leading(room), wish)


def task_of(student, round_: PeerRound) -> PeerTask:
    return round_.tasks.get(enrolment=student, dropped_at=None)


def reviewed(student, round_: PeerRound, level: int, *, returns: bool = True) -> PeerTask:
    work = queries.work_for(student.user, task_of(student, round_).pk)
    for each in work.rubric.criteria:
        giving.save_peer_mark(work, criterion=each.id, level=level, comment="까닭")
    if returns:
        giving.return_review(work, comment="증거가 뚜렷해서 좋았어요")
    return work.task


def past(round_: PeerRound) -> None:
    PeerRound.objects.filter(pk=round_.pk).update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    round_.refresh_from_db()


def refused(code: str):
    return pytest.raises(SaemError, match=f"^{code}$")


def test_everybody_reviews_another_team_and_is_told_once(made):
    room, team, other = made
    round_ = opened(room)
    dealt = dict(round_.tasks.values_list("enrolment__nickname", "team"))
    assert dealt == {"하늘": other.pk, "도윤": other.pk, "서연": team.pk, "지호": team.pk}
    assert Notice.objects.filter(kind="peer.dealt").count() == 4
    dealing.deal_again(leading(room), round_)
    assert Notice.objects.filter(kind="peer.dealt").count() == 4
    assert round_.tasks.count() == 4
    with refused("peer.open_already"):
        opened(room)


def test_one_team_alone_cannot_be_reviewed(sandbox, tmp_path):
    room = a_room(sandbox, tmp_path)
    observed(a_team(*room.students[:2]), room.students[0], "혼자")
    with refused("peer.too_few"):
        opened(room)
    assert not PeerRound.objects.exists()


def test_neither_side_reads_who_the_other_is(made):
    room, _team, other = made
    round_ = opened(room)
    observed(other, room.students[2], "서연과 지호가 한강물 모둠에서 물었다", ask="interview")
    ran = {"cell_type": "code", "source": "who", "outputs": [{"output_type": "stream", "text": "서연이 잰 0.43"}]}
    data = json.dumps({"nbformat": 4, "cells": [ran]}).encode()
    given = Given(kind=EvidenceKind.NOTEBOOK, name="a.ipynb", format="notebook", data=data)
    save_evidence(mine(other, room.students[2]), milestone="baseline", ask="notebook", given=given, seen=0)
    task = task_of(room.students[0], round_)
    address = reverse("projects:peer_task", args=[task.pk])
    page = room.client(room.students[0]).get(address).content.decode()
    assert "물었다" in page
    assert "잰 0.43" in page
    for name in ("서연", "지호", "한강물"):
        assert name not in page
    for student in room.students[:2]:
        reviewed(student, round_, 3)
    past(round_)
    outcome.tell_round(leading(room), round_)
    received = room.client(room.students[2]).get(reverse("projects:team_peers", args=[other.pk])).content.decode()
    assert "증거가 뚜렷해서 좋았어요" in received
    for name in ("하늘", "도윤", "두 바퀴"):
        assert name not in received
    assert task.reviewer_alias in received
    with pytest.raises(Http404):
        queries.work_for(room.students[1].user, task.pk)
    assert room.client(room.teacher).get(address).status_code == 404
    assert room.client(room.students[2]).get(address).status_code == 404


def test_who_comes_late_is_dealt_in_and_what_was_begun_stays(made):
    room, team, _other = made
    round_ = opened(room)
    begun = reviewed(room.students[0], round_, 2, returns=False)
    late = cast.a_student(room.classroom, "늦은이")
    join_team(late, project=PROJECT, code=team.join_code, most=3)
    third = a_team(cast.a_student(room.classroom, "셋째"), name="셋째 모둠")
    observed(third, third.memberships.get().enrolment, "새 모둠")
    dealt = dealing.deal_again(leading(room), round_)
    assert dealt.tasks == 6
    assert PeerTask.objects.get(pk=begun.pk).team_id == begun.team_id
    assert third.peer_tasks.count() == 2, "works have numbers as equal as can be"


def test_who_moves_into_a_team_does_not_review_it(made):
    room, _team, other = made
    round_ = opened(room)
    task = reviewed(room.students[0], round_, 4)
    leave_team(mine(_team, room.students[0]))
    join_team(room.students[0], project=PROJECT, code=other.join_code, most=3)
    with refused("peer.own_team"):
        queries.work_for(room.students[0].user, task.pk)
    dealing.deal_again(leading(room), round_)
    task.refresh_from_db()
    assert task.dropped_at is not None
    past(round_)
    outcome.tell_round(leading(room), round_)
    assert queries.received_by(other) == []


def test_a_page_left_open_past_the_deadline_saves_nothing_and_keeps_the_words(made):
    room, _team, other = made
    round_ = opened(room)
    task = reviewed(room.students[0], round_, 2)
    past(round_)
    client = room.client(room.students[0])
    mark = reverse("projects:peer_mark", args=[task.pk, "problem"])
    late = client.post(mark, {"problem-level": "4", "problem-comment": "늦게 쓴 말"})
    assert late.status_code == 409
    assert "늦게 쓴 말" in late.content.decode()
    assert client.post(mark, {"problem-level": "4"}, headers={"HX-Request": "true"}).status_code == 409
    back = client.post(reverse("projects:peer_return", args=[task.pk]), {"comment": "정말로 늦게 쓴 말이에요"})
    assert back.status_code == 409
    assert "정말로 늦게 쓴 말이에요" in back.content.decode()
    assert PeerMark.objects.get(task=task, criterion="problem").level == 2
    outcome.tell_round(leading(room), round_)
    assert len(queries.received_by(other)) == 1


def test_who_never_returns_it_is_reminded_once_a_day_and_counts_for_nothing(made):
    room, _team, other = made
    round_ = opened(room)
    reviewed(room.students[0], round_, 4)
    reviewed(room.students[1], round_, 1, returns=False)
    for _press in range(2):
        assert dealing.remind(leading(room), round_) == 3
    assert Notice.objects.filter(kind="peer.reminder").count() == 3
    with refused("peer.still_open"):
        outcome.tell_round(leading(room), round_)
    outcome.close_now(leading(room), round_)
    found = outcome.outcome_of(leading(room), round_)
    assert found.levels[str(other.pk), "problem"] == 4.0
    assert {line.enrolment.nickname: line.returned for line in found.reviewers}["도윤"] == 0


def test_reviews_are_marked_by_how_near_they_are_to_the_markers(made):
    room, _team, other = made
    round_ = opened(room)
    mark_all(room.teacher, other, 3)
    reviewed(room.students[0], round_, 3)
    reviewed(room.students[1], round_, 1)
    found = outcome.outcome_of(leading(room), round_)
    marks = {line.enrolment.nickname: line.reliability and line.reliability.mark for line in found.reviewers}
    assert (marks["하늘"], marks["도윤"], marks["서연"]) == (100, 0, None)
    assert found.levels[str(other.pk), "problem"] > 2.5, "who is near weighs more"


def test_a_reviewer_reads_the_mark_of_their_own_review_once_the_round_is_told(made):
    room, team, other = made
    round_ = opened(room)
    mark_all(room.teacher, other, 3)
    reviewed(room.students[0], round_, 3)
    reviewed(room.students[1], round_, 1)
    addresses = [reverse("projects:team_peers", args=[each.pk]) for each in (team, team, other)]
    readers = [(room.client(room.students[place]), address) for place, address in enumerate(addresses)]
    assert "내 평가는 100점" not in readers[0][0].get(addresses[0]).content.decode()
    client, act = room.client(room.teacher), reverse("projects:peer_act", args=[room.classroom.pk, PROJECT])
    for name in ("close", "tell"):
        client.post(act, {"act": name})
    near, far, none = (reader.get(address).content.decode() for reader, address in readers)
    assert "내 평가는 100점 가운데 100점이에요" in near
    assert "내 평가는 100점 가운데 0점이에요" in far
    assert "조금 엄격하게 보는 편이에요" in far
    assert "내 평가의 점수는 없어요" in none
    told = client.get(reverse("projects:peer_round", args=[room.classroom.pk, PROJECT])).content.decode()
    assert "엄격한 편" in told


def test_a_sample_is_another_class_s_agreed_work_and_looks_like_any_other(made):
    room, _team, _other = made
    with refused("peer.no_samples"):
        opened(room, samples=1)
    elsewhere = cast.a_classroom(room.cohort)
    grant(room.teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=elsewhere.pk)
    pupil = cast.a_student(elsewhere, "다른반")
    sample = a_team(pupil, name="표본")
    observed(sample, pupil, "표본의 기록")
    moderating.choose_sample(room_for(room.teacher, elsewhere.pk, PROJECT), sample, is_sample=True)
    mark_all(room.teacher, sample, 2)
    levels = {each.id: Agreed(level=2, reason="합의") for each in leading(room).rubric.criteria}
    moderating.agree(seat_for(room.teacher, sample.pk), levels)
    round_ = opened(room, samples=1)
    assert round_.tasks.filter(is_sample=True, team=sample).count() == 4
    one = round_.tasks.filter(is_sample=True).first()
    page = room.client(one.enrolment).get(reverse("projects:peer_task", args=[one.pk])).content.decode()
    assert "표본" not in page
    assert queries.received_by(sample) == []


def test_a_team_is_a_task_of_somebody_once(made):
    round_ = opened(made[0])
    task = round_.tasks.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        PeerTask.objects.create(round=round_, enrolment=task.enrolment, team=task.team, alias="a", reviewer_alias="b")


def test_a_teacher_opens_deals_closes_and_tells(made):
    room, team, _other = made
    client, address = room.client(room.teacher), reverse("projects:peer_round", args=[room.classroom.pk, PROJECT])
    act = reverse("projects:peer_act", args=[room.classroom.pk, PROJECT])
    assert client.get(address).status_code == 200
    when = timezone.localtime() + dt.timedelta(days=2)
    for wrong in ({}, {"each": 1, "samples": 0, "closes_at": "2020-01-01T00:00"}, {"each": 99, "samples": 0}):
        assert client.post(address, wrong).status_code == 422
    assert client.post(act, {"act": "deal"}).status_code == 404
    assert client.post(address, {"each": 1, "samples": 0, "closes_at": f"{when:%Y-%m-%dT%H:%M}"}).status_code == 302
    for name in ("deal", "remind", "tell", "close", "tell"):
        assert client.post(act, {"act": name}).status_code == 302
    assert PeerRound.objects.get().told_at is not None
    assert client.get(address).status_code == 200
    assert room.client(room.students[0]).get(address).status_code == 404
    assert room.client(room.students[0]).get(reverse("projects:team_peers", args=[team.pk])).status_code == 200


def test_a_deadline_moves_only_forwards_and_tells_who_has_not_handed_in(made):
    room, team, _other = made
    round_ = opened(room)
    reviewed(room.students[0], round_, 3)
    with refused("peer.not_later"):
        dealing.extend(leading(room), round_, until=round_.closes_at)
    assert not Notice.objects.filter(kind="peer.extended").exists()
    past(round_)
    with refused("peer.closed"):
        reviewed(room.students[1], round_, 3)
    late = cast.a_student(room.classroom, "늦봄")
    join_team(late, project=PROJECT, code=team.join_code, most=5)
    until = timezone.now() + dt.timedelta(days=2)
    assert dealing.extend(leading(room), round_, until=until) == 3
    told = Notice.objects.filter(kind="peer.extended").values_list("recipient__display_name", flat=True)
    assert sorted(told) == ["도윤", "서연", "지호"]
    assert Notice.objects.filter(kind="peer.dealt", recipient=late.user).count() == 1
    round_.refresh_from_db()
    assert round_.closes_at == until
    reviewed(room.students[1], round_, 3)
    reviewed(late, round_, 2)
    PeerRound.objects.update(told_at=timezone.now())
    with refused("peer.told"):
        dealing.extend(leading(room), round_, until=until + dt.timedelta(days=1))


def test_the_page_that_moves_a_deadline(made):
    room, _team, _other = made
    address = reverse("projects:peer_extend", args=[room.classroom.pk, PROJECT])
    teacher = room.client(room.teacher)
    assert teacher.post(address, {"closes_at": "2099-01-01T10:00"}).status_code == 404
    round_ = opened(room)
    for wrong in ("", "soon", "2020-01-01T10:00", "2099-01-01T10:00"):
        assert teacher.post(address, {"closes_at": wrong}).status_code == 422
    sooner = timezone.localtime() + dt.timedelta(days=1)
    assert teacher.post(address, {"closes_at": f"{sooner:%Y-%m-%dT%H:%M}"}).status_code == 422
    later = timezone.localtime() + dt.timedelta(days=9)
    assert teacher.post(address, {"closes_at": f"{later:%Y-%m-%dT%H:%M}"}).status_code == 302
    round_.refresh_from_db()
    assert f"{timezone.localtime(round_.closes_at):%Y-%m-%dT%H:%M}" == f"{later:%Y-%m-%dT%H:%M}"
    assert room.client(room.students[0]).post(address, {"closes_at": f"{later:%Y-%m-%dT%H:%M}"}).status_code == 404
