"""The pages of a selection through HTTP: declaring without JavaScript, reviewing in two tabs, accepting, appealing."""

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from saem.apps.cohorts.models import Appeal, Decision, Enrolment, Offer, ReviewAssignment, Selection
from saem.apps.cohorts.selection import appealing, assigning, deciding, declaring, settling
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.jobs.worker import drain
from saem.cli.lottery import lottery_command
from tests.apps.cohorts.calls.a_call import a_call, client_of
from tests.apps.cohorts.selection.a_selection import (
    MANNER,
    a_reviewer,
    a_selection,
    applicants,
    of,
    read_selection,
    rules,
    staff_of,
    women_first,
)
from tests.apps.cohorts.selection.test_deciding import published
from tests.cast import a_staff_member

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"selection:{name}", args=args)


def declaration(**changes: str) -> dict[str, str]:
    sent = {
        "seats": "3",
        "reserve": "2",
        "tie_1": "stage:1",
        "tie_2": "younger",
        "public_source": "3월 6일 로또 번호",
        "is_blind": "on",
        "reply_days": "5",
        "appeal_days": "5",
        "reason": "양식을 늦게 정했어요.",
        "stages-TOTAL_FORMS": "2",
        "stages-INITIAL_FORMS": "0",
        "quotas-TOTAL_FORMS": "1",
        "quotas-INITIAL_FORMS": "0",
        "quotas-0-ko": "처음 배우는 학생",
        "quotas-0-where": "experience=no",
        "quotas-0-at_least": "30%",
    }
    for number, (name, advance) in enumerate((("서류 심사", "3"), ("면접", ""))):
        sent |= {
            f"stages-{number}-ko": name,
            f"stages-{number}-weight": "50",
            f"stages-{number}-criteria": "지원 동기 | Motivation | 10\n꾸준함 || 20 | 2",
            f"stages-{number}-reviews": "2",
            f"stages-{number}-aggregation": "mean",
            f"stages-{number}-advance": advance,
        }
    return sent | changes


def test_staff_declare_without_knowing_json():
    call = a_call()
    client = client_of(a_staff_member(call.cohort))
    assert client.get(page("declare", call.pk)).status_code == 200
    answer = client.post(page("declare", call.pk), declaration())
    assert answer.status_code == 302, answer.context["problems"]
    found = rules_of(of(call))
    assert [stage.id for stage in found.stages] == ["s1", "s2"]
    assert (found.stages[0].advance, found.stages[0].criteria[1].weight) == ("300%", 2)
    assert found.quotas[0].where == {"experience": ("no",)}
    assert [tie.by.value for tie in found.tie_breaks] == ["stage", "younger", "lottery"]


def test_what_was_declared_comes_back_into_the_form_and_declares_the_same():
    call = a_call()
    client = client_of(a_staff_member(call.cohort))
    client.post(page("declare", call.pk), declaration())
    shown = client.get(page("declare", call.pk)).context
    forms = [
        shown["manner"],
        *shown["stages"],
        *shown["quotas"],
        shown["stages"].management_form,
        shown["quotas"].management_form,
    ]
    sent = {}
    for form in forms:
        for field in form:
            if field.value() not in (None, False):
                sent[field.html_name] = field.value()
    before = of(call).rules.sha256
    assert client.post(page("declare", call.pk), sent).status_code == 302
    assert (of(call).rules.sha256, of(call).declarations.count()) == (before, 1)


def test_another_stage_is_added_without_losing_what_was_typed():
    call = a_call()
    client = client_of(a_staff_member(call.cohort))
    answer = client.post(page("declare", call.pk), declaration(add="stage", **{"stages-0-weight": "많이"}))
    assert len(answer.context["stages"]) == 3
    assert "많이" in answer.content.decode()
    assert not Selection.objects.exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stages-1-advance": "2"}, "마지막 전형"),
        ({"stages-0-advance": ""}, "모두가 다음 전형으로"),
        ({"quotas-0-at_least": "9"}, "많아요"),
        ({"tie_1": "stage:7"}, "동점 기준에서 고른 전형"),
        ({"tie_1": "younger"}, "두 번"),
        ({"reason": " "}, "까닭을 써야"),
        ({"stages-0-criteria": "동기 | x | 열"}, "숫자가 아니에요"),
        ({"quotas-0-where": "experience=maybe"}, "올바르게 선택"),
        ({"quotas-0-at_least": "삼"}, "6이나 30%"),
    ],
)
def test_what_does_not_fit_is_said_in_words(changes: dict[str, str], words: str):
    call = a_call()
    client = client_of(a_staff_member(call.cohort))
    answer = client.post(page("declare", call.pk), declaration(**changes))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Selection.objects.exists()


def test_everybody_reads_rules_and_the_text_has_the_hash():
    selection = a_selection(data=rules(**women_first()))
    text = Client().get(page("rules", selection.call_id)).content.decode()
    assert "처음 배우는 학생" in text
    assert selection.rules.sha256[:32] in text
    assert Client().get(page("rules_text", selection.call_id)).content.decode() == selection.rules.text
    assert selection.secret not in Client().get(page("lottery", selection.call_id)).content.decode()
    assert "secret" not in Client().get(page("lottery_file", selection.call_id)).json()


