"""Fills seats in the order of the ranking: who still can be in is in, and others learn what was in the way."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from saem.lib.selection.counting import Counts, Kinds, Limits, Side
from saem.lib.selection.errors import SolverError
from saem.lib.selection.goals import SEATS
from saem.lib.selection.quotas import Bound

_TRIED_FIRST = 4


@dataclass(frozen=True)
class Filled:
    """`is_in` and `kind_of` by place in the ranking. `closed` is what was taken of each kind (k,) when somebody of a
    kind first could not be in; `counted` the quotas that each kind counts for; `last` the place of the last who is in
    and was not held.
    """

    is_in: tuple[bool, ...]
    kind_of: tuple[int, ...]
    closed: Mapping[int, Counts]
    counted: tuple[frozenset[str], ...]
    last: int


def fill(
    kinds: Kinds, limits: Limits, bounds: Sequence[Bound], kind_of: Sequence[int], is_held: Sequence[bool]
) -> Filled:
    """Whoever is held is in; then each in the order of the ranking who can be in with all before them who are.

    `limits` must be met by some counts. The kinds (`kind_of`) and `is_held` are by place in the ranking.
    """
    filling = _Filling(kinds, limits, kind_of, is_held)
    filling.run(int(limits.most[-1]))
    last = max((place for place, has in enumerate(filling.is_in) if has and not is_held[place]), default=-1)
    counted = tuple(
        frozenset(bound.id for bound, has in zip(bounds, column, strict=True) if has) for column in kinds.rows[:-1].T
    )
    return Filled(tuple(filling.is_in), tuple(kind_of), filling.closed, counted, last)


def explain(kinds: Kinds, limits: Limits, filled: Filled, bounds: Sequence[Bound]) -> dict[int, tuple[Side, ...]]:
    """For each kind of which somebody was passed over: sides that cannot hold with one more of it, irreducible."""
    names = [*(bound.id for bound in bounds), SEATS]
    passed = {filled.kind_of[place] for place in range(filled.last) if not filled.is_in[place]}
    found: dict[int, tuple[Side, ...]] = {}
    for kind in sorted(passed):
        more = _one_more(filled.closed[kind], kind)
        # What kept out a kind before often keeps out this one, which is asked faster than among all sides.
        often = [sides for sides, _ in Counter(found.values()).most_common(_TRIED_FIRST)]
        tried = (limits.only(sides, names) for sides in often)
        within = next((only for only in tried if kinds.find(more, only) is None), limits)
        found[kind] = kinds.conflict(more, within, names)
    return found


def _one_more(taken: Counts, kind: int) -> Counts:
    more = taken.copy()
    more[kind] += 1
    return more


class _Filling:
    """Keeps a witness: counts that meet all limits and hold everybody taken so far. Who fits in it needs no
    question.
    """

    def __init__(self, kinds: Kinds, limits: Limits, kind_of: Sequence[int], is_held: Sequence[bool]) -> None:
        self.kinds, self.limits, self.kind_of, self.is_in = kinds, limits, kind_of, list(is_held)
        self.is_held = tuple(is_held)
        held = [kind for kind, has in zip(kind_of, is_held, strict=True) if has]
        self.taken = np.bincount(np.array(held, dtype=np.int64), minlength=len(kinds.supply))
        self.closed: dict[int, Counts] = {}
        found = kinds.find(self.taken, limits)
        if found is None:
            raise SolverError("the goals were settled, but no counts meet them")
        self.witness = found

    def run(self, people: int) -> None:
        place, missing = 0, people - int(self.taken.sum())
        while missing > 0:
            place = next(self._waiting(place))
            kind = self.kind_of[place]
            if self.taken[kind] < self.witness[kind] or self._makes_room(place):
                self.taken[kind] += 1
                self.is_in[place] = True
                missing -= 1
            else:
                self.closed[kind] = self.taken.copy()

    def _waiting(self, place: int) -> Iterator[int]:
        """The places from `place` on of those who are not in and of whose kind nobody was refused."""
        return (
            at for at in range(place, len(self.kind_of)) if not self.is_in[at] and self.kind_of[at] not in self.closed
        )

    def _makes_room(self, place: int) -> bool:
        """Whether the one at `place` can be in; if so, the witness holds them and, by doubling, many of the next."""
        if self._swaps(self.kind_of[place]):
            return True
        length, is_possible = 1, False
        while (found := self._with_next(place, length)) is not None:
            self.witness, is_possible = found, True
            length *= 2
            if length > len(self.kind_of):
                break
        return is_possible

    def _swaps(self, kind: int) -> bool:
        """Whether the witness has room for one more of a kind in place of one of another who is not taken yet."""
        rows = self.kinds.rows
        sums = (rows @ self.witness + rows[:, kind])[:, None] - rows
        keeps = (sums >= self.limits.least[:, None]).all(axis=0) & (sums <= self.limits.most[:, None]).all(axis=0)
        spare = np.where(keeps, self.witness - self.taken, 0)
        other = int(spare.argmax())
        if spare[other] > 0:
            self.witness = self.witness.copy()
            self.witness[kind] += 1
            self.witness[other] -= 1
        return bool(spare[other] > 0)

    def _with_next(self, place: int, length: int) -> Counts | None:
        ahead = [self.kind_of[at] for at in islice(self._waiting(place), length)]
        more = np.bincount(np.array(ahead, dtype=np.int64), minlength=len(self.taken))
        return self.kinds.find(self.taken + more, self.limits)
