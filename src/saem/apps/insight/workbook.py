"""The cohort's progress as an XLSX workbook, written row by row."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.insight.progress import StepHead
from saem.apps.insight.queries import ExportRow

HEAD_HEIGHT = 32
STEP_WIDTH, NAME_WIDTH, TIME_WIDTH = 16, 18, 18


def write_progress(rows: Iterable[ExportRow], steps: Sequence[StepHead], *, title: str) -> IO[bytes]:
    """Return an open temporary file, at its beginning, that holds the workbook.

    Memory stays constant: the writer keeps one row at a time, the file lies on disk.
    """
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("진도"))
        book.set_properties({"title": title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        number = book.add_format({"num_format": "0.0000"})
        columns = heads(steps)
        sheet.set_row(0, HEAD_HEIGHT)
        sheet.set_column(0, 1, NAME_WIDTH)
        sheet.set_column(2, len(columns) - 2, STEP_WIDTH)
        sheet.set_column(len(columns) - 1, len(columns) - 1, TIME_WIDTH)
        sheet.freeze_panes(1, 2)
        sheet.write_row(0, 0, columns, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            column = sheet_row(sheet, last, row, number)
            if row.last_lesson_at is not None:
                sheet.write_datetime(last, column, timezone.localtime(row.last_lesson_at), moment)
        sheet.autofilter(0, 0, last, len(columns) - 1)
    file.seek(0)
    return file


def heads(steps: Sequence[StepHead]) -> list[str]:
    """Column titles: class, student, every step, every project's score and file count, last activity."""
    projects = [step.title for step in steps if step.kind == "project"]
    scores = [text for title in projects for text in (_("%s: 점수") % title, _("%s: 제출 수") % title)]
    return [_("학급"), _("학생"), *(step.title for step in steps), *scores, _("마지막 활동")]


def sheet_row(sheet: xlsxwriter.worksheet.Worksheet, index: int, row: ExportRow, number: object) -> int:
    """Write one student up to the last score; return the next free column."""
    sheet.write_string(index, 0, row.enrolment.classroom.name)
    sheet.write_string(index, 1, row.enrolment.nickname)
    column = 2
    for mark in row.marks:
        sheet.write_string(index, column, f"{mark.word} {mark.detail}".strip())
        column += 1
    for board in row.scores:
        if board is not None:
            sheet.write_number(index, column, board.score, number)
            sheet.write_number(index, column + 1, board.submissions)
        column += 2
    return column
