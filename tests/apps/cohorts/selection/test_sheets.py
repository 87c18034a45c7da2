"""Scores and applications in spreadsheets: out and in without loss, and nothing wrong gets in unseen."""

import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from saem.apps.cohorts.calls import queries as call_queries
from saem.apps.cohorts.models import Application, GuardianConsent, ScoreChange, ScoreSource, SelectionSheet, SheetKind
from saem.apps.cohorts.selection import importing, score_sheets, scoring, settling, sheets
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.jobs.worker import drain
from saem.apps.people.models import User
from tests.apps.cohorts.calls.a_call import CHILD, a_call, client_of, question, submitted
from tests.apps.cohorts.selection.a_selection import of, read_selection, staff_of
from tests.cast import a_person, a_staff_member

pytestmark = pytest.mark.django_db
Cells = list[list[Any]]


def book_of(selection) -> openpyxl.Workbook:
    file = io.BytesIO()
    score_sheets.write_scores(file, selection, rules_of(selection).stage("s1"))
    return openpyxl.load_workbook(file)


def handed_in(call, kind: SheetKind, book: openpyxl.Workbook | bytes, *, by: User, name: str = "점수.xlsx"):
    data = book if isinstance(book, bytes) else saved(book)
    sheet = sheets.hand_in(call, kind=kind, stage="s1" if kind == "scores" else "", name=name, data=data, by=by)
    drain()
    return SelectionSheet.objects.get(pk=sheet.pk)


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def confirmed(sheet: SelectionSheet, *, by: User) -> SelectionSheet:
    sheets.confirm(sheet, by=by)
    drain()
    return SelectionSheet.objects.get(pk=sheet.pk)


def codes(sheet: SelectionSheet) -> list[tuple[int, str]]:
    """What rows are left out for."""
    return [(one["line"], one["code"]) for one in sheet.report["problems"] if one["is_error"]]


def test_scores_go_out_and_come_back_without_a_change():
    selection, _people = read_selection(3)
    sheet = handed_in(selection.call, SheetKind.SCORES, book_of(selection), by=staff_of(selection))
    assert (sheet.state, sheet.report["change_count"], sheet.report["problems"]) == ("failed", 0, [])


def test_changed_numbers_are_told_first_and_applied_with_their_trail():
    selection, people = read_selection(3)
    staff, book = staff_of(selection), book_of(selection)
    page = book.active
    page["D2"] = 3.5
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    assert [(one["before"], one["after"]) for one in sheet.report["changes"]] == [("10", "3.5")]
    assert not ScoreChange.objects.filter(source=ScoreSource.SHEET).exists()
    assert confirmed(sheet, by=staff).state == "applied"
    (row,) = ScoreChange.objects.filter(source=ScoreSource.SHEET)
    assert (row.before, float(row.after), row.changed_by, row.reason) == (10, 3.5, staff, "점수.xlsx")
    assert row.reading.application == people[0]


def test_columns_in_another_order_say_the_same():
    selection, _people = read_selection(3)
    book = book_of(selection)
    page = book.active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    turned = openpyxl.Workbook()
    for row in rows:
        turned.active.append(list(reversed(row)))
    sheet = handed_in(selection.call, SheetKind.SCORES, turned, by=staff_of(selection))
    assert (sheet.report["change_count"], sheet.report["problems"]) == (0, [])


def test_unknown_and_double_rows_merged_cells_and_wrong_numbers_are_told_by_line_and_left_out():
    selection, people = read_selection(4)
    book = book_of(selection)
    page = book.active
    mail = page["C2"].value
    page["A3"] = "2026-999999"
    page["C4"] = "nobody@example.org"
    page["A5"], page["C5"] = page["A2"].value, mail
    page["D6"] = 99
    page["D7"] = "열 점"
    page["D2"] = 1
    page.merge_cells("A8:A9")
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff_of(selection))
    found = dict(codes(sheet))
    assert {3: "sheet.unknown_receipt", 4: "sheet.unknown_reviewer", 5: "sheet.row_twice"}.items() <= found.items()
    assert found[7] == "completion.not_a_number" or found[7].startswith("completion.")
    assert 6 in found
    assert any(code == "completion.merged_unclear" for code in found.values())
    assert sheet.report["change_count"] == 1
    confirmed(sheet, by=staff_of(selection))
    assert ScoreChange.objects.filter(source=ScoreSource.SHEET).count() == 1
    assert people


