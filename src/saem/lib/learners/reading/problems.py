"""What is wrong in a file of responses, found all at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from saem.lib.learners.errors import ResponsesError

MOST_OF_A_KIND = 20
LONGEST_VALUE = 40


@dataclass(frozen=True)
class Problem:
    """`line` counts the lines of the file from 1 (the header is line 1, 0 means the file as a whole).

    Codes: `not_text` (neither UTF-8 nor cp949), `not_csv`, `no_header`, `missing_column`, `repeated_column`,
    `wrong_cell_count`, `empty_cell`, `correct_not_a_number`, `correct_negative`, `correct_not_whole`,
    `time_not_a_number`.
    """

    code: str
    line: int = 0
    column: str = ""
    value: str = ""


class UnreadableError(ResponsesError):
    """A file with problems; `code` and `where` are those of the first one.

    `problems` of `path` holds at most 20 of each kind, in the order of the lines; `left_out` says how many more there
    are.
    """

    def __init__(self, path: Path, problems: tuple[Problem, ...], left_out: int = 0) -> None:
        self.path = path
        self.problems = problems
        self.left_out = left_out
        first = problems[0]
        super().__init__(first.code, where=f"line {first.line}" if first.line else first.column)


class ProblemList:
    """Collects problems while a file is read, and keeps the first few of each kind."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: list[Problem] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, code: str, line: int = 0, column: str = "", value: str = "") -> None:
        """Note one problem."""
        self._counts[code, column] += 1
        if self._counts[code, column] <= MOST_OF_A_KIND:
            short = value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE]}…"
            self._kept.append(Problem(code, line, column, short))

    def add_cells(self, code: str, column: str, cells: Iterable[tuple[int, str]]) -> None:
        """Note the same problem of several cells, each a line and its text."""
        for line, value in cells:
            self.add(code, line, column, value)

    def raise_any(self) -> None:
        """Raises UnreadableError where something was noted."""
        if self._kept:
            kept = tuple(sorted(self._kept, key=lambda problem: problem.line))
            raise UnreadableError(self._path, kept, self._counts.total() - len(kept))
