"""A class's map of skills as an XLSX workbook."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from saem.web.downloads import Value

HEAD_HEIGHT = 48
NAME_WIDTH, WIDTH = 18, 13


def write_map(heads: Sequence[str], lines: Iterable[Sequence[Value]], *, title: str) -> IO[bytes]:
    """Return an open temporary file, at its beginning; words stay words, whatever they begin with."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  # handed to the response, which closes it
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(_("성취 요소 지도"))
        book.set_properties({"title": title})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        places = book.add_format({"num_format": "0.00"})
        sheet.set_row(0, HEAD_HEIGHT)
        sheet.set_column(0, 0, NAME_WIDTH)
        sheet.set_column(1, max(1, len(heads) - 1), WIDTH)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, heads, head)
        last = 0
        for last, line in enumerate(lines, start=1):
            write_line(sheet, last, line, places)
        sheet.autofilter(0, 0, last, len(heads) - 1)
    file.seek(0)
    return file


def write_line(sheet: xlsxwriter.worksheet.Worksheet, index: int, line: Sequence[Value], places: object) -> None:
    for column, value in enumerate(line):
        if isinstance(value, str):
            sheet.write_string(index, column, value)
        elif isinstance(value, float):
            sheet.write_number(index, column, value, places)
        elif value is not None:
            sheet.write_number(index, column, value)
