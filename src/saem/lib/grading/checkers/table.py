"""Reads a CSV file that anybody may have sent: every encoding Korean spreadsheets write, and exact row numbers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from .reasons import Reason, few, reason, short

# What people send by mistake, told apart by its first bytes.
SIGNATURES = (
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xls"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"\x1f\x8b", "gzip"),
    (b"PAR1", "parquet"),
    (b"\x93NUMPY", "npy"),
    (b"\x80\x04", "pickle"),
    (b"\x80\x05", "pickle"),
)
DELIMITERS = (",", "\t", ";", "|")
QUOTE = '"'
LONGEST_HEADER = 100_000


@dataclass(frozen=True)
class Table:
    """Cells as text. `lines[i]` is the 1-based line of the file on which row `i` starts."""

    header: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]
    notes: list[Reason] = field(default_factory=list)

    def column(self, name: str) -> list[str]:
        place = self.header.index(name)
        return [row[place] for row in self.rows]


def read_table(data: bytes, wanted: Sequence[str]) -> tuple[Table | None, list[Reason]]:
    """The table in `data` with at least the columns `wanted`, or the reasons why there is none."""
    text, notes, problems = _decode(data)
    if problems:
        return None, problems
    header_line = text.lstrip("\n").partition("\n")[0]
    if len(header_line) > LONGEST_HEADER:
        return None, [reason("not_csv", found="line", row=1)]
    delimiter = _delimiter(header_line, wanted)
    lines, rows, problems = _split(text, delimiter)
    if problems:
        return None, problems
    if delimiter != ",":
        notes.append(reason("other_delimiter", delimiter={"\t": "Tab"}.get(delimiter, delimiter)))
    return _shape(lines, rows, wanted, notes)


def _decode(data: bytes) -> tuple[str, list[Reason], list[Reason]]:
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            return "", [], [reason("not_csv", found=kind)]
    if not data.strip():
        return "", [], [reason("empty")]
    text, encoding = _text(data)
    if text is None:
        return "", [], [reason("bad_encoding", row=_bad_row(data))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _other_text(text)
    if found:
        return "", [], [reason("not_csv", found=found)]
    if not text.strip():
        return "", [], [reason("empty")]
    notes = [] if encoding == "utf-8" else [reason("other_encoding", encoding=encoding)]
    return text, notes, []


def _text(data: bytes) -> tuple[str | None, str]:
    candidates = [("utf-8-sig", "utf-8"), ("cp949", "cp949")]
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates = [("utf-16", "utf-16")]
    elif data[1:2] == b"\0":
        candidates = [("utf-16-le", "utf-16")]
    elif data[:1] == b"\0":
        candidates = [("utf-16-be", "utf-16")]
    for codec, name in candidates:
        try:
            return data.decode(codec), name
        except UnicodeDecodeError:
            continue
    return None, ""


def _bad_row(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1


def _other_text(text: str) -> str:
    """What a file of text is when it is not a table."""
    if "\0" in text:
        return "binary"
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<svg")):
        return "html"
    if start.startswith("{"):
        return "notebook" if '"cells"' in text[:2000] or '"nbformat"' in text[-2000:] else "json"
    return ""


def _delimiter(header_line: str, wanted: Sequence[str]) -> str:
    """The comma, unless another separator is what makes the wanted columns appear."""

    def found(delimiter: str) -> int:
        names = {name.strip().strip(QUOTE).strip() for name in header_line.split(delimiter)}
        return sum(name in names for name in wanted)

    return max(DELIMITERS, key=found)


def _split(text: str, delimiter: str) -> tuple[list[int], list[list[str]], list[Reason]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    lines: list[int] = []
    rows: list[list[str]] = []
    started = 1
    try:
        for row in reader:
            if any(row):
                rows.append(row)
                lines.append(started)
            started = reader.line_num + 1
    except csv.Error as error:
        if QUOTE in text and "limit" not in str(error):
            return [], [], [reason("broken_quote", row=started)]
        return [], [], [reason("not_csv", found="line", row=started)]
    return lines, rows, []


def _shape(
    lines: list[int], rows: list[list[str]], wanted: Sequence[str], notes: list[Reason]
) -> tuple[Table | None, list[Reason]]:
    raw = rows[0]
    header = tuple(name.strip() for name in raw)
    if len(header) == 1 < len(wanted) and header[0] not in wanted:
        return None, [reason("not_csv", found="text", row=lines[0])]
    if any(name != clean and clean in wanted for name, clean in zip(raw, header, strict=True)):
        notes.append(reason("header_spaces"))
    problems = _header_problems(header, wanted, lines[0])
    if problems:
        return None, problems
    body, body_lines = rows[1:], lines[1:]
    problems = _ragged(body, body_lines, len(header))
    if problems:
        return None, problems
    extra = [short(name) for name in header if name not in wanted]
    if extra:
        notes.append(reason("extra_column", columns=extra[:5], count=len(extra)))
    return Table(header, body, body_lines, notes), []


def _header_problems(header: Sequence[str], wanted: Sequence[str], line: int) -> list[Reason]:
    found = [short(name) for name in header[:20]]
    problems = [reason("missing_column", column=name, row=line, found=found) for name in wanted if name not in header]
    problems += [reason("duplicate_column", column=name, row=line) for name in wanted if header.count(name) > 1]
    return problems


def _ragged(rows: list[list[str]], lines: list[int], width: int) -> list[Reason]:
    if set(map(len, rows)) <= {width}:
        return []
    wrong: list[dict[str, object]] = []
    for place, row in enumerate(rows):
        if len(row) > width and not any(row[width:]):
            rows[place] = row[:width]  # commas at the end of a line, as spreadsheets leave them
        elif len(row) != width:
            wrong.append({"row": lines[place], "expected": width, "found": len(row)})
    return few("ragged_row", wrong)
