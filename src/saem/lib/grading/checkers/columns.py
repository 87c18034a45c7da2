"""Turns columns of text into keys, numbers and labels, with a reason for every cell that cannot be."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from .arrays import Array, Codes
from .reasons import MOST_OF_A_KIND, Reason, few, reason, short

WHOLE = re.compile(r"[+-]?\d+(?:\.0*)?")
MIDNIGHT = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
MISSING = frozenset({"", "nan", "na", "n/a", "null", "none", "<na>", "nat", "#n/a"})
BOOLEANS = {"true": "1", "false": "0"}


def canonical(text: str) -> str:
    """One spelling for the same key: `1`, `1.0` and ` 01 ` are one, a date keeps no midnight."""
    text = text.strip()
    if WHOLE.fullmatch(text):
        return str(int(text.partition(".")[0]))
    return MIDNIGHT.sub("", text)


def match_ids(
    ids: Sequence[str], lines: Sequence[int], known: Sequence[str], column: str
) -> tuple[Codes, list[Reason]]:
    """For each id of the file its place in `known`, and every unknown, repeated and missing one."""
    exact = {key: place for place, key in enumerate(known)}
    places = [exact.get(key, -1) for key in ids]
    if -1 in places:
        # Spreadsheets rewrite keys (001 → 1, 1 → 1.0); only a spelling that stays unique may stand for another.
        loose = {canonical(key): place for place, key in enumerate(known)}
        if len(loose) == len(exact):
            places = [
                loose.get(canonical(key), -1) if place < 0 else place for key, place in zip(ids, places, strict=True)
            ]
    return np.array(places, dtype=np.int64), _id_reasons(places, ids, lines, known, column)


def _id_reasons(
    places: list[int], ids: Sequence[str], lines: Sequence[int], known: Sequence[str], column: str
) -> list[Reason]:
    first: dict[int, int] = {}
    unknown, repeated = [], []
    for row, place in enumerate(places):
        if place < 0:
            unknown.append({"row": lines[row], "column": column, "value": short(ids[row])})
        elif place in first:
            earlier = lines[first[place]]
            repeated.append({"row": lines[row], "column": column, "value": short(ids[row]), "first_row": earlier})
        else:
            first[place] = row
    reasons = few("unknown_id", unknown) + few("duplicate_id", repeated)
    if len(first) < len(known):
        absent = [short(key) for place, key in enumerate(known) if place not in first]
        reasons.append(reason("missing_id", column=column, count=len(absent), examples=absent[:MOST_OF_A_KIND]))
    return reasons


def numbers(cells: Sequence[str], lines: Sequence[int], column: str) -> tuple[Array, list[Reason]]:
    """The cells as floats. Empty, infinite and unreadable ones are named."""
    try:
        values = np.array([float(cell) for cell in cells])
    except ValueError:
        values = np.full(len(cells), np.nan)
    if np.isfinite(values).all() and not any("_" in cell for cell in cells):
        return values, []
    return values, _number_reasons(cells, lines, column)


def _number_reasons(cells: Sequence[str], lines: Sequence[int], column: str) -> list[Reason]:
    kinds: dict[str, list[dict[str, object]]] = {"missing_value": [], "not_a_number": [], "not_finite": []}
    for cell, line in zip(cells, lines, strict=True):
        kind = _number_kind(cell)
        if kind:
            kinds[kind].append({"row": line, "column": column, "value": short(cell)})
    return [one for kind, found in kinds.items() for one in few(kind, found)]


def _number_kind(cell: str) -> str:
    if cell.strip().lower() in MISSING:
        return "missing_value"
    try:
        value = float(cell)
    except ValueError:
        return "not_a_number"
    if "_" in cell:  # Python reads 1_000 as a thousand; nobody who means that writes it into a table
        return "not_a_number"
    return "" if np.isfinite(value) else "not_finite"


def label_text(value: Any) -> str:
    """One spelling for the same label: True, 1, 1.0 and "1" are one."""
    text = str(value).strip()
    text = BOOLEANS.get(text.lower(), text) if isinstance(value, bool) else text
    return canonical(text) if WHOLE.fullmatch(text) else text


def label_texts(values: Sequence[Any]) -> list[str]:
    """`label_text` of each: few of them are different, and equal ones of different types are told apart."""
    spelled: dict[tuple[type, str], str] = {}
    texts = []
    for value in values:
        key = (type(value), str(value))
        if key not in spelled:
            spelled[key] = label_text(value)
        texts.append(spelled[key])
    return texts


def labels(
    cells: Sequence[str], lines: Sequence[int], column: str, allowed: Sequence[str]
) -> tuple[Codes, list[Reason]]:
    """The cells as places in `allowed` (spelled by `label_text`), and every empty or unknown one."""
    codes = {label: place for place, label in enumerate(allowed)}
    reads_booleans = set(allowed) == {"0", "1"}
    spelled: dict[str, int] = {}
    for cell in set(cells):
        text = label_text(cell)
        if text not in codes and reads_booleans:
            text = BOOLEANS.get(text.lower(), text)
        spelled[cell] = codes.get(text, -1)
    found = [spelled[cell] for cell in cells]
    if -1 not in found:
        return np.array(found, dtype=np.int64), []
    wrong = [
        (cell, {"row": line, "column": column, "value": short(cell)})
        for cell, line, code in zip(cells, lines, found, strict=True)
        if code < 0
    ]
    empty = few("missing_value", [params for cell, params in wrong if cell.strip().lower() in MISSING])
    unknown = few("unknown_label", [params for cell, params in wrong if cell.strip().lower() not in MISSING])
    for one in unknown:
        one["params"]["expected"] = [short(label) for label in allowed[:10]]  # type: ignore[index]  # a dict by construction
    return np.array(found, dtype=np.int64), empty + unknown
