"""What is compared, and what is found: works in, pairs with passages out."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Work:
    """A team's code: the code cells of a notebook in their order, or one cell for a file.

    Works of one `owner` are never compared with each other.
    """

    id: str
    owner: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Stretch:
    """Where a passage stands in a work: cells and their lines count from 1, both ends belong to it."""

    cell: int
    line: int
    last_cell: int
    last_line: int


@dataclass(frozen=True)
class Passage:
    """`tokens` in a row that are the same on both sides, but for names and constants."""

    tokens: int
    first: Stretch
    second: Stretch


@dataclass(frozen=True)
class Pair:
    """Two works and what they share. It says what is alike, never why.

    `of_first` and `of_second` (0 to 1): which share of a work's own fingerprints lies in the passages; starter code
    and what many works have are no part of either number. `passages` are the longest first; no token is in two of
    them.
    """

    first: str
    second: str
    of_first: float
    of_second: float
    tokens: int
    passages: tuple[Passage, ...]

    @property
    def score(self) -> float:
        """What pairs are ranked by: the greater share, so that a work which is part of a larger one is found."""
        return max(self.of_first, self.of_second)