def test_a_stranger_runs_the_draw_again_from_the_file(tmp_path: Path):
    selection, _people = read_selection(4)
    file = tmp_path / "lottery.json"
    data = Client().get(page("lottery_file", selection.call_id)).json()
    file.write_text(json.dumps(data), encoding="utf-8")
    assert CliRunner().invoke(lottery_command, [str(file)]).exit_code == 0
    data["order"][0], data["order"][1] = data["order"][1], data["order"][0]
    file.write_text(json.dumps(data), encoding="utf-8")
    found = CliRunner().invoke(lottery_command, [str(file)])
    assert found.exit_code == 1
    assert "1" in found.output


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"order": "x"}', '{"commitment": "a", "secret": 3, "public_value": "", "order": []}']
)
def test_what_is_no_draw_is_refused(tmp_path: Path, text: str):
    file = tmp_path / "lottery.json"
    file.write_text(text, encoding="utf-8")
    assert CliRunner().invoke(lottery_command, [str(file)]).exit_code == 2


def test_a_reviewer_s_second_tab_is_told_and_loses_nothing():
    selection = a_selection(data=rules(seats=1))
    applicants(selection, 1)
    for name in ("김심사", "이심사"):
        a_reviewer(selection, name)
    assigning.assign(selection, "s1", by=staff_of(selection))
    reading = ReviewAssignment.objects.select_related("reviewer__user").first()
    client = client_of(reading.reviewer.user)
    assert reading.application.receipt in client.get(page("reviewing", selection.call_id)).content.decode()
    sent = {"c.c1": "7", "c.c2": "8", "comment": "좋아요", "revision": "0", "action": "submit"}
    assert client.post(page("reading", reading.pk), sent).status_code == 302
    late = client.post(page("reading", reading.pk), sent | {"c.c1": "2", "comment": "다른 말"})
    assert late.status_code == 409
    text = late.content.decode()
    assert 'value="2"' in text
    assert "다른 말" in text
    assert "좋아요" in text
    wrong = client.post(page("reading", reading.pk), sent | {"c.c1": "77", "revision": "1"})
    assert "0점에서 10점까지 줄 수 있어요." in wrong.content.decode()


def test_a_conflict_gives_the_application_to_another_reviewer_without_waiting_for_staff():
    selection = a_selection()
    applicants(selection, 1)
    mine, _second = a_reviewer(selection, "김심사"), a_reviewer(selection, "이심사")
    assigning.assign(selection, "s1", by=staff_of(selection))
    reading, third = mine.readings.get(), a_reviewer(selection, "박심사")
    where = reverse("selection:conflict", args=[reading.pk])
    reviewer = client_of(mine.user)
    assert reviewer.post(where, {"reason": "조카예요."}).status_code == 302
    drain()
    assert third.readings.filter(withdrawn_at=None).exists()
    assert not mine.readings.filter(withdrawn_at=None).exists()
    assert client_of(mine.user).get(where).status_code == 404


def test_pages_of_staff_ask_the_database_as_often_for_many_as_for_few(django_assert_max_num_queries):
    selection, _people = read_selection(6)
    client = client_of(staff_of(selection))
    for name, most in (("overview", 40), ("reviewers", 20)):
        with django_assert_max_num_queries(most):
            assert client.get(page(name, selection.call_id)).status_code == 200
    with django_assert_max_num_queries(40):
        assert client.get(page("stage", selection.call_id, "s1")).status_code == 200
    settling.settle(selection, by=staff_of(selection))
    with django_assert_max_num_queries(40):
        assert client.get(page("preview", selection.call_id)).status_code == 200
    deciding.publish(of(selection.call), by=staff_of(selection))
    with django_assert_max_num_queries(40):
        assert client.get(page("results", selection.call_id)).status_code == 200


def test_an_applicant_accepts_on_the_own_page_and_takes_the_letter_away():
    _selection, people = published(4)
    client = client_of(people[0].applicant)
    own = reverse("calls:application", args=[people[0].pk])
    text = client.get(own).content.decode()
    assert "등록하기" in text
    assert "1위" in text
    assert client.post(page("offer", people[0].pk), {"action": "accept"}).status_code == 302
    assert Offer.objects.get(candidate__application=people[0]).state == "accepted"
    pdf = client.get(page("letter", people[0].pk, 1))
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert client.post(page("offer", people[0].pk), {"action": "dance"}).status_code == 404


