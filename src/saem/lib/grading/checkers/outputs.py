"""Compares what scripts wrote with what was expected. Runs in the checker's cell; outputs come from strangers."""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .columns import MISSING
from .comparison import same
from .reasons import Reason, reason
from .table import read_table

Comparison = Callable[[str, str, float | None], int]


class UnreadableOutputError(Exception):
    """The output is not of the kind that the case asks for."""


def check_outputs(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """`{case: passed and reasons}`. Only of a shown case a place in its output is told."""
    compare = COMPARISONS[task["compare"]]
    results = {}
    for name, case in task["cases"].items():
        found, expected = ((folder / kind / name).read_bytes() for kind in ("found", "expected"))
        results[name] = _result(compare, expected, found, task["tolerance"], is_shown=case["shown"])
    return {"results": results}


def _result(
    compare: Callable[[str, str, float | None], int],
    expected: bytes,
    found: bytes,
    tolerance: float | None,
    *,
    is_shown: bool,
) -> dict[str, Any]:
    if not found.strip() and expected.strip():
        return _failed(reason("no_output"))
    try:
        line = compare(_text(expected), _text(found), tolerance)
    except (UnreadableOutputError, ValueError, RecursionError):
        return _failed(reason("unreadable_output"))
    if line == 0:
        return {"passed": True, "reasons": []}
    return _failed(reason("wrong_output_at", row=line) if is_shown and line > 0 else reason("wrong_output"))


def _failed(why: Reason) -> dict[str, Any]:
    return {"passed": False, "reasons": [why]}


def _text(data: bytes) -> str:
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def _number(token: str) -> float | None:
    try:
        return None if "_" in token else float(token)
    except ValueError:
        return None


def _same_token(expected: str, found: str, tolerance: float | None) -> bool:
    if expected == found:
        return True
    a, b = _number(expected), _number(found)
    return a is not None and b is not None and same(a, b, tolerance)


def _same_tokens(expected: Sequence[str], found: Sequence[str], tolerance: float | None) -> bool:
    return len(expected) == len(found) and all(
        _same_token(a, b, tolerance) for a, b in zip(expected, found, strict=True)
    )


def lines(expected: str, found: str, tolerance: float | None) -> int:
    """0, or the first line that differs. Spaces between words, and empty lines at the end, do not count."""
    a, b = ([line.split() for line in text.rstrip().split("\n")] for text in (expected, found))
    for row, (one, other) in enumerate(zip(a, b, strict=False), start=1):
        if not _same_tokens(one, other, tolerance):
            return row
    return 0 if len(a) == len(b) else min(len(a), len(b)) + 1


def tokens(expected: str, found: str, tolerance: float | None) -> int:
    """0, or -1: the words and numbers in their order, however they are spread over lines."""
    return 0 if _same_tokens(expected.split(), found.split(), tolerance) else -1


def numbers(expected: str, found: str, tolerance: float | None) -> int:
    """0, or -1: the numbers in their order, whatever words stand between them."""
    a, b = ([value for word in text.split() if (value := _bare_number(word)) is not None] for text in (expected, found))
    return 0 if len(a) == len(b) and all(same(x, y, tolerance) for x, y in zip(a, b, strict=True)) else -1


def _bare_number(word: str) -> float | None:
    """`3.5`, and also `3.5,` and `(3.5)`; a word that only begins with a digit is no number."""
    return _number(word.strip("()[]{},;:=!?'\"").removesuffix("."))


def csv(expected: str, found: str, tolerance: float | None) -> int:
    """0, or the first line that differs: the same columns in any order, the same rows in theirs."""
    a, _ = read_table(expected.encode(), [])
    b, _ = read_table(found.encode(), [])
    if a is None or b is None:
        raise UnreadableOutputError
    if sorted(a.header) != sorted(b.header):
        return 1
    order = [b.header.index(name) for name in a.header]
    for row, (one, other) in enumerate(zip(a.rows, b.rows, strict=False)):
        if not all(_same_cell(x, other[place], tolerance) for x, place in zip(one, order, strict=True)):
            return b.lines[row]
    return 0 if len(a.rows) == len(b.rows) else min(len(a.rows), len(b.rows)) + 2


def _same_cell(expected: str, found: str, tolerance: float | None) -> bool:
    empty = [cell.strip().lower() in MISSING for cell in (expected, found)]
    return all(empty) or (not any(empty) and _same_token(expected.strip(), found.strip(), tolerance))


def as_json(expected: str, found: str, tolerance: float | None) -> int:
    """0, or -1: equal as values."""
    return 0 if same(json.loads(expected), json.loads(found), tolerance) else -1


COMPARISONS: dict[str, Comparison] = {
    "lines": lines,
    "tokens": tokens,
    "numbers": numbers,
    "csv": csv,
    "json": as_json,
}
