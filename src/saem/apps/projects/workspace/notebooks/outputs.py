"""Outputs of cells between a notebook's file and what pages show: text, figures, tables, errors; never HTML.

A table travels as text for everybody else, and beside it as JSON under a type of our own, so that it comes back as one.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from saem.apps.learning.models import RunStatus
from saem.apps.learning.outputs import MAX_BYTES, Json, short_text, stored_table, within
from saem.lib.sandbox import Table

TABLE = "application/vnd.saem.table+json"
PNG, PNG_BEGINS = "image/png", b"\x89PNG\r\n\x1a\n"
# What an output of nbformat 3 calls its kinds.
OLD = {"text": "text/plain", "png": PNG}
OLD_TYPES = {"pyout": "execute_result", "pyerr": "error"}
FAILED: Json = {"code": "learning.error", "params": {}, "line": None}


def from_file(raw: Any) -> tuple[Json, int]:
    """A cell's outputs as they are stored, and how many there are that cannot be shown (HTML, scripts, vectors)."""
    outputs = [each for each in raw if isinstance(each, dict)] if isinstance(raw, list) else []
    text, cut = short_text(_streams(outputs, stderr=False))
    errors, errors_cut = short_text(_streams(outputs, stderr=True))
    shown = [display for each in outputs if (display := _display(each)) is not None]
    kept, left_out = within(MAX_BYTES - len(text.encode()) - len(errors.encode()), iter(shown))
    stored = {
        "text": text,
        "errors": errors,
        "cut": cut or errors_cut,
        "displays": kept,
        "left_out": left_out,
        "fault": next((_fault(each) for each in outputs if _type(each) == "error"), None),
        "milliseconds": 0,
    }
    hidden = sum(_type(each) in ("execute_result", "display_data") and _display(each) is None for each in outputs)
    return (stored if outputs else {}), hidden


def to_file(stored: Json, status: str, count: int | None) -> list[Json]:
    """Outputs as nbformat 4 writes them."""
    return list(_written(stored, status, count)) if stored else []


def _written(stored: Json, status: str, count: int | None) -> Iterator[Json]:
    for name, words in (("stdout", stored.get("text")), ("stderr", stored.get("errors"))):
        if words:
            yield {"output_type": "stream", "name": name, "text": words}
    for display in stored.get("displays", []):
        yield {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": _data(display)}
    fault = stored.get("fault") or {}
    if status not in (RunStatus.NONE, RunStatus.OK):
        yield {
            "output_type": "error",
            "ename": fault.get("type") or str(status),
            "evalue": fault.get("message", ""),
            "traceback": fault.get("traceback", "").splitlines(),
        }


def _data(display: Json) -> Json:
    if display["kind"] == "image":
        return {PNG: display["png"], "text/plain": "<Figure>"}
    if display["kind"] == "table":
        return {"text/plain": _as_text(display), TABLE: {key: display[key] for key in display if key != "kind"}}
    return {"text/plain": display["text"]}


def _as_text(table: Json) -> str:
    rows = [["", *table["columns"]]]
    rows += [[name, *row] for name, row in zip(table["index"], table["rows"], strict=False)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(entry.rjust(width) for entry, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([*lines, f"[{table['total_rows']} x {table['total_columns']}]"])


def _type(output: Mapping[str, Any]) -> str:
    kind = str(output.get("output_type", ""))
    return OLD_TYPES.get(kind, kind)


def _streams(outputs: Iterable[Mapping[str, Any]], *, stderr: bool) -> str:
    return "".join(
        _text(each.get("text"))
        for each in outputs
        if _type(each) == "stream" and ("stderr" in (each.get("name"), each.get("stream"))) == stderr
    )


def _display(output: Mapping[str, Any]) -> Json | None:
    """A figure or a table, else its plain text; None where there is neither, or it is no output to be shown."""
    if _type(output) not in ("execute_result", "display_data"):
        return None
    data = output.get("data")
    found = data if isinstance(data, dict) else {OLD[key]: output[key] for key in OLD if key in output}
    return _table(found.get(TABLE)) or _image(found.get(PNG)) or _words(found.get("text/plain"))


def _table(found: Any) -> Json | None:
    try:
        tree = found if isinstance(found, dict) else json.loads(_text(found) or "null")
        table = Table(
            columns=tuple(map(str, tree["columns"])),
            index=tuple(map(str, tree["index"])),
            rows=tuple(tuple(map(str, row)) for row in tree["rows"]),
            total_rows=int(tree["total_rows"]),
            total_columns=int(tree["total_columns"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None
    if any(len(row) != len(table.columns) for row in table.rows) or len(table.index) != len(table.rows):
        return None
    return {"kind": "table", **stored_table(table)}


def _image(found: Any) -> Json | None:
    try:
        data = base64.b64decode("".join(_text(found).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return {"kind": "image", "png": base64.b64encode(data).decode()} if data.startswith(PNG_BEGINS) else None


def _words(found: Any) -> Json | None:
    words = _text(found)
    if not words:
        return None
    text, cut = short_text(words)
    return {"kind": "text", "text": text, "cut": cut}


def _fault(output: Mapping[str, Any]) -> Json:
    name, value, lines = (output.get(key) for key in ("ename", "evalue", "traceback"))
    said = "\n".join(str(line) for line in lines) if isinstance(lines, list) else ""
    summary = ": ".join(part for part in (_text(name), _text(value)) if part)
    fault = {"type": short_text(_text(name))[0][:200], "message": short_text(_text(value))[0]}
    return {**FAILED, **fault, "traceback": short_text(said or summary)[0]}


def _text(found: Any) -> str:
    if isinstance(found, list):
        return "".join(part for part in found if isinstance(part, str))
    return found if isinstance(found, str) else ""