def test_the_office_enters_a_test_without_reviewers():
    selection, people = read_selection(2)
    book = openpyxl.Workbook()
    book.active.append(["접수 번호", "지원 동기", "꾸준함"])
    book.active.append([people[0].receipt, 4, 5])
    sheet = confirmed(handed_in(selection.call, SheetKind.SCORES, book, by=staff_of(selection)), by=staff_of(selection))
    assert sheet.state == "applied"
    reading = selection.readings.get(reviewer=None)
    assert scoring.scores_of(reading) == {"c1": 4, "c2": 5}
    assert reading.submitted_at


def test_a_settled_stage_is_open_again_after_a_sheet_changed_it():
    selection, _people = read_selection(3)
    staff = staff_of(selection)
    settling.settle(selection, by=staff)
    book = book_of(selection)
    book.active["D2"] = 1
    confirmed(handed_in(selection.call, SheetKind.SCORES, book, by=staff), by=staff)
    assert of(selection.call).settled_stage == ""
    settling.settle(of(selection.call), by=staff)
    assert of(selection.call).settled_stage == "s1"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\x00\x01\x02", b"%PDF-1.7", b"\xff\xfe\x00"])
def test_what_is_no_sheet_is_told_and_changes_nothing(data: bytes):
    selection, _people = read_selection(2)
    sheet = handed_in(selection.call, SheetKind.SCORES, data, by=staff_of(selection))
    assert sheet.state == "failed"
    assert sheet.report["problem_count"] >= 1


def test_comments_keep_their_lines_and_are_told_like_numbers():
    selection, _people = read_selection(2)
    staff = staff_of(selection)
    selection.readings.update(comment="첫 줄이에요.\n\n둘째  문단이에요.")
    book = book_of(selection)
    head = [cell.value for cell in book.active[1]]
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    assert (sheet.state, sheet.report["change_count"]) == ("failed", 0)
    book.active.cell(2, head.index("의견") + 1).value = "고친 의견\n두 줄"
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    (change,) = sheet.report["changes"]
    assert (change["criterion"]["ko"], change["after"]) == ("의견", "고친 의견\n두 줄")
    settled = of(selection.call).settled_stage
    assert confirmed(sheet, by=staff).state == "applied"
    assert selection.readings.filter(comment="고친 의견\n두 줄").count() == 1
    assert not ScoreChange.objects.filter(source=ScoreSource.SHEET).exists()
    assert of(selection.call).settled_stage == settled


def test_a_comment_of_the_office_without_a_number_is_told_and_not_dropped():
    selection, people = read_selection(1)
    book = book_of(selection)
    head = [cell.value for cell in book.active[1]]
    row = {"접수 번호": people[0].receipt, "의견": "전화로 물어봤어요."}
    book.active.append([row.get(name) for name in head])
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff_of(selection))
    assert [code for _line, code in codes(sheet)] == ["sheet.comment_alone"]


# --- applications

HEAD = ["이메일", "성명", "생년월일", "학년", "school?", "school? 코드", "motive?", "experience?", "agree?"]
GUARDIAN = ["보호자 성명", "보호자 연락처", "보호자 관계", "보호자 동의일"]


def person(number: int, **more: Any) -> list[Any]:
    row = {
        "이메일": f"kid{number}@example.org",
        "성명": f"학생 {number}",
        "생년월일": "2010-03-02",
        "학년": "중학교 1학년",
        "school?": "샘물중학교",
        "school? 코드": "B10-7010057",
        "motive?": "배우고 싶어요.",
        "experience?": "아니요",
        "agree?": "네",
    } | more
    return [row.get(name) for name in [*HEAD, *GUARDIAN]]


