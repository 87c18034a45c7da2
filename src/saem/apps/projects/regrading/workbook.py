"""A regrade's changes as an XLSX workbook."""

import tempfile
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from saem.apps.projects.regrading.preview import Preview, Told

WIDTH = 16


def write_changes(preview: Preview, *, title: str) -> IO[bytes]:
    """An open temporary file, at its beginning; nicknames stay text, whatever they begin with."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet(_("다시 채점"))
        columns = [
            *(_("학급"), _("학생"), _("바뀜"), _("전 점수"), _("전 만점"), _("새 점수"), _("새 만점")),
            *(_("전 공개 점수"), _("새 공개 점수"), _("전 순위"), _("새 순위"), _("채점하지 못한 제출")),
        ]
        sheet.set_column(0, len(columns) - 1, WIDTH)
        sheet.freeze_panes(1, 2)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True, "bottom": 1}))
        for row, change in enumerate(preview.changes, start=1):
            texts = [change.classroom, change.nickname, str(change.word)]
            numbers = [*_points(change.old), *_points(change.new), change.old.get("value"), change.new.get("value")]
            _write(sheet, row, [*texts, *numbers, change.old_rank, change.new_rank, change.faults])
    file.seek(0)
    return file


def _points(told: Told) -> list[float | None]:
    return [told.get("score"), told.get("max_score")]


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, values: list[Any]) -> None:
    for column, value in enumerate(values):
        if isinstance(value, str):
            sheet.write_string(row, column, value)
        elif value is not None:
            sheet.write_number(row, column, value)
