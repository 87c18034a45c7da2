"""Every code has words and a remedy, and every placeholder of the words has a value."""

import io
import re
from typing import Any

import openpyxl
import pytest

from saem.lib.completion.numbers import NumberPattern, check_numbers
from saem.lib.completion.problems import Code, Problem
from saem.lib.completion.sheets import RESULTS, difference, read_sheet
from saem.web.messages.completion import MESSAGES
from tests.lib.completion.facts_of import BOOK, loaded
from tests.lib.completion.test_rules import TROUBLES
from tests.lib.completion.test_sheets import PEOPLE, written

PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)(?::\w+)?\}")


def placeholders(entry: str) -> set[str]:
    return set(PLACEHOLDER.findall(str(MESSAGES[entry])))


def test_every_code_has_words_and_a_remedy():
    assert {re.sub(r"\.(remedy|near)$", "", entry) for entry in MESSAGES} == {str(code) for code in Code}
    for code in Code:
        assert code in MESSAGES
        assert f"{code}.remedy" in MESSAGES


def of_rules() -> list[Problem]:
    return [each for old, new, _, _ in TROUBLES for each in loaded(BOOK.replace(old, new, 1)).problems]


def of_numbers() -> list[Problem]:
    pattern = NumberPattern(pattern="{year}-{sequence}", width=2)
    return list(check_numbers(pattern, ["2026-02", "2026-02", "x"]))


def of_sheets() -> list[Problem]:
    book = openpyxl.load_workbook(written())
    sheet = book.active
    sheet.insert_rows(1)
    cells: dict[str, Any] = {
        "A1": "내부용", "O2": "학교명", "P2": "환산점", "J2": "x", "A3": 71, "A5": "9999", "D4": "최별", "E3": "880301", "E5": "봄",
        "F3": 101, "F4": "아홉", "G3": "#N/A", "G5": "=1", "D5": None,
    }  # fmt: skip
    for address, value in cells.items():
        sheet[address] = value
    for _ in range(2):
        sheet.append(["0071", None, None, "박들", "1990-07-15", *[None] * 8, PEOPLE[3]["completion_number"]])
    sheet.merge_cells("C3:C4")
    sheet.merge_cells("L3:M3")
    book.create_sheet("메모")["A1"] = "x"
    file = io.BytesIO()
    book.save(file)
    twins = {**PEOPLE, 4: PEOPLE[2]}
    found = list(difference(read_sheet(file, RESULTS), twins).problems)
    found += difference(read_sheet(written(RESULTS, [PEOPLE[2]]), RESULTS), twins).problems
    mixed = [{**PEOPLE[1], "completion_number": PEOPLE[3]["completion_number"]}]
    found += difference(read_sheet(written(RESULTS, mixed), RESULTS), PEOPLE).problems
    broken = (b"", b"\xd0\xcf\x11\xe0" + bytes(600))
    return [
        *found,
        *(each for data in broken for each in read_sheet(io.BytesIO(data), RESULTS).problems),
        *empty().problems,
    ]


def empty() -> Any:
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return read_sheet(file, RESULTS)


def test_every_placeholder_has_a_value():
    found = [*of_rules(), *of_numbers(), *of_sheets()]
    for each in found:
        for entry in (each.code, each.remedy):
            assert placeholders(entry) <= set(each.params), (entry, each.params)
    # Those left out need a file of hundreds of megabytes, or a formula that another program computed.
    assert {each.code for each in found} >= set(Code) - {
        Code.SHEET_TOO_LARGE,
        Code.FORMULA,
        Code.EMPTY_VALUE,
        Code.BAD_VALUE,
    }


@pytest.mark.parametrize("entry", sorted(MESSAGES))
def test_the_korean_is_polite_and_whole(entry: str):
    text = str(MESSAGES[entry])
    assert re.search(r"[.?)`\d}…]$", text), text
    assert "습니다" not in text
    assert "십시오" not in text
