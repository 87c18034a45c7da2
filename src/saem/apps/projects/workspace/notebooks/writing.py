"""A draft as the bytes of a notebook (nbformat 4.5) that Jupyter, grading and this site read alike."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from saem.apps.learning.models import RunStatus
from saem.apps.projects.models import DraftCell
from saem.apps.projects.workspace.notebooks.outputs import to_file

FORMAT = {"nbformat": 4, "nbformat_minor": 5}


def notebook_bytes(metadata: Mapping[str, Any], cells: Sequence[DraftCell], *, outputs: bool = True) -> bytes:
    """Equal cells make equal bytes."""
    counts = _counts(cells)
    written = [_cell(cell, counts.get(cell.key), outputs=outputs) for cell in cells]
    return json.dumps({"cells": written, "metadata": metadata, **FORMAT}, ensure_ascii=False, indent=1).encode()


def _cell(cell: DraftCell, count: int | None, *, outputs: bool) -> dict[str, Any]:
    attachments = cell.extra.get("attachments")
    found: dict[str, Any] = {
        "cell_type": str(cell.kind),
        "id": cell.key,
        "metadata": cell.extra.get("metadata", {}),
        "source": cell.code.splitlines(keepends=True),
    }
    if cell.is_code:
        said = to_file(cell.output, cell.status, count) if outputs else []
        return found | {"execution_count": count if outputs else None, "outputs": said}
    return found | ({"attachments": attachments} if attachments else {})


def _counts(cells: Sequence[DraftCell]) -> dict[str, int]:
    """In which order the cells last ran; those that came with their outputs ran before all others."""
    ran = [(cell.ran_at.timestamp() if cell.ran_at else 0.0, at, cell.key) for at, cell in enumerate(cells)]
    has_run = {cell.key for cell in cells if cell.is_code and cell.status != RunStatus.NONE}
    return {key: number for number, (_at, _place, key) in enumerate(sorted(r for r in ran if r[2] in has_run), start=1)}
