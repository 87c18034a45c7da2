"""Which counts meet the goals of a choice before anybody is ranked: hard quotas, full seats, targets, in this order."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from saem.lib.selection.counting import FREE, Counts, Kinds, Limits, Side
from saem.lib.selection.quotas import Bound

# The name of the seats among the sides of constraints.
SEATS = ""


@dataclass(frozen=True, eq=False)
class Goals:
    """`limits` hold exactly the sets which meet the goals; `conflict` is empty where all hard quotas hold."""

    limits: Limits
    conflict: tuple[Side, ...]


def settle(kinds: Kinds, taken: Counts, bounds: Sequence[Bound], seats: int) -> Goals:
    """Goals 1 to 4 of `choosing`, each of which narrows the limits; `taken` (k,) are held."""
    limits = _hard_limits(kinds, taken, bounds, seats)
    conflict: tuple[Side, ...] = ()
    if kinds.find(taken, limits) is None:
        conflict = kinds.conflict(taken, limits, [*(bound.id for bound in bounds), SEATS])
        limits = _nearest(kinds, taken, limits)
    people = kinds.most_people(taken, limits)
    least, most = limits.least.copy(), limits.most.copy()
    least[-1] = most[-1] = people
    limits = Limits(least, most)
    for row, bound in enumerate(bounds):
        if not bound.is_hard:
            limits = _target(kinds, taken, limits, row, bound)
    return Goals(limits, conflict)


def _hard_limits(kinds: Kinds, taken: Counts, bounds: Sequence[Bound], seats: int) -> Limits:
    """Targets are free; caps and seats are never below what is held, for nobody loses an offer."""
    least = [bound.at_least if bound.is_hard else 0 for bound in bounds] + [0]
    most = [bound.at_most if bound.is_hard and bound.at_most is not None else FREE for bound in bounds] + [seats]
    return Limits(np.array(least, dtype=np.int64), np.maximum(np.array(most, dtype=np.int64), kinds.rows @ taken))


def _target(kinds: Kinds, taken: Counts, limits: Limits, row: int, bound: Bound) -> Limits:
    """The limits with a target, moved by the fewest people by which it must be missed."""
    least, most = limits.least.copy(), limits.most.copy()
    least[row] = bound.at_least
    most[row] = FREE if bound.at_most is None else bound.at_most
    freely = np.zeros_like(least)
    freely[row] = bound.at_least + len(bound.members)
    stretch = kinds.least_stretch(taken, Limits(least, most), freely, freely)
    missed = 0 if stretch is None else int(stretch[row])
    least[row] = max(0, bound.at_least - missed)
    most[row] += missed if bound.at_most is not None else 0
    return Limits(least, most)


def _nearest(kinds: Kinds, taken: Counts, limits: Limits) -> Limits:
    """Floors lowered by the least sum of places, and, of all ways to do so, those declared first by the fewest."""
    total = _missing(kinds, taken, limits, limits.least)
    lowered, least = limits.least.copy(), limits.least
    for row in np.flatnonzero(least):
        low, high = 0, min(total, int(least[row]))
        while low < high:
            # With this floor lowered by `middle` at most, and those before it by no more than was found.
            lowered[row] = middle = (low + high) // 2
            low, high = (low, middle) if _missing(kinds, taken, limits, lowered) <= total else (middle + 1, high)
        lowered[row] = low
    return Limits(least - lowered, limits.most)


def _missing(kinds: Kinds, taken: Counts, limits: Limits, floors: Counts) -> int:
    """The least sum of places by which floors must be lowered where each gives way by no more than `floors`; `FREE`
    where that is not enough.
    """
    stretch = kinds.least_stretch(taken, limits, floors, np.zeros_like(floors))
    return int(FREE) if stretch is None else int(stretch.sum())
