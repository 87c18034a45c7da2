"""What changed from one text to the next, and from one notebook to the next, cell by cell. Knows no Django.

Lines are compared with difflib (Ratcliff and Obershelp's matching of the longest common block).
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# Lines round a change that stay visible; beyond them a gap is shown.
ROUND = 2
# Above either the comparison would take too long for a page, and the text is shown as replaced: so many lines in
# both, or so many pairs of lines that are alike (a page of empty lines against another).
MOST_LINES = 3000
MOST_ALIKE = 200_000


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    GAP = "gap"


@dataclass(frozen=True)
class Line:
    """One line; the numbers count from 1 and are 0 where the line is not in that version."""

    change: Change
    text: str
    before: int = 0
    after: int = 0


@dataclass(frozen=True)
class Part:
    """A text, or one cell of a notebook, with its lines; without a change the lines are left out."""

    name: str
    lines: tuple[Line, ...]

    @property
    def added(self) -> int:
        return sum(line.change is Change.ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.change is Change.REMOVED for line in self.lines)


@dataclass(frozen=True)
class Difference:
    """Parts that changed, in order."""

    parts: tuple[Part, ...]

    @property
    def added(self) -> int:
        return sum(part.added for part in self.parts)

    @property
    def removed(self) -> int:
        return sum(part.removed for part in self.parts)

    @property
    def is_empty(self) -> bool:
        return not self.parts


def of_texts(before: str, after: str, name: str = "") -> Difference:
    """One text against another."""
    part = Part(name, tuple(_shortened(list(_lines(before.splitlines(), after.splitlines())))))
    return Difference((part,) if part.added or part.removed else ())


def of_cells(before: Sequence[str], after: Sequence[str]) -> Difference:
    """Notebooks by their cells: like cells are laid beside each other first, then their lines are compared.

    A part goes by the number of its cell in the newer notebook, or "-N" for the Nth cell of the older one that is gone.
    """
    parts: list[Part] = []
    for old, new in _aligned(before, after):
        lines = tuple(
            _shortened(
                list(
                    _lines(
                        before[old].splitlines() if old is not None else [],
                        after[new].splitlines() if new is not None else [],
                    )
                )
            )
        )
        part = Part(str(new + 1) if new is not None else f"-{(old or 0) + 1}", lines)
        if part.added or part.removed:
            parts.append(part)
    return Difference(tuple(parts))


def _aligned(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int | None, int | None]]:
    """Which cell stands for which; the same cells first, and between them those in the same place."""
    for tag, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        pairs = min(high - low, end - start)
        yield from ((low + at, start + at) for at in range(pairs))
        yield from ((at, None) for at in range(low + pairs, high))
        yield from ((None, at) for at in range(start + pairs, end))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    if len(before) + len(after) > MOST_LINES or _alike(before, after) > MOST_ALIKE:
        yield from _replaced(before, after, 0, 0)
        return
    for tag, low, high, start, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            for at in range(high - low):
                yield Line(Change.SAME, before[low + at], low + at + 1, start + at + 1)
        else:
            yield from _replaced(before[low:high], after[start:end], low, start)


def _alike(before: Sequence[str], after: Sequence[str]) -> int:
    counts = Counter(after)
    return sum(number * counts[line] for line, number in Counter(before).items())


def _replaced(before: Sequence[str], after: Sequence[str], low: int, start: int) -> Iterator[Line]:
    yield from (Line(Change.REMOVED, text, before=low + at + 1) for at, text in enumerate(before))
    yield from (Line(Change.ADDED, text, after=start + at + 1) for at, text in enumerate(after))


def _shortened(lines: Sequence[Line]) -> Iterator[Line]:
    """The changed lines and a few round them; what is left out between becomes one gap."""
    changed = [at for at, line in enumerate(lines) if line.change is not Change.SAME]
    kept = {near for at in changed for near in range(at - ROUND, at + ROUND + 1)}
    was_kept = True
    for at, line in enumerate(lines):
        if at in kept:
            yield line
        elif was_kept:
            yield Line(Change.GAP, "")
        was_kept = at in kept