def test_an_applicant_appeals_and_staff_put_a_number_right():
    selection, people = published(5)
    loser = client_of(people[4].applicant)
    own = reverse("calls:application", args=[people[4].pk])
    assert "이의 신청하기" in loser.get(own).content.decode()
    assert loser.post(page("appeal", people[4].pk), {"text": " "}).status_code == 422
    assert loser.post(page("appeal", people[4].pk), {"text": "점수를 다시 봐 주세요."}).status_code == 302
    staff = client_of(staff_of(selection))
    appeals = staff.get(page("appeals", selection.call_id)).context["appeals"]
    answer = page("answer", selection.call_id, appeals[0].pk)
    rows = staff.get(answer).context["rows"]
    sent = {one["name"]: "10" for row in rows for one in row["criteria"]}
    wrong = staff.post(answer, sent | {rows[0]["criteria"][0]["name"]: "11", "answer": "네", "state": "upheld"})
    assert wrong.status_code == 422
    assert staff.post(answer, sent | {"answer": "바꿔 적었어요.", "state": "upheld"}).status_code == 302
    drain()
    text = loser.get(own).content.decode()
    assert "등록하기" in text
    assert "바꿔 적었어요." in text
    assert "10" in staff.get(page("candidate", selection.call_id, people[4].pk)).content.decode()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_of_a_finished_selection_opens(language: str):
    selection, people = published(3)
    staff = client_of(staff_of(selection))
    headers = {"Accept-Language": language}
    call = selection.call_id
    for address in (
        page("overview", call),
        page("declare", call),
        page("draw", call),
        page("results", call),
        page("results_book", call),
        page("scores", call, "s1"),
        page("upload_scores", call, "s1"),
        page("upload", call),
        page("template", call),
        page("candidate", call, people[0].pk),
        page("lottery", call),
        reverse("calls:call", args=[call]),
        reverse("calls:applications", args=[call]),
    ):
        answer = staff.get(address, headers=headers)
        assert answer.status_code == 200, address
        if answer.streaming:
            assert b"".join(answer.streaming_content)


def test_a_stage_that_is_settled_while_a_reviewer_writes_loses_no_word():
    selection, _people = read_selection(2)
    reading = selection.readings.select_related("reviewer__user").first()
    client = client_of(reading.reviewer.user)
    assert "심사 내기" in client.get(page("reading", reading.pk)).content.decode()
    settling.settle(selection, by=staff_of(selection))
    sent = {"c.c1": "3", "c.c2": "4", "comment": "다시 보니 달라요", "revision": "1", "action": "submit"}
    late = client.post(page("reading", reading.pk), sent)
    text = late.content.decode()
    assert late.status_code == 409
    assert "이 전형은 마감했어요" in text
    assert "방금 쓴 것은 저장하지 않았어요" in text
    assert "다시 보니 달라요" in text
    assert 'value="3"' in text
    assert "심사 내기" not in text
    assert not reading.scores.filter(value=3).exists()


def test_an_appeal_that_comes_too_late_is_told_and_keeps_its_words():
    _selection, people = published(4)
    client = client_of(people[3].applicant)
    appeal = page("appeal", people[3].pk)
    assert client.get(appeal).status_code == 200
    Decision.objects.update(made_at=timezone.now() - dt.timedelta(days=9))
    late = client.post(appeal, {"text": "활동을 하나 빠뜨리셨어요."})
    assert late.status_code == 422
    assert "이의를 신청할 수 있는 기간이 아니에요" in late.content.decode()
    assert "활동을 하나 빠뜨리셨어요." in late.content.decode()
    assert not Appeal.objects.exists()
    assert client.get(appeal).status_code == 302


def test_an_offer_that_runs_out_while_its_page_is_open_is_told():
    _selection, people = published(4)
    client = client_of(people[0].applicant)
    assert "등록하기" in client.get(reverse("calls:application", args=[people[0].pk])).content.decode()
    Offer.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    late = client.post(page("offer", people[0].pk), {"action": "accept"})
    assert late.status_code == 409
    assert "이 자리는 이제 등록할 수 없어요" in late.content.decode()
    assert not Enrolment.objects.filter(user=people[0].applicant).exists()


def test_with_fewer_seats_than_offers_staff_read_that_nobody_loses_one():
    selection, _people = published(4)
    data, staff = rules(seats=1), staff_of(selection)
    assert declaring.declare(selection.call, by=staff, data=data, manner=MANNER, reason="교실이 작아요.") == ()
    text = client_of(staff).post(page("pass_on", selection.call_id), follow=True).content.decode()
    assert "모집 인원보다 1명 많아요. 아무도 자리를 잃지 않아요." in text
    assert Offer.objects.filter(state="open").count() == 2


@pytest.mark.parametrize(
    ("made_at", "until"),
    [
        # The clocks of New York go back on 1 November 2026 and forward on 14 March 2027.
        ("2026-10-30T00:30:00-04:00", "2026-11-06T23:59:59-05:00"),
        ("2027-03-12T23:30:00-05:00", "2027-03-19T23:59:59-04:00"),
    ],
)
def test_days_to_appeal_are_days_of_the_calendar_across_a_clock_change(made_at: str, until: str):
    selection, people = published(2)
    decision = people[1].candidate.decisions.get()
    decision.made_at = dt.datetime.fromisoformat(made_at)
    with timezone.override(ZoneInfo("America/New_York")):
        assert appealing.appeal_until(decision) == dt.datetime.fromisoformat(until)
    assert selection.appeal_days == 7
