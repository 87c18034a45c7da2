"""A table of texts, and the way from somebody's CSV to ours: named columns, ISO dates, UTF-8."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.schema import Fingerprint

RELATIVE_TOLERANCE = 1e-6
MAX_SHOWN = 600
_ISO_DATE, _ISO_TIME = "%Y-%m-%d", "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Table:
    """Cells stay the texts they were: `007` does not become 7, nor 0.10 a float of this machine."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]

    def column(self, name: str) -> list[str]:
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def to_csv(self) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return text.getvalue().encode("utf-8")


def read_csv(data: bytes, *, encoding: str, separator: str, header: bool) -> Table:
    """Without a header the columns are called c1, c2, …; empty lines are passed over."""
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise SourceError(Code.SOURCE_ENCODING, encoding=encoding, works=_works(data)) from error
    try:
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if row]
    except csv.Error as error:
        raise SourceError(Code.SOURCE_NOT_TABLE, detail=str(error)) from error
    if not rows:
        raise SourceError(Code.SOURCE_NOT_TABLE, detail="0")
    names = tuple(name.strip() for name in rows.pop(0)) if header else tuple(f"c{at + 1}" for at in range(len(rows[0])))
    for number, row in enumerate(rows, start=2 if header else 1):
        if len(row) != len(names):
            raise SourceError(Code.SOURCE_CSV, row=number, expected=len(names), found=len(row))
    return Table(names, rows)


def _works(data: bytes) -> str:
    """The encodings, of those that tables come in, that can read these bytes. Latin-1 can read anything."""
    found = []
    for encoding in ("utf-8", "cp949", "latin-1"):
        with suppress(UnicodeDecodeError):
            data.decode(encoding)
            found.append(encoding)
    return ", ".join(found)


def shaped(table: Table, source: DataSource) -> Table:
    """Columns named, dates and values rewritten, as the program asks."""
    columns = table.columns
    if source.columns:
        if len(source.columns) != len(columns):
            raise _column_count(source.columns, columns)
        columns = source.columns
    require(columns, source.rename)
    named = Table(tuple(source.rename.get(name, name) for name in columns), table.rows)
    return _rewritten(named, source)


def already_shaped(table: Table, source: DataSource) -> Table:
    """A copy that somebody cleaned: it has our columns already, perhaps among others."""
    named = [source.rename.get(name, name) for name in source.columns or ()]
    wanted = tuple(named or (*dict.fromkeys(source.rename.values()), *_others(table, source)))
    require(table.columns, wanted)
    places = [table.columns.index(name) for name in wanted]
    return _rewritten(Table(wanted, [[row[at] for at in places] for row in table.rows]), source)


def _others(table: Table, source: DataSource) -> list[str]:
    return [name for name in table.columns if name not in source.rename.values()]


def _column_count(wanted: Sequence[str], names: Sequence[str]) -> SourceError:
    return SourceError(
        Code.SOURCE_COLUMN_COUNT,
        expected=len(wanted),
        found=len(names),
        wanted=", ".join(wanted),
        names=", ".join(names)[:MAX_SHOWN],
    )


def require(columns: Sequence[str], wanted: Mapping[str, object] | Sequence[str]) -> None:
    missing = [name for name in wanted if name not in columns]
    if missing:
        raise SourceError(Code.SOURCE_COLUMNS, missing=", ".join(missing), found=", ".join(columns))


def _rewritten(table: Table, source: DataSource) -> Table:
    require(table.columns, (*source.dates, *source.values))
    if not source.dates and not source.values:
        return table
    rows = [list(row) for row in table.rows]
    for name, form in source.dates.items():
        at = table.columns.index(name)
        for number, row in enumerate(rows, start=1):
            row[at] = _iso(row[at], form, column=name, row=number)
    for name, values in source.values.items():
        at = table.columns.index(name)
        for row in rows:
            row[at] = str(values.get(row[at], row[at]))
    return Table(table.columns, rows)


def _iso(text: str, form: str, *, column: str, row: int) -> str:
    target = _ISO_TIME if any(mark in form for mark in ("%H", "%I", "%M", "%S")) else _ISO_DATE
    for known in (form, target):
        try:
            # Dates of measurements carry no zone; they are the clock on the wall where they were taken.
            return datetime.strptime(text, known).strftime(target)  # noqa: DTZ007  # a day of a table has no time zone
        except ValueError:
            continue
    if not text.strip():
        return ""
    raise SourceError(Code.SOURCE_DATE, column=column, row=row, value=text, form=form)


def check_fingerprint(table: Table, fingerprint: Fingerprint) -> None:
    if len(table.rows) != fingerprint.rows:
        raise SourceError(Code.SOURCE_ROWS, expected=fingerprint.rows, found=len(table.rows))
    require(table.columns, (*fingerprint.columns, *fingerprint.sums))
    if fingerprint.columns and table.columns != fingerprint.columns:
        raise _column_count(fingerprint.columns, table.columns)
    for name, expected in fingerprint.sums.items():
        found = _sum(table, name)
        if not math.isclose(found, expected, rel_tol=RELATIVE_TOLERANCE, abs_tol=1e-9):
            raise SourceError(Code.SOURCE_SUM, column=name, expected=_shown(expected), found=_shown(found))


def _sum(table: Table, name: str) -> float:
    """Empty cells count nothing; a word makes the sum no number at all, which equals nothing."""
    try:
        return math.fsum(float(cell) for cell in table.column(name) if cell.strip())
    except (ValueError, OverflowError):
        return math.nan


def _shown(number: float) -> str:
    """All digits that the tolerance looks at, and no `.0`."""
    return str(int(number)) if number.is_integer() else f"{number:.10g}"
