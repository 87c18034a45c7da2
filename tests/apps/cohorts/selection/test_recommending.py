"""Recommendations that schools send as a list: told first by row and cell, then recorded all at once or not at all."""

import datetime as dt
from html import unescape
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from saem.apps.cohorts.calls import applying, vouching
from saem.apps.cohorts.calls import queries as call_queries
from saem.apps.cohorts.calls.vouching import Recommender
from saem.apps.cohorts.models import Application, Call, Recommendation, SelectionSheet, SheetKind
from saem.apps.cohorts.selection import recommending
from saem.apps.events.models import Event
from saem.apps.notices.models import Notice
from saem.web.messages import message
from tests.apps.cohorts.calls.a_call import GROWN_UP, a_call, an_application, submitted
from tests.apps.cohorts.selection.a_selection import read_selection, staff_of
from tests.apps.cohorts.selection.test_sheets import codes, confirmed, handed_in, saved
from tests.cast import a_person, a_staff_member

pytestmark = pytest.mark.django_db
HEAD = [
    *("접수 번호", "지원자 이메일", "지원자 성명", "생년월일"),
    *("추천인 성명", "추천인 이메일", "추천인 소속", "추천인 직위", "추천 여부", "추천하는 까닭"),
]


def a_pupil(call: Call, name: str, *, born: dt.date = GROWN_UP) -> Application:
    application = submitted(call, a_person(name), born=born)
    Application.objects.filter(pk=application.pk).update(name=name)
    application.refresh_from_db()
    return application


@pytest.fixture
def call() -> Call:
    return a_call(needs_recommendation=True)


def line(**said: Any) -> list[Any]:
    row = {"추천인 성명": "정추천", "추천인 소속": "샘물중학교", "추천인 직위": "담임", "추천 여부": "추천"} | {
        title.replace("_", " "): value for title, value in said.items()
    }
    return [row.get(title) for title in HEAD]


def a_list(*rows: list[Any], head: list[str] = HEAD) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append(head)
    for row in rows:
        book.active.append(row)
    return book


def read(call: Call, book: openpyxl.Workbook | bytes) -> SelectionSheet:
    staff = a_staff_member(call.cohort)
    return handed_in(call, SheetKind.RECOMMENDATIONS, book, by=staff, name="추천.xlsx")


def places(sheet: SelectionSheet) -> list[tuple[str, str]]:
    return [(one["cell"], one["code"]) for one in sheet.report["problems"] if one["is_error"]]


def test_each_way_of_naming_an_applicant_is_recorded_with_how_it_came_and_by_whom(call: Call):
    first, second, third = a_pupil(call, "김하나"), a_pupil(call, "이두리"), a_pupil(call, "박세나")
    sheet = read(
        call,
        a_list(
            line(접수_번호=first.receipt, 추천하는_까닭="꼼꼼해요.", 추천인_이메일="t@example.org"),
            line(지원자_이메일=second.applicant.email.upper(), 추천_여부="O"),
            line(지원자_성명="박세나", 생년월일=third.birth_date, 추천_여부="비추천"),
        ),
    )
    assert (sheet.state, sheet.report["rows"], sheet.report["recommended"]) == ("read", 3, 2)
    assert [one["name"] for one in sheet.report["recommendations"]] == ["김하나", "이두리", "박세나"]
    assert not Recommendation.objects.exists()
    staff = a_staff_member(call.cohort)
    confirmed(sheet, by=staff)
    rows = {one.application_id: one for one in Recommendation.objects.all()}
    made = rows[first.pk]
    assert (made.name, made.school, made.role, made.email) == ("정추천", "샘물중학교", "담임", "t@example.org")
    assert (made.how, made.recorded_by, made.state) == ("sheet", sheet.sent_by, "given")
    assert made.answers == {"statement": "꼼꼼해요."}
    assert (rows[second.pk].state, rows[third.pk].state) == ("given", "declined")
    assert set(call_queries.complete(call.applications.all())) == {first, second}
    assert Notice.objects.filter(kind="recommendation.answered").count() == 3
    assert len(Event.objects.get(verb="recommendations.imported").facts["recommendations"]) == 3