def a_book(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.active.append([*HEAD, *GUARDIAN])
    for row in rows:
        book.active.append(row)
    return book


def imported(call, book: openpyxl.Workbook | bytes) -> SelectionSheet:
    staff = a_staff_member(call.cohort)
    sheet = handed_in(call, SheetKind.APPLICATIONS, book, by=staff, name="지원.xlsx")
    assert not call.applications.exists()
    return confirmed(sheet, by=staff) if sheet.state == "read" else sheet


def test_good_rows_become_submitted_applications_with_accounts():
    call = a_call()
    sheet = imported(call, a_book(person(1), person(2, 학년="중2", **{"experience?": "Yes", "agree?": "O"})))
    # The second answered yes and not which: what hangs on an answer is asked here, too.
    assert codes(sheet) == [(3, "answer.missing")]
    one = call.applications.get()
    assert (one.state, one.grade, one.sent.answers["experience"]) == ("submitted", "m1", "no")
    assert one.receipt.endswith(f"-{one.pk:06d}")
    user = User.objects.get(email="kid1@example.org")
    assert not user.has_usable_password()
    assert call_queries.complete(call.applications.all()).count() == 1


def test_each_wrong_row_is_told_with_its_line():
    call = a_call()
    sheet = imported(
        call,
        a_book(
            person(1),
            person(2, 이메일="no address"),
            person(3, 이메일="KID1@example.org"),
            person(4, 성명="학생 1"),
            person(5, 학년="대학생"),
            person(6, **{"school? 코드": "seoul"}),
            person(7, 생년월일="어제"),
            person(8, **{"agree?": ""}),
        ),
    )
    found = codes(sheet)
    assert [line for line, _code in found] == [3, 4, 5, 6, 7, 8, 9]
    assert dict(found)[4] == dict(found)[5] == "sheet.person_twice"
    assert call.applications.count() == 1


def test_columns_and_rows_in_another_order_merged_cells_and_columns_nobody_knows():
    """What is clear becomes an application, whatever the order; whose address is merged is nobody for sure."""
    call = a_call()
    rows = [[*HEAD, *GUARDIAN, "비고"], *([*person(number), "메모"] for number in (3, 1, 2, 4))]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row[::-1])
    mail = len(rows[0])
    book.active.merge_cells(start_row=4, end_row=5, start_column=mail, end_column=mail)
    sheet = imported(call, book)
    found = {code for _line, code in codes(sheet)}
    assert found == {"completion.merged_unclear", "completion.missing_cell"}
    # Of somebody new there is no value that a column which is not there would keep.
    left_out = {one["params"]["title"] for one in sheet.report["problems"] if one["code"] == "sheet.column_left_out"}
    assert {"which?", "hours?"} <= left_out
    made = call.applications.order_by("name").values_list("name", "applicant__email", "sent__answers__motive")
    assert list(made) == [
        ("학생 1", "kid1@example.org", "배우고 싶어요."),
        ("학생 3", "kid3@example.org", "배우고 싶어요."),
    ]
    assert not User.objects.filter(email__in=["kid2@example.org", "kid4@example.org"]).exists()


def test_children_wait_for_consent_unless_the_sheet_names_the_paper():
    call = a_call()
    born = CHILD.isoformat()
    paper = {
        "보호자 성명": "김엄마",
        "보호자 연락처": "010-1234-5678",
        "보호자 관계": "어머니",
        "보호자 동의일": "2026-11-20",
    }
    imported(call, a_book(person(1, 생년월일=born), person(2, 생년월일=born, **paper)))
    assert call.applications.filter(needs_guardian=True).count() == 2
    consent = GuardianConsent.objects.get()
    assert (consent.application.name, consent.way, consent.note) == ("학생 2", "signed_paper", "지원.xlsx")
    assert call_queries.complete(call.applications.all()).get().name == "학생 2"


def test_the_same_file_again_makes_nobody_twice():
    call = a_call()
    book = saved(a_book(person(1), person(2)))
    imported(call, book)
    sheet = handed_in(call, SheetKind.APPLICATIONS, book, by=a_staff_member(call.cohort))
    assert {code for _line, code in codes(sheet)} == {"sheet.applied_already"}
    assert call.applications.count() == 2


def test_a_csv_of_korean_excel_is_read_like_a_workbook():
    call = a_call()
    lines = [",".join(HEAD), ",".join(str(cell or "") for cell in person(1)[: len(HEAD)])]
    imported(call, "\r\n".join(lines).encode("cp949"))
    assert call.applications.get().name == "학생 1"


def test_batches_go_on_where_the_last_one_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(importing, "BATCH", 2)
    call = a_call()
    sheet = imported(call, a_book(*(person(number) for number in range(1, 6))))
    assert (sheet.state, sheet.done, sheet.report["made"]) == ("applied", 5, 5)
    assert Application.objects.count() == 5


def test_after_the_draw_nobody_is_imported():
    selection, _people = read_selection(2)
    staff = staff_of(selection)
    sheet = confirmed(handed_in(selection.call, SheetKind.APPLICATIONS, a_book(person(1)), by=staff), by=staff)
    assert (sheet.state, sheet.report["problems"][0]["code"]) == ("failed", "selection.drawn_already")


