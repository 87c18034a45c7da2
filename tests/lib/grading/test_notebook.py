"""Notebooks as they arrive: all versions, all accidents."""

import json
from typing import Any

import pytest

from saem.lib.grading import Reason
from saem.lib.grading.notebook import NotebookCells, read_notebook
from tests.lib.grading.builders import notebook


def cells_of(data: bytes) -> NotebookCells:
    found = read_notebook(data)
    assert isinstance(found, NotebookCells)
    return found


def code_of(data: bytes) -> str:
    found = read_notebook(data)
    assert isinstance(found, Reason)
    return found.code


def test_cells_and_questions() -> None:
    found = cells_of(
        notebook("import x", ("q1", "a = 1\nb = 2\n"), "# q2 둘째 문제\nc = 3", "# q20\n", "\n#  q2\nd = 4")
    )
    assert [cell.number for cell in found.cells] == [1, 2, 3, 4, 5]
    assert [cell.number for cell in found.of_question("q1")] == [2]
    assert [cell.number for cell in found.of_question("q2")] == [3, 5]
    assert found.of_question("q3") == ()


def test_metadata_wins_over_comments() -> None:
    found = cells_of(notebook("# q1\nold = 1", ("q1", "new = 1")))
    assert [cell.number for cell in found.of_question("q1")] == [2]


def test_version_three_has_worksheets() -> None:
    tree = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": ["a = 1\n", "b = 2"]}]}]}
    assert cells_of(json.dumps(tree).encode()).cells[0].code == "a = 1\nb = 2"


@pytest.mark.parametrize(
    "cell", [None, 3, {}, {"cell_type": "code"}, {"cell_type": "code", "source": {"a": 1}}, {"cell_type": "markdown"}]
)
def test_odd_cells_are_passed_over(cell: Any) -> None:
    tree = {"cells": [cell, {"cell_type": "code", "source": "x = 1", "metadata": "odd"}]}
    assert cells_of(json.dumps(tree).encode()).cells[-1].code == "x = 1"


def test_a_byte_order_mark_and_half_characters() -> None:
    raw = b'\xef\xbb\xbf{"cells": [{"cell_type": "code", "source": "x = \\"\\ud800\\""}]}'
    cells_of(raw).cells[0].code.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"x = 1", "not_a_notebook"),
        (b"{", "not_a_notebook"),
        (b"[]", "not_a_notebook"),
        (b'{"cells": 3}', "not_a_notebook"),
        (b"\xff\xfe\x00", "not_a_notebook"),
        (b"[" * 100_000, "not_a_notebook"),
        (b'{"cells": []}', "no_code"),
        (notebook("", "   "), "no_code"),
        (notebook(*["x"] * 501), "too_many_cells"),
        (notebook("x" * (2 * 2**20 + 1)), "too_many_cells"),
        (b" " * (10 * 2**20 + 1), "too_large"),
    ],
)
def test_not_a_notebook(data: bytes, code: str) -> None:
    assert code_of(data) == code
