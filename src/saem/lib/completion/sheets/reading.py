"""Reads a sheet that staff edited: columns in any order, more of them, merged cells; nothing is dropped in silence."""

import struct
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from saem.lib.completion.problems import Code, Problem, Severity, in_order
from saem.lib.completion.sheets.cells import CellError, value_of
from saem.lib.completion.sheets.headers import HEADER_ROWS, Header, find_header
from saem.lib.completion.sheets.layouts import Layout, Value
from saem.lib.completion.sheets.workbooks import Marks, Merge, NotReadableError, check_archive, marks_of

MOST_ROWS = 200_000
SHOWN = 60
# What the readers of archives and of XML raise for damaged files: no list of theirs is complete.
_BROKEN = (
    *(InvalidFileException, BadZipFile, SyntaxError, LookupError, ArithmeticError, ValueError, TypeError),
    *(AttributeError, OSError, EOFError, RuntimeError, zlib.error, struct.error),
)
Cells = Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class ReadRow:
    """One row: `values` by key, None where the cell is blank; a cell that could not be read is not among them.

    `extras` are the texts of columns that the layout does not have, by their titles.
    """

    line: int
    values: Mapping[str, Value]
    extras: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SheetRead:
    """All rows that have something in them, and the letters of the columns found, by key."""

    name: str
    layout: Layout
    rows: tuple[ReadRow, ...] = ()
    letters: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def cell(self, line: int, key: str) -> str:
        """The address, or "" where the sheet does not have the column."""
        return f"{self.letters[key]}{line}" if key in self.letters else ""


def read_sheet(file: IO[bytes], layout: Layout, *, name: str = "") -> SheetRead:
    """Read an XLSX file; `name` is what problems call it. Never raises for what is in the file."""
    try:
        check_archive(file)
        with warnings.catch_warnings():
            # Of a number that is no date it says so once more on the console; the cell becomes an error, and is told.
            warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
            return _read_book(file, layout, name)
    except NotReadableError as error:
        code = Code(f"completion.{error.code}")
    except _BROKEN:
        code = Code.NOT_XLSX
    return SheetRead(name=name, layout=layout, problems=(Problem(file=name, line=1, code=code),))


def _read_book(file: IO[bytes], layout: Layout, name: str) -> SheetRead:
    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    try:
        sheets = list(book.worksheets)
        for sheet in sheets:
            # What a file says of its own size is often wrong.
            sheet.reset_dimensions()
        tops = [list(islice(sheet.iter_rows(values_only=True), HEADER_ROWS)) for sheet in sheets]
        headers = [find_header(top, layout) for top in tops]
        chosen = max(range(len(sheets)), key=lambda at: (len(headers[at].columns), -at), default=None)
        if chosen is None or not headers[chosen].columns:
            return SheetRead(name=name, layout=layout, problems=(_no_header(name, layout),))
        others = [
            Problem(file=name, line=1, code=Code.OTHER_SHEET, params={"sheet": sheet.title}, severity=Severity.WARNING)
            for at, sheet in enumerate(sheets)
            if at != chosen and any(cell is not None for row in tops[at] for cell in row)
        ]
        reading = _Reading(name, layout, headers[chosen], marks_of(sheets[chosen]))
        return reading.read(sheets[chosen].iter_rows(values_only=True), others)
    finally:
        book.close()


def _no_header(name: str, layout: Layout) -> Problem:
    params = {"columns": [column.title for column in layout.columns], "rows": HEADER_ROWS}
    return Problem(file=name, line=1, code=Code.NO_HEADER, params=params)


