"""The attendance sheet out and in again, as hands edit it: nothing changes before it was shown, nobody is guessed."""

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl.worksheet.worksheet import Worksheet

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.cohorts.sessions import marking, sheets
from saem.apps.cohorts.sessions.marking import Wanted
from saem.apps.cohorts.sessions.views.overview import people_of
from saem.lib.completion import Mark, Status
from tests.apps.cohorts.sessions.a_session import HOUR, a_session, client_of
from tests.cast import a_classroom, a_student, a_teacher

pytestmark = pytest.mark.django_db
HERE, ABSENT = Mark(status=Status.PRESENT), Mark(status=Status.ABSENT)


class World:
    """A class of three with two sessions and their teacher."""

    def __init__(self) -> None:
        self.room: Classroom = a_classroom()
        self.people: list[Enrolment] = [a_student(self.room, name) for name in ("가온", "나래", "다솜")]
        self.teacher = a_teacher(self.room)
        self.sessions = [a_session(self.room, title=f"{n}차시 (실습)", starts=-n * 3 * HOUR) for n in (2, 1)]

    def mark(self, at: int, person: int, mark: Mark | None) -> None:
        wanted = [Wanted(enrolment=self.people[person].pk, mark=mark)]
        marking.save_marks(self.sessions[at], wanted, by=self.teacher)

    def exported(self) -> bytes:
        with sheets.write_attendance(list(people_of(self.room)), self.room) as file:
            return file.read()

    def read(self, edit: Callable[[Worksheet], None]) -> sheets.Report:
        data = edited(self.exported(), edit)
        return sheets.read_attendance(io.BytesIO(data), "출석부.xlsx", list(people_of(self.room)), self.room)


def edited(data: bytes, edit: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changes(report: sheets.Report) -> list[tuple[str, str, str]]:
    return [(each.name, each.before, each.after) for each in report.changes]


def codes(report: sheets.Report) -> set[str]:
    return {odd.code for odd in report.problems}


def test_an_untouched_sheet_changes_nothing():
    world = World()
    world.mark(0, 0, Mark(status=Status.PRESENT, late_minutes=5, early_minutes=10))
    world.mark(0, 1, Mark(status=Status.EXCUSED, excuse="illness"))
    world.mark(1, 1, Mark(status=Status.EXCUSED, excuse="전국대회"))
    world.mark(1, 2, ABSENT)
    report = world.read(lambda sheet: None)
    assert (report.changes, report.problems) == ((), ())
    values = list(openpyxl.load_workbook(io.BytesIO(world.exported())).active.values)
    assert values[1][1:4] == ("가온", "지각 5 조퇴 10", None)
    assert values[2][2:4] == ("인정(질병)", "인정(전국대회)")
    assert values[1][4:] == ("105", "240", "43.7%")


def test_edited_cells_are_told_with_before_and_after():
    world = World()
    world.mark(0, 0, HERE)

    def edit(sheet: Worksheet) -> None:
        sheet["C2"], sheet["C3"], sheet["D3"], sheet["D4"] = None, "O", "지각5분", "인정"

    assert changes(world.read(edit)) == [
        ("가온", "출석", ""),
        ("나래", "", "출석"),
        ("나래", "", "지각 5"),
        ("다솜", "", "인정(기타)"),
    ]


@pytest.mark.parametrize("word", ["몰라요", "지각", "지각 다섯", "출석결석", "=1+1", "지각 5 결석"])
def test_a_word_that_is_no_mark_is_told_and_left(word: str):
    report = World().read(lambda sheet: sheet.__setitem__("C2", word))
    assert report.changes == ()
    assert codes(report) & {"attendance.cell_word", "completion.formula_empty"}


def test_changed_order_of_rows_and_columns_is_understood():
    world = World()

    def edit(sheet: Worksheet) -> None:
        rows = [list(row) for row in sheet.values]
        rows = [rows[0], rows[3], rows[1], rows[2]]
        rows[1][2] = "출석"
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row[::-1], start=1):
                sheet.cell(at, column, value)

    assert changes(world.read(edit)) == [("다솜", "", "출석")]


