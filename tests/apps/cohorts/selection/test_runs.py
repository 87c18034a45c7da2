"""Long acts are asked for in a press and done by a job: once, on data that hold, with words for whatever came between."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from saem.apps.cohorts.models import Decision, Offer, RunAct, RunState, Selection, SelectionRun, SheetKind, StageOutcome
from saem.apps.cohorts.selection import appealing, assigning, deciding, runs, settling, sheets
from saem.apps.cohorts.selection.appealing import Answer
from saem.apps.cohorts.selection.handlers import RUNS
from saem.apps.events.models import Event
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.models import Job, JobState
from saem.apps.jobs.services import enqueue, fail, finish, reap_expired, retry
from saem.apps.jobs.worker import drain
from saem.apps.notices.models import Notice
from saem.errors import SaemError
from saem.lib.fleet import Claim, ClaimLostError
from tests.apps.cohorts.selection.a_selection import (
    a_reviewer,
    a_selection,
    applicants,
    drawn,
    falling,
    of,
    read_all,
    read_selection,
    rules,
    staff_of,
    two_stages,
)
from tests.apps.cohorts.selection.test_appealing import appealed, corrected, newest
from tests.apps.cohorts.selection.test_deciding import kinds, published
from tests.apps.cohorts.selection.test_pages import client_of, page

pytestmark = pytest.mark.django_db
PAST = dt.timedelta(minutes=1)


def ask(selection: Selection, act: RunAct = RunAct.SETTLE, **more: int) -> SelectionRun:
    return runs.ask(selection, act, by=staff_of(selection), **more)


def came_of(run: SelectionRun) -> tuple[str, str]:
    run.refresh_from_db()
    return run.state, run.code


def claimed() -> Claim:
    found = claim_next(worker="w", capabilities=["cpu"], kinds=[runs.RUN_JOB])
    assert found is not None
    return found


def change_scores(selection: Selection) -> None:
    """What handing in a score does to whoever computes."""
    Selection.objects.filter(pk=selection.pk).update(revision=of(selection.call).revision + 1)


def test_whoever_looks_at_the_page_does_not_wait_behind_a_class_that_hands_in():
    selection, _people = read_selection(1)
    for number in range(30):
        enqueue("grade", number, owner_key=f"pupil {number}")
    run = ask(selection)
    sheet = sheets.hand_in(
        selection.call, kind=SheetKind.SCORES, stage="s1", name="점수.xlsx", data=b"PK", by=staff_of(selection)
    )
    kinds = ["grade", runs.RUN_JOB, sheets.SHEET_JOB]
    first, second, third = (claim_next(worker="w", capabilities=["cpu"], kinds=kinds) for _time in range(3))
    assert {(one.kind, one.subject_id) for one in (first, second) if one} == {
        (runs.RUN_JOB, run.pk),
        (sheets.SHEET_JOB, sheet.pk),
    }
    assert third is not None
    assert third.kind == "grade"


def test_a_press_is_written_and_a_job_does_it():
    selection, people = read_selection(4)
    run = ask(selection)
    assert came_of(run) == (RunState.WAITING, "")
    assert not StageOutcome.objects.exists()
    drain()
    assert came_of(run) == (RunState.DONE, "selection.run.settled")
    assert Event.objects.get(verb="selection.settled").actor == run.asked_by
    run = ask(of(selection.call), RunAct.PUBLISH)
    drain()
    assert came_of(run) == (RunState.DONE, "selection.run.published")
    assert kinds(people) == ["accepted", "accepted", "reserve", "reserve"]


def test_a_second_press_finds_the_first_one_s_run():
    selection, _people = read_selection(3)
    assert ask(selection) == ask(selection)
    assert Job.objects.filter(kind=runs.RUN_JOB).count() == 1
    settling.settle(selection, by=staff_of(selection))
    with pytest.raises(SaemError, match=r"selection\.run\.other"):
        ask(of(selection.call), RunAct.PUBLISH)


def test_what_cannot_be_is_refused_at_once():
    selection = a_selection()
    applicants(selection, 1)
    with pytest.raises(SaemError, match="not_drawn"):
        ask(selection)
    with pytest.raises(SaemError, match="not_settled"):
        ask(drawn(selection), RunAct.PUBLISH)
    with pytest.raises(SaemError, match=r"run\.changed"):
        ask(of(selection.call), RunAct.CONCLUDE)
    assert not SelectionRun.objects.exists()


def test_missing_reviews_are_told_on_the_page():
    selection = a_selection()
    applicants(selection, 2)
    selection = drawn(selection)
    client = client_of(staff_of(selection))
    assert client.post(page("settle", selection.call_id)).status_code == 302
    assert "결과를 계산하고 있어요" in client.get(page("overview", selection.call_id)).content.decode()
    drain()
    text = client.get(page("overview", selection.call_id)).content.decode()
    assert "아직 심사가 모자란 지원서가 2개 있어요." in text
    assert "전형 마감하고 계산하기" in text
    assert SelectionRun.objects.get().state == RunState.REFUSED


def test_a_page_that_waits_is_told_only_the_end():
    selection, _people = read_selection(3)
    client, overview = client_of(staff_of(selection)), page("overview", selection.call_id)
    client.post(page("settle", selection.call_id))
    text = client.get(overview).content.decode()
    assert 'hx-trigger="load delay:300ms, every 1s"' in text
    assert 'http-equiv="refresh"' in text
    assert "전형 마감하고 계산하기" not in text
    assert client.get(overview, headers={"HX-Request": "true"}).status_code == 204
    drain()
    text = client.get(overview, headers={"HX-Request": "true"}).content.decode()
    assert "서류 심사까지 결과를 계산했어요." in text
    assert "hx-trigger" not in text


def test_publishing_on_the_pages_is_of_what_the_preview_showed():
    selection, _people = read_selection(3)
    settling.settle(selection, by=staff_of(selection))
    client, shown = client_of(staff_of(selection)), of(selection.call).revision
    ask(of(selection.call), RunAct.PREVIEW)
    drain()
    assert f'name="revision" value="{shown}"' in client.get(page("preview", selection.call_id)).content.decode()
    change_scores(selection)
    client.post(page("publish", selection.call_id), {"revision": shown})
    drain()
    text = client.get(page("overview", selection.call_id)).content.decode()
    assert "바뀐 내용을 보고 다시 눌러 주세요." in text
    assert not Decision.objects.exists()
    client.post(page("publish", selection.call_id), {"revision": shown + 1})
    drain()
    assert Decision.objects.count() == 3
    assert client.post(page("publish", selection.call_id)).url == page("results", selection.call_id)


def test_a_score_that_comes_while_it_is_computed_is_in_the_result():
    selection, people = read_selection(3)
    run = ask(selection)
    claim = claimed()
    effect = RUNS.effect(claim, b"")
    selection.readings.filter(application=people[2]).first().scores.update(value=10)
    selection.readings.filter(application=people[2]).last().scores.update(value=10)
    selection.readings.filter(application=people[0]).first().scores.update(value=1)
    change_scores(selection)
    finish(claim, effect)
    assert came_of(run) == (RunState.WAITING, "")
    assert not StageOutcome.objects.exists()
    drain()
    assert came_of(run) == (RunState.DONE, "selection.run.settled")
    assert StageOutcome.objects.get(rank=1).candidate.application == people[2]


def test_whoever_hands_in_scores_all_the_time_is_told_to_stop():
    selection, _people = read_selection(3)
    run = ask(selection)
    for _try in range(runs.TRIES + 1):
        claim = claimed()
        effect = RUNS.effect(claim, b"")
        change_scores(selection)
        finish(claim, effect)
    assert came_of(run) == (RunState.REFUSED, "selection.busy")
    assert not Job.objects.filter(kind=runs.RUN_JOB, state=JobState.WAITING).exists()


def test_whoever_withdraws_while_it_is_computed_gets_no_decision():
    selection, people = read_selection(4)
    settling.settle(selection, by=staff_of(selection))
    ask(of(selection.call), RunAct.PUBLISH)
    claim = claimed()
    effect = RUNS.effect(claim, b"")
    type(people[0]).objects.filter(pk=people[0].pk).update(state="withdrawn")
    finish(claim, effect)
    drain()
    assert not Decision.objects.filter(candidate__application=people[0]).exists()
    assert kinds(people[1:]) == ["accepted", "accepted", "reserve"]


@pytest.mark.parametrize("act", [RunAct.SETTLE, RunAct.PUBLISH])
def test_a_worker_that_dies_in_the_middle_writes_nothing_and_the_next_one_writes_once(act: RunAct):
    selection, _people = read_selection(3)
    if act is RunAct.PUBLISH:
        settling.settle(selection, by=staff_of(selection))
    run = ask(of(selection.call), act)
    first = claimed()
    effect = RUNS.effect(first, b"")
    Job.objects.filter(pk=first.job_id).update(lease_until=timezone.now() - PAST)
    assert reap_expired() == 1
    second = claimed()
    finish(second, RUNS.effect(second, b""))
    drain()
    with pytest.raises(ClaimLostError):
        finish(first, effect)
    assert came_of(run)[0] == RunState.DONE
    verb = "selection.settled" if act is RunAct.SETTLE else "selection.published"
    assert Event.objects.filter(verb=verb).count() == 1
    assert Offer.objects.count() == (0 if act is RunAct.SETTLE else 2)


def test_a_job_that_is_done_after_all_changes_nothing_more():
    selection, _people = read_selection(3)
    ask(selection)
    claim = claimed()
    late = RUNS.effect(claim, b"")
    drain()
    SelectionRun.objects.update(state=RunState.DONE, code="selection.run.settled")
    late.write()
    assert not StageOutcome.objects.exists()


def test_a_job_that_is_set_aside_is_told_and_can_be_asked_for_again(monkeypatch: pytest.MonkeyPatch):
    selection, _people = read_selection(3)
    run = ask(selection)
    for _try in range(3):
        Job.objects.update(not_before=timezone.now() - PAST)
        fail(claimed(), reason="out of memory")
    assert came_of(run) == (RunState.FAILED, "selection.run.failed")
    again = ask(selection)
    assert again != run
    assert not retry(Job.objects.get(state=JobState.DEAD).pk)
    drain()
    assert came_of(again)[0] == RunState.DONE
    assert retry(Job.objects.get(state=JobState.DEAD).pk)
    drain()
    assert came_of(run)[0] == RunState.DONE


def test_nothing_is_computed_while_a_transaction_is_open(monkeypatch: pytest.MonkeyPatch):
    selection, people = read_selection(5)
    depth = len(connection.savepoint_ids)
    whole, seen = settling.compute, []

    def watched(asked: Selection) -> settling.Computed:
        seen.append(len(connection.savepoint_ids))
        return whole(asked)

    monkeypatch.setattr(settling, "compute", watched)
    monkeypatch.setattr(appealing, "compute", watched)
    ask(selection)
    drain()
    ask(of(selection.call), RunAct.PUBLISH)
    drain()
    given = Answer(text="점수를 바꿔 적었어요.", is_upheld=True, corrections=corrected(selection, people[4], "10"))
    answer(people[4], given, selection)
    assert seen
    assert set(seen) == {depth}


def answer(application: object, given: Answer, selection: Selection) -> None:
    found = appealing.answer_appeal(appealed(application), given, by=staff_of(selection), later=runs.ask_conclusion)
    assert found is None
    drain()


def test_a_conclusion_decides_for_whoever_appealed_and_tells_once():
    selection, people = published(5)
    given = Answer(
        text="두 항목의 점수를 바꿔 적었어요.", is_upheld=True, corrections=corrected(selection, people[4], "10")
    )
    answer(people[4], given, selection)
    run = SelectionRun.objects.get(act=RunAct.CONCLUDE)
    assert came_of(run) == (RunState.DONE, "selection.run.concluded")
    assert run.params == {"people": 1}
    assert (newest(people[4]).kind, newest(people[4]).number) == ("accepted", 2)
    assert not Notice.objects.filter(kind="appeal.answered").exists()
    assert Notice.objects.filter(recipient=people[4].applicant, kind="selection.decided").count() == 2


def test_whose_decision_stands_after_a_correction_is_told_so_once():
    """One reader's numbers go up by what the other's go down: the points stay."""
    selection, people = published(5)
    up, down = corrected(selection, people[4], "7"), corrected(selection, people[4], "5")
    first, second = up
    given = Answer(
        text="두 사람의 점수가 바뀌어 있었어요.", is_upheld=True, corrections={first: up[first], second: down[second]}
    )
    answer(people[4], given, selection)
    ask(of(selection.call), RunAct.CONCLUDE)
    drain()
    assert newest(people[4]).number == 1
    assert Notice.objects.filter(recipient=people[4].applicant, kind="appeal.answered").count() == 1


def test_a_correction_while_a_conclusion_is_computed_is_in_it():
    selection, people = published(5)
    given = Answer(text="고쳐요.", is_upheld=True, corrections=corrected(selection, people[4], "5"))
    appealing.answer_appeal(appealed(people[4]), given, by=staff_of(selection), later=runs.ask_conclusion)
    claim = claimed()
    effect = RUNS.effect(claim, b"")
    given = Answer(text="고쳐요.", is_upheld=True, corrections=corrected(selection, people[3], "10"))
    appealing.answer_appeal(appealed(people[3]), given, by=staff_of(selection), later=runs.ask_conclusion)
    finish(claim, effect)
    drain()
    assert SelectionRun.objects.get().code == "selection.run.concluded"
    assert newest(people[3]).kind == "accepted"


def test_a_conclusion_that_leads_into_a_later_stage_waits_for_its_reviews():
    selection = a_selection(data=rules(seats=1, reserve=0, stages=two_stages()))
    people = applicants(selection, 4)
    selection = a_run_through_two_stages(selection, people)
    given = Answer(text="고쳐요.", is_upheld=True, corrections=corrected(selection, people[3], "10"))
    answer(people[3], given, selection)
    assert SelectionRun.objects.get().code == "selection.run.more_reviews"
    client = client_of(staff_of(selection))
    assert "다시 계산하기" in client.get(page("overview", selection.call_id)).content.decode()


def a_run_through_two_stages(selection: Selection, people: list) -> Selection:
    from_staff = staff_of(selection)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=from_staff)
    read_all(selection, falling(people))
    selection = drawn(selection)
    settling.settle(selection, by=from_staff)
    assigning.assign(of(selection.call), "s2", by=from_staff)
    read_all(selection, falling(people), "s2")
    settling.settle(of(selection.call), by=from_staff)
    deciding.publish(of(selection.call), by=from_staff)
    return of(selection.call)


def test_a_page_that_shows_the_end_of_a_run_shows_what_it_wrote() -> None:
    selection, _people = read_selection(3)
    ask(selection)
    read_before = of(selection.call)
    drain()
    run = runs.newest(read_before)
    assert run is not None
    assert run.state == RunState.DONE
    assert read_before.settled_stage
    assert read_before.revision == of(selection.call).revision
