"""Takes over a notebook that was marked for another grader."""

from dataclasses import replace

from saem.lib.content.authoring import nbgrader, otter
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.notebook import found, read_cells, write_cells
from saem.lib.content.authoring.source import make
from saem.lib.content.problems import Problem, Severity

FROM = (nbgrader, otter)


def import_notebook(file: str, data: bytes) -> tuple[bytes | None, list[Problem]]:
    """The author's notebook under our marks, and what is still to be done in it; None where nothing was marked."""
    cells, problems = read_cells(file, data)
    if problems:
        return None, problems
    way = next((each for each in FROM if each.is_marked(cells)), None)
    if way is None:
        return None, [found(file, Code.NOTHING_MARKED)]
    moved, by_hand = way.moved(file, cells)
    numbers = {cell.number: at for at, cell in enumerate(moved, 1)}
    written = write_cells(replace(cell, question=None) for cell in moved)
    doubts = [found(file, Code.HAND_GRADED, cell=numbers.get(int(str(each.params["cell"])), 0)) for each in by_hand]
    return written, [*(replace(each, severity=Severity.WARNING) for each in doubts), *make(file, written).problems]
