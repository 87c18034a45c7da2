"""Whether a student's value is the expected one, kindly about form and strict about content."""

import math
import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np

from .values import Frame, Opaque, Series

RELATIVE = 1e-6
ABSOLUTE = 1e-9


def same(expected: Any, found: Any, tolerance: float | None = None) -> bool:  # noqa: PLR0911  # a list of cases reads best as returns
    """True when `found` means the same as `expected`.

    A list, a tuple, an array and a column are the same kind; 1 and 1.0 and True are the same number. Tolerance is
    absolute; without one numbers may differ by 1e-6 of their size.
    """
    if isinstance(expected, Opaque) or isinstance(found, Opaque):
        return False
    if isinstance(expected, Frame) or isinstance(found, Frame):
        return _same_frame(expected, found, tolerance)
    if isinstance(expected, Series) or isinstance(found, Series):
        return _same_series(expected, found, tolerance)
    if isinstance(expected, dict) or isinstance(found, dict):
        return _same_dict(expected, found, tolerance)
    if isinstance(expected, frozenset) or isinstance(found, frozenset):
        return isinstance(expected, frozenset) and isinstance(found, frozenset) and expected == found
    if _is_sequence(expected) or _is_sequence(found):
        return _same_sequence(expected, found, tolerance)
    return _same_scalar(expected, found, tolerance)


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def _scalar(value: Any) -> Any:
    return value.item() if isinstance(value, (np.generic, np.ndarray)) else value


def _same_scalar(expected: Any, found: Any, tolerance: float | None) -> bool:
    expected, found = _scalar(expected), _scalar(found)
    if isinstance(expected, str) and isinstance(found, str):
        return _text(expected) == _text(found)
    numbers = (bool, int, float, complex)
    if not isinstance(expected, numbers) or not isinstance(found, numbers):
        return expected is None and found is None
    if isinstance(expected, complex) or isinstance(found, complex):
        return abs(expected - found) <= (ABSOLUTE if tolerance is None else tolerance)
    try:
        return _close(float(expected), float(found), tolerance)
    except OverflowError:
        return expected == found


def _text(value: str) -> str:
    # Korean typed on a Mac may come apart into letters; the word is the same word.
    return unicodedata.normalize("NFC", value).strip()


def _close(expected: float, found: float, tolerance: float | None) -> bool:
    if math.isnan(expected) or math.isnan(found):
        return math.isnan(expected) and math.isnan(found)
    if math.isinf(expected) or math.isinf(found):
        return expected == found
    if tolerance is not None:
        # The tolerance itself is inside: 0.301 passes for 0.3 ± 0.001 in spite of binary fractions.
        return abs(expected - found) <= tolerance * (1 + 1e-9) + abs(expected) * 1e-12
    return math.isclose(expected, found, rel_tol=RELATIVE, abs_tol=ABSOLUTE)


def _same_sequence(expected: Any, found: Any, tolerance: float | None) -> bool:
    if not (_is_sequence(expected) and _is_sequence(found)):
        return False
    a, b = _numeric(expected), _numeric(found)
    if a is not None and b is not None:
        return _same_array(a, b, tolerance)
    return len(expected) == len(found) and all(
        same(one, other, tolerance) for one, other in zip(_items(expected), _items(found), strict=True)
    )


def _items(value: Any) -> Sequence[Any]:
    return value.tolist() if isinstance(value, np.ndarray) else value  # type: ignore[no-any-return]  # numpy's own type


def _numeric(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, or None where something in it is no number."""
    if isinstance(value, np.ndarray):
        return value
    if not all(isinstance(item, (bool, int, float)) for item in value):
        return None
    try:
        return np.array(value, dtype=np.float64)
    except OverflowError:
        return None


def _same_array(expected: np.ndarray, found: np.ndarray, tolerance: float | None) -> bool:
    if expected.shape != found.shape:
        return False
    if expected.dtype.kind in "biu" and found.dtype.kind in "biu" and tolerance is None:
        return bool((expected == found).all())
    kind = np.complex128 if "c" in (expected.dtype.kind, found.dtype.kind) else np.float64
    a, b = expected.astype(kind), found.astype(kind)
    relative, absolute = (RELATIVE, ABSOLUTE) if tolerance is None else (1e-12, tolerance * (1 + 1e-9))
    return bool(np.isclose(b, a, rtol=relative, atol=absolute, equal_nan=True).all())


def _same_series(expected: Any, found: Any, tolerance: float | None) -> bool:
    """By label where the expected labels say something, by place where they only count."""
    if isinstance(expected, Series) and isinstance(found, Series) and len(expected.values) != len(found.values):
        return False
    if isinstance(expected, Series) and not _counts(expected.index):
        wanted = dict(zip(_keys(expected.index), _items(expected.values), strict=True))
        if isinstance(found, Series) and not _counts(found.index):
            return _same_dict(wanted, dict(zip(_keys(found.index), _items(found.values), strict=True)), tolerance)
        if isinstance(found, dict):
            return _same_dict(wanted, found, tolerance)
    if isinstance(found, Series) and isinstance(expected, dict):
        return _same_dict(expected, dict(zip(_keys(found.index), _items(found.values), strict=True)), tolerance)
    a = expected.values if isinstance(expected, Series) else expected
    b = found.values if isinstance(found, Series) else found
    return _same_sequence(a, b, tolerance)


def _keys(index: Any) -> list[Any]:
    """Labels that can be looked up; repeated ones are told apart by their turn."""
    seen: dict[Any, int] = {}
    keys = []
    for item in _items(index):
        label = tuple(item) if isinstance(item, list) else item
        turn = seen[label] = seen.get(label, -1) + 1
        keys.append((label, turn) if turn else label)
    return keys


def _counts(index: Any) -> bool:
    return isinstance(index, np.ndarray) and index.dtype.kind in "iu" and bool((index == np.arange(len(index))).all())


def _same_dict(expected: Any, found: Any, tolerance: float | None) -> bool:
    if not isinstance(expected, dict) or not isinstance(found, dict) or len(expected) != len(found):
        return False
    others = {_key(key): value for key, value in found.items()}
    return all(_key(key) in others and same(value, others[_key(key)], tolerance) for key, value in expected.items())


def _key(key: Any) -> Any:
    return _text(key) if isinstance(key, str) else key


def _same_frame(expected: Any, found: Any, tolerance: float | None) -> bool:
    if not isinstance(expected, Frame) or not isinstance(found, Frame):
        return False
    if set(expected.columns) != set(found.columns):
        return False
    return all(
        _same_series(Series(cells, expected.index), Series(found.columns[name], found.index), tolerance)
        for name, cells in expected.columns.items()
    )
