"""A notebook, cut into its cells."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from saem.lib.content.errors import NotebookError
from saem.lib.content.notebooks import read_file, source_of
from saem.lib.content.passages.model import Kind, Passage

# What a run left behind is nobody's writing: it neither makes a change nor a conflict.
_LEFT_BY_RUNS = ("outputs", "execution_count")


def split_cells(data: bytes) -> tuple[Passage, ...]:
    """Everything round the cells, then each cell; nothing where the bytes are no notebook of format 4."""
    try:
        notebook = read_file(data)
    except NotebookError:
        return ()
    found = json.loads(data.decode("utf-8-sig"))
    cells = found.pop("cells", None) if notebook.version == 4 else None  # noqa: PLR2004  # nbformat's number
    if cells is None or len(cells) != len(notebook.cells):
        return ()
    around = _dump(found)
    head = Passage(kind=Kind.METADATA, raw=around, text=around, mark=_canonical(found), name="@metadata")
    return (head, *(_cell(cell) for cell in cells))


def _cell(cell: Mapping[str, Any]) -> Passage:
    written = {key: value for key, value in cell.items() if key not in _LEFT_BY_RUNS} | {"source": source_of(cell)}
    name = cell.get("id")
    return Passage(
        kind=Kind.CODE_CELL if cell.get("cell_type") == "code" else Kind.TEXT_CELL,
        raw=_dump(cell),
        text=source_of(cell),
        mark=_canonical(written),
        name=name if isinstance(name, str) else "",
    )


def join_cells(passages: Iterable[Passage]) -> str:
    """A notebook of them, as notebooks are usually written; a cell whose id is taken gets another one."""
    head, *cells = passages
    taken: set[str] = set()
    found = {"cells": [_with_own_id(json.loads(cell.raw), taken) for cell in cells], **json.loads(head.raw)}
    return _dump(found) + "\n"


def _with_own_id(cell: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    name = cell.get("id")
    if not isinstance(name, str):
        return cell
    numbers = (f"{name[:56]}-{number}" for number in range(2, len(taken) + 3))
    own = next(each for each in (name, *numbers) if each not in taken)
    taken.add(own)
    return cell | {"id": own}


def rewritten_cell(passage: Passage, text: str) -> Passage:
    """The same cell with other words; what its old words had printed is gone."""
    cell = json.loads(passage.raw) | {"source": text.splitlines(keepends=True)}
    if passage.kind is Kind.CODE_CELL:
        cell |= {"outputs": [], "execution_count": None}
    return replace(passage, raw=_dump(cell), text=text)


def _dump(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
