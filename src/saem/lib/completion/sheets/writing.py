"""Rows into an XLSX file, one after the other, so that a long sheet needs no memory."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import IO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from saem.lib.completion.errors import SheetError
from saem.lib.completion.sheets.layouts import Column, Kind, Layout, Row, Value

MOST_ROWS = 1_048_575
_FORMATS = {
    Kind.TEXT: "@",
    Kind.LINES: "@",
    Kind.CODE: "@",
    Kind.DATE: "yyyy-mm-dd",
    Kind.NUMBER: "General",
    Kind.WHOLE: "0",
}


@dataclass(frozen=True)
class _Place:
    """A column of this file: where it is, and how its cells look."""

    at: int
    column: Column
    form: Format


def write_sheet(file: IO[bytes], layout: Layout, rows: Iterable[Row], *, title: str = "") -> int:
    """Write the rows and return how many there were; `file` is left at its end.

    Texts are texts whatever they begin with, and stay so when somebody edits the cell: `=1+1` never runs, `007` stays
    `007`. Raises SheetError for a key that the layout does not have, a value of another kind, and more rows than fit.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": title or layout.name})
        sheet = book.add_worksheet(layout.name)
        places = [
            _Place(at, column, book.add_format({"num_format": _FORMATS[column.kind]}))
            for at, column in enumerate(layout.columns)
        ]
        for each in places:
            sheet.set_column(each.at, each.at, each.column.width, each.form)
        sheet.freeze_panes(1, 0)
        titles = [column.title for column in layout.columns]
        sheet.write_row(0, 0, titles, book.add_format({"bold": True, "bottom": 1, "num_format": "@"}))
        count = 0
        for count, row in enumerate(rows, start=1):
            _write_row(sheet, count, layout, row, places)
        sheet.autofilter(0, 0, count, len(layout.columns) - 1)
    return count


def _write_row(sheet: Worksheet, at: int, layout: Layout, row: Row, places: list[_Place]) -> None:
    if at > MOST_ROWS:
        raise SheetError(f"{layout.name}: a sheet holds {MOST_ROWS} rows")
    if not row.keys() <= layout.by_key.keys():
        raise SheetError(f"{layout.name} has no {sorted(row.keys() - layout.by_key.keys())}")
    for place in places:
        value = row.get(place.column.key)
        if value is not None and value != "":
            _write_cell(sheet, at, place, value)


def _write_cell(sheet: Worksheet, at: int, place: _Place, value: Value) -> None:
    kind = place.column.kind
    if kind in (Kind.TEXT, Kind.LINES, Kind.CODE) and isinstance(value, str):
        refused = sheet.write_string(at, place.at, value, place.form)
    elif kind is Kind.DATE and isinstance(value, dt.date):
        midnight = dt.datetime.combine(value, dt.time())  # a cell knows no zone
        refused = sheet.write_datetime(at, place.at, midnight, place.form)
    elif kind in (Kind.NUMBER, Kind.WHOLE) and isinstance(value, int | Fraction):
        refused = sheet.write_number(at, place.at, float(value), place.form)
    else:
        raise SheetError(f"{place.column.key}: {value!r} is no {kind}")
    if refused:
        raise SheetError(f"{place.column.key}: a cell cannot hold {str(value)[:40]!r}…")
