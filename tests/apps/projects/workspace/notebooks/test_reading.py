"""Notebooks that anybody may have made: read into cells, or refused with what is wrong; written so that all can read."""

import json

import nbformat
import pytest

from saem.apps.learning.models import RunStatus
from saem.apps.projects.milestones.evidence import MEGABYTE, MOST_BYTES
from saem.apps.projects.models import CellKind
from saem.apps.projects.workspace.notebooks.drafts import row_of
from saem.apps.projects.workspace.notebooks.outputs import TABLE, from_file
from saem.apps.projects.workspace.notebooks.reading import MOST_CELLS, open_notebook
from saem.apps.projects.workspace.notebooks.writing import notebook_bytes
from saem.errors import SaemError
from tests.apps.projects.workspace.notebooks.a_desk import PNG, cell, file_of

OLD = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": "old"},
    "worksheets": [
        {
            "cells": [
                {"cell_type": "heading", "level": 2, "source": ["콩"]},
                {
                    "cell_type": "code",
                    "input": ["x = 1\n", "x"],
                    "prompt_number": 3,
                    "outputs": [
                        {"output_type": "pyout", "prompt_number": 3, "text": ["1"]},
                        {"output_type": "display_data", "png": PNG},
                        {"output_type": "stream", "stream": "stderr", "text": "조심"},
                    ],
                },
            ]
        }
    ],
}


def test_an_old_notebook_is_opened_in_the_new_format_and_says_so():
    opened = open_notebook(json.dumps(OLD).encode())
    heading, code = opened.cells
    assert (heading.kind, heading.source) == (CellKind.MARKDOWN, "## 콩")
    assert (code.kind, code.source, code.status) == (CellKind.CODE, "x = 1\nx", RunStatus.OK)
    assert [each["kind"] for each in code.output["displays"]] == ["text", "image"]
    assert code.output["errors"] == "조심"
    assert opened.notes == ("notebook.old_format",)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "notebook.broken"),
        (b"{", "notebook.broken"),
        (b"\xff\xfe\x00", "notebook.broken"),
        (b"[1, 2]", "notebook.broken"),
        (b'{"cells": 3}', "notebook.broken"),
        (b'{"a":' * 100_000, "notebook.broken"),
        (b" " * (MOST_BYTES + 40 * MEGABYTE), "notebook.too_large"),
        (file_of(*[cell("1")] * 2000), "notebook.too_many_cells"),
        (file_of(cell("#" * 60_000)), "notebook.long_cell"),
        (file_of(*[cell("#" * 40_000)] * 30), "notebook.too_long"),
    ],
)
def test_what_cannot_be_opened_is_said(data: bytes, code: str):
    with pytest.raises(SaemError, match=f"^{code}$"):
        open_notebook(data)


def test_as_many_cells_as_fit_are_opened():
    assert len(open_notebook(file_of(*[cell("1")] * MOST_CELLS)).cells) == MOST_CELLS


def test_doubled_and_odd_ids_become_keys_of_their_own_that_are_the_same_every_time():
    data = file_of(cell("1", "a"), cell("2", "a"), cell("3", 'b"><script>'), cell("4"), cell("4"))
    keys = [each.key for each in open_notebook(data).cells]
    assert keys[0] == "a"
    assert len(set(keys)) == 5
    assert not any('"' in key for key in keys)
    assert keys == [each.key for each in open_notebook(data).cells]
    assert open_notebook(data).notes == ("notebook.keys_mended",)
    assert open_notebook(file_of(cell("1"), cell("2"))).notes == ()


