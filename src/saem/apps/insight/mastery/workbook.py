"""A class's map of skills as an XLSX workbook."""

import tempfile
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from saem.apps.insight.mastery.pages import SkillMap
from saem.apps.insight.mastery.words import Cell

HEAD_HEIGHT = 48
NAME_WIDTH, WIDTH = 18, 13


def write_map(found: SkillMap, *, title: str) -> IO[bytes]:
    """Return an open temporary file, at its beginning: a line for each student, five columns for each skill."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("성취 요소 지도"))
        book.set_properties({"title": title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        columns = [_("학생"), *(text for skill in found.skills for text in heads(skill.title))]
        sheet.set_row(0, HEAD_HEIGHT)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, max(1, len(columns) - 1), WIDTH)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, columns, head)
        for index, row in enumerate(found.rows, start=1):
            sheet.write_string(index, 0, row.student.nickname)
            for place, cell in enumerate(row.cells):
                write_cell(sheet, index, 1 + place * len(heads("")), cell)
        sheet.autofilter(0, 0, len(found.rows), len(columns) - 1)
    file.seek(0)
    return file


def heads(skill: str) -> list[str]:
    """The columns of one skill; numbers are in percent."""
    names = [_("판단"), _("숙달 정도 (%)"), _("낮게 보면 (%)"), _("높게 보면 (%)"), _("처음 푼 횟수")]
    return [f"{skill}: {name}" for name in names]


def write_cell(sheet: xlsxwriter.worksheet.Worksheet, index: int, column: int, cell: Cell) -> None:
    """Nothing known is written as the word alone, never as 0."""
    sheet.write_string(index, column, str(cell.word))
    if cell.is_known:
        for place, number in enumerate((cell.value, cell.low, cell.high, cell.responses), start=1):
            sheet.write_number(index, column + place, number)
