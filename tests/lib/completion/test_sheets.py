"""Sheets out and in again: what staff do to them, and that nothing of it is lost in silence."""

import datetime as dt
import io
import random
import unicodedata
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from saem.lib.completion.errors import SheetError
from saem.lib.completion.problems import Code
from saem.lib.completion.sheets import (
    REPORT,
    RESULTS,
    Column,
    Kind,
    Layout,
    Row,
    SheetRead,
    difference,
    read_sheet,
    write_sheet,
)

NUMBER = "제 ○○교육연수원-원격-2026-000{:03d}호"
PEOPLE: dict[int, dict[str, Any]] = {
    1: {"course_code": "0071", "school": "한빛중학교", "category": "중등", "name": "김하늘", "birth_date": dt.date(1988, 3, 1),
        "online_exam": Fraction(90), "assignment": Fraction("87.5"), "participation": Fraction(100), "converted": Fraction("91.25"),
        "status": "이수", "office": "서울특별시교육청", "district": "서부교육지원청", "completion_number": NUMBER.format(1)},
    2: {"course_code": "0071", "school": "샘고등학교", "category": "고등", "name": "이바다", "birth_date": dt.date(1979, 12, 31),
        "online_exam": Fraction(50), "status": "미이수"},
    3: {"course_code": "0071", "school": "샘고등학교", "category": "고등", "name": "박들", "birth_date": dt.date(1990, 7, 15),
        "online_exam": Fraction(70), "status": "이수", "completion_number": NUMBER.format(2)},
}  # fmt: skip
TITLES = [column.title for column in RESULTS.columns]


def written(layout: Layout = RESULTS, rows: Any = None) -> io.BytesIO:
    file = io.BytesIO()
    write_sheet(file, layout, PEOPLE.values() if rows is None else rows)
    return file


def edited(edit: Callable[[Worksheet], object]) -> SheetRead:
    """What is read after somebody opened the sheet, changed it and saved it."""
    book = openpyxl.load_workbook(written())
    edit(book.active)
    file = io.BytesIO()
    book.save(file)
    return read_sheet(file, RESULTS, name="a.xlsx")


def told(found: Any) -> list[tuple[str, str]]:
    return [(each.cell, each.code.removeprefix("completion.")) for each in found.problems]


def column(title: str) -> str:
    return openpyxl.utils.get_column_letter(TITLES.index(title) + 1)


def put(**cells: Any) -> Callable[[Worksheet], None]:
    def edit(sheet: Worksheet) -> None:
        for address, value in cells.items():
            sheet[address] = value

    return edit


@pytest.mark.parametrize(("layout", "columns"), [(REPORT, 15), (RESULTS, 14)])
def test_the_offices_columns(layout: Layout, columns: int):
    assert len(layout.columns) == len(layout.by_key) == columns
    assert {key for identity in layout.identities for key in identity} <= layout.by_key.keys()


def test_out_and_in_again():
    read = read_sheet(written(), RESULTS)
    assert read.problems == ()
    assert [{key: value for key, value in row.values.items() if value is not None} for row in read.rows] == list(
        PEOPLE.values()
    )
    found = difference(read, PEOPLE)
    assert (found.changes, found.unknown, found.left_out, found.problems) == ((), (), (), ())
    assert found.people == {2: 1, 3: 2, 4: 3}


def test_every_kind_of_the_report_comes_back():
    row: Row = {
        column.key: {Kind.DATE: dt.date(2026, 3, 2), Kind.NUMBER: Fraction("86.7"), Kind.WHOLE: 2}.get(
            column.kind, f"00{at}"
        )
        for at, column in enumerate(REPORT.columns)
    }
    read = read_sheet(written(REPORT, [row]), REPORT)
    assert (dict(read.rows[0].values), read.problems) == (row, ())


def test_how_it_looks():
    sheet = openpyxl.load_workbook(written()).active
    assert [cell.value for cell in sheet[1]] == TITLES
    assert sheet.freeze_panes == "A2"
    assert sheet["A2"].value == "0071"
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].number_format == "@"
    assert sheet[f"{column('생년월일')}2"].value == dt.datetime(1988, 3, 1)  # noqa: DTZ001
    assert sheet[f"{column('과제')}2"].value == 87.5
    assert all(sheet.column_dimensions[column(title)].width >= 8 for title in ("과제", "학교명", "이수번호"))


