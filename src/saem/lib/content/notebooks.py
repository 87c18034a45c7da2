"""A tolerant reading of a notebook: its cells as they came, or what is enough to check a starter."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from saem.lib.content.codes import Code
from saem.lib.content.errors import NotebookError
from saem.lib.content.python_code import Broken, broken

_SHELL = ("%", "!", "?")


@dataclass(frozen=True)
class NotebookCell:
    """`number` counts all cells from 1; `question` is the question the cell answers, if it says so."""

    number: int
    kind: str
    source: str
    question: str | None = None

    @property
    def is_code(self) -> bool:
        return self.kind == "code"

    def answers(self, question: str) -> bool:
        """By its metadata, or by its first line being `# question`."""
        if not self.is_code:
            return False
        first_line = self.source.lstrip().partition("\n")[0].strip()
        return self.question == question or (self.question is None and first_line == f"# {question}")

    def broken(self) -> Broken | None:
        """Whether its Python compiles; lines for the notebook itself (%, !, ?) are passed over."""
        if not self.is_code or self.source.startswith("%%"):
            return None
        lines = ("pass" if line.startswith(_SHELL) else line for line in self.source.split("\n"))
        return broken("\n".join(lines))


@dataclass(frozen=True, kw_only=True)
class NotebookFile:
    """A notebook as it came: whatever else is wrong with it, it has a list of cells, each a mapping.

    `version` is its nbformat, 3 or 4 where it says nothing that we know; nothing in it has been looked at.
    """

    version: int
    metadata: Mapping[str, Any]
    cells: tuple[Mapping[str, Any], ...]


def read_file(data: bytes) -> NotebookFile:
    """A notebook of format 3 or 4, unchanged.

    Raises NotebookError(NOTEBOOK_BROKEN) where there is no JSON with a list of cells.
    """
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise NotebookError(Code.NOTEBOOK_BROKEN, detail=str(error).splitlines()[0]) from error
    cells = _cells_of(found)
    if not isinstance(cells, list):
        raise NotebookError(Code.NOTEBOOK_BROKEN, detail="no cells")
    metadata = found.get("metadata")
    return NotebookFile(
        version=4 if "cells" in found else 3,
        metadata=metadata if isinstance(metadata, dict) else {},
        cells=tuple(cell for cell in cells if isinstance(cell, dict)),
    )


def read_notebook(data: bytes) -> tuple[NotebookCell, ...]:
    """The cells of a notebook of format 3 or 4; raises as `read_file` does."""
    return tuple(_cell(index + 1, cell) for index, cell in enumerate(read_file(data).cells))


def source_of(cell: Mapping[str, Any]) -> str:
    """What a cell says, in either format."""
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _cells_of(found: Any) -> Any:
    if not isinstance(found, dict):
        return None
    if "cells" in found:
        return found["cells"]
    sheets = found.get("worksheets")
    sheet = sheets[0] if isinstance(sheets, list) and sheets else None
    return sheet.get("cells") if isinstance(sheet, dict) else None


def _cell(number: int, cell: Mapping[str, Any]) -> NotebookCell:
    metadata = cell.get("metadata")
    ours = metadata.get("saem") if isinstance(metadata, dict) else None
    question = ours.get("question") if isinstance(ours, dict) else None
    return NotebookCell(
        number=number,
        kind=str(cell.get("cell_type", "")),
        source=source_of(cell),
        question=question if isinstance(question, str) else None,
    )
