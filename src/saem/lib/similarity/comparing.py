"""Ranks pairs of works by what they share: an inverted index finds candidates, passages decide."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from saem.lib.similarity.errors import SettingsError
from saem.lib.similarity.fingerprints import Hashes, Settings
from saem.lib.similarity.index import Index
from saem.lib.similarity.passages import passages
from saem.lib.similarity.sketches import Sketch
from saem.lib.similarity.works import Pair

_ROWS = 256
# Fewer shared fingerprints than this are a line or two.
_FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """`common`: what more than this share of all owners have (and more than `common_least` of them) counts for nobody.

    The `most` pairs with the highest scores are kept. `tokens` and `fingerprints` are least numbers: of symbols that a
    pair must share, and of own fingerprints that a work must have for its share to mean something. Raises
    SettingsError for numbers out of range.
    """

    common: float = 0.1
    common_least: int = 8
    most: int = 500
    tokens: int = 40
    fingerprints: int = 12

    def __post_init__(self) -> None:
        if not 0 <= self.common <= 1 or min(self.common_least, self.most, self.tokens, self.fingerprints) < 0:
            raise SettingsError("a number out of range")


def compare(index: Index, *, earlier: Sequence[Index] = (), ranking: Ranking | None = None) -> tuple[Pair, ...]:
    """Pairs within `index` and between it and `earlier` ones, by falling score; earlier works are not compared with
    each other.

    Raises SettingsError where the indexes were made with different settings, RepeatedError where a name is twice.
    """
    whole = index
    for each in earlier:
        whole = whole.with_more(each)
    return _Comparison(whole.sketches, len(index.sketches), index.settings, ranking or Ranking()).best()


class _Comparison:
    def __init__(self, sketches: Sequence[Sketch], new: int, settings: Settings, ranking: Ranking) -> None:
        self._sketches, self._new, self._settings, self._ranking = sketches, new, settings, ranking
        names = {owner: number for number, owner in enumerate({each.owner: None for each in sketches})}
        self._owners = np.array([names[each.owner] for each in sketches], dtype=np.int64)
        self._known, has = self._inverted()
        columns = np.flatnonzero(self._is_rare(has))
        self._rare = self._known[columns]
        self._has = has[:, columns]
        self._totals = np.asarray(self._has.sum(axis=1)).ravel()

    def _inverted(self) -> tuple[Hashes, sparse.csr_matrix]:
        """All hashes (f,), sorted, and which work has which (d, f), as ones."""
        sizes = [len(each.hashes) for each in self._sketches]
        hashes = np.concatenate([np.empty(0, np.uint64), *(each.hashes for each in self._sketches)])
        known, columns = np.unique(hashes, return_inverse=True)
        rows = np.repeat(np.arange(len(sizes)), sizes)
        has = sparse.csr_matrix((np.ones(len(rows), np.int32), (rows, columns)), shape=(len(sizes), len(known)))
        has.data[:] = 1
        return known, has

    def _is_rare(self, has: sparse.csr_matrix) -> NDArray[np.bool_]:
        number = int(self._owners.max(initial=-1)) + 1
        ones = np.ones(len(self._owners), dtype=np.int32)
        of_owner = sparse.csr_matrix((ones, (self._owners, np.arange(len(ones)))), shape=(number, len(ones)))
        together = (of_owner @ has).tocsr()
        owners = np.bincount(together.indices, minlength=has.shape[1])
        rare: NDArray[np.bool_] = owners <= max(self._ranking.common * number, self._ranking.common_least)
        return rare

    def best(self) -> tuple[Pair, ...]:
        """The highest scores: candidates come by the most that they could score, until none can be better."""
        found: list[tuple[float, int, int, int, Pair]] = []
        for limit, first, second in self._candidates():
            if len(found) >= self._ranking.most and (not found or limit < found[0][0]):
                break
            pair = self._pair(first, second)
            if pair.tokens >= max(1, self._ranking.tokens):
                heapq.heappush(found, (pair.score, pair.tokens, -first, -second, pair))
            if len(found) > self._ranking.most:
                heapq.heappop(found)
        return tuple(each[-1] for each in sorted(found, reverse=True))

    def _candidates(self) -> Iterator[tuple[float, int, int]]:
        parts = [self._block(start) for start in range(0, self._new, _ROWS)]
        if not parts:
            return
        limits, first, second = (np.concatenate(column) for column in zip(*parts, strict=True))
        for place in np.lexsort((second, first, -limits)):
            yield float(limits[place]), int(first[place]), int(second[place])

    def _block(self, start: int) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
        shared = (self._has[start : min(start + _ROWS, self._new)] @ self._has.T).tocoo()
        first, second, counts = shared.row.astype(np.int64) + start, shared.col.astype(np.int64), shared.data
        is_pair = (second > first) & (self._owners[first] != self._owners[second]) & (counts >= _FEWEST)
        first, second, counts = first[is_pair], second[is_pair], counts[is_pair]
        shares = [
            np.where(self._totals[side] >= self._ranking.fingerprints, counts / self._totals[side], 0)
            for side in (first, second)
        ]
        return np.maximum(*shares), first, second

    def _pair(self, first: int, second: int) -> Pair:
        one, other = self._sketches[first], self._sketches[second]
        found, inside = passages(one, other, self._rare_of(first, second), self._settings)
        shares = [
            inside / self._totals[side] if self._totals[side] >= self._ranking.fingerprints else 0.0
            for side in (first, second)
        ]
        return Pair(one.id, other.id, float(shares[0]), float(shares[1]), sum(each.tokens for each in found), found)

    def _rare_of(self, first: int, second: int) -> Hashes:
        columns = np.intersect1d(self._row(first), self._row(second), assume_unique=True)
        return self._rare[columns]

    def _row(self, number: int) -> NDArray[np.int32]:
        indices: NDArray[np.int32] = self._has.indices[self._has.indptr[number] : self._has.indptr[number + 1]]
        return indices
