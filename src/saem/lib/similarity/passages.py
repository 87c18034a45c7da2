"""The passages of a pair: shared fingerprints that follow one another on both sides, the longest first."""

import heapq
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.similarity.fingerprints import Hashes, Settings
from saem.lib.similarity.sketches import Sketch
from saem.lib.similarity.works import Passage

# Code that repeats itself matches itself many times over: of a fingerprint, so many places on each side count.
_REPEATS = 8
_MOST_PASSAGES = 200

Indices = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class _Run:
    """Fingerprints `here` (n,) of one work and `there` (n,) of the other that lie on one diagonal, without gaps."""

    here: Indices
    there: Indices

    def begins(self, one: Sketch, other: Sketch) -> tuple[Indices, Indices]:
        return one.places[self.here, 0].astype(np.int64), other.places[self.there, 0].astype(np.int64)


class _Matching:
    """Takes the longest run that touches no symbol twice, then the longest of what is left."""

    def __init__(self, one: Sketch, other: Sketch, rare: Hashes, settings: Settings) -> None:
        self._one, self._other, self._rare, self._settings = one, other, rare, settings
        self._free, self._other_free = np.ones(one.tokens, dtype=bool), np.ones(other.tokens, dtype=bool)

    def taken(self) -> Iterator[tuple[int, _Run]]:
        """Runs with their symbols."""
        heap = [self._ranked(run, number) for number, run in enumerate(self._split(_points(self._one, self._other)))]
        heapq.heapify(heap)
        number, found = len(heap), 0
        while heap and found < _MOST_PASSAGES:
            length, _, _, run = heapq.heappop(heap)
            is_free = self._is_free(run)
            if is_free.all():
                self._take(run, -length)
                found += 1
                yield -length, run
                continue
            for part in self._split(_Run(run.here[is_free], run.there[is_free])):
                number += 1
                heapq.heappush(heap, self._ranked(part, number))

    def _ranked(self, run: _Run, number: int) -> tuple[int, int, int, _Run]:
        begin, _ = run.begins(self._one, self._other)
        return -int(begin[-1] - begin[0] + self._settings.gram), int(begin[0]), number, run

    def _is_free(self, run: _Run) -> NDArray[np.bool_]:
        begin, other_begin = run.begins(self._one, self._other)
        span = np.arange(self._settings.gram)
        both = self._free[begin[:, None] + span] & self._other_free[other_begin[:, None] + span]
        free: NDArray[np.bool_] = both.all(axis=1)
        return free

    def _take(self, run: _Run, length: int) -> None:
        begin, other_begin = run.begins(self._one, self._other)
        self._free[begin[0] : begin[0] + length] = False
        self._other_free[other_begin[0] : other_begin[0] + length] = False

    def _split(self, run: _Run) -> Iterator[_Run]:
        """Pieces without gaps that are long enough and have something rare in them."""
        begin, other_begin = run.begins(self._one, self._other)
        # Inside of what is equal, winnowing leaves no gap wider than a window.
        is_new = (np.diff(other_begin - begin) != 0) | (np.diff(begin) > self._settings.window)
        starts = np.concatenate([[0], np.flatnonzero(is_new) + 1, [len(begin)]])
        for start, stop in itertools.pairwise(starts):
            if stop > start and begin[stop - 1] - begin[start] + 1 >= self._settings.window:
                piece = _Run(run.here[start:stop], run.there[start:stop])
                if np.isin(self._one.hashes[piece.here], self._rare).any():
                    yield piece


def passages(one: Sketch, other: Sketch, rare: Hashes, settings: Settings) -> tuple[tuple[Passage, ...], int]:
    """The passages (at most 200) and how many different fingerprints of `rare` lie in them.

    Fingerprints that many works have join those of `rare` to longer passages; alone they make none. No symbol is in two
    passages, on either side; a passage has at least `gram + window - 1` symbols.
    """
    found, inside = [], []
    for tokens, run in _Matching(one, other, rare, settings).taken():
        inside.append(one.hashes[run.here])
        first, last = int(run.here[0]), int(run.here[-1])
        other_first, other_last = int(run.there[0]), int(run.there[-1])
        found.append(Passage(tokens, one.stretch(first, last), other.stretch(other_first, other_last)))
    return tuple(found), len(np.intersect1d(np.concatenate(inside), rare)) if inside else 0


def _points(one: Sketch, other: Sketch) -> _Run:
    """All fingerprints that are equal, by diagonal and then by place."""
    here, there = _places(one, other.hashes), _places(other, one.hashes)
    pairs = [(first, second) for value in here for first in here[value] for second in there[value]]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    begin, other_begin = _Run(both[:, 0], both[:, 1]).begins(one, other)
    order = np.lexsort((begin, other_begin - begin))
    return _Run(both[order, 0], both[order, 1])


def _places(work: Sketch, hashes: Hashes) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place in np.flatnonzero(np.isin(work.hashes, hashes)):
        places = found.setdefault(int(work.hashes[place]), [])
        if len(places) < _REPEATS:
            places.append(int(place))
    return found
