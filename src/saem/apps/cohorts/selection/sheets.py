"""Spreadsheets that staff hand in: read in a job, told what they would change, applied only when somebody says so."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from fractions import Fraction
from typing import Any

import xlsxwriter
from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.models import Call, SelectionSheet, SheetKind, SheetState
from saem.apps.events.services import record
from saem.apps.jobs.services import LOOKED_AT, enqueue
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion.problems import Code, Problem, Severity
from saem.lib.completion.sheets import Column, Kind, Layout, SheetRead, Value, read_sheet

SHEET_JOB = "selection.sheet"
MOST_BYTES = 12 * 2**20
MOST_PROBLEMS = 300
ENCODINGS = ("utf-8-sig", "cp949")
Row = dict[str, Any]


def hand_in(
    call: Call, *, kind: SheetKind, stage: str, name: str, data: bytes, by: User, reason: str = ""
) -> SelectionSheet:
    """Keep a file and let a job read it; nothing else changes."""
    with transaction.atomic():
        sheet = SelectionSheet.objects.create(
            call=call, kind=kind, stage=stage, name=name[-200:], data=as_xlsx(data), reason=reason, sent_by=by
        )
        note("sheet.handed_in", sheet, by=by)
        enqueue(SHEET_JOB, sheet.pk, owner_key=owner_of(sheet), priority=LOOKED_AT)
    return sheet


def owner_of(sheet: SelectionSheet) -> str:
    """Sheets of one call wait for each other; those of another call wait for none of them."""
    return f"selection.sheets:{sheet.call_id}"


def note(verb: str, sheet: SelectionSheet, *, by: User | None, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="sheet",
        object_id=sheet.pk,
        cohort_id=sheet.call.cohort_id,
        facts={"call": sheet.call_id, "kind": sheet.kind, "name": sheet.name, **facts},
    )


def as_xlsx(data: bytes) -> bytes:
    """A CSV as a workbook, so that both are read, and complained about, in one way; anything else as it is."""
    if data[:4] == b"PK\x03\x04" or b"\x00" in data[:4096]:
        return data
    text = next((found for code in ENCODINGS if (found := decoded(data, code)) is not None), None)
    if text is None or not text.strip():
        return data
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        page = book.add_worksheet()
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            for column, cell in enumerate(row):
                if cell:
                    page.write_string(number, column, cell[:32_000])
    return out.getvalue()


def decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def layout_facts(layout: Layout) -> dict[str, Any]:
    """A layout as plain data, so that a worker can read a file without the database."""
    return {
        "name": layout.name,
        "columns": [asdict(column) for column in layout.columns],
        "identities": [list(names) for names in layout.identities],
    }


def layout_from(facts: Mapping[str, Any]) -> Layout:
    columns = tuple(
        Column(**{**one, "kind": Kind(one["kind"]), "also": tuple(one["also"])}) for one in facts["columns"]
    )
    return Layout(name=facts["name"], columns=columns, identities=tuple(tuple(names) for names in facts["identities"]))


def read(data: bytes, layout: Layout) -> bytes:
    """A file as JSON: its rows by key, and what is wrong with it. The slow part; no database."""
    found = read_sheet(io.BytesIO(data), layout)
    rows = [{"line": row.line, **{key: told(value) for key, value in row.values.items()}} for row in found.rows]
    absent = missing(found)
    problems = [problem_facts(problem, absent) for problem in found.problems]
    told_so = {"rows": rows, "problems": problems, "missing": absent, "letters": dict(found.letters)}
    return json.dumps(told_so, ensure_ascii=False).encode()


def missing(found: SheetRead) -> list[str]:
    """Required columns that the file does not have; without them nothing can be taken."""
    return [one.title for one in found.layout.columns if one.required and one.key not in found.letters]


def told(value: Value) -> str | None:
    """A value as text: a number exactly, a date as ISO 8601."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return f"{value.numerator / value.denominator:.10f}".rstrip("0").rstrip(".")
    return str(value)


def problem_facts(problem: Problem, absent: Sequence[str]) -> dict[str, Any]:
    """A column that is not there is grave only where nothing goes without it: nobody has to fill in every question."""
    is_needed = problem.code is not Code.MISSING_COLUMN or problem.params.get("title") in absent
    is_error = problem.severity is Severity.ERROR and is_needed
    return problem_row(problem.line, str(problem.code), problem.params, cell=problem.cell, is_error=is_error)


def problem_row(
    line: int, code: str, params: Mapping[str, object] | None = None, *, cell: str = "", is_error: bool = True
) -> dict[str, Any]:
    """One problem as it is kept and shown: where, what, and whether its row is left out for it."""
    return {"line": line, "cell": cell, "code": code, "params": dict(params or {}), "is_error": is_error}


def packed(rows: Sequence[Row]) -> bytes:
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def unpacked(sheet: SelectionSheet) -> list[Row]:
    found: list[Row] = json.loads(zlib.decompress(bytes(sheet.rows))) if sheet.rows else []
    return found


def keep_reading(
    sheet: SelectionSheet, rows: Sequence[Row], problems: Iterable[Mapping[str, Any]], **report: object
) -> None:
    """Write down what was read; with problems of the whole file there is nothing to apply."""
    every = sorted(problems, key=lambda one: (not one["is_error"], one["line"]))
    sheet.rows, sheet.total = packed(rows), len(rows)
    sheet.report = {"problems": every[:MOST_PROBLEMS], "problem_count": len(every), "rows": len(rows), **report}
    sheet.state = SheetState.READ if rows else SheetState.FAILED
    sheet.save(update_fields=["rows", "total", "report", "state"])


def confirm(sheet: SelectionSheet, *, by: User) -> None:
    """Somebody has seen the report and wants it done; the rows are applied in jobs, a batch at a time."""
    with transaction.atomic():
        row = SelectionSheet.objects.select_for_update(of=("self",)).select_related("call").get(pk=sheet.pk)
        if row.state in {SheetState.APPLYING, SheetState.APPLIED}:
            return
        if row.state != SheetState.READ:
            raise SaemError("sheet.not_read", status=409)
        row.state = SheetState.APPLYING
        row.save(update_fields=["state"])
        note("sheet.confirmed", row, by=by)
        enqueue(SHEET_JOB, row.pk, owner_key=owner_of(row), priority=LOOKED_AT)


def advance(sheet: SelectionSheet, number: int) -> None:
    """A batch is done: count it, and go on with the next one or finish."""
    sheet.done = min(sheet.done + number, sheet.total)
    if sheet.done >= sheet.total:
        sheet.state, sheet.applied_at = SheetState.APPLIED, timezone.now()
        note("sheet.applied", sheet, by=sheet.sent_by, rows=sheet.total)
    else:
        enqueue(SHEET_JOB, sheet.pk, owner_key=owner_of(sheet), priority=LOOKED_AT)
    sheet.save(update_fields=["done", "state", "applied_at", "report"])
