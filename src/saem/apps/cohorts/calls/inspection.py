"""What an uploaded document is, by its content and never by its name; what may run code is refused. Knows no Django.

The signs looked at: a PDF's header and end (ISO 32000), PNG and JPEG markers, and inside a zip the parts that make a
DOCX (ECMA-376) or an HWPX (KS X 6101). A PDF's compressed streams are not opened, so documents are only ever handed
out as downloads.
"""

import io
import re
import zipfile
from enum import StrEnum

MEGABYTE = 2**20
MOST_ENTRIES, MOST_UNPACKED = 4000, 300 * MEGABYTE
HEAD = 1024
PNG_HEAD, PNG_END = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", b"IEND\xaeB`\x82"
ACTIVE_PDF = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b")
ENCRYPTED = 0x1
SCRIPT_REMARKS = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
# What Hancom writes into every new document: names for the document, and functions that do nothing.
SCRIPT_NOTHING = re.compile(r"var\s+\w+\s*=\s*[\w.]+;|function\s+\w+\s*\(\s*\)\s*\{\s*\}")


class Refusal(StrEnum):
    """Why a file is not taken; each is a code of the message table."""

    EMPTY = "document.empty"
    UNKNOWN = "document.unknown"
    BROKEN = "document.broken"
    ACTIVE = "document.active"
    LOCKED = "document.locked"


class RefusedDocumentError(Exception):
    """A file that is not taken, with its `reason`."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


def kind_of(data: bytes) -> str:
    """`pdf`, `png`, `jpeg`, `docx` or `hwpx`; raises `RefusedDocumentError` for anything else."""
    if not data:
        raise RefusedDocumentError(Refusal.EMPTY)
    if b"%PDF-" in data[:HEAD]:
        return _pdf(data)
    if data.startswith(PNG_HEAD[:8]):
        return _whole("png", is_whole=data.startswith(PNG_HEAD) and PNG_END in data[-HEAD:])
    if data.startswith(b"\xff\xd8\xff"):
        return _whole("jpeg", is_whole=b"\xff\xd9" in data[-HEAD:])
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    raise RefusedDocumentError(Refusal.UNKNOWN)


def _whole(kind: str, *, is_whole: bool) -> str:
    if not is_whole:
        raise RefusedDocumentError(Refusal.BROKEN)
    return kind


def _pdf(data: bytes) -> str:
    if ACTIVE_PDF.search(data):
        raise RefusedDocumentError(Refusal.ACTIVE)
    return _whole("pdf", is_whole=b"%%EOF" in data[-HEAD:])


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _of_entries(archive)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as wrong:
        raise RefusedDocumentError(Refusal.BROKEN) from wrong


def _of_entries(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise RefusedDocumentError(Refusal.BROKEN)
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise RefusedDocumentError(Refusal.LOCKED)
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml", ".ole", ".exe", ".js", ".vbs")) for name in names):
        raise RefusedDocumentError(Refusal.ACTIVE)
    if {"[Content_Types].xml", "word/document.xml"} <= names:
        return _docx(archive)
    if "mimetype" in names and _read(archive, "mimetype").strip() == b"application/hwp+zip":
        return _hwpx(archive, names)
    raise RefusedDocumentError(Refusal.UNKNOWN)


def _docx(archive: zipfile.ZipFile) -> str:
    if b"macroenabled" in _read(archive, "[Content_Types].xml").lower():
        raise RefusedDocumentError(Refusal.ACTIVE)
    return "docx"


def _hwpx(archive: zipfile.ZipFile, names: set[str]) -> str:
    for name in names:
        if name.startswith("Scripts/") and not name.endswith("/") and not _does_nothing(_read(archive, name)):
            raise RefusedDocumentError(Refusal.ACTIVE)
    return "hwpx"


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(MEGABYTE)


def _does_nothing(script: bytes) -> bool:
    """Whether a script of an HWPX is the empty one that the word processor writes by itself."""
    text = script.decode("utf-16-le" if b"\x00" in script[:64] else "utf-8", "replace").lstrip("\ufeff")
    return not SCRIPT_NOTHING.sub("", SCRIPT_REMARKS.sub("", text)).strip()
