"""A sketch is all that is kept of a work: fingerprints and where they stand, never its text."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from saem.lib.similarity.fingerprints import Hashes, Places, Settings, grams, winnow
from saem.lib.similarity.normalising import symbols
from saem.lib.similarity.works import Stretch, Work


@dataclass(frozen=True, eq=False)
class Sketch:
    """`hashes` (m,) of a work with `tokens` symbols, in their order; `places` (m, 5): the symbol at which each begins,
    its cell and line, and the cell and line where it ends.

    `is_cut` and `broken` are those of `normalising.Symbols`: what was not read, and what was read tolerantly.
    """

    id: str
    owner: str
    tokens: int
    hashes: Hashes
    places: Places
    is_cut: bool = False
    broken: tuple[int, ...] = ()

    def stretch(self, first: int, last: int) -> Stretch:
        """From the beginning of one fingerprint to the end of another."""
        return Stretch(*(int(value) for value in (*self.places[first, 1:3], *self.places[last, 3:5])))


def starter_grams(starter: Iterable[Work], settings: Settings) -> Hashes:
    """All grams of what everybody was given, sorted."""
    found = [grams(symbols(work).texts, settings.gram) for work in starter]
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.uint64)


def sketch(work: Work, settings: Settings, starter: Hashes) -> Sketch:
    read = symbols(work)
    hashes = grams(read.texts, settings.gram)
    begin = winnow(hashes, settings.window, starter)
    end = begin + settings.gram - 1
    cells, lines = np.array(read.cells, dtype=np.uint32), np.array(read.lines, dtype=np.uint32)
    places = np.column_stack([begin, cells[begin], lines[begin], cells[end], lines[end]]).astype(np.uint32)
    return Sketch(work.id, work.owner, len(read.texts), hashes[begin], places, read.is_cut, read.broken)
