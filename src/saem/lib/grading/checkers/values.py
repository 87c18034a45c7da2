"""Reads the values that `student/export.py` wrote. The bytes come from a stranger: every claim in them is checked."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

MAGIC = b"SAEM1 "
MOST_BYTES = 32 * 2**20
MOST_TEXT = 6 * 2**20
# Keys can be chosen to collide; a few thousand of them cannot hurt.
MOST_KEYS = 5000
DEEPEST = 16
DTYPES = frozenset({"|b1", "|i1", "|u1"} | {f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8)})
FLOATS = frozenset({"<f2", "<f4", "<f8", "<f16", "<c8", "<c16"})


class UnreadableError(Exception):
    """The bytes are not what the harness writes."""


@dataclass(frozen=True)
class Series:
    values: Any
    index: Any


@dataclass(frozen=True)
class Frame:
    columns: dict[str, Any]
    index: Any


@dataclass(frozen=True)
class Opaque:
    """A value that was not handed over: `kind` is "other", "too_big", "raised" or "not_a_function"."""

    kind: str
    type: str = ""
    cell: str = ""
    line: int = 0


def read_values(data: bytes) -> dict[str, Any]:
    """Names and values of one file; raises UnreadableError."""
    head, _, _ = data[:64].partition(b"\n")
    if len(data) > MOST_BYTES or not head.startswith(MAGIC) or not head[len(MAGIC) :].isdigit():
        raise UnreadableError
    start = len(head) + 1
    end = start + int(head[len(MAGIC) :])
    if end > MOST_TEXT:
        raise UnreadableError
    try:
        tree = json.loads(data[start:end])
        if not isinstance(tree, dict):
            raise UnreadableError
        raw = memoryview(data)[end:]
        return {name: _value(node, raw, 0) for name, node in tree.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise UnreadableError from error


def _value(node: Any, raw: memoryview, depth: int) -> Any:  # noqa: PLR0911  # one return for each kind
    if depth > DEEPEST:
        raise UnreadableError
    if node is None or isinstance(node, (bool, int, float, str)):
        return node
    kind = node["t"]
    if kind in ("set", "dict") and len(node["v"]) > MOST_KEYS:
        raise UnreadableError
    if kind == "list":
        return [_value(item, raw, depth + 1) for item in node["v"]]
    if kind == "set":
        return frozenset(_plain(item) for item in node["v"])
    if kind == "dict":
        return {_plain(key): _value(item, raw, depth + 1) for key, item in node["v"]}
    if kind == "array":
        return _array(node, raw)
    if kind == "series":
        return Series(_value(node["v"], raw, depth + 1), _value(node["index"], raw, depth + 1))
    if kind == "table":
        columns = {str(_plain(name)): _value(cells, raw, depth + 1) for name, cells in node["v"]}
        return Frame(columns, _value(node["index"], raw, depth + 1))
    return _opaque(node)


def _plain(node: Any) -> Any:
    """A key: a scalar, or a tuple of scalars."""
    if isinstance(node, Mapping):
        return tuple(_plain(item) for item in node["v"])
    return node


def _array(node: Mapping[str, Any], raw: memoryview) -> np.ndarray:
    dtype, shape, offset = node["d"], node["s"], node["o"]
    if dtype not in DTYPES | FLOATS or not isinstance(offset, int) or offset < 0 or len(shape) > 8:  # noqa: PLR2004  # deeper than any honest array
        raise UnreadableError
    if not all(type(length) is int and 0 <= length <= MOST_BYTES for length in shape):
        raise UnreadableError
    count = 1
    for length in shape:
        count *= length
    # A header may promise anything; only bytes that are there become numbers, and nothing is allocated before.
    if count * np.dtype(dtype).itemsize > len(raw) - offset:
        raise UnreadableError
    return np.frombuffer(raw, dtype=dtype, count=count, offset=offset).reshape(shape)


def _opaque(node: Mapping[str, Any]) -> Opaque:
    if node["t"] not in ("other", "too_big", "raised", "not_a_function"):
        raise UnreadableError
    line = node.get("line", 0)
    return Opaque(
        kind=node["t"],
        type=str(node.get("type", node.get("v", "")))[:60],
        cell=str(node.get("cell", ""))[:60],
        line=line if isinstance(line, int) else 0,
    )


def kind_of(value: Any) -> str:
    """The kind of a value as a beginner would name it. Never a word of the student's: it could carry hidden inputs."""
    if isinstance(value, Opaque):
        return value.kind
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if value is None:
        return "none"
    names = {str: "text", list: "list", frozenset: "set", dict: "dict", np.ndarray: "array"}
    return {Series: "series", Frame: "table", **names}.get(type(value), "other")
