"""Reads a CSV file of responses: columns student, item, skill, correct and, where there is one, time."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from saem.lib.learners.responses import Codes, Responses

from .columns import Lines, NameColumn
from .order import in_order
from .parsing import Columns, parse
from .problems import Problem, ProblemList, UnreadableError

JOINER = "~"
TagSets = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Table:
    """Responses as a file has them. `line` (n,) is the line of the file that each row came from; `group` (n,) the
    text of the group column, where one was asked for.
    """

    responses: Responses
    line: Lines
    group: tuple[str, ...] | None = None


def read_csv(path: Path) -> Responses:
    """Responses of a CSV file with a header and the columns student, item, skill, correct and optionally time.

    The columns stand in any order and others are passed over; several skills are joined by `~`; the text is UTF-8
    (with or without a byte-order mark) or cp949. `correct` is 0 or 1, or a whole number of points; `time` is in
    seconds. With times, rows of a student that are out of order are sorted (finding `unsorted_rows`), rows that
    say the same twice are kept once (`duplicated_rows`), and one response that was written once for each of its
    skills becomes one row (`expanded_skills`); without times repeats are only noted (`repeats_not_told_apart`). A
    finding's `row` is the line of the file minus two. Raises UnreadableError with every problem, OSError for the file.
    """
    return read_table(path).responses


def read_table(path: Path, *, group: str | None = None) -> Table:
    """The same with the lines that rows came from, and the column called `group`."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            with path.open(encoding=encoding, newline="") as file:
                columns, line = parse(file, group, ProblemList(path))
        except UnicodeDecodeError:
            continue
        return _table(columns, line)
    raise UnreadableError(path, (Problem("not_text"),))


def _table(columns: Columns, line: Lines) -> Table:
    students, student = columns.student.finish()
    items, item = columns.item.finish()
    skills, tag_sets, tag = _tags(columns.skill)
    time = None if columns.time is None else columns.time.finish()
    whole = Responses(students, items, skills, tag_sets, student, item, tag, columns.correct.finish(), time)
    responses, kept = in_order(whole, line)
    return Table(responses, line[kept], None if columns.group is None else _texts(columns.group, kept))


def _tags(column: NameColumn) -> tuple[tuple[str, ...], TagSets, Codes]:
    """Skills, tag sets and the tag of each row; `a~b` and `b~a` are one set."""
    texts, codes = column.finish()
    split = [sorted({name.strip() for name in text.split(JOINER)} - {""}) for text in texts]
    skills = sorted({name for names in split for name in names})
    place = {name: code for code, name in enumerate(skills)}
    sets: dict[tuple[int, ...], int] = {}
    tags = [sets.setdefault(tuple(place[name] for name in names), len(sets)) for names in split]
    return tuple(skills), tuple(sets), np.array(tags, dtype=np.int32)[codes]


def _texts(column: NameColumn, kept: Lines) -> tuple[str, ...]:
    names, codes = column.finish()
    return tuple(names[code] for code in codes[kept].tolist())
