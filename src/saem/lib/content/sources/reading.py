"""What reading a source may use, and how its bytes become a table."""

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.sources.tables import Table, already_shaped, read_csv, shaped

MAX_UNZIPPED = 200 * 1024 * 1024
OpenUrl = Callable[[str], IO[bytes]]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """`mirrors` are folders an operator fills by hand where the site may not go outside."""

    cache: Path
    allow_download: bool
    mirrors: Sequence[Path]
    open_url: OpenUrl


def read_raw(data: bytes, source: DataSource) -> Table:
    """The file as its publisher made it: perhaps zipped, in any encoding, with the publisher's names."""
    if data.startswith(b"PK\x03\x04"):
        data = _unzipped(data, source)
    table = read_csv(data, encoding=source.encoding, separator=source.separator, header=source.header)
    return shaped(table, source)


def read_clean(data: bytes, source: DataSource) -> Table:
    """A copy in our own form: UTF-8, commas, our column names."""
    return already_shaped(read_csv(data, encoding="utf-8", separator=",", header=True), source)


def _unzipped(data: bytes, source: DataSource) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith((".csv", ".txt", ".data", ".tsv"))]
            name = source.member or (names[0] if len(names) == 1 else None)
            if name is None or name not in archive.namelist():
                raise SourceError(Code.SOURCE_ZIP, member=source.member or "-", found=", ".join(archive.namelist()[:8]))
            with archive.open(name) as member:
                found = member.read(MAX_UNZIPPED + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise SourceError(Code.SOURCE_ZIP, member=source.member or "-", found=str(error)) from error
    if len(found) > MAX_UNZIPPED:
        raise SourceError(Code.SOURCE_TOO_LARGE, limit=MAX_UNZIPPED // 1024 // 1024)
    return found
