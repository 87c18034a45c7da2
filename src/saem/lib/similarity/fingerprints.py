"""Winnowing: few fingerprints of many, chosen so that equal passages of a least length share one.

Schleimer, Wilkerson and Aiken 2003, Winnowing: local algorithms for document fingerprinting
(doi:10.1145/872757.872770).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from saem.lib.similarity.errors import SettingsError

Hashes = NDArray[np.uint64]
Places = NDArray[np.uint32]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_NEVER = np.uint64(2**64 - 1)
_LARGEST = 200


@dataclass(frozen=True, kw_only=True)
class Settings:
    """A fingerprint is a hash of `gram` symbols in a row; each `window` grams in a row give one.

    Equal passages of `gram + window - 1` symbols always share a fingerprint; shorter ones than `gram` never do.
    Raises SettingsError for numbers out of 1 to 200.
    """

    gram: int = 14
    window: int = 4

    def __post_init__(self) -> None:
        if not (1 <= self.gram <= _LARGEST and 1 <= self.window <= _LARGEST):
            raise SettingsError(f"{self.gram} symbols, {self.window} grams")


def grams(texts: Sequence[str], gram: int) -> Hashes:
    """Hashes (n - gram + 1,) of all grams of n symbols; the same on every machine and in every process."""
    if len(texts) < gram:
        return np.empty(0, dtype=np.uint64)
    values = np.fromiter((_hash(text) for text in texts), dtype=np.uint64, count=len(texts))
    sums = np.zeros(len(values) - gram + 1, dtype=np.uint64)
    # Horner's rule for all grams at once, modulo 2**64.
    for place in range(gram):
        sums = sums * _BASE + values[place : place + len(sums)]
    return _mixed(sums)


def winnow(hashes: Hashes, window: int, left_out: Hashes) -> Places:
    """Places (m,) of the grams that are kept: the last smallest of each window, once; none of the sorted `left_out`.

    What is left out is never the smallest where a window has anything else, so that it hides nothing beside it.
    """
    kept = np.where(_is_in(hashes, left_out), _NEVER, hashes)
    if not len(kept):
        return np.empty(0, dtype=np.uint32)
    size = min(window, len(kept))
    # The last of several: the first in reversed windows.
    back = sliding_window_view(kept, size)[:, ::-1].argmin(axis=1)
    places = np.unique(np.arange(len(back)) + size - 1 - back)
    chosen: Places = places[kept[places] != _NEVER].astype(np.uint32)
    return chosen


def _is_in(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(hashes), dtype=np.bool_)
    places = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
    found: NDArray[np.bool_] = known[places] == hashes
    return found


def _mixed(values: Hashes) -> Hashes:
    # The finalizer of splitmix64: of low bits, too, each then depends on every symbol.
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


@lru_cache(maxsize=2**16)
def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
