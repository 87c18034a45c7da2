"""Finds the row of titles, whatever stands above it and in whichever order the columns are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from saem.lib.completion.problems import Code, Problem, Severity, near
from saem.lib.completion.sheets.layouts import Layout, plain_title

HEADER_ROWS = 30
FEWEST_TITLES = 3


@dataclass(frozen=True, kw_only=True)
class Header:
    """`columns` gives the place (from 0) of each key, `extras` the title at each place nobody knows.

    `twice` are places whose key stands further left already, `above` the rows over the titles that say something.
    """

    line: int = 0
    columns: Mapping[str, int] = field(default_factory=dict)
    extras: Mapping[int, str] = field(default_factory=dict)
    twice: Mapping[int, str] = field(default_factory=dict)
    above: tuple[int, ...] = ()

    def problems(self, name: str, layout: Layout) -> Iterator[Problem]:
        lost = [column for column in layout.columns if column.key not in self.columns]
        for line in self.above:
            yield Problem(file=name, line=line, code=Code.ABOVE_HEADER, severity=Severity.WARNING)
        for column in lost:
            severity = Severity.ERROR if column.required else Severity.WARNING
            params = {"title": column.title}
            yield Problem(file=name, line=self.line, code=Code.MISSING_COLUMN, params=params, severity=severity)
        for at, title in self.extras.items():
            meant = near(title, [column.title for column in lost])
            yield self._told(name, at, Code.EXTRA_COLUMN, Severity.WARNING, title=title, **meant)
        for at, title in self.twice.items():
            yield self._told(name, at, Code.COLUMN_TWICE, Severity.ERROR, title=title)

    def _told(self, name: str, at: int, code: Code, severity: Severity, **params: object) -> Problem:
        cell = f"{get_column_letter(at + 1)}{self.line}"
        return Problem(file=name, line=self.line, cell=cell, code=code, params=params, severity=severity)


def find_header(top: Sequence[Sequence[Any]], layout: Layout) -> Header:
    """The first of the rows that has enough of the layout's titles; an empty header where none has."""
    for line, cells in enumerate(top, start=1):
        known = {layout.by_title[plain_title(cell)].key for cell in cells if _is_title(cell, layout)}
        if len(known) >= min(FEWEST_TITLES, len(layout.columns)):
            above = tuple(
                at for at, row in enumerate(top[: line - 1], start=1) if any(cell is not None for cell in row)
            )
            return _header(line, cells, layout, above)
    return Header()


def _is_title(cell: Any, layout: Layout) -> bool:
    return isinstance(cell, str) and plain_title(cell) in layout.by_title


def _header(line: int, cells: Sequence[Any], layout: Layout, above: tuple[int, ...]) -> Header:
    columns: dict[str, int] = {}
    extras: dict[int, str] = {}
    twice: dict[int, str] = {}
    for at, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        if not _is_title(cell, layout):
            extras[at] = " ".join(str(cell).split())
        elif layout.by_title[plain_title(cell)].key in columns:
            twice[at] = str(cell)
        else:
            columns[layout.by_title[plain_title(cell)].key] = at
    return Header(line=line, columns=columns, extras=extras, twice=twice, above=above)