class _Reading:
    """Goes down the rows once, with the merged ranges that reach into the present one."""

    def __init__(self, name: str, layout: Layout, header: Header, marks: Marks) -> None:
        self.name, self.layout, self.header, self.marks = name, layout, header, marks
        self.problems: list[Problem] = list(header.problems(name, layout))
        # By column: the range, and the value of its first cell.
        self.merged: dict[int, tuple[Merge, Any]] = {}

    def read(self, rows: Iterator[Cells], others: list[Problem]) -> SheetRead:
        found: list[ReadRow] = []
        for line, cells in enumerate(islice(rows, self.header.line, None), start=self.header.line + 1):
            if len(found) >= MOST_ROWS:
                self._tell(line, Code.SHEET_TOO_LARGE, rows=MOST_ROWS)
                break
            row = self._row(line, cells)
            found += [row] if row is not None else []
        letters = {key: get_column_letter(at + 1) for key, at in self.header.columns.items()}
        problems = in_order([*others, *self.problems])
        return SheetRead(name=self.name, layout=self.layout, rows=tuple(found), letters=letters, problems=problems)

    def _row(self, line: int, cells: Cells) -> ReadRow | None:
        self._enter(line, cells)
        if not self.merged and all(cell is None for cell in cells):
            return None
        values = self._values(line, cells)
        extras = {
            title: str(cells[at])
            for at, title in self.header.extras.items()
            if at < len(cells) and cells[at] is not None
        }
        unreadable = len(values) < len(self.header.columns)
        if not extras and not unreadable and all(value is None for value in values.values()):
            return None
        self._require(line, values)
        return ReadRow(line=line, values=values, extras=extras)

    def _values(self, line: int, cells: Cells) -> dict[str, Value]:
        """Those that can be read; what is wrong with the others is told."""
        values: dict[str, Value] = {}
        for key, at in self.header.columns.items():
            column, found = self.layout.by_key[key], self._cell(at, cells)
            if self._lacks_result(line, at, found):
                continue
            try:
                values[key] = value_of(found, column)
            except CellError as error:
                self._tell(line, error.code, at, value=str(found)[:SHOWN], title=column.title, most=column.most)
        return values

    def _require(self, line: int, values: Mapping[str, Value]) -> None:
        for key, at in self.header.columns.items():
            column = self.layout.by_key[key]
            if column.required and key in values and values[key] is None:
                self._tell(line, Code.MISSING_CELL, at, title=column.title)

    def _cell(self, at: int, cells: Cells) -> Any:
        found = cells[at] if at < len(cells) else None
        if at in self.merged and found is None:
            return self.merged[at][1]
        return found

    def _lacks_result(self, line: int, at: int, found: Any) -> bool:
        """What a formula came to is taken as it was computed last; where nobody ever computed it there is nothing."""
        if not self.marks.formulas or f"{get_column_letter(at + 1)}{line}" not in self.marks.formulas:
            return False
        if found is None:
            self._tell(line, Code.FORMULA_EMPTY, at)
        else:
            self._tell(line, Code.FORMULA, at, Severity.WARNING, value=str(found)[:SHOWN])
        return found is None

    def _enter(self, line: int, cells: Cells) -> None:
        """Ranges that end above are left, those that begin here are looked at."""
        if self.merged:
            self.merged = {at: each for at, each in self.merged.items() if each[0].bottom >= line}
        keys = {at: key for key, at in self.header.columns.items()}
        for merge in self.marks.merges.get(line, ()):
            touched = [at for at in keys if merge.left - 1 <= at < merge.right]
            personal = any(keys[at] in self.layout.personal or self.layout.by_key[keys[at]].required for at in touched)
            if not touched:
                continue
            if personal or merge.left != merge.right:
                self._tell_merge(merge, Code.MERGED_UNCLEAR, Severity.ERROR)
            else:
                at = touched[0]
                self.merged[at] = (merge, cells[at] if at < len(cells) else None)
                self._tell_merge(merge, Code.MERGED_CELLS, Severity.WARNING)

    def _tell_merge(self, merge: Merge, code: Code, severity: Severity) -> None:
        params = {"range": merge.ref, "rows": merge.bottom - merge.top + 1}
        found = Problem(file=self.name, line=merge.top, cell=merge.ref, code=code, params=params, severity=severity)
        self.problems.append(found)

    def _tell(
        self, line: int, code: Code, at: int | None = None, severity: Severity = Severity.ERROR, **params: object
    ) -> None:
        cell = f"{get_column_letter(at + 1)}{line}" if at is not None else ""
        self.problems.append(Problem(file=self.name, line=line, cell=cell, code=code, params=params, severity=severity))
