"""What a run leaves behind on the page, as JSON small enough to keep for every cell of every student."""

import base64
from collections.abc import Iterator, Sequence
from typing import Any

from saem.apps.learning.cleaning import clean_output
from saem.lib.grading import explain
from saem.lib.sandbox import Display, Fault, Outcome, Table

MAX_BYTES = 300_000
MAX_TEXT = 20_000
MAX_LINE = 2_000
MAX_ROWS, MAX_COLUMNS = 50, 30
MAX_ENTRY, MIN_ENTRY, MAX_TABLE = 200, 16, 40_000

Json = dict[str, Any]

LEFT_EARLY: Json = {"code": "python.exit_called", "params": {}, "line": None, "traceback": ""}
# A limit ended a cell above, which is run again before this one when a session is new.
STOPPED_ABOVE: Json = {"code": "learning.stopped_above", "params": {}, "line": None, "traceback": ""}


def stored_output(outcome: Outcome, columns: Sequence[str] = (), *, left_early: bool = False) -> Json:
    """Everything that the page shows of a run. `left_out` counts what was too large to keep.

    `columns` are those of the tables at hand: with them a misspelt one is recognised.
    """
    text, cut = short_text(outcome.stdout)
    # The traceback is told above with its meaning; only warnings are left for the small print.
    traceback = outcome.fault.traceback.strip() if outcome.fault else ""
    errors, errors_cut = short_text(outcome.stderr.replace(traceback, "").lstrip("\n") if traceback else outcome.stderr)
    kept, left_out = within(
        MAX_BYTES - len(text.encode()) - len(errors.encode()), map(stored_display, outcome.displays)
    )
    return {
        "text": text,
        "errors": errors,
        "cut": cut or errors_cut,
        "displays": kept,
        "left_out": left_out,
        "fault": _fault_of(outcome, columns, left_early=left_early),
        "milliseconds": round(outcome.wall_ms),
    }


def _fault_of(outcome: Outcome, columns: Sequence[str], *, left_early: bool) -> Json | None:
    if outcome.in_prelude:
        return STOPPED_ABOVE
    if outcome.fault is not None:
        return stored_fault(outcome.fault, columns)
    return LEFT_EARLY if left_early else None


def short_text(text: str) -> tuple[str, bool]:
    """The beginning and the end of a long text; a line without end is cut too. Tells whether anything is missing."""
    text = clean_output(text)
    lines = [line if len(line) <= MAX_LINE else f"{line[:MAX_LINE]}…" for line in text.split("\n")]
    short = "\n".join(lines)
    if len(short) <= MAX_TEXT:
        return short, short != text
    beginning, ending = short[: MAX_TEXT // 2], short[-MAX_TEXT // 2 :]
    return "\n…\n".join((beginning.rpartition("\n")[0], ending.partition("\n")[2])), True


def within(budget: int, displays: Iterator[Json]) -> tuple[list[Json], int]:
    """As many displays as fit, in order, and how many did not."""
    kept, left_out = [], 0
    for display in displays:
        size = sum(len(str(value).encode()) for value in display.values())
        if size <= budget:
            kept.append(display)
            budget -= size
        else:
            left_out += 1
    return kept, left_out


def stored_display(display: Display) -> Json:
    if display.kind == "image":
        return {"kind": "image", "png": base64.b64encode(display.png).decode()}
    if display.kind == "table" and display.table is not None:
        return {"kind": "table", **stored_table(display.table)}
    text, cut = short_text(display.text)
    return {"kind": "text", "text": text, "cut": cut}


def stored_table(table: Table) -> Json:
    """The table's corner; the more entries it has, the shorter each is kept, so that many tables fit."""
    rows = [row[:MAX_COLUMNS] for row in table.rows[:MAX_ROWS]]
    columns = table.columns[:MAX_COLUMNS]
    longest = min(MAX_ENTRY, max(MIN_ENTRY, MAX_TABLE // (len(columns) * len(rows) or 1)))
    return {
        "columns": [entry(name, longest) for name in columns],
        "index": [entry(name, longest) for name in table.index[:MAX_ROWS]],
        "rows": [[entry(value, longest) for value in row] for row in rows],
        "total_rows": table.total_rows,
        "total_columns": table.total_columns,
    }


def entry(value: str, longest: int = MAX_ENTRY) -> str:
    value = clean_output(value)
    return value if len(value) <= longest else f"{value[:longest]}…"


def stored_fault(fault: Fault, columns: Sequence[str]) -> Json:
    """The student's own error, with the code of the explanation that a beginner understands."""
    explanation = explain(fault, columns=columns)
    return {
        "code": explanation.code,
        "params": {name: entry(str(value)) for name, value in explanation.params.items()},
        "line": explanation.line,
        "source": entry(fault.source),
        "text": entry(fault.text),
        "type": entry(fault.type),
        "message": short_text(fault.message)[0],
        "traceback": short_text(fault.traceback)[0],
    }
