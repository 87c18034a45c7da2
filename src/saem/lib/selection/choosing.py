"""Who gets a seat: the best-ranked people that seats and quotas allow, exactly, with the reason for each.

The goals, in this order; each is met as well as the earlier ones allow:
1. Everybody who is held (has an offer, or has accepted one) keeps it; caps and seats make way for them.
2. Hard quotas hold. Where that is impossible, as few places as possible are missing from their floors, those declared
   first being spared first; caps and seats always hold.
3. As many seats as possible are filled.
4. Each target, in the order declared, is missed by as few people as possible.
5. The set is the best-ranked: whoever comes first in the ranking is in unless no set that meets 1 to 4 has them, then
   the second, and so on. No other set that meets 1 to 4 is better in the first rank in which the two differ.

Goal 5 fixes one set, so the answer depends on no solver, no order of names and no chance. Where quotas are laminar
(each two disjoint or nested), sets of this kind are the bases of a matroid and 5 is its greedy algorithm (Edmonds 1971,
doi:10.1007/BF01584082), so that the set is also the best by any sum of scores. Where they overlap freely it is the
lexicographic optimum, which is what a ranking means, and an integer program says at each step whether somebody still
can be in (`counting.py`). People of one kind are interchangeable: once somebody of a kind cannot be in, nobody after
them of that kind can, so there are at most a few hundred questions whatever the number of people.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from saem.lib.selection.counting import End, Kinds, Side
from saem.lib.selection.errors import RepeatedError, UnknownError
from saem.lib.selection.filling import Filled, explain, fill
from saem.lib.selection.goals import settle
from saem.lib.selection.problems import repeated
from saem.lib.selection.quotas import Bound, masks


class Standing(StrEnum):
    """What became of somebody, and why."""

    HELD = "held"  # has an offer or has accepted one
    BY_RANK = "by_rank"  # among the first, with quotas or without
    BY_QUOTA = "by_quota"  # further down, in a quota whose least number they help to reach
    MOVED_UP = "moved_up"  # further down, in place of people whom a quota's most number keeps out
    PASSED_OVER = "passed_over"  # not chosen though somebody further down is
    BELOW_LINE = "below_line"  # not chosen, and nobody further down is

    @property
    def is_chosen(self) -> bool:
        return self not in {Standing.PASSED_OVER, Standing.BELOW_LINE}


@dataclass(frozen=True)
class Placement:
    """`rank` counts from 1. `because` is, for BY_QUOTA and MOVED_UP, the sides that brought them in; for PASSED_OVER,
    an irreducible set of sides that cannot hold together with this person and those better-ranked who are in.
    """

    id: str
    rank: int
    standing: Standing
    because: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Kept:
    """How a quota came out, in people; `missing` from its least and `over` its most."""

    quota: str
    count: int
    at_least: int
    at_most: int | None
    is_hard: bool

    @property
    def missing(self) -> int:
        return max(0, self.at_least - self.count)

    @property
    def over(self) -> int:
        return 0 if self.at_most is None else max(0, self.count - self.at_most)


@dataclass(frozen=True)
class Choice:
    """`placements` in the order of ranks. `conflict` is empty where the hard quotas hold; else an irreducible set of
    sides that these people cannot meet together (one floor alone: too few people), and what was chosen is the nearest.
    """

    placements: tuple[Placement, ...]
    quotas: tuple[Kept, ...]
    seats: int
    conflict: tuple[Side, ...]
    bounds: tuple[Bound, ...]

    @property
    def is_feasible(self) -> bool:
        return not self.conflict

    @property
    def line(self) -> int:
        """The last rank that has a seat by rank alone: whoever was passed over above it is out because of quotas."""
        return len(self.chosen)

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """In the order of ranks."""
        return tuple(each.id for each in self.placements if each.standing.is_chosen)

    def passed_over_for(self, name: str) -> tuple[str, ...]:
        """Who is in though ranked below `name`, among those whom the conflicting quotas ask for (all, where the
        conflict has no floor); empty for whoever was not passed over. Raises UnknownError for a stranger.
        """
        own = next((each for each in self.placements if each.id == name), None)
        if own is None:
            raise UnknownError(name)
        if own.standing is not Standing.PASSED_OVER:
            return ()
        below = [each.id for each in self.placements[own.rank :] if each.standing.is_chosen]
        asking = {side.quota for side in own.because if side.end is End.AT_LEAST}
        wanted = {member for bound in self.bounds if bound.id in asking for member in bound.members}
        return tuple(each for each in below if each in wanted) or tuple(below)


def choose(order: Sequence[str], bounds: Sequence[Bound], seats: int, *, held: Collection[str] = ()) -> Choice:
    """Choose from people given best first; `held` are in whatever the numbers.

    Raises RepeatedError for somebody twice in `order` or two quotas of one name, UnknownError for a held stranger.
    """
    for twice in (repeated(order), repeated(bound.id for bound in bounds)):
        if twice:
            raise RepeatedError(str(twice[0]))
    strangers = sorted(set(held) - set(order))
    if strangers:
        raise UnknownError(strangers[0])
    kind_of, kinds = _kinds(order, bounds)
    is_held = [name in held for name in order] if held else [False] * len(order)
    taken = np.bincount([kind for kind, has in zip(kind_of, is_held, strict=True) if has], minlength=len(kinds.supply))
    goals = settle(kinds, taken, bounds, seats)
    filled = fill(kinds, goals.limits, bounds, kind_of, is_held)
    placements = tuple(_placements(order, is_held, filled, explain(kinds, goals.limits, filled, bounds)))
    chosen = {each.id for each in placements if each.standing.is_chosen}
    kept = tuple(
        Kept(bound.id, len(bound.members & chosen), bound.at_least, bound.at_most, bound.is_hard) for bound in bounds
    )
    return Choice(placements, kept, seats, goals.conflict, tuple(bounds))


def _kinds(order: Sequence[str], bounds: Sequence[Bound]) -> tuple[list[int], Kinds]:
    mask = masks(order, bounds)
    place = {each: kind for kind, each in enumerate(sorted(set(mask)) or [0])}
    kind_of = [place[each] for each in mask]
    rows = [[each >> quota & 1 for each in place] for quota in range(len(bounds))] + [[1] * len(place)]
    return kind_of, Kinds(
        np.array(rows, dtype=np.int64).reshape(len(bounds) + 1, len(place)), np.bincount(kind_of, minlength=len(place))
    )


def _placements(
    order: Sequence[str], is_held: Sequence[bool], filled: Filled, conflicts: Mapping[int, tuple[Side, ...]]
) -> Iterator[Placement]:
    line, blamed = sum(filled.is_in), set[Side]()
    for place, name in enumerate(order):
        kind, rank = filled.kind_of[place], place + 1
        if is_held[place]:
            yield Placement(name, rank, Standing.HELD)
        elif not filled.is_in[place] and place < filled.last:
            blamed.update(conflicts[kind])
            yield Placement(name, rank, Standing.PASSED_OVER, conflicts[kind])
        elif not filled.is_in[place]:
            yield Placement(name, rank, Standing.BELOW_LINE)
        elif rank <= line:
            yield Placement(name, rank, Standing.BY_RANK)
        else:
            yield _from_below(name, rank, blamed, filled.counted[kind])


def _from_below(name: str, rank: int, blamed: Collection[Side], counted: Collection[str]) -> Placement:
    """Somebody whom the ranking alone would not have taken: for a floor that kept others out, or in place of these."""
    floors = tuple(sorted(side for side in blamed if side.end is End.AT_LEAST and side.quota in counted))
    if floors:
        return Placement(name, rank, Standing.BY_QUOTA, floors)
    return Placement(name, rank, Standing.MOVED_UP, tuple(sorted(side for side in blamed if side.quota)))