def test_html_and_scripts_in_outputs_are_left_out_and_said():
    shown = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>alert(1)</script>"}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/svg+xml": "<svg onload='x()'/>"}},
        {"output_type": "display_data", "metadata": {}, "data": {"image/png": "bm90IGEgcGljdHVyZQ=="}},
        {"output_type": "execute_result", "metadata": {}, "data": {"text/html": "<b>1</b>", "text/plain": "1"}},
    ]
    opened = open_notebook(file_of(cell("x", outputs=shown)))
    assert opened.notes == ("notebook.outputs_hidden",)
    assert opened.cells[0].output["displays"] == [{"kind": "text", "text": "1", "cut": False}]
    written = notebook_bytes({}, [row_of(each, None, 0) for each in opened.cells]).decode()
    assert "script" not in written
    assert "svg" not in written


@pytest.mark.parametrize(
    "outputs",
    [
        None,
        3,
        [1, "a", None],
        [{}],
        [{"output_type": "stream"}],
        [{"output_type": "execute_result", "data": {"text/plain": 3, TABLE: [1], "image/png": {}}}],
        [{"output_type": "execute_result", "data": {TABLE: {"columns": ["a"], "index": [], "rows": [["1", "2"]]}}}],
        [{"output_type": "error", "ename": 3, "evalue": [], "traceback": "x"}],
    ],
)
def test_odd_outputs_do_no_harm(outputs: object):
    opened = open_notebook(file_of(cell("x", outputs=outputs)))
    nbformat.reads(notebook_bytes(opened.metadata, [row_of(opened.cells[0], None, 0)]).decode(), as_version=4)


def test_attachments_and_metadata_stay_in_the_file_and_clean_ones_only():
    picture = {"a.png": {"image/png": PNG}}
    data = file_of(
        cell("![a](attachment:a.png)", "m1", "markdown", attachments=picture),
        cell("tallest = 1", "q", metadata={"saem": {"question": "q1"}, "odd": ["\x00\ud800", float("nan")]}),
        cell("<b>raw</b>", "r", "raw"),
    )
    opened = open_notebook(data)
    assert opened.notes == ("notebook.attachments_hidden",)
    written = json.loads(
        notebook_bytes(opened.metadata, [row_of(each, None, at) for at, each in enumerate(opened.cells)])
    )
    assert written["cells"][0]["attachments"] == picture
    assert written["cells"][1]["metadata"] == {"saem": {"question": "q1"}, "odd": ["\ufffd", None]}
    assert written["cells"][2]["cell_type"] == "raw"


def test_what_ran_here_is_written_for_jupyter_and_comes_back_as_it_was():
    table = {"columns": ["a"], "index": ["0"], "rows": [["1"]], "total_rows": 9, "total_columns": 1}
    stored = {
        "text": "1\n",
        "errors": "조심",
        "cut": False,
        "displays": [
            {"kind": "table", **table},
            {"kind": "image", "png": PNG},
            {"kind": "text", "text": "둘", "cut": False},
        ],
        "left_out": 0,
        "fault": None,
        "milliseconds": 0,
    }
    (read,) = open_notebook(file_of(cell("x", "k1"))).cells
    row = row_of(read, None, 0)
    row.status, row.output = RunStatus.OK, stored
    data = notebook_bytes({}, [row])
    nbformat.validate(nbformat.reads(data.decode(), as_version=4))
    (again,) = open_notebook(data).cells
    assert (dict(again.output), again.status) == (stored, RunStatus.OK)
    assert json.loads(data)["cells"][0]["execution_count"] == 1
    assert notebook_bytes({}, [row_of(again, None, 0)]) == data


def test_an_error_comes_back_as_one():
    (read,) = open_notebook(file_of(cell("1 / 0", "k1"))).cells
    row = row_of(read, None, 0)
    fault = {"code": "python.zero", "type": "ZeroDivisionError", "message": "division by zero", "traceback": "a\nb"}
    row.status, row.output = RunStatus.ERROR, {"text": "", "errors": "", "displays": [], "fault": fault}
    stored, hidden = from_file(json.loads(notebook_bytes({}, [row]))["cells"][0]["outputs"])
    assert hidden == 0
    assert (stored["fault"]["type"], stored["fault"]["traceback"]) == ("ZeroDivisionError", "a\nb")
