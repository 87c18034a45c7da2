"""What a file that a team hands in is, by its content; its name only tells text from text. Knows no Django."""

import csv
import io
from enum import StrEnum

from saem.apps.cohorts.calls.inspection import Refusal, RefusedDocumentError, kind_of
from saem.lib.content import NotebookError, read_notebook

TEXTS = {".csv": "csv", ".py": "python", ".md": "text", ".txt": "text"}
SUFFIX_OF_NOTEBOOKS = ".ipynb"


class NotTaken(StrEnum):
    """Why a file is not taken; each is a code of the message table."""

    NOT_NOTEBOOK = "evidence.not_notebook"
    NOT_TEXT = "evidence.not_text"
    NOT_CSV = "evidence.not_csv"


class RefusedFileError(Exception):
    """A file that is not taken; `reason` is a code of the message table."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def notebook_format(data: bytes) -> str:
    """`notebook`; raises `RefusedFileError` for what is none."""
    try:
        read_notebook(data)
    except NotebookError as broken:
        raise RefusedFileError(NotTaken.NOT_NOTEBOOK) from broken
    return "notebook"


def file_format(name: str, data: bytes) -> str:
    """`pdf`, `png`, `jpeg`, `docx`, `hwpx`, `notebook`, `csv`, `python` or `text`; raises `RefusedFileError`."""
    if name.lower().endswith(SUFFIX_OF_NOTEBOOKS):
        return notebook_format(data)
    try:
        return kind_of(data)
    except RefusedDocumentError as refused:
        suffix = next((ending for ending in TEXTS if name.lower().endswith(ending)), None)
        if refused.reason != Refusal.UNKNOWN or suffix is None:
            raise RefusedFileError(refused.reason) from refused
    return _text(TEXTS[suffix], data)


def text_of(data: bytes) -> str:
    """UTF-8, or what Korean spreadsheets write; raises `RefusedFileError`."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RefusedFileError(NotTaken.NOT_TEXT)


def rows_of(data: bytes) -> list[list[str]]:
    """The rows of a CSV file; raises `RefusedFileError` for what is no table."""
    try:
        rows = [row for row in csv.reader(io.StringIO(text_of(data))) if row]
    except csv.Error as broken:
        raise RefusedFileError(NotTaken.NOT_CSV) from broken
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise RefusedFileError(NotTaken.NOT_CSV)
    return rows


def _text(kind: str, data: bytes) -> str:
    if kind == "csv":
        rows_of(data)
    else:
        text_of(data)
    return kind