def test_what_a_reviewer_wrote_after_the_report_stays_and_is_told():
    """Also a number that the sheet leaves as it was: a row is of the reading that the report compared with."""
    selection, people = read_selection(3)
    staff, book = staff_of(selection), book_of(selection)
    page = book.active
    page["D2"], page["D4"] = 3, 4
    sheet = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    assert sheet.report["rows"] == 2
    reading = selection.readings.select_related("reviewer__user", "selection").get(
        application=people[0], reviewer__user__email=page["C2"].value
    )
    sent = scoring.Sent(values={"c1": "10", "c2": "1"}, comment="다시 읽음", revision=reading.revision)
    assert scoring.save_review(reading, sent, by=reading.reviewer.user, hand_in=True).outcome == "submitted"
    sheet = confirmed(sheet, by=staff)
    assert scoring.scores_of(reading) == {"c1": 10, "c2": 1}
    assert (sheet.state, sheet.done, sheet.total) == ("applied", 1, 1)
    assert codes(sheet) == [(2, "sheet.score_newer")]
    (row,) = ScoreChange.objects.filter(source=ScoreSource.SHEET)
    assert (row.reading.application, float(row.after)) == (people[1], 4)
    text = client_of(staff).get(f"/calls/{selection.call_id}/selection/sheets/{sheet.pk}/").content.decode()
    assert "심사자가 쓴 점수를 그대로 두었어요" in text
    assert "1줄을 모두 반영했어요" in text


def test_of_two_sheets_of_one_test_the_second_changes_nothing_unseen():
    selection, people = read_selection(2)
    staff = staff_of(selection)
    book = openpyxl.Workbook()
    book.active.append(["접수 번호", "지원 동기", "꾸준함"])
    book.active.append([people[0].receipt, 4, 5])
    first = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    second = handed_in(selection.call, SheetKind.SCORES, book, by=staff)
    confirmed(first, by=staff)
    assert codes(confirmed(second, by=staff)) == [(2, "sheet.score_newer")]
    assert selection.readings.filter(reviewer=None).count() == 1


def test_groups_and_long_answers_come_in_line_by_line():
    form = {
        "questions": [
            question("motive", "long", required=True),
            question(
                "awards",
                "group",
                required=True,
                questions=[question("title", "short", required=True), question("year", "number")],
            ),
        ]
    }
    call = a_call(form=form)
    head, rows = (
        ["이메일", "성명", "생년월일", "학년", "motive?", "awards?"],
        [
            "title?: 대회 · year?: 2025\n동아리 · 2024\n title in English?: Club",
            "",
            "year?: 언젠가 · title?: 캠프",
        ],
    )
    book = openpyxl.Workbook()
    book.active.append(head)
    for number, awards in enumerate(rows):
        book.active.append(
            [f"kid{number}@example.org", f"학생 {number}", "2010-03-02", "중1", "첫 문단\n\n둘째  문단", awards]
        )
    staff = a_staff_member(call.cohort)
    sheet = handed_in(call, SheetKind.APPLICATIONS, book, by=staff)
    assert dict(codes(sheet)) == {3: "answer.rows_missing", 4: "answer.number"}
    confirmed(sheet, by=staff)
    answers = Application.objects.get().sent.answers
    assert answers["motive"] == "첫 문단\n\n둘째  문단"
    assert answers["awards"] == [
        {"title": "대회", "year": "2025"},
        {"title": "동아리", "year": "2024"},
        {"title": "Club", "year": ""},
    ]


def test_a_table_of_applications_comes_back_into_another_call():
    first = a_call()
    person_ = a_person("김하늘", email="sky@example.org")
    submitted(first, person_, awards=[{"title": "대상: 전국"}, {"title": "은상"}], motive="비를\n맞혀요.")
    staff = client_of(a_staff_member(first.cohort))
    taken = staff.get(reverse("calls:export", args=[first.pk, "xlsx"]))
    second = a_call(first.cohort)
    imported(second, b"".join(taken.streaming_content))
    back = second.applications.get()
    assert back.applicant == person_
    assert back.sent.answers == first.applications.get().sent.answers | {
        "which": "",
        "hours": "",
        "days": [],
        "since": "",
    }
