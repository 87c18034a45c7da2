"""Adaptive tests of whole cohorts of simulated learners: what a bank, a rule and a stop give before anyone sits it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Floats

from . import kernels
from .posterior import GridPosterior
from .precomputed import Precomputed
from .reasons import Nothing
from .selection import Policy, answered, next_item, started
from .stops import StopRule

NOT_GIVEN = -1


@dataclass(frozen=True)
class Simulation:
    """m tests of at most L items: codes of the `items` (m, L), -1 after the end, and whether they were `right`.

    `means` and `errors` (m, L) are the EAP and its standard error after each item, NaN after the end. `selected` (n,)
    counts how often each item was chosen, given or set aside.
    """

    items: NDArray[np.int32]
    right: NDArray[np.int8]
    means: Floats
    errors: Floats
    selected: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(m,): how many items each learner got."""
        return np.asarray(np.count_nonzero(self.items != NOT_GIVEN, axis=1))

    @property
    def abilities(self) -> Floats:
        """(m,): the EAP at the end."""
        return np.asarray(self.means[np.arange(len(self.items)), self.lengths - 1])

    @property
    def final_errors(self) -> Floats:
        """(m,): its standard error."""
        return np.asarray(self.errors[np.arange(len(self.items)), self.lengths - 1])

    @property
    def counts(self) -> NDArray[np.int64]:
        """(n,): how many learners got each item."""
        return np.bincount(self.items[self.items != NOT_GIVEN], minlength=len(self.selected))

    @property
    def exposure(self) -> Floats:
        """(n,): the share of learners who got each item."""
        return np.asarray(self.counts / len(self.items))

    @property
    def overlap(self) -> float:
        """The share of their items that two learners have in common, on average over all pairs (Chen et al. 2003)."""
        learners, counts = len(self.items), self.counts.astype(np.float64)
        if learners < 2:  # noqa: PLR2004
            return 0.0
        return float((counts * (counts - 1)).sum() / ((learners - 1) * counts.sum()))


def simulate(
    tables: Precomputed,
    abilities: Floats,
    *,
    length: int,
    seed: int,
    progressive: bool = False,
    among: int = 1,
    keep: Floats | None = None,
    error: float = 0.0,
    shortest: int = 1,
    prior: Floats | None = None,
) -> Simulation:
    """Tests of learners with these `abilities` (m,), by maximum information or progressively.

    `keep` (n,) is the chance to give an item once it is chosen, `among` draws from the best few (not progressively),
    `error` ends a test early once the standard error is at most that, after `shortest` items. `prior` (k,) sums to 1.
    Raises ParameterError for no learners, abilities that are not finite, or a length that the bank cannot give.
    """
    _check(tables, abilities, length)
    _check_choice(tables, among, keep)
    result = _empty(tables, len(abilities), length)
    begin = tables.prior().weights if prior is None else prior
    likelihood = np.stack([tables.wrong, tables.right])
    rng = np.random.default_rng(seed)
    always = np.ones(len(tables)) if keep is None else np.asarray(keep, dtype=np.float64)
    for first in range(0, len(abilities), LEARNERS_AT_A_TIME):
        part = slice(first, first + LEARNERS_AT_A_TIME)
        kernels.cohort(
            likelihood, tables.information, tables.ranking, tables.grid, begin, tables.bank.chance(abilities[part]),
            always, progressive, among, error, shortest, rng,
            result.items[part], result.right[part], result.means[part], result.errors[part], result.selected,
        )  # fmt: skip
    return result


# The chances of so many learners are one table: 8 MB for a bank of a thousand items.
LEARNERS_AT_A_TIME = 1000


def simulate_policy(
    tables: Precomputed,
    abilities: Floats,
    policy: Policy,
    *,
    length: int,
    seed: int,
    stop: StopRule | None = None,
    prior: GridPosterior | None = None,
) -> Simulation:
    """Tests by any policy, content and enemies included, of at most `length` items: some thirty times slower.

    Raises ParameterError as `simulate` does.
    """
    _check(tables, abilities, length)
    result, rng = _empty(tables, len(abilities), length), np.random.default_rng(seed)
    begin = started(tables, prior)
    for learner, chance in enumerate(tables.bank.chance(abilities)):
        progress = begin
        for place in range(length):
            pick = next_item(tables, progress, policy, rng)
            if isinstance(pick, Nothing):
                break
            passed_by = pick.set_aside[len(progress.set_aside) :]
            chosen = {*passed_by} if pick.item in progress.set_aside else {*passed_by, pick.item}
            result.selected[list(chosen)] += 1
            right = bool(rng.random() < chance[pick.item])
            progress = answered(tables, progress, pick, right=right)
            result.items[learner, place], result.right[learner, place] = pick.item, right
            result.means[learner, place] = progress.posterior.mean
            result.errors[learner, place] = progress.posterior.sd
            if stop is not None and stop.stop(progress.posterior, place + 1) is not None:
                break
    return result


def _empty(tables: Precomputed, learners: int, length: int) -> Simulation:
    shape = (learners, length)
    return Simulation(
        np.full(shape, NOT_GIVEN, dtype=np.int32), np.zeros(shape, dtype=np.int8), np.full(shape, np.nan),
        np.full(shape, np.nan), np.zeros(len(tables), dtype=np.int64),
    )  # fmt: skip


def _check(tables: Precomputed, abilities: Floats, length: int) -> None:
    if not len(abilities) or not np.isfinite(abilities).all():
        raise ParameterError("a simulation needs learners with finite abilities")
    if not 1 <= length <= len(tables):
        raise ParameterError(f"a test of {length} items cannot come from a bank of {len(tables)}")


def _check_choice(tables: Precomputed, among: int, keep: Floats | None) -> None:
    if among < 1:
        raise ParameterError(f"an item is drawn among at least one, not {among}")
    if keep is not None and (keep.shape != (len(tables),) or not ((keep >= 0) & (keep <= 1)).all()):
        raise ParameterError("the chance to keep an item lies between 0 and 1, one for each item")