@pytest.mark.parametrize(
    "text", ["=1+1", "+821012345678", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "https://saem.example"]
)
def test_nothing_in_a_sheet_runs(text: str):
    file = written(RESULTS, [{**PEOPLE[1], "school": text}])
    cell = openpyxl.load_workbook(file).active[f"{column('학교명')}2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (text, "s", "@", None)
    assert "<f>" not in zipfile.ZipFile(file).read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize(
    "wrong", [{"nmae": "x"}, {"name": 3}, {"online_exam": "90"}, {"birth_date": "1990"}, {"name": "x" * 40_000}]
)
def test_rows_that_cannot_be_written(wrong: dict[str, Any]):
    with pytest.raises(SheetError):
        written(RESULTS, [wrong])


def test_columns_in_another_order_under_titles_of_their_own():
    file = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append([None, "2026년 3월 성적 (내부용)"])
    book.active.append([])
    book.active.append(["비고", "이름", " 생년 월일(8자리)", "소속\n학교", "과정코드", "온라인 시험(점)", "환산점"])
    book.active.append(["전근", "김하늘", "1988-03-01", "새빛중학교", "0071", 90, 91.25])
    book.save(file)
    read = read_sheet(file, RESULTS, name="a.xlsx")
    assert read.rows[0].values == {
        "name": "김하늘", "birth_date": dt.date(1988, 3, 1), "school": "새빛중학교", "course_code": "0071", "online_exam": 90,
    }  # fmt: skip
    assert read.rows[0].extras == {"비고": "전근", "환산점": "91.25"}
    extra = {each.cell: each for each in read.problems if each.code is Code.EXTRA_COLUMN}
    assert extra["G3"].params["suggestion"] == "환산점수"
    assert (extra["G3"].remedy, extra["A3"].remedy) == (
        "completion.extra_column.near",
        "completion.extra_column.remedy",
    )
    assert ("", "above_header") in told(read)
    assert sum(code == "missing_column" for _, code in told(read)) == 9
    found = difference(read, PEOPLE)
    assert [(each.person, each.key, each.before, each.after, each.cell) for each in found.changes] == [
        (1, "school", "한빛중학교", "새빛중학교", "D4")
    ]
    assert found.left_out == (2, 3)


@pytest.mark.parametrize(
    ("cell", "date"),
    [
        ("1988.3.1.", (1988, 3, 1)), ("1988/03/01", (1988, 3, 1)), ("1988년 3월 1일", (1988, 3, 1)), ("19880301", (1988, 3, 1)),
        ("１９８８．３．１", (1988, 3, 1)), (dt.datetime(1988, 3, 1), (1988, 3, 1)), (" 1988-3-1 ", (1988, 3, 1)),  # noqa: DTZ001
        (dt.date(1988, 3, 1), (1988, 3, 1)),
    ],
)  # fmt: skip
def test_dates_as_people_write_them(cell: Any, date: tuple[int, int, int]):
    read = edited(put(E2=cell))
    assert (read.rows[0].values["birth_date"], read.problems) == (dt.date(*date), ())


def test_a_number_of_eight_digits_in_a_cell_that_is_not_for_dates():
    def edit(sheet: Worksheet) -> None:
        sheet["E2"] = 19880301
        sheet["E2"].number_format = "General"

    assert edited(edit).rows[0].values["birth_date"] == dt.date(1988, 3, 1)


@pytest.mark.parametrize(
    ("address", "cell", "code"),
    [
        ("E2", "880301", "short_date"), ("E2", 880301, "short_date"), ("E2", "88.3.1", "short_date"), ("E2", "1988-02-30", "bad_date"),
        ("E2", "봄", "bad_date"), ("E2", 3, "bad_date"), ("E2", 19880301, "cell_error"), ("E2", True, "bad_date"), ("E2", dt.time(9), "bad_date"),
        ("F2", "아홉", "bad_number"), ("F2", 101, "number_range"), ("F2", -1, "number_range"), ("F2", "1e3", "bad_number"),
        ("F2", True, "bad_number"), ("F2", dt.datetime(2026, 1, 1), "bad_number"), ("F2", "#N/A", "cell_error"),  # noqa: DTZ001
        ("F2", "=1/0", "formula_empty"), ("D2", None, "missing_cell"),
    ],
)  # fmt: skip
def test_cells_that_say_nothing_to_us(address: str, cell: Any, code: str):
    read = edited(put(**{address: cell}))
    assert told(read) == [(address, code)]
    if code != "missing_cell":
        key = RESULTS.columns[openpyxl.utils.column_index_from_string(address[0]) - 1].key
        assert key not in read.rows[0].values
        # What could not be read is no change to nothing.
        assert [each for each in difference(read, PEOPLE).changes if each.key == key] == []


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("９０．５", "90.5"),
        (" 90.5점", "90.5"),
        ("90", "90"),
        (86.69999999999999, "86.7"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
    ],
)
def test_numbers_as_people_write_them(cell: Any, number: str):
    read = edited(put(F2=cell))
    assert (read.rows[0].values["online_exam"], read.problems) == (Fraction(number), ())


