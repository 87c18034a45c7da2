"""Reads a Jupyter notebook that anybody may have sent: only its code cells, only as text."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from saem.lib.grading.verdict import Reason

MOST_BYTES = 10 * 2**20
MOST_CELLS = 500
MOST_CODE = 2 * 2**20


@dataclass(frozen=True)
class Cell:
    """A code cell. `number` counts code cells from 1; `tag` is what its metadata says, `comment` its first line."""

    number: int
    code: str
    tag: str | None = None
    comment: str = ""

    @property
    def name(self) -> str:
        return cell_name(self.number)


@dataclass(frozen=True)
class NotebookCells:
    cells: tuple[Cell, ...]

    def of_question(self, tag: str) -> tuple[Cell, ...]:
        """Cells whose metadata name the question, or else those whose first line does (`# q1`)."""
        tagged = tuple(cell for cell in self.cells if cell.tag == tag)
        return tagged or tuple(cell for cell in self.cells if _says(cell.comment, tag))


def cell_name(number: int) -> str:
    """The file name under which a cell stands in tracebacks."""
    return f"<cell {number}>"


def cell_number(name: str) -> int | None:
    """The number in such a name, or None for any other."""
    found = re.fullmatch(r"<cell (\d{1,4})>", name)
    return int(found[1]) if found else None


def read_notebook(data: bytes) -> NotebookCells | Reason:
    """The code cells of nbformat 3 and 4 files, however little else of the format is right."""
    if len(data) > MOST_BYTES:
        return Reason("too_large", {"limit_mb": MOST_BYTES // 2**20, "found_mb": round(len(data) / 2**20, 1)})
    tree = _json(data)
    if isinstance(tree, Reason):
        return tree
    raw = _raw_cells(tree)
    if raw is None:
        return Reason("not_a_notebook", {"found": "json"})
    cells = _code_cells(raw)
    if not any(cell.code.strip() for cell in cells):
        return Reason("no_code")
    if len(cells) > MOST_CELLS or sum(len(cell.code) for cell in cells) > MOST_CODE:
        return Reason("too_many_cells", {"limit": MOST_CELLS, "found": len(cells)})
    return NotebookCells(tuple(cells))


def _json(data: bytes) -> Any:
    """What the file says, or the Reason why it says nothing."""
    if not data.strip():
        return Reason("empty")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Reason("not_a_notebook", {"found": "binary"})
    except json.JSONDecodeError as error:
        return Reason("not_a_notebook", {"found": "text", "row": error.lineno})
    except (ValueError, RecursionError):
        return Reason("not_a_notebook", {"found": "nested"})


def _raw_cells(tree: Any) -> list[Any] | None:
    if not isinstance(tree, dict):
        return None
    if isinstance(tree.get("cells"), list):
        return list(tree["cells"])
    sheets = tree.get("worksheets")
    if not isinstance(sheets, list):
        return None
    return [
        cell
        for sheet in sheets
        if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
        for cell in sheet["cells"]
    ]


def _code_cells(raw: Sequence[Any]) -> list[Cell]:
    cells: list[Cell] = []
    for one in raw:
        if not isinstance(one, dict) or one.get("cell_type") != "code":
            continue
        code = _text(one.get("source", one.get("input", "")))
        first = next((line.strip() for line in code.split("\n") if line.strip()), "")
        cells.append(Cell(len(cells) + 1, code, _tag(one.get("metadata")), first if first.startswith("#") else ""))
    return cells


def _text(source: Any) -> str:
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    # A lone surrogate can be written in JSON and cannot be encoded again; it is nobody's Python.
    return source.encode("utf-8", "replace").decode() if isinstance(source, str) else ""


def _tag(metadata: Any) -> str | None:
    saem = metadata.get("saem") if isinstance(metadata, Mapping) else None
    tag = saem.get("question") if isinstance(saem, Mapping) else None
    return tag if isinstance(tag, str) else None


def _says(comment: str, tag: str) -> bool:
    return re.match(rf"#+\s*{re.escape(tag)}(?![\w-])", comment) is not None
