"""Reading notebooks of every age, and saying so where there is none."""

import json

import pytest

from saem.lib.content import NotebookError, read_file, read_notebook, source_of
from tests.lib.content.folders import notebook


def one(source: object, **cell: object) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": source, "metadata": {}, **cell}]}).encode()


def test_cells_and_their_questions():
    first, second = read_notebook(notebook("x = 1", "y = 2", question="q1").encode())
    assert (first.number, first.kind, first.source, first.question) == (1, "code", "x = 1", "q1")
    assert second.number == 2
    assert first.answers("q1")
    assert not first.answers("q2")


def test_a_first_line_names_the_question_where_no_metadata_do():
    assert read_notebook(one("\n# q1  \nx = 1"))[0].answers("q1")
    assert not read_notebook(one("x = 1\n# q1"))[0].answers("q1")
    assert not read_notebook(one("# q1", metadata={"saem": {"question": "q2"}}))[0].answers("q1")
    assert not read_notebook(one("# q1", cell_type="markdown"))[0].answers("q1")


def test_old_and_odd_notebooks():
    old = {"worksheets": [{"cells": [{"cell_type": "code", "input": ["a\n", "b"]}]}]}
    assert read_notebook(json.dumps(old).encode())[0].source == "a\nb"
    assert read_notebook(b"\xef\xbb\xbf" + one("x"))[0].source == "x"
    assert read_notebook(one(None))[0].source == ""
    assert read_notebook(one(["a", 3, "b"]))[0].source == "ab"
    assert read_notebook(json.dumps({"cells": ["x", 3]}).encode()) == ()


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"3", b"{}", b'{"cells": {}}', b"\xff\xfe", b"[" * 100_000, b'{"worksheets": []}']
)
def test_what_is_no_notebook(data: bytes):
    with pytest.raises(NotebookError) as error:
        read_notebook(data)
    assert error.value.code == "content.notebook_broken"
    assert error.value.params["detail"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = 1", None),
        ("%matplotlib inline\n!ls\nx = 1", None),
        ("%%bash\nls |", None),
        ("x = 1\ny = (", 2),
        ("x = ...", None),
    ],
)
def test_whether_a_cell_compiles(source: str, line: int | None):
    found = read_notebook(one(source))[0].broken()
    assert (found.line if found else None) == line


def test_a_file_comes_as_it_is():
    cell = {"cell_type": "code", "id": "a", "source": ["x = ", "1"], "outputs": [{"output_type": "stream"}]}
    found = read_file(json.dumps({"metadata": {"k": 1}, "cells": [cell, 3]}).encode())
    assert (found.version, found.metadata, found.cells) == (4, {"k": 1}, (cell,))
    assert source_of(found.cells[0]) == "x = 1"
    old = read_file(json.dumps({"metadata": 3, "worksheets": [{"cells": [{"input": "x"}]}]}).encode())
    assert (old.version, old.metadata, source_of(old.cells[0])) == (3, {}, "x")
