"""A small task of every common shape, which a checker's zygote answers once so that real ones find everything warm."""

import json
import struct
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import ANSWER, REPORT, TASK, run
from .bundle import BUNDLE, pack

_COUNT = 20
_NUMBERS = struct.pack(f"<{_COUNT}d", *range(_COUNT))
_LABELS = "".join(f"{place % 2}\n" for place in range(_COUNT))
_ARRAY = {"t": "array", "d": "<f8", "s": [_COUNT], "o": 0}
_TREE = {
    "number": 0.5,
    "text": "a",
    "list": {"t": "list", "v": [1, 2.5, "b"]},
    "array": _ARRAY,
    "table": {
        "t": "table",
        "v": [
            ["day", {"t": "list", "v": [f"2026-03-{place + 1:02} 00:00:00" for place in range(_COUNT)]}],
            ["amount", _ARRAY],
            ["word", {"t": "list", "v": ["a", "b"] * (_COUNT // 2)}],
        ],
        "index": _ARRAY,
    },
    "series": {"t": "series", "v": _ARRAY, "index": {"t": "list", "v": [f"{place}" for place in range(_COUNT)]}},
}
_FAULT = {"type": "KeyError", "message": "'a'", "frames": [["<cell 1>", 1, "<module>", "a"]]}
_REPORT = b"".join(
    json.dumps({"cell": cell, "wall_ms": 1.5, "fault": _FAULT if cell == 1 else None}).encode() + b"\n"
    for cell in (1, 2)
)
_CHECKS = """
import pandas as pd
def plausible(values):
    table = values["table"]
    days = pd.to_datetime(table["day"])
    late = table[days > pd.Timestamp("2026-03-05")]
    shares = late.groupby("word")["amount"].mean()
    return 0 < values["number"] < 1 and len(values["series"]) > 1 and days.min() < days.max() and shares.max() > 0
"""
_NOTHING: dict[str, Any] = {"value": None, "call": None, "predict": None, "figure": False, "python": None}
_NO_CASES: dict[str, Any] = {"values": [], "cases": 0}
_SETTINGS = {"expect": None, "tolerance": None, "against": "", "column": None, "metric": None}
_ENDS = {"at_least": None, "at_most": None, "question": "0", "answers": "values", "reference": "values"}


def practise() -> None:
    """Leaves nothing behind."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / BUNDLE).write_bytes(pack(_files()))
        (folder / TASK).write_text(json.dumps(_task()), encoding="utf-8")
        run(folder)
        json.loads((folder / ANSWER).read_bytes())
    sys.modules.pop("checks", None)


def _files() -> dict[str, bytes]:
    return {
        "values": _values(_TREE),
        "call": _values({"0": _ARRAY, "1": 3}),
        "against": f"label\n{_LABELS}".encode(),
        REPORT: _REPORT,
    }


def _values(tree: dict[str, Any]) -> bytes:
    text = json.dumps(tree).encode()
    return b"SAEM1 %d\n" % len(text) + text + _NUMBERS


def _task() -> dict[str, Any]:
    checks = [_check(name, value=name) for name in (*_TREE, "missing")]
    checks.append(_check("call", call="f", answers="call", reference="call", cases=2))
    score = {"against": "against", "column": "label", "metric": "accuracy", "at_least": 0.5}
    checks.append(_check("predict", predict="f", answers="call", reference="", **score))
    checks.append(_check("python", python="plausible", values=["number", "series", "table"]))
    return {
        "kind": "notebook",
        "checks": checks,
        "checks_code": _CHECKS,
        "figure_files": {},
        "figures": {},
        "cells": 2,
        "lines": 3,
    }


def _check(name: str, **settings: object) -> dict[str, Any]:
    return {"id": name, "key": name, **_NOTHING, **_NO_CASES, **_SETTINGS, **_ENDS, **settings}
