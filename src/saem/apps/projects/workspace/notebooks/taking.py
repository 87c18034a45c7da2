"""A colleague's version beside one's own draft, cell by cell, and their cells taken over into it."""

from collections.abc import Sequence
from dataclasses import dataclass

from saem.apps.projects.models import DraftCell, Evidence, NotebookDraft
from saem.apps.projects.workspace.differences import Difference, of_texts
from saem.apps.projects.workspace.notebooks.drafts import held, insert_cell, take_cell
from saem.apps.projects.workspace.notebooks.queries import cells_of
from saem.apps.projects.workspace.notebooks.reading import Cell
from saem.errors import SaemError


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One of their cells beside mine of the same key; `mine` is None where I have none."""

    number: int
    theirs: Cell
    mine: DraftCell | None
    difference: Difference

    @property
    def is_same(self) -> bool:
        return self.mine is not None and self.mine.kind == self.theirs.kind and self.difference.is_empty


def pairs(mine: Sequence[DraftCell], theirs: Sequence[Cell]) -> list[Pair]:
    """Every cell of theirs in order, with what is other in it than in mine."""
    by_key = {cell.key: cell for cell in mine}
    return [
        Pair(
            number=at,
            theirs=cell,
            mine=by_key.get(cell.key),
            difference=of_texts(by_key[cell.key].code if cell.key in by_key else "", cell.source, str(at)),
        )
        for at, cell in enumerate(theirs, start=1)
    ]


def take(draft: NotebookDraft, theirs: Sequence[Cell], key: str) -> None:
    """Their cell in place of mine of the same key, which keeps my text; or behind the cell it stands behind with them.

    Raises SaemError `notebook.cell_gone`.
    """
    cell = next((each for each in theirs if each.key == key), None)
    if cell is None:
        raise SaemError("notebook.cell_gone", status=409)
    with held(draft) as mine:
        row = mine.cells.filter(key=key).first()
        if row is not None:
            take_cell(mine, row, cell)
        else:
            insert_cell(
                mine, Cell(key=key, kind=cell.kind, source=cell.source, extra=cell.extra), _place(mine, theirs, key)
            )


def settle(draft: NotebookDraft, version: Evidence) -> None:
    """The draft's writer has seen this version: what they save from now on stands on it."""
    with held(draft) as mine:
        if version.number > mine.based_on:
            mine.based_on = version.number
            mine.save(update_fields=["based_on"])


def _place(mine: NotebookDraft, theirs: Sequence[Cell], key: str) -> int:
    """Behind the nearest cell above that both have; at the beginning where there is none."""
    places = {row.key: row.place for row in cells_of(mine)}
    above = [each.key for each in theirs[: [each.key for each in theirs].index(key)]]
    return next((places[each] + 1 for each in reversed(above) if each in places), 0)
