"""The sheets that offices exchange: written for them, read back as staff edited them, compared with what was there."""

from saem.lib.completion.sheets.differences import Change, Difference, difference
from saem.lib.completion.sheets.layouts import REPORT, RESULTS, Column, Kind, Layout, Row, Value
from saem.lib.completion.sheets.reading import ReadRow, SheetRead, read_sheet
from saem.lib.completion.sheets.writing import write_sheet

__all__ = [
    "REPORT",
    "RESULTS",
    "Change",
    "Column",
    "Difference",
    "Kind",
    "Layout",
    "ReadRow",
    "Row",
    "SheetRead",
    "Value",
    "difference",
    "read_sheet",
    "write_sheet",
]
