"""A notebook's file as cells that can be shown and edited, whoever made it; what does not fit is said in codes."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from saem.apps.learning.cleaning import clean_code, clean_output
from saem.apps.learning.forms import MAX_CODE_BYTES
from saem.apps.learning.models import RunStatus
from saem.apps.learning.outputs import Json
from saem.apps.projects.milestones.evidence import MEGABYTE, MOST_BYTES
from saem.apps.projects.models import CellKind
from saem.apps.projects.models.notebooks import LONGEST_KEY
from saem.apps.projects.workspace.notebooks.outputs import from_file
from saem.errors import SaemError
from saem.lib.content import NotebookError, NotebookFile, read_file, source_of

# More would be no page to read, nor a form that a browser sends at once (Hangul takes nine bytes a letter there).
MOST_CELLS = 200
MOST_LETTERS = 500_000
NBFORMAT = 4
DEEPEST_HEADING = 6
KEY = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST_KEY}}}")
PYTHON: Mapping[str, object] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
TOO_LONG = "notebook.too_long"
# What is said of a notebook when it is opened; each is a code of the message table.
OLD_FORMAT, KEYS_MENDED = "notebook.old_format", "notebook.keys_mended"
OUTPUTS_HIDDEN, ATTACHMENTS_HIDDEN = "notebook.outputs_hidden", "notebook.attachments_hidden"


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell; `extra` has its metadata and attachments, `output` what pages show of its outputs."""

    key: str
    kind: CellKind
    source: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    output: Json = field(default_factory=dict)
    status: RunStatus = RunStatus.NONE


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A notebook that was read; `notes` are codes of what is other than usual about it."""

    cells: tuple[Cell, ...]
    metadata: Mapping[str, Any] = field(default_factory=lambda: dict(PYTHON))
    notes: tuple[str, ...] = ()


def empty() -> Opened:
    return Opened(cells=(Cell(key="c1", kind=CellKind.CODE, source=""),))


def open_notebook(data: bytes) -> Opened:
    """Raises SaemError `notebook.too_large`, `.broken`, `.too_many_cells`, `.long_cell` or `.too_long`."""
    if len(data) > MOST_BYTES:
        found = round(len(data) / MEGABYTE, 1)
        raise SaemError("notebook.too_large", status=413, limit_mb=MOST_BYTES // MEGABYTE, found_mb=found)
    try:
        file = read_file(data)
        _refuse_excess(file)
        return _opened(file)
    except (NotebookError, RecursionError) as broken:
        raise SaemError("notebook.broken", status=422) from broken


def _refuse_excess(file: NotebookFile) -> None:
    if len(file.cells) > MOST_CELLS:
        raise SaemError("notebook.too_many_cells", status=422, limit=MOST_CELLS, found=len(file.cells))
    sizes = [len(source_of(cell).encode("utf-8", "replace")) for cell in file.cells]
    longest = max(sizes, default=0)
    if longest > MAX_CODE_BYTES:
        raise SaemError("notebook.long_cell", status=422, number=sizes.index(longest) + 1)
    if sum(len(source_of(cell)) for cell in file.cells) > MOST_LETTERS:
        raise SaemError(TOO_LONG, status=422)


def _opened(file: NotebookFile) -> Opened:
    sources = [_source(cell) for cell in file.cells]
    keys, are_mended = _keys(file.cells, sources)
    read = [_cell(*parts) for parts in zip(file.cells, keys, sources, strict=True)]
    said = {
        OLD_FORMAT: file.version < NBFORMAT,
        KEYS_MENDED: are_mended and file.version >= NBFORMAT,
        OUTPUTS_HIDDEN: any(hidden for _cell_read, hidden in read),
        ATTACHMENTS_HIDDEN: any("attachments" in cell.extra for cell, _hidden in read),
    }
    return Opened(
        cells=tuple(cell for cell, _hidden in read),
        metadata=scrubbed(file.metadata) or dict(PYTHON),
        notes=tuple(code for code, is_so in said.items() if is_so),
    )


def _source(cell: Mapping[str, Any]) -> str:
    source = clean_code(source_of(cell))
    if cell.get("cell_type") == "heading":
        level = cell.get("level")
        return f"{'#' * min(max(level if isinstance(level, int) else 1, 1), DEEPEST_HEADING)} {source}"
    return source


def _cell(raw: Mapping[str, Any], key: str, source: str) -> tuple[Cell, int]:
    """The cell, and how many of its outputs cannot be shown."""
    kind = _kind(raw.get("cell_type"))
    output, hidden = from_file(raw.get("outputs")) if kind is CellKind.CODE else ({}, 0)
    cell = Cell(
        key=key,
        kind=kind,
        source=source,
        extra={name: scrubbed(found) for name in ("metadata", "attachments") if (found := _mapping(raw, name))},
        output=output,
        status=_status(raw, output) if kind is CellKind.CODE else RunStatus.NONE,
    )
    return cell, hidden


def _kind(named: Any) -> CellKind:
    if named == "heading":
        return CellKind.MARKDOWN
    return CellKind(named) if named in CellKind.values else CellKind.RAW


def _status(raw: Mapping[str, Any], output: Json) -> RunStatus:
    if output.get("fault"):
        return RunStatus.ERROR
    count = raw.get("execution_count", raw.get("prompt_number"))
    return RunStatus.OK if output or isinstance(count, int) else RunStatus.NONE


def _mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, dict) else {}


def _keys(cells: Sequence[Mapping[str, Any]], sources: Sequence[str]) -> tuple[list[str], bool]:
    """A key for each cell, and whether some had ids that are doubled or no ids at all.

    A made key depends on place and text alone: whoever opens the same file finds the same cells.
    """
    keys: list[str] = []
    are_mended = False
    for at, (cell, source) in enumerate(zip(cells, sources, strict=True)):
        key = cell.get("id")
        if not isinstance(key, str) or not KEY.fullmatch(key) or key in keys:
            are_mended = are_mended or key is not None
            key = f"c{at + 1}-{hashlib.sha256(source.encode()).hexdigest()[:12]}"
            while key in keys:
                key += "x"
        keys.append(key)
    return keys, are_mended


def scrubbed(value: Any) -> Any:
    """JSON that any database takes: without control characters, lone surrogates, NaN and infinities."""
    if isinstance(value, str):
        return clean_output(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {clean_output(str(key)): scrubbed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [scrubbed(each) for each in value]
    return value