def test_another_order_merged_recommenders_and_a_csv_are_read(call: Call):
    first, second = a_pupil(call, "김하나"), a_pupil(call, "이두리")
    book = a_list(line(접수_번호=first.receipt), line(접수_번호=second.receipt, 추천인_성명=None))
    turned = openpyxl.Workbook()
    for row in book.active.iter_rows():
        turned.active.append([cell.value for cell in reversed(row)])
    turned.active.merge_cells("F2:F3")
    sheet = read(call, turned)
    assert (places(sheet), sheet.report["rows"]) == ([], 2)
    assert [one["recommender"] for one in sheet.report["recommendations"]] == ["정추천 · 샘물중학교 · 담임"] * 2
    lines = ["이메일,추천인,추천", f"{first.applicant.email},정추천,예"]
    sheet = read(call, "\r\n".join(lines).encode("cp949"))
    assert (sheet.report["problems"], sheet.report["rows"]) == ([], 1)


def test_without_the_answers_nothing_can_be_taken(call: Call):
    first = a_pupil(call, "김하나")
    sheet = read(call, a_list([first.receipt, "정추천", "담임"], head=["접수 번호", "추천인 성명", "추천인 직위"]))
    assert sheet.state == "failed"
    assert codes(sheet) == [(1, "completion.missing_column")]
    browser = Client()
    browser.force_login(a_staff_member(call.cohort))
    told = browser.get(reverse("selection:sheet", args=[call.pk, sheet.pk])).text
    assert reverse("selection:upload_recommendations", args=[call.pk]) in told
    assert "‘추천 여부’" in told
    assert message("completion.missing_column.remedy", **sheet.report["problems"][0]["params"]) in unescape(told)


def test_what_cannot_be_taken_is_told_with_row_and_cell(call: Call):
    first, second, same = a_pupil(call, "김하나"), a_pupil(call, "이두리"), a_pupil(call, "김하나")
    draft = an_application(call, a_person("쓰는중"))
    elsewhere = a_pupil(a_call(needs_recommendation=True), "남의곳")
    assert same.birth_date == first.birth_date
    sheet = read(
        call,
        a_list(
            line(접수_번호="2026-999999"),
            line(지원자_이메일=draft.applicant.email),
            line(접수_번호=elsewhere.receipt),
            line(지원자_성명="김하나", 생년월일=first.birth_date),
            line(접수_번호=first.receipt, 지원자_이메일=second.applicant.email),
            line(지원자_성명="이두리"),
            line(접수_번호=second.receipt, 추천_여부="글쎄요"),
            line(접수_번호=second.receipt, 추천인_성명=None),
            line(접수_번호=second.receipt, 추천인_이메일="주소 아님"),
            line(접수_번호=second.receipt, 추천하는_까닭="가" * 3001),
            line(접수_번호=second.receipt),
            line(지원자_이메일=second.applicant.email),
        ),
    )
    assert places(sheet) == [
        ("A2", "sheet.unknown_applicant"),
        ("B3", "sheet.unknown_applicant"),
        ("A4", "sheet.unknown_applicant"),
        ("C5", "sheet.many_meant"),
        ("B6", "sheet.applicants_differ"),
        ("A7", "sheet.nobody_named"),
        ("I8", "sheet.answer_unclear"),
        ("E9", "sheet.no_recommender"),
        ("F10", "sheet.no_email"),
        ("J11", "sheet.text_long"),
        ("B13", "sheet.person_twice"),
    ]
    confirmed(sheet, by=a_staff_member(call.cohort))
    assert Recommendation.objects.get().application == second


def test_merged_applicants_are_nobody_for_sure(call: Call):
    first = a_pupil(call, "김하나")
    book = a_list(line(접수_번호=first.receipt), line())
    book.active.merge_cells("A2:A3")
    sheet = read(call, book)
    assert ("A2:A3", "completion.merged_unclear") in places(sheet)
    assert sheet.state == "failed"


