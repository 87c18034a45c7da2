"""The draw, assignments, points and the preview are acts of jobs, too: once, of data that hold, nothing half."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from saem.apps.cohorts.models import (
    Application,
    ApplicationState,
    Call,
    Candidate,
    Decision,
    Offer,
    ReviewAssignment,
    Reviewer,
    RunAct,
    RunState,
    Selection,
    SelectionRun,
    SelectionSnapshot,
    StageOutcome,
)
from saem.apps.cohorts.selection import (
    appealing,
    assigning,
    deciding,
    declaring,
    drawing,
    points,
    previewing,
    reviewers,
    runs,
    settling,
)
from saem.apps.cohorts.selection.handlers import RUNS
from saem.apps.events.models import Event
from saem.apps.jobs.models import Job
from saem.apps.jobs.services import finish, reap_expired
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib import selection as lib
from saem.lib.fleet import ClaimLostError
from tests.apps.cohorts.selection.a_selection import (
    MANNER,
    PUBLIC,
    a_reviewer,
    a_selection,
    applicants,
    closed,
    drawn,
    of,
    read_all,
    read_selection,
    rules,
    staff_of,
    women_first,
)
from tests.apps.cohorts.selection.test_appealing import appealed
from tests.apps.cohorts.selection.test_deciding import kinds, published
from tests.apps.cohorts.selection.test_pages import client_of, page
from tests.apps.cohorts.selection.test_runs import PAST, came_of, change_scores, claimed

pytestmark = pytest.mark.django_db
FIRST = {"stage": "s1"}
VALUE = {"public_value": PUBLIC}


def ask(selection: Selection, act: RunAct, asked: dict[str, str] | None = None) -> SelectionRun:
    return runs.ask(of(selection.call), act, by=staff_of(selection), asked=asked)


def between(meanwhile: Callable[[], object]) -> None:
    """Let a job compute, let something happen, let it write, and do what is left."""
    claim = claimed()
    effect = RUNS.effect(claim, b"")
    meanwhile()
    finish(claim, effect)
    drain()


def ready_to_draw(number: int = 3) -> tuple[Selection, list[Application]]:
    selection = a_selection()
    people = applicants(selection, number)
    return closed(selection), people


def differing(selection: Selection, people: list[Application]) -> None:
    """Two reviewers who do not agree on the first, and a third who has nothing to do yet."""
    for name in ("김심사", "이심사", "박심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    seen = set[int]()

    def marks(application: Application, _reading: ReviewAssignment) -> list[int]:
        low = application.pk == people[0].pk and application.pk in seen
        seen.add(application.pk)
        return [1, 1] if low else [9, 9]

    read_all(selection, marks)


def given_to(application: Application) -> int:
    return application.readings.filter(withdrawn_at=None).count()


# --- the draw


def test_a_press_draws_in_a_job_what_the_library_draws():
    selection, _people = ready_to_draw()
    client = client_of(staff_of(selection))
    answer = client.post(page("draw", selection.call_id), {"public_value": f"  {PUBLIC}  "})
    assert answer.url == page("overview", selection.call_id)
    assert not of(selection.call).is_drawn
    assert "추첨하고 있어요" in client.get(answer.url).content.decode()
    drain()
    assert "지원서 3개의 순서를 추첨하고" in client.get(answer.url).content.decode()
    row = of(selection.call)
    order = list(row.candidates.order_by("draw_place").values_list("receipt", flat=True))
    assert lib.replay(lib.Draw(row.secret, PUBLIC), order, row.commitment).agrees
    assert Event.objects.get(verb="selection.drawn").actor == SelectionRun.objects.get().asked_by


def test_what_stands_in_the_way_of_a_draw_is_said_at_once():
    selection = a_selection()
    client, asking = client_of(staff_of(selection)), page("draw", selection.call_id)
    early = client.post(asking, {"public_value": PUBLIC})
    assert early.status_code == 422
    assert "아직 지원을 받고 있어요" in early.content.decode()
    assert PUBLIC in early.content.decode()
    assert client.post(asking, {"public_value": " "}).status_code == 422
    assert not SelectionRun.objects.exists()


def test_a_second_value_is_no_second_draw():
    selection, _people = ready_to_draw()
    run = ask(selection, RunAct.DRAW, VALUE)
    assert ask(selection, RunAct.DRAW, VALUE) == run
    with pytest.raises(SaemError, match=r"run\.other"):
        ask(selection, RunAct.DRAW, {"public_value": "1 2 3"})
    drain()
    with pytest.raises(SaemError, match="drawn_already"):
        ask(selection, RunAct.DRAW, {"public_value": "1 2 3"})
    assert of(selection.call).public_value == PUBLIC
    assert Candidate.objects.count() == 3


def test_whoever_withdraws_while_it_is_drawn_takes_no_part():
    selection, people = ready_to_draw()
    run = ask(selection, RunAct.DRAW, VALUE)
    between(lambda: Application.objects.filter(pk=people[1].pk).update(state=ApplicationState.WITHDRAWN))
    assert came_of(run) == (RunState.DONE, "selection.run.drawn")
    assert set(Candidate.objects.values_list("application", flat=True)) == {people[0].pk, people[2].pk}
    assert list(Candidate.objects.order_by("draw_place").values_list("draw_place", flat=True)) == [1, 2]


def test_a_call_that_is_opened_again_while_it_is_drawn_is_not_drawn():
    selection, _people = ready_to_draw()
    run = ask(selection, RunAct.DRAW, VALUE)
    later = timezone.now() + dt.timedelta(days=1)
    between(lambda: Call.objects.filter(pk=selection.call_id).update(closes_at=later))
    assert came_of(run) == (RunState.REFUSED, "selection.still_open")
    assert not Candidate.objects.exists()
    assert of(selection.call).public_value == ""


def test_applications_that_cannot_be_drawn_are_named():
    selection = a_selection(data=rules(**women_first()))
    people = applicants(selection, 2)
    people[0].sent.answers["experience"] = "whatever"
    type(people[0].sent).objects.filter(pk=people[0].sent_id).update(answers=people[0].sent.answers)
    run = ask(closed(selection), RunAct.DRAW, VALUE)
    drain()
    assert came_of(run) == (RunState.REFUSED, "selection.run.draw_problems")
    text = client_of(staff_of(selection)).get(page("overview", selection.call_id)).content.decode()
    assert "추첨하지 않았어요(1건)" in text
    assert f"{people[0].receipt}.experience: 몫을 셈할 수 없는 답이에요: whatever" in text
    assert not of(selection.call).is_drawn


# --- who reads what


def test_a_press_gives_readings_in_a_job_and_tells_reviewers_once():
    selection = a_selection()
    applicants(selection, 3)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    client, stage = client_of(staff_of(selection)), page("stage", selection.call_id, "s1")
    assert client.post(page("assign", selection.call_id, "s1")).url == stage
    assert not ReviewAssignment.objects.exists()
    waiting = client.get(stage).content.decode()
    assert "심사를 맡기고 있어요" in waiting
    assert "심사자에게 맡기기" not in waiting
    assert client.get(stage, headers={"HX-Request": "true"}).status_code == 204
    drain()
    assert "‘서류 심사’ 심사를 맡기고" in client.get(stage, headers={"HX-Request": "true"}).content.decode()
    assert ReviewAssignment.objects.count() == 6
    client.post(page("assign", selection.call_id, "s1"))
    drain()
    assert ReviewAssignment.objects.count() == 6
    assert Notice.objects.filter(kind="review.assigned").count() == 2


def test_a_reviewer_who_comes_or_goes_while_it_is_computed_is_reckoned_with():
    selection = a_selection()
    applicants(selection, 4)
    leaving = a_reviewer(selection, "김심사")
    a_reviewer(selection, "이심사")
    run = ask(selection, RunAct.ASSIGN, FIRST)

    def meanwhile() -> None:
        reviewers.let_go(leaving, by=staff_of(selection))
        a_reviewer(selection, "박심사")

    between(meanwhile)
    assert came_of(run) == (RunState.DONE, "selection.run.assigned")
    named = Reviewer.objects.filter(readings__withdrawn_at=None, readings__isnull=False).distinct()
    assert set(named.values_list("user__display_name", flat=True)) == {"이심사", "박심사"}
    assert ReviewAssignment.objects.filter(withdrawn_at=None).count() == 8


def test_a_stage_that_is_decided_while_it_is_computed_gets_no_readings():
    selection, _people = read_selection(2)
    run = ask(selection, RunAct.ASSIGN, FIRST)
    a_reviewer(selection, "박심사")
    before = ReviewAssignment.objects.count()
    between(lambda: settling.settle(of(selection.call), by=staff_of(selection)))
    assert came_of(run) == (RunState.REFUSED, "selection.stage_settled")
    assert ReviewAssignment.objects.count() == before
    with pytest.raises(SaemError, match="stage_settled"):
        ask(selection, RunAct.ASSIGN, FIRST)


def test_one_reader_more_is_one_however_often_it_is_pressed():
    selection = a_selection(data=rules(seats=1))
    people = applicants(selection, 2)
    differing(selection, people)
    client = client_of(staff_of(selection))
    for _press in range(2):
        client.post(page("assign", selection.call_id, "s1"), {"third": "1"})
        drain()
    assert [given_to(one) for one in people] == [3, 2]
    read_all(selection, lambda _application, _reading: [9, 9])
    ReviewAssignment.objects.filter(application=people[0]).first().scores.update(value=9)
    ReviewAssignment.objects.filter(application=people[0]).last().scores.update(value=9)
    selection.readings.filter(application=people[0])[1].scores.update(value=9)
    run = ask(selection, RunAct.EXTRA, FIRST)
    drain()
    assert came_of(run) == (RunState.REFUSED, "selection.run.nobody_differs")


# --- points of a stage


def test_points_of_few_readings_are_of_now():
    selection, people = read_selection(2)
    shown = client_of(staff_of(selection)).get(page("stage", selection.call_id, "s1"))
    assert [text for one, text, _spread in shown.context["rows"] if one.pk == people[0].pk] == ["100"]
    assert "점수 계산하기" not in shown.content.decode()
    assert not SelectionSnapshot.objects.exists()


def test_points_of_many_are_worked_out_by_a_press_and_say_of_when_they_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(points, "AT_ONCE", 0)
    selection = a_selection(data=rules(seats=1))
    people = applicants(selection, 2)
    differing(selection, people)
    client, stage = client_of(staff_of(selection)), page("stage", selection.call_id, "s1")
    assert "점수는 눌렀을 때 계산해요" in client.get(stage).content.decode()
    assert client.post(page("points", selection.call_id, "s1")).url == stage
    drain()
    with monkeypatch.context() as patch:
        patch.setattr(lib, "score", lambda *_args, **_kwargs: pytest.fail("a page works nothing out"))
        shown = client.get(f"{stage}?show=differing")
        text = shown.content.decode()
    assert [(one.pk, spread) for one, _points, spread in shown.context["rows"]] == [(people[0].pk, "80")]
    assert "에 계산한 거예요." in text
    assert "점수 다시 계산하기" not in text
    change_scores(selection)
    text = client.get(stage).content.decode()
    assert "그 뒤에 점수나 기준이 바뀌었어요" in text
    assert "점수 다시 계산하기" in text


def test_a_stage_that_is_declared_away_while_points_wait_is_told():
    selection = a_selection()
    applicants(selection, 1)
    run = ask(selection, RunAct.POINTS, FIRST)
    other = rules()
    other["stages"][0]["id"] = "s9"
    assert declaring.declare(selection.call, by=staff_of(selection), data=other, manner=MANNER, reason="다시") == ()
    drain()
    assert came_of(run) == (RunState.REFUSED, "selection.run.changed")


# --- the preview


def settled(number: int = 4) -> tuple[Selection, list[Application]]:
    selection, people = read_selection(number)
    ask(selection, RunAct.SETTLE)
    drain()
    return of(selection.call), people


def with_seats(selection: Selection, seats: int) -> None:
    data = rules(seats=seats)
    assert declaring.declare(selection.call, by=staff_of(selection), data=data, manner=MANNER, reason="자리") == ()


def test_settling_the_last_stage_works_the_preview_out_and_its_page_only_reads(monkeypatch: pytest.MonkeyPatch):
    selection, people = settled()
    monkeypatch.setattr(deciding, "preview", lambda _selection: pytest.fail("a page works nothing out"))
    monkeypatch.setattr(lib, "choose", lambda *_args: pytest.fail("a page works nothing out"))
    shown = client_of(staff_of(selection)).get(page("preview", selection.call_id))
    found = [(line.candidate.application_id, line.kind) for line, _why in shown.context["rows"]]
    words = ["accepted", "accepted", "reserve", "reserve"]
    assert found == list(zip((one.pk for one in people), words, strict=True))
    text = shown.content.decode()
    assert "계산한 때" in text
    assert f'name="revision" value="{selection.revision}"' in text
    assert "모집 인원 2명 안에 들었어요" in text


def test_what_is_published_is_what_the_kept_preview_said():
    selection, people = settled()
    kept = previewing.kept_of(selection)
    assert kept is not None
    client = client_of(staff_of(selection))
    client.post(page("publish", selection.call_id), {"revision": kept.revision})
    drain()
    said = {row["candidate"]: (row["kind"], row["reasons"]) for row in kept.rows}
    assert {one.candidate_id: (one.kind, one.reasons) for one in Decision.objects.all()} == said
    assert kinds(people) == ["accepted", "accepted", "reserve", "reserve"]


def test_after_other_seats_the_preview_is_worked_out_anew_before_anything_is_published():
    selection, people = settled()
    with_seats(selection, 3)
    client, preview = client_of(staff_of(selection)), page("preview", selection.call_id)
    text = client.get(preview).content.decode()
    assert "계산한 뒤에 기준이나 점수, 지원자가 바뀌었어요" in text
    assert "결과 발표하기" not in text
    # A page that was open before the change publishes nothing.
    client.post(page("publish", selection.call_id), {"revision": selection.revision})
    drain()
    assert not Decision.objects.exists()
    assert client.post(preview).url == preview
    assert "결과를 계산하고 있어요" in client.get(preview).content.decode()
    drain()
    text = client.get(preview).content.decode()
    assert "누가 합격하는지 미리 계산했어요." in text
    assert "결과 발표하기" in text
    client.post(page("publish", selection.call_id), {"revision": of(selection.call).revision})
    drain()
    assert kinds(people) == ["accepted", "accepted", "accepted", "reserve"]


def test_seats_that_change_while_it_is_published_publish_nothing():
    selection, _people = settled()
    run = runs.ask(selection, RunAct.PUBLISH, by=staff_of(selection), seen=selection.revision)
    between(lambda: with_seats(selection, 1))
    assert came_of(run) == (RunState.REFUSED, "selection.run.changed")
    assert not Decision.objects.exists()
    assert not Offer.objects.exists()


def test_seats_that_change_while_the_preview_is_computed_are_seen_on_its_page():
    selection, _people = settled()
    ask(selection, RunAct.PREVIEW)
    between(lambda: with_seats(selection, 1))
    kept = previewing.kept_of(of(selection.call))
    assert kept is not None
    assert (kept.seats, kept.is_current) == (2, False)


def test_whoever_withdraws_after_the_preview_makes_it_one_of_before():
    selection, people = settled()
    Application.objects.filter(pk=people[0].pk).update(state=ApplicationState.WITHDRAWN)
    kept = previewing.kept_of(selection)
    assert kept is not None
    assert not kept.is_current


def test_before_it_is_worked_out_the_preview_says_so():
    selection, _people = read_selection(2)
    settling.settle(selection, by=staff_of(selection))
    text = client_of(staff_of(selection)).get(page("preview", selection.call_id)).content.decode()
    assert "아직 계산하지 않았어요" in text
    assert "결과 발표하기" not in text


# --- whatever the act


def test_what_only_looks_makes_way_for_what_changes_something():
    selection, _people = read_selection(2)
    look = ask(selection, RunAct.POINTS, FIRST)
    claim = claimed()
    effect = RUNS.effect(claim, b"")
    run = ask(selection, RunAct.SETTLE)
    assert came_of(look) == (RunState.REFUSED, "selection.run.overtaken")
    finish(claim, effect)
    assert not SelectionSnapshot.objects.filter(kind="points").exists()
    with pytest.raises(SaemError, match=r"run\.other"):
        ask(selection, RunAct.POINTS, FIRST)
    drain()
    assert came_of(run) == (RunState.DONE, "selection.run.settled")


def prepared(act: RunAct) -> tuple[Selection, dict[str, str]]:
    """A selection in which an act may be asked for, and what it is asked with."""
    if act is RunAct.DRAW:
        return ready_to_draw()[0], VALUE
    if act is RunAct.PREVIEW:
        return settled()[0], {}
    selection = a_selection(data=rules(seats=1))
    people = applicants(selection, 2)
    if act is RunAct.ASSIGN:
        for name in ("김심사", "이심사"):
            a_reviewer(selection, name)
    else:
        differing(selection, people)
    return selection, FIRST


def written(selection: Selection) -> tuple[int, ...]:
    counted = (Candidate, ReviewAssignment, StageOutcome, Notice)
    verbs = Event.objects.filter(object_kind="selection").exclude(verb="selection.asked")
    return (*(model.objects.count() for model in counted), verbs.count(), selection.snapshots.count())


@pytest.mark.parametrize("act", [RunAct.ASSIGN, RunAct.EXTRA, RunAct.POINTS, RunAct.DRAW, RunAct.PREVIEW])
def test_a_worker_that_dies_in_the_middle_leaves_nothing_half_and_the_next_one_writes_once(act: RunAct):
    selection, asked = prepared(act)
    run = ask(selection, act, asked)
    before = written(selection)
    first = claimed()
    effect = RUNS.effect(first, b"")
    Job.objects.filter(pk=first.job_id).update(lease_until=timezone.now() - PAST)
    assert reap_expired() == 1
    assert written(selection) == before
    drain()
    assert came_of(run)[0] == RunState.DONE
    once = written(selection)
    if act is not RunAct.PREVIEW:
        assert once != before
    with pytest.raises(ClaimLostError):
        finish(first, effect)
    assert written(selection) == once


def test_an_appeal_that_is_answered_while_readings_are_given_keeps_what_was_typed():
    selection, people = published(5)
    appeal = appealed(people[4])
    Selection.objects.filter(pk=selection.pk).update(settled_stage="")
    run = ask(selection, RunAct.ASSIGN, FIRST)
    client, answer = client_of(staff_of(selection)), page("answer", selection.call_id, appeal.pk)
    sent = {one["name"]: "10" for row in client.get(answer).context["rows"] for one in row["criteria"]}
    said = client.post(answer, sent | {"answer": "바꿔 적었어요.", "state": "upheld"})
    assert said.status_code == 422
    assert "앞서 누른 것을 아직 계산하고 있어요" in said.content.decode()
    assert "바꿔 적었어요." in said.content.decode()
    appeal.refresh_from_db()
    assert appeal.state == "open"
    drain()
    assert came_of(run)[0] == RunState.DONE
    assert client.post(answer, sent | {"answer": "바꿔 적었어요.", "state": "upheld"}).status_code == 302


def test_a_conclusion_that_came_to_nothing_is_still_to_be_done_after_another_act():
    selection, people = published(5)
    appealing.answer_appeal(
        appealed(people[4]),
        appealing.Answer(text="다시 봤어요.", is_upheld=True, corrections={}),
        by=staff_of(selection),
        later=runs.ask_conclusion,
    )
    run = ask(selection, RunAct.CONCLUDE)
    runs.set_aside(run.pk)
    ask(selection, RunAct.POINTS, FIRST)
    drain()
    text = client_of(staff_of(selection)).get(page("overview", selection.call_id)).content.decode()
    assert "이의 신청에 따라 바로잡은 점수로 다시 계산해 주세요." in text


def test_a_drawn_selection_of_nobody_can_be_looked_at():
    selection = drawn(a_selection())
    run = ask(selection, RunAct.POINTS, FIRST)
    drain()
    assert came_of(run) == (RunState.DONE, "selection.run.points")
    assert drawing.field_of(selection) == ()
