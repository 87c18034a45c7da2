"""A notebook as an author keeps it: read whole, written in one canonical way."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from saem.lib.content.authoring.codes import Code
from saem.lib.content.problems import Problem

MOST_BYTES = 10 * 2**20
FORMAT = 4
_ID = re.compile(r"^[A-Za-z0-9_-]{1,64}$")
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
KINDS = ("markdown", "code", "raw")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """`number` counts all cells from 1. Outputs are not kept; `metadata` can be read and is never written."""

    number: int
    kind: str
    source: str
    id: str = ""
    question: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        return self.source.split("\n")


def found(file: str, code: Code, *, cell: int = 0, line: int = 1, **params: object) -> Problem:
    """A problem in a cell; `line` counts within the cell, and a cell of 0 is the file itself."""
    return Problem(file=file, line=line, code=code, params={"cell": cell, "cell_line": line, **params})


def read_cells(file: str, data: bytes) -> tuple[list[Cell], list[Problem]]:
    """Every cell of a notebook of format 4; never raises."""
    if len(data) > MOST_BYTES:
        megabytes = round(len(data) / 2**20, 1)
        return [], [found(file, Code.TOO_LARGE, size=megabytes, limit=MOST_BYTES // 2**20)]
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return [], [found(file, Code.NOT_NOTEBOOK, detail=str(error).splitlines()[0])]
    if isinstance(tree, dict) and ("worksheets" in tree or tree.get("nbformat") in (1, 2, 3)):
        return [], [found(file, Code.OLD_NOTEBOOK, found=tree.get("nbformat", "?"))]
    if not isinstance(tree, dict) or not isinstance(tree.get("cells"), list):
        return [], [found(file, Code.NOT_NOTEBOOK, detail="no cells")]
    cells: list[Cell] = []
    problems = []
    for number, raw in enumerate(tree["cells"], 1):
        cell = _cell(number, raw)
        if cell is None:
            problems.append(found(file, Code.BAD_CELL, cell=number))
        else:
            cells.append(cell)
    return cells, problems


def _cell(number: int, raw: Any) -> Cell | None:
    if not isinstance(raw, dict) or raw.get("cell_type") not in KINDS:
        return None
    source = raw.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    # Half an emoji can be written in JSON and in no file.
    source = source.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    metadata = _mapping(raw.get("metadata"))
    question = _mapping(metadata.get("saem")).get("question")
    name = raw.get("id")
    return Cell(
        number=number,
        kind=raw["cell_type"],
        source=source.rstrip("\n"),
        id=name if isinstance(name, str) and _ID.match(name) else "",
        question=question if isinstance(question, str) else None,
        metadata=metadata,
        attachments=_mapping(raw.get("attachments")),
    )


def _mapping(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def write_cells(cells: Iterable[Cell]) -> bytes:
    """The same bytes for the same cells: no outputs, no counts, no traces of an editor."""
    taken: set[str] = set()
    tree = {
        "cells": [_written(cell, taken) for cell in cells],
        "metadata": KERNEL,
        "nbformat": FORMAT,
        "nbformat_minor": 5,
    }
    return (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _written(cell: Cell, taken: set[str]) -> dict[str, Any]:
    written: dict[str, Any] = {
        "cell_type": cell.kind,
        "id": _free(cell.id or f"cell-{cell.number}", taken),
        "metadata": {"saem": {"question": cell.question}} if cell.question is not None else {},
        "source": cell.source.splitlines(keepends=True) if "\x0c" not in cell.source else [cell.source],
    }
    if cell.kind == "code":
        written |= {"execution_count": None, "outputs": []}
    if cell.attachments:
        written["attachments"] = dict(cell.attachments)
    return written


def _free(name: str, taken: set[str]) -> str:
    """Copied cells keep the id of the cell they were copied from, and a notebook may have each id once."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name[:60]}-{count}"
    taken.add(free)
    return free