def test_a_link_that_waits_ends_and_what_was_given_stands(call: Call):
    first, second = a_pupil(call, "김하나"), a_pupil(call, "이두리")
    asked, token = vouching.ask_recommender(first, Recommender("원담임", "w@example.org", "담임"), by=first.applicant)
    given, _token = vouching.ask_recommender(
        second, Recommender("원담임", "w@example.org", "담임"), by=second.applicant
    )
    vouching.answer_recommendation(given, statement="좋아요.", is_recommended=True)
    sheet = read(call, a_list(line(접수_번호=first.receipt), line(접수_번호=second.receipt)))
    assert codes(sheet) == [(3, "sheet.recommended_already")]
    assert [one["code"] for one in sheet.report["problems"] if one["line"] == 2] == ["sheet.link_ends"]
    confirmed(sheet, by=a_staff_member(call.cohort))
    asked.refresh_from_db()
    assert asked.state == "expired"
    assert not vouching.answer_recommendation(asked, statement="늦은 답", is_recommended=False)
    assert Client().get(reverse("calls:recommend", args=[token])).status_code == 200
    assert Recommendation.objects.filter(state="given").count() == 2


def test_what_changed_since_the_report_leaves_everything_as_it_was(call: Call):
    first, second = a_pupil(call, "김하나"), a_pupil(call, "이두리")
    sheet = read(call, a_list(line(접수_번호=first.receipt), line(접수_번호=second.receipt)))
    applying.withdraw(second, by=second.applicant)
    sheet = confirmed(sheet, by=a_staff_member(call.cohort))
    assert sheet.state == "failed"
    assert codes(sheet) == [(0, "sheet.changed_meanwhile")]
    assert not Recommendation.objects.exists()


def test_after_the_draw_nothing_is_recorded():
    selection, people = read_selection(2)
    staff = staff_of(selection)
    sheet = handed_in(selection.call, SheetKind.RECOMMENDATIONS, a_list(line(접수_번호=people[0].receipt)), by=staff)
    assert codes(confirmed(sheet, by=staff)) == [(0, "selection.drawn_already")]


def test_a_long_list_costs_few_queries(call: Call, django_assert_max_num_queries):
    people = [a_pupil(call, f"학생 {number}") for number in range(12)]
    sheet = read(call, a_list(*(line(접수_번호=one.receipt) for one in people)))
    with django_assert_max_num_queries(25), transaction.atomic():
        recommending.apply_batch(sheet)
    assert Recommendation.objects.count() == 12


def test_the_pages_lead_from_the_empty_sheet_to_what_was_recorded(call: Call):
    first = a_pupil(call, "김하나")
    staff = Client()
    staff.force_login(a_staff_member(call.cohort))
    got = staff.get(reverse("selection:recommendations_template", args=[call.pk]))
    book = openpyxl.load_workbook(BytesIO(b"".join(got.streaming_content)))
    assert [cell.value for cell in book.active[1]] == HEAD
    page = reverse("selection:upload_recommendations", args=[call.pk])
    assert "꼭 필요" in staff.get(page).content.decode()
    assert staff.post(page).status_code == 422
    book.active.append(line(접수_번호=first.receipt))
    sent = staff.post(page, {"file": file_of(saved(book))})
    from_report = SelectionSheet.objects.get()
    assert sent.headers["Location"] == reverse("selection:sheet", args=[call.pk, from_report.pk])
    confirmed(read(call, book), by=a_staff_member(call.cohort))
    told = staff.get(reverse("calls:read", args=[call.pk, first.pk])).content.decode()
    assert "학교가 보낸 명단" in told
    assert "정추천 · 담임 · 샘물중학교" in told


def test_a_call_without_recommendations_takes_no_list():
    call = a_call()
    staff = Client()
    staff.force_login(a_staff_member(call.cohort))
    page = reverse("selection:upload_recommendations", args=[call.pk])
    assert "추천서를 받지 않는 모집이에요" in staff.post(page, {"file": file_of(saved(a_list()))}).content.decode()
    assert not SelectionSheet.objects.exists()


def file_of(data: bytes) -> BytesIO:
    file = BytesIO(data)
    file.name = "추천.xlsx"
    return file
