"""Values on their way from a student's cell to the checker's: honest ones arrive, hostile ones do no harm."""

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from saem.lib.grading.checkers.comparison import same
from saem.lib.grading.checkers.values import Opaque, UnreadableError, read_values
from saem.lib.sandbox.harness import TEXT

HARNESS: dict[str, Any] = {"__name__": "harness"}
exec(TEXT, HARNESS)


def sent(**values: Any) -> dict[str, Any]:
    writer = HARNESS["Writer"]()
    return read_values(HARNESS["dump"]({name: writer.safe(value) for name, value in values.items()}, writer))


def through(value: Any) -> Any:
    return sent(x=value)["x"]


class Liar(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__

    def __sub__(self, other: object) -> "Liar":
        return self

    def __abs__(self) -> float:
        return 0.0


class Anything:
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # an unhashable value is the point

    def __reduce__(self) -> Any:
        return print, ("unpickled",)


TABLE = pd.DataFrame({"a": [1, 2, 3], "b": ["x", None, "z"], "c": [0.5, np.nan, 1.5]})


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (3, 3.0),
        (3, np.int64(3)),
        (True, np.True_),
        (1, True),
        (0.1 + 0.2, 0.3),
        ("가", "가"),  # the second one is typed on a Mac, letter by letter
        ("word", " word "),
        (None, None),
        ([1, 2, 3], (1, 2, 3)),
        ([1, 2, 3], np.array([1, 2, 3])),
        ([1, 2, 3], np.array([1.0, 2.0, 3.0], dtype=np.float32)),
        ([1, 2, 3], pd.Series([1, 2, 3])),
        (["a", "b"], pd.Series(["a", "b"])),
        (["a", "b"], np.array(["a", "b"])),
        ([[1, 2], [3, 4]], np.array([[1, 2], [3, 4]])),
        ([1, None], [1, None]),
        ({"a": 1, "b": [2]}, {"b": (2,), "a": 1.0}),
        ({1: "x"}, {1.0: "x"}),
        ({1, 2}, frozenset([2, 1])),
        (pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"b": 2.0, "a": 1.0})),
        (pd.Series({"a": 1.0, "b": 2.0}), {"a": 1, "b": 2}),
        (pd.Series({"a": 1.0, "b": 2.0}), [1, 2]),
        ({"a": 1.0, "b": 2.0}, pd.Series({"b": 2.0, "a": 1.0})),
        (TABLE, TABLE[["c", "a", "b"]].copy()),
        (TABLE.set_index("a"), TABLE.set_index("a").sort_index(ascending=False)),
        (TABLE.groupby("a")["c"].mean(), TABLE.groupby("a")["c"].mean().sort_index(ascending=False)),
        (pd.to_datetime(["2024-01-01"]), pd.Series(pd.to_datetime(["2024-01-01"]))),
        (np.array([np.nan, 1.0]), pd.Series([None, 1.0])),
        (pd.Series([1, 2], dtype="Int64"), [1, 2]),
        (pd.Series(["a", "b"], dtype="category"), ["a", "b"]),
        (1 + 2j, 1 + 2j),
    ],
)
def test_means_the_same(expected: Any, found: Any) -> None:
    assert same(through(expected), through(found))


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        (3, 4),
        (3, "3"),
        (3, None),
        (None, 0),
        (0.5, float("nan")),
        (0.5, float("inf")),
        (0.0, 1e-3),
        ("a", "b"),
        ([1, 2], [1, 2, 3]),
        ([1, 2], [2, 1]),
        ([1, 2], {1: 2}),
        ([1, 2], 1),
        (3, [3]),
        (np.ones((2, 3)), np.ones((3, 2))),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1}, {"b": 1}),
        ({1, 2}, [1, 2]),
        (pd.Series({"a": 1.0, "b": 2.0}), pd.Series({"a": 2.0, "b": 1.0})),
        (TABLE, TABLE.drop(columns="c")),
        (TABLE, TABLE.head(2)),
        (TABLE, TABLE["a"]),
        (TABLE, TABLE.assign(a=0)),
        (3.0, Liar(4.0)),
        (3.0, Anything()),
        ([3.0], [Anything()]),
        (3.0, lambda: 3.0),
        (3.0, np.array([Anything()], dtype=object)),
    ],
)
def test_means_something_else(expected: Any, found: Any) -> None:
    assert not same(through(expected), through(found))


def test_tolerance_is_absolute_and_includes_its_end() -> None:
    assert same(0.3, 0.301, 0.001)
    assert not same(0.3, 0.3011, 0.001)
    assert same(np.array([1.0, 2.0]), [1.05, 1.95], 0.05)
    assert same(1000.0, 1000.0005)
    assert not same(1000.0, 1000.01)


def test_a_number_in_disguise_arrives_as_its_number() -> None:
    arrived = through(Liar(4.0))
    assert type(arrived) is float
    assert arrived == 4.0


def test_what_cannot_be_carried_says_so() -> None:
    circle: list[Any] = []
    circle.append(circle)
    for value in (circle, list(range(300_000)), np.zeros(3_000_000)):
        assert through(value) == Opaque("too_big")
    assert through(Anything()).kind == "other"


def line(tree: object) -> bytes:
    text = json.dumps(tree).encode()
    return b"SAEM1 %d\n" % len(text) + text


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"SAEM1 5",
        b"SAEM1 x\n{}",
        b"SAEM1 99999999999\n{}",
        b"\x80\x04\x95pickle",
        b"\x93NUMPY\x01\x00v\x00{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        line([]),
        line({"x": {"t": "array", "d": "<f8", "s": [10**12], "o": 0}}),
        line({"x": {"t": "array", "d": "<f8", "s": [-1], "o": 0}}),
        line({"x": {"t": "array", "d": "<f8", "s": [2**40, 0], "o": 0}}),
        line({"x": {"t": "array", "d": "|O", "s": [1], "o": 0}}),
        line({"x": {"t": "array", "d": "<U100000000", "s": [1], "o": 0}}),
        line({"x": {"t": "array", "d": "<f8", "s": [1], "o": -8}}) + bytes(8),
        line({"x": {"t": "array", "d": "<f8", "s": [1], "o": 4}}) + bytes(8),
        line({"x": {"t": "array", "d": "<f8", "s": [1.5], "o": 0}}) + bytes(16),
        line({"x": {"t": "verdict", "passed": True}}),
        line({"x": {"t": "dict", "v": [[place, 0] for place in range(6000)]}}),
        line({"x": {"t": "set", "v": [{"t": "dict", "v": []}, [1]]}}),
        line({"x": {"v": 3}}),
        line({"x": ["list"]}),
        b"SAEM1 40000\n" + b'{"x":' + b"[" * 20_000,
    ],
)
def test_hostile_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_values(data)


def test_nesting_has_an_end() -> None:
    node: object = 1
    for _ in range(30):
        node = {"t": "list", "v": [node]}
    with pytest.raises(UnreadableError):
        read_values(line({"x": node}))


def test_a_number_without_end_is_no_answer() -> None:
    assert not same(5, through(10**5000))
