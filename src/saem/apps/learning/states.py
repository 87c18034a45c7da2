"""How far a student is: of a cell, a section, a lesson. Pure rules on plain values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from saem.lib import content


class State(StrEnum):
    DONE = "done"
    NOW = "now"
    LATER = "todo"


@dataclass(frozen=True)
class CellFacts:
    """What is known of one cell: whether it has run to its end, and whether its checks have ever passed."""

    is_ok: bool
    is_passed: bool


@dataclass(frozen=True)
class LessonCount:
    """`done` of `total` is exercises passed, or cells run where a lesson has no exercise."""

    done: int
    total: int
    exercises: int
    passed: int

    @property
    def is_complete(self) -> bool:
        return self.done >= self.total

    @property
    def left(self) -> int:
        return max(0, self.total - self.done)


def lesson_count(cells: Sequence[str], exercises: Collection[str], facts: Mapping[str, CellFacts]) -> LessonCount:
    """A lesson is done when all its exercises have passed, or, with none, when all its cells have run."""
    passed = sum(cell in facts and facts[cell].is_passed for cell in exercises)
    if exercises:
        return LessonCount(passed, len(exercises), len(exercises), passed)
    run = sum(cell in facts and facts[cell].is_ok for cell in cells)
    return LessonCount(run, len(cells), 0, 0)


def is_cell_done(cell: str, exercises: Collection[str], facts: Mapping[str, CellFacts]) -> bool:
    if cell not in facts:
        return False
    return facts[cell].is_passed if cell in exercises else facts[cell].is_ok


def section_states(page: content.Page, exercises: Collection[str], facts: Mapping[str, CellFacts]) -> list[State]:
    """One state per section: those before the first unfinished cell are done, the one that holds it is now.

    A section without cells is read on the way: it is done as soon as a later one has been reached.
    """
    unfinished = [
        any(not is_cell_done(cell, exercises, facts) for cell in cells_of(section)) for section in page.sections
    ]
    reached = [any(cell in facts for cell in cells_of(section)) for section in page.sections]
    last_reached = max((index for index, was in enumerate(reached) if was), default=-1)
    if last_reached < 0:
        return [State.NOW, *[State.LATER] * (len(page.sections) - 1)] if page.sections else []
    if not any(unfinished):
        return [State.DONE] * len(page.sections)
    now = next(index for index, is_open in enumerate(unfinished) if is_open)
    return [
        State.NOW if index == now else State.DONE if not is_open and index < max(now, last_reached + 1) else State.LATER
        for index, is_open in enumerate(unfinished)
    ]


def cells_of(section: content.Section) -> list[str]:
    return [block.id for block in section.blocks if isinstance(block, content.CodeCell)]


def cells_above(page: content.Page, cell: str) -> list[str]:
    """The cells that stand before one, in order."""
    ids = [each.id for each in page.cells]
    return ids[: ids.index(cell)]