def test_names_sorted_without_their_numbers_are_nobodys():
    def edit(sheet: Worksheet) -> None:
        sheet["B2"], sheet["B3"], sheet["C2"] = "나래", "가온", "출석"

    report = World().read(edit)
    assert report.changes == ()
    assert codes(report) == {"attendance.name_differs"}


def test_unknown_and_doubled_people_are_left_out():
    def edit(sheet: Worksheet) -> None:
        sheet.append(["999999", "아무개", "출석"])
        sheet.append([sheet["A2"].value, "가온", "결석"])
        sheet["C2"] = "출석"

    report = World().read(edit)
    assert changes(report) == [("가온", "", "출석")]
    assert codes(report) == {"completion.unknown_person", "completion.person_twice"}


def test_merged_cells_in_the_list_are_told():
    report = World().read(lambda sheet: sheet.merge_cells("B2:B3"))
    assert report.changes == ()
    assert "completion.merged_unclear" in codes(report)


def test_a_missing_number_is_found_by_name_and_a_missing_row_changes_nothing():
    def edit(sheet: Worksheet) -> None:
        sheet["A2"], sheet["C2"] = None, "결석"
        sheet.delete_rows(4)

    report = World().read(edit)
    assert changes(report) == [("가온", "", "결석")]
    assert codes(report) == {"completion.person_left_out"}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", "이름,출석".encode(), b"\xd0\xcf\x11\xe0old"])
def test_what_is_no_sheet_changes_nothing(data: bytes):
    world = World()
    report = sheets.read_attendance(io.BytesIO(data), "x.xlsx", list(people_of(world.room)), world.room)
    assert report.changes == ()
    assert report.problems


# --- the pages


def upload(world: World, edit: Callable[[Worksheet], None]) -> str:
    file = SimpleUploadedFile("출석부.xlsx", edited(world.exported(), edit))
    answer = client_of(world.teacher).post(reverse("sessions:sheet", args=[world.room.pk]), {"file": file})
    assert answer.status_code == 200
    return answer.content.decode()


def sealed_in(page: str) -> str:
    return page.split('name="sealed" value="')[1].split('"', maxsplit=1)[0]


def test_first_shown_then_applied_and_a_colleagues_change_stands():
    world = World()
    page = upload(world, lambda sheet: [sheet.__setitem__("C2", "출석"), sheet.__setitem__("C3", "결석")])
    assert "바뀔 칸 2개" in page
    assert not world.sessions[0].marks.exists()
    world.mark(0, 1, HERE)
    client = client_of(world.teacher)
    address = reverse("sessions:sheet_apply", args=[world.room.pk])
    answer = client.post(address, {"sealed": sealed_in(page)}, follow=True).content.decode()
    assert "1칸을 반영했어요" in answer
    assert "그사이 다른 선생님이 고친 1칸은 그대로 두었어요" in answer
    marks = {row.enrolment.nickname: row.status for row in world.sessions[0].marks.all()}
    assert marks == {"가온": "present", "나래": "present"}


def test_only_what_was_shown_for_this_class_can_be_applied():
    world, other = World(), World()
    report = world.read(lambda sheet: sheet.__setitem__("C2", "출석"))
    sealed = sheets.sealed(report, world.room)
    for text, room in ((sealed, other.room), (sealed + "x", world.room), ("", world.room)):
        with pytest.raises(signing.BadSignature):
            sheets.unsealed(text, room)
    answer = client_of(other.teacher).post(
        reverse("sessions:sheet_apply", args=[other.room.pk]), {"sealed": sealed}, follow=True
    )
    assert "파일을 다시 올려 주세요" in answer.content.decode()


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch):
    world = World()
    monkeypatch.setattr("saem.apps.cohorts.sessions.views.overview.SHEET_MAX_BYTES", 1000)
    file = SimpleUploadedFile("출석부.xlsx", b"x" * 3000)
    answer = client_of(world.teacher).post(reverse("sessions:sheet", args=[world.room.pk]), {"file": file})
    assert answer.status_code == 413
    assert "5MB까지" in answer.content.decode()
