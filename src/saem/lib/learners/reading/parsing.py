"""The text of a CSV file as columns, in blocks of rows."""

import csv
from itertools import islice
from typing import TextIO

import numpy as np

from .columns import Lines, NameColumn, NumberColumn
from .problems import ProblemList

NEEDED = ("student", "item", "skill", "correct")
TIME = "time"
# Rows that are text at the same time: few, so that they stay in the processor's cache and memory does not grow.
BLOCK = 1_000


class Columns:
    """The columns of a file by the names in its header; raises UnreadableError where one is missing or twice there."""

    def __init__(self, header: list[str], group: str | None, problems: ProblemList) -> None:
        names = [name.strip().casefold() for name in header]
        wanted = [*NEEDED, *([TIME] if TIME in names else []), *([] if group is None else [group.strip().casefold()])]
        if not any(names):
            problems.add("no_header", 1)
            problems.raise_any()
        for name in dict.fromkeys(wanted):
            if names.count(name) != 1:
                problems.add("repeated_column" if name in names else "missing_column", 1, name)
        problems.raise_any()
        self.width = len(names)
        self.student, self.item, self.skill = (NameColumn(name) for name in NEEDED[:3])
        self.correct = NumberColumn("correct", whole=True)
        self.time = NumberColumn(TIME, whole=False) if TIME in names else None
        self.group = None if group is None else NameColumn(wanted[-1], needed=False)
        present = (self.student, self.item, self.skill, self.correct, self.time, self.group)
        self._places = [(names.index(column.column), column) for column in present if column is not None]

    def add(self, rows: list[list[str]], lines: Lines, problems: ProblemList) -> None:
        """Take a block of rows that are as wide as the header."""
        texts = list(zip(*rows, strict=True))
        for place, column in self._places:
            column.add(texts[place] if rows else (), lines, problems)


def parse(file: TextIO, group: str | None, problems: ProblemList) -> tuple[Columns, Lines]:
    """The columns and the line on which each row begins; raises UnreadableError with everything that is wrong."""
    reader = csv.reader(file, strict=True)
    lines = [np.zeros(0, dtype=np.int64)]
    try:
        columns = Columns(next(reader, []), group, problems)
        begins = reader.line_num + 1
        while block := list(islice(reader, BLOCK)):
            numbers = _lines(block, begins, reader.line_num)
            begins = reader.line_num + 1
            if set(map(len, block)) != {columns.width}:
                block, numbers = _whole(block, numbers, columns.width, problems)
            columns.add(block, numbers, problems)
            lines.append(numbers)
    except csv.Error as error:
        problems.add("not_csv", reader.line_num, value=str(error))
    problems.raise_any()
    return columns, np.concatenate(lines)


def _lines(rows: list[list[str]], begins: int, last: int) -> Lines:
    """The line on which each row begins."""
    if last - begins + 1 == len(rows):
        return np.arange(begins, last + 1, dtype=np.int64)
    # A quoted name may hold line breaks.
    long = [1 + sum(cell.count("\n") for cell in cells) for cells in rows]
    return begins + np.concatenate([[0], np.cumsum(long[:-1])]).astype(np.int64)


def _whole(rows: list[list[str]], lines: Lines, width: int, problems: ProblemList) -> tuple[list[list[str]], Lines]:
    """The rows that are as wide as the header. Blank lines are no rows; others are problems."""
    for cells, line in zip(rows, lines.tolist(), strict=True):
        if cells and len(cells) != width:
            problems.add("wrong_cell_count", line, value=str(len(cells)))
    fitting = np.array([len(cells) == width for cells in rows])
    return [cells for cells in rows if len(cells) == width], lines[fitting]
