"""Displays were made beside student code: here they are checked, capped and rebuilt, or dropped."""

import struct
from typing import Any

from saem.lib.sandbox.inside import limits
from saem.lib.sandbox.inside.frames import Frame as WireFrame
from saem.lib.sandbox.jobs import Display, Fault, Frame, Table

_PNG_START = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_MOST_PIXELS = 40_000_000
_FAULT_TEXT = 2000
_TRACEBACK = 16_000
_FRAMES = 30
_NAME = 200


def displays_from(frame: WireFrame) -> tuple[Display, ...]:
    """The valid displays of a done frame, in order."""
    raw = frame.header.get("displays")
    if not isinstance(raw, list):
        return ()
    rebuilt = (_display(item, frame.blobs) for item in raw[: limits.DISPLAYS])
    return tuple(display for display in rebuilt if display is not None)


def _display(raw: Any, blobs: tuple[bytes, ...]) -> Display | None:
    if not isinstance(raw, dict):
        return None
    source = _text(raw.get("source"), _NAME)
    match raw.get("kind"):
        case "text":
            return Display(kind="text", text=_text(raw.get("text"), limits.TEXT), source=source)
        case "table":
            table = _table(raw.get("table"))
            return None if table is None else Display(kind="table", table=table, source=source)
        case "image":
            png = _image(raw.get("image"), blobs)
            return None if png is None else Display(kind="image", png=png, source=source)
    return None


def _table(raw: Any) -> Table | None:
    if not isinstance(raw, dict):
        return None
    columns = _texts(raw.get("columns"), limits.COLUMNS)
    index = _texts(raw.get("index"), limits.ROWS)
    lines = raw.get("rows")
    if columns is None or index is None or not isinstance(lines, list) or len(lines) != len(index):
        return None
    rows = [_texts(line, limits.COLUMNS) for line in lines]
    if any(row is None or len(row) != len(columns) for row in rows):
        return None
    return Table(
        columns=columns,
        index=index,
        rows=tuple(row for row in rows if row is not None),
        total_rows=max(_count(raw.get("total_rows")), len(rows)),
        total_columns=max(_count(raw.get("total_columns")), len(columns)),
    )


def _image(number: Any, blobs: tuple[bytes, ...]) -> bytes | None:
    if type(number) is not int or not 0 <= number < min(len(blobs), limits.IMAGES):
        return None
    png = blobs[number]
    if len(png) > limits.IMAGE_BYTES or not png.startswith(_PNG_START) or len(png) < len(_PNG_START) + 8:
        return None
    width, height = struct.unpack_from("!II", png, len(_PNG_START))
    return png if 0 < width * height <= _MOST_PIXELS else None


def fault_from(frame: WireFrame) -> Fault | None:
    """The error the harness described, every field of the right type and size."""
    raw = frame.header.get("fault")
    if not isinstance(raw, dict):
        return None
    stack = raw.get("frames")
    line = raw.get("line")
    return Fault(
        type=_text(raw.get("type"), _NAME),
        message=_text(raw.get("message"), _FAULT_TEXT),
        source=_text(raw.get("source"), _NAME),
        line=line if type(line) is int and line > 0 else None,
        text=_text(raw.get("text"), _FAULT_TEXT),
        traceback=_text(raw.get("traceback"), _TRACEBACK),
        frames=tuple(_stack_frame(item) for item in stack[:_FRAMES]) if isinstance(stack, list) else (),
    )


def _stack_frame(raw: Any) -> Frame:
    fields = raw if isinstance(raw, dict) else {}
    return Frame(
        source=_text(fields.get("source"), _NAME),
        line=_count(fields.get("line")),
        function=_text(fields.get("function"), _NAME),
        text=_text(fields.get("text"), _FAULT_TEXT),
    )


def _text(raw: Any, cap: int) -> str:
    if not isinstance(raw, str):
        return ""
    return raw[:cap].encode("utf-8", "replace").decode()


def _texts(raw: Any, most: int) -> tuple[str, ...] | None:
    if not isinstance(raw, list) or len(raw) > most:
        return None
    return tuple(_text(item, limits.TABLE_CELL) for item in raw)


def _count(raw: Any) -> int:
    return raw if type(raw) is int and 0 <= raw < 1 << 53 else 0