def test_a_changed_score_an_emptied_cell_and_a_name_with_more_spaces():
    found = difference(edited(put(F2=91, C3=None, D4=" 박들 ", B4="샘고등학교 ")), PEOPLE)
    assert [(each.person, each.key, each.before, each.after, each.cell) for each in found.changes] == [
        (1, "online_exam", 90, 91, "F2"), (2, "category", "고등", None, "C3"),
    ]  # fmt: skip
    assert found.problems == ()


def test_korean_from_a_mac_is_the_same_name():
    parts = unicodedata.normalize("NFD", "김하늘")
    assert parts != "김하늘"
    assert difference(edited(put(D2=parts)), PEOPLE).changes == ()


def test_what_is_ours_to_say_may_not_be_changed():
    found = difference(edited(put(N2=NUMBER.format(999), N3="1")), PEOPLE)
    assert told(found) == [("N2", "fixed_changed"), ("N3", "fixed_changed")]
    assert found.changes == ()
    assert found.people == {2: 1, 3: 2, 4: 3}


def test_lost_zeros_are_no_change():
    found = difference(edited(put(A2=71)), PEOPLE)
    assert told(found) == [("A2", "zeros_lost")]
    assert found.changes == ()


def test_people_nobody_knows_twice_and_left_out():
    def edit(sheet: Worksheet) -> None:
        sheet.append(["0071", "별중학교", "중등", "최별", "1991-01-01"])
        sheet.append([cell.value for cell in sheet[2]])
        sheet.delete_rows(3)

    found = difference(edited(edit), PEOPLE)
    assert told(found) == [("", "person_left_out"), ("D4", "unknown_person"), ("D5", "person_twice")]
    assert [row.values["name"] for row in found.unknown] == ["최별", "김하늘"]
    assert found.left_out == (2,)


def test_one_column_sorted_alone_mixes_nobody_up():
    """The numbers of the first and the third row have changed places: neither row is believed."""
    found = difference(edited(put(N2=NUMBER.format(2), N4=NUMBER.format(1))), PEOPLE)
    assert [each for each in told(found) if each[1] == "person_mixed"] == [
        ("D2", "person_mixed"),
        ("D4", "person_mixed"),
    ]
    assert (found.changes, found.people) == ((), {3: 2})
    renamed = difference(edited(put(D2="김하늬")), PEOPLE)
    assert [(each.key, each.after) for each in renamed.changes] == [("name", "김하늬")]


