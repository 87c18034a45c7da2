"""Files that a spreadsheet opens: workbooks, and tables as CSV that Korean Excel reads and that run nothing."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, override

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# Without it Excel takes UTF-8 for the code page of the machine, and Korean for noise.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
# What begins a formula in a spreadsheet, and signs that it leaves out before it looks (OWASP, "CSV Injection"). The
# wide forms count in East Asian locales.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # the wide forms themselves

Value = str | float | None


def workbook_response(file: IO[bytes], name: str) -> FileResponse:
    """An XLSX file to be saved under `name`; the response closes the file."""
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def csv_response(rows: Iterable[Sequence[Value]], name: str) -> StreamingHttpResponse:
    """A table to be saved under `name`, sent row by row: its length costs no memory."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return StreamingHttpResponse(csv_lines(_in_language(rows)), content_type=CSV, headers=headers)


def _in_language(rows: Iterable[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    """The rows as the reader of now would read them: they are made when the page's own language is over."""
    language, coming = get_language(), iter(rows)

    def made() -> Iterator[Sequence[Value]]:
        while True:
            with override(language):
                row = next(coming, None)
            if row is None:
                return
            yield row

    return made()


def csv_lines(rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """The table as CSV (RFC 4180) in UTF-8 with a byte order mark, a chunk for each row."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    line.write(BYTE_ORDER_MARK)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def safe_cell(value: Value) -> Value:
    """Words that a spreadsheet would take for a formula, as words; numbers, negative ones too, stay numbers."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
