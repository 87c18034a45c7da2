"""Opens an XLSX file that somebody else made: with limits, and with what openpyxl's quick reader leaves out."""

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from openpyxl.utils.cell import range_boundaries

MOST_BYTES = 300 * 2**20
MOST_MERGES = 100_000
CHUNK, OVERLAP = 2**20, 2**10
OLE = b"\xd0\xcf\x11\xe0"
# Only what a cell's element begins with: addresses of formulas, and ranges that are merged.
_FORMULA = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*><(?:\w+:)?f[ >/]')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?\bref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')


class NotReadableError(Exception):
    """The bytes cannot be opened as a sheet; `code` is the word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Merge:
    """A merged range, counted from 1, ends included."""

    ref: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True)
class Marks:
    """`merges` by their first row; `formulas` are addresses."""

    merges: dict[int, list[Merge]] = field(default_factory=dict)
    formulas: frozenset[str] = frozenset()


def check_archive(file: IO[bytes]) -> None:
    """Raise NotReadableError where the file is none, an old one, too large, or brings entities of its own."""
    file.seek(0)
    if file.read(len(OLE)) == OLE:
        # Excel before 2007, and every workbook with a password.
        raise NotReadableError("old_xls")
    try:
        with zipfile.ZipFile(file) as archive:
            if sum(each.file_size for each in archive.infolist()) > MOST_BYTES:
                raise NotReadableError("sheet_too_large")
            if any(_declares_entities(archive, each) for each in archive.infolist()):
                raise NotReadableError("not_xlsx")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise NotReadableError("not_xlsx") from error
    finally:
        file.seek(0)


def _declares_entities(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    if not member.filename.endswith((".xml", ".rels")):
        return False
    with archive.open(member) as part:
        return b"<!DOCTYPE" in part.read(4 * OVERLAP)


def marks_of(sheet: Any) -> Marks:
    """Merged ranges and formulas of a read-only worksheet, from its part of the archive, a piece at a time."""
    formulas: set[str] = set()
    refs: dict[str, None] = {}
    for piece in _pieces(sheet):
        formulas.update(found.decode() for found in _FORMULA.findall(piece))
        refs.update((found.decode(), None) for found in _MERGED.findall(piece))
        if len(refs) > MOST_MERGES:
            raise NotReadableError("sheet_too_large")
    merges: dict[int, list[Merge]] = defaultdict(list)
    for ref in refs:
        left, top, right, bottom = range_boundaries(ref)
        merges[top].append(Merge(ref, left, top, right, bottom))
    return Marks(dict(merges), frozenset(formulas))


def _pieces(sheet: Any) -> Iterator[bytes]:
    """The sheet's XML, each piece beginning with the end of the one before."""
    # A read-only worksheet opens its part itself, and tells of it nothing but the values.
    with sheet._get_source() as source:  # noqa: SLF001
        kept = b""
        while chunk := source.read(CHUNK):
            yield kept + chunk
            kept = (kept + chunk)[-OVERLAP:]