def test_a_sheet_of_too_many_rows_is_read_as_far_as_that(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("saem.lib.completion.sheets.reading.MOST_ROWS", 2)
    read = read_sheet(written(), RESULTS)
    assert (len(read.rows), [(each.line, each.code) for each in read.problems]) == (2, [(4, Code.SHEET_TOO_LARGE)])


def test_a_time_in_a_text_is_not_cut_off():
    read = edited(put(C2=dt.datetime(2026, 3, 2, 9, 30), C3=dt.datetime(2026, 3, 2)))  # noqa: DTZ001
    assert [row.values["category"] for row in read.rows] == ["2026-03-02 09:30:00", "2026-03-02", "고등"]


def test_two_people_of_one_name_and_birthday():
    twins = {1: PEOPLE[2], 2: {**PEOPLE[2], "school": "달중학교"}}
    found = difference(read_sheet(written(RESULTS, [PEOPLE[2]]), RESULTS), twins)
    assert told(found)[-1] == ("D2", "ambiguous_person")
    assert found.people == {}


def test_merged_cells():
    def edit(sheet: Worksheet) -> None:
        sheet.merge_cells("B3:B4")
        sheet.merge_cells("D3:D4")
        sheet.merge_cells("L2:M2")

    read = edited(edit)
    assert [row.values["school"] for row in read.rows] == ["한빛중학교", "샘고등학교", "샘고등학교"]
    assert read.rows[2].values["name"] is None
    assert told(read) == [
        ("L2:M2", "merged_unclear"), ("B3:B4", "merged_cells"), ("D3:D4", "merged_unclear"), ("D4", "missing_cell"),
    ]  # fmt: skip


def test_blank_rows_other_sheets_and_a_column_twice():
    book = openpyxl.load_workbook(written())
    book.active.insert_rows(3, 2)
    book.active["O1"] = "과제"
    book.create_sheet("메모", 0)["A1"] = "확인"
    book.create_sheet("빈 시트")
    file = io.BytesIO()
    book.save(file)
    read = read_sheet(file, RESULTS)
    assert [row.line for row in read.rows] == [2, 5, 6]
    assert told(read) == [("", "other_sheet"), ("O1", "column_twice")]


def test_a_formula_counts_as_it_was_computed_last():
    """Excel keeps what a formula came to beside it."""
    file, out = written(), io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert b"<v>91.25</v>" in data
                data = data.replace(b"<v>91.25</v>", b"<f>F2*0.4+G2*0.4+H2*0.2</f><v>91</v>")
            new.writestr(name, data)
    read = read_sheet(out, RESULTS)
    assert told(read) == [("J2", "formula")]
    assert read.rows[0].values["converted"] == 91


def zipped(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", data)
    return file.getvalue()


def bomb() -> bytes:
    return zipped(**{f"xl__worksheets__sheet{at}": bytes(80 * 2**20) for at in range(4)})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"", "not_xlsx"), ("성명,생년월일\n".encode, "not_xlsx"), (lambda: zipped(a=b"x"), "not_xlsx"),
        (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), "old_xls"), (lambda: written().getvalue()[:3000], "not_xlsx"), (bomb, "sheet_too_large"),
        (lambda: zipped(xl__workbook=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "not_xlsx"),
    ],
)  # fmt: skip
def test_what_is_no_sheet(content: Callable[[], bytes], code: str):
    assert told(read_sheet(io.BytesIO(content()), RESULTS)) == [("", code)]


@pytest.mark.parametrize("flip", range(0, 100, 4))
def test_a_damaged_file_never_raises(flip: int):
    data = bytearray(written().getvalue())
    at = len(data) * flip // 100
    data[at : at + 8] = bytes(each ^ 0x5A for each in data[at : at + 8])
    read = read_sheet(io.BytesIO(bytes(data)), RESULTS)
    assert read.rows or read.problems


TOKENS = (
    b"1e999",
    b"9" * 20,
    b'"',
    b"<",
    b"",
    b'r="A1048577"',
    b't="d"',
    b't="e"',
    b't="s"',
    b"NaN",
    b'r="1"',
    b's="999"',
)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_parts_never_raise(seed: int):
    draw, file = random.Random(seed), io.BytesIO()
    with zipfile.ZipFile(written()) as old, zipfile.ZipFile(file, "w") as new:
        harmed = draw.choice([*old.namelist(), *["xl/worksheets/sheet1.xml"] * 9])
        for name in old.namelist():
            data = bytearray(old.read(name))
            for _ in range(3 if name == harmed else 0):
                at = draw.randrange(len(data))
                data[at : at + draw.choice((0, 1, 3, 8, 30))] = draw.choice(TOKENS)
            new.writestr(name, bytes(data))
    read = read_sheet(file, RESULTS)
    assert read.rows or read.problems


def test_no_titles():
    book = openpyxl.Workbook()
    book.active.append(["김하늘", "1988-03-01"])
    file = io.BytesIO()
    book.save(file)
    assert told(read_sheet(file, RESULTS)) == [("", "no_header")]


def test_a_file_on_disk(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        assert write_sheet(file, RESULTS, (row for row in PEOPLE.values())) == 3
    with path.open("rb") as file:
        assert len(read_sheet(file, RESULTS).rows) == 3


@pytest.mark.parametrize(
    ("text", "read"),
    [("첫 줄\n\n둘째  줄", "첫 줄\n\n둘째  줄"), ("\n앞뒤의 빈 줄 \n", "앞뒤의 빈 줄"), ("맥\r\n윈도", "맥\n윈도")],
)
def test_lines_are_their_authors(text: str, read: str):
    columns = (Column(key="who", title="누구", required=True), Column(key="said", title="말", kind=Kind.LINES))
    layout = Layout(name="말", columns=columns, identities=(("who",),))
    (row,) = read_sheet(written(layout, [{"who": "김하늘", "said": text}]), layout).rows
    assert row.values["said"] == read
