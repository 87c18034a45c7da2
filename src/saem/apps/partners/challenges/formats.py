"""What a file of data is, by its content: a table (CSV), or a ZIP of tables and pictures. Knows no Django."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from saem.apps.cohorts.calls.inspection import ENCRYPTED, MEGABYTE, RefusedDocumentError, kind_of
from saem.apps.projects.milestones.formats import RefusedFileError, rows_of, text_of
from saem.apps.projects.showcase.privacy import resident_numbers

MOST_BYTES = 10 * MEGABYTE
# Of a ZIP: enough for a set of pictures, and read within a request.
MOST_ENTRIES, MOST_UNPACKED = 2000, 40 * MEGABYTE
ZIP_HEAD = b"PK\x03\x04"
# Signs that no table has, but a file of another kind that happens to read as letters of CP949.
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
# What systems put beside the files that somebody packed.
BY_SYSTEMS = {".DS_Store", "Thumbs.db", "desktop.ini"}


class NotData(StrEnum):
    """Why a file is not taken; each is a code of the message table."""

    EMPTY = "document.empty"
    BROKEN = "document.broken"
    LOCKED = "document.locked"
    TOO_MUCH = "challenge.file.too_much"
    FOREIGN = "challenge.file.foreign"
    NOT_TABLE = "challenge.file.not_table"
    PERSONAL = "challenge.file.personal"


class RefusedDataError(Exception):
    """A file that is not taken: its `reason`, and which part of a ZIP it is about."""

    def __init__(self, reason: NotData, part: str = "") -> None:
        super().__init__(reason, part)
        self.reason, self.part = reason, part


@dataclass(frozen=True, kw_only=True)
class Inside:
    """What was found: rows of all tables, their number, and how many pictures."""

    format: str
    rows: int = 0
    tables: int = 0
    pictures: int = 0


def look_into(data: bytes) -> Inside:
    """Raises `RefusedDataError` for anything but a table or a ZIP of tables and pictures."""
    if not data:
        raise RefusedDataError(NotData.EMPTY)
    if data.startswith(ZIP_HEAD):
        return _archive(data)
    return Inside(format="csv", rows=_table(data, ""), tables=1)


def _table(data: bytes, part: str) -> int:
    """Rows below the names of the columns."""
    try:
        rows, text = rows_of(data), text_of(data)
    except RefusedFileError as refused:
        raise RefusedDataError(NotData.NOT_TABLE, part) from refused
    if NO_TEXT.search(text):
        raise RefusedDataError(NotData.NOT_TABLE, part)
    if next(resident_numbers(text), None) is not None:
        raise RefusedDataError(NotData.PERSONAL, part)
    return len(rows) - 1


def _archive(data: bytes) -> Inside:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _of_entries(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as wrong:
        raise RefusedDataError(NotData.BROKEN) from wrong


def _of_entries(archive: zipfile.ZipFile) -> Inside:
    found = Inside(format="zip")
    for name, data in _files_in(archive):
        if name.lower().endswith(".csv"):
            found = replace(found, tables=found.tables + 1, rows=found.rows + _table(data, name))
        elif _is_picture(data):
            found = replace(found, pictures=found.pictures + 1)
        else:
            raise RefusedDataError(NotData.FOREIGN, name)
    if not found.tables and not found.pictures:
        raise RefusedDataError(NotData.EMPTY)
    return found


def _files_in(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise RefusedDataError(NotData.TOO_MUCH)
    left = MOST_UNPACKED
    for entry in entries:
        path = PurePosixPath(entry.filename)
        if entry.is_dir() or path.name in BY_SYSTEMS or path.parts[0] == "__MACOSX":
            continue
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
            raise RefusedDataError(NotData.FOREIGN, entry.filename)
        if entry.flag_bits & ENCRYPTED:
            raise RefusedDataError(NotData.LOCKED)
        with archive.open(entry) as part:
            # The size that an entry claims need not be the one it has.
            data = part.read(left + 1)
        left -= len(data)
        if left < 0:
            raise RefusedDataError(NotData.TOO_MUCH)
        yield entry.filename, data


def _is_picture(data: bytes) -> bool:
    try:
        return kind_of(data) in {"png", "jpeg"}
    except RefusedDocumentError:
        return False
