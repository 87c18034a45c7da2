"""Columns of text as codes and numbers, one block of rows after the other."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Codes, Floats

from .problems import ProblemList

# How programs that write CSV spell a cell without a value.
EMPTY = frozenset({"", "nan", "na", "n/a", "null", "<na>"})
Lines = NDArray[np.int64]


class Names(dict[str, int]):
    """Cell text → code of its name without spaces around it; a text is looked at once, however often it occurs.

    `empty` is the code that stands for cells without a value, or None where there was none.
    """

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[str, int] = {}
        self.empty: int | None = None

    def __missing__(self, cell: str) -> int:
        name = cell.strip()
        code = self.places.setdefault(name, len(self.places))
        if name.casefold() in EMPTY:
            # All spellings of nothing share one code, so that one comparison finds them.
            code = self.empty = code if self.empty is None else self.empty
        self[cell] = code
        return code


class NameColumn:
    """A column of names (students, items, sets of skills); in one that is not `needed` a cell may be empty."""

    def __init__(self, column: str, *, needed: bool = True) -> None:
        self.column = column
        self.needed = needed
        self.names = Names()
        self._blocks: list[Codes] = []

    def add(self, cells: Sequence[str], lines: Lines, problems: ProblemList) -> None:
        """Take a block of cells; empty ones are problems."""
        codes = np.fromiter(map(self.names.__getitem__, cells), dtype=np.int32, count=len(cells))
        if self.needed and self.names.empty is not None:
            empty = np.flatnonzero(codes == self.names.empty)
            problems.add_cells("empty_cell", self.column, ((int(lines[row]), "") for row in empty))
        self._blocks.append(codes)

    def finish(self) -> tuple[tuple[str, ...], Codes]:
        """The names, in the order in which they came, and the codes of all rows (n,)."""
        return tuple(self.names.places), np.concatenate([np.zeros(0, dtype=np.int32), *self._blocks])


class NumberColumn:
    """A column of numbers; `whole` asks for whole ones from 0."""

    def __init__(self, column: str, *, whole: bool) -> None:
        self.column = column
        self.whole = whole
        self._blocks: list[Floats] = []

    def add(self, cells: Sequence[str], lines: Lines, problems: ProblemList) -> None:
        """Take a block of cells; what is no such number is a problem."""
        try:
            values = np.array(list(map(float, cells)))
            fine = np.isfinite(values) & (not self.whole or ((values >= 0) & (values == np.floor(values))))
            suspects = np.flatnonzero(~fine)
        except ValueError:
            values, suspects = np.zeros(len(cells)), np.arange(len(cells))
        for row in suspects.tolist():
            code = self._problem_of(cells[row])
            if code:
                problems.add(code, int(lines[row]), self.column, cells[row])
        self._blocks.append(values)

    def finish(self) -> Floats:
        """All rows (n,)."""
        return np.concatenate([np.zeros(0), *self._blocks])

    def _problem_of(self, cell: str) -> str:
        if cell.strip().casefold() in EMPTY:
            return "empty_cell"
        try:
            value = float(cell)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            return f"{self.column}_not_a_number"
        if self.whole and value < 0:
            return f"{self.column}_negative"
        return f"{self.column}_not_whole" if self.whole and value != math.floor(value) else ""
