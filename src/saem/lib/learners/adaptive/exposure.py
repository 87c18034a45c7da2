"""Exposure control after Sympson & Hetter (1985): how often a chosen item is really given, found by simulation."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.responses import Floats

from .precomputed import Precomputed
from .selection import Policy
from .simulation import Simulation, simulate, simulate_policy


@dataclass(frozen=True)
class ExposureControl:
    """`keep` (n,) is the chance to give each item once it is chosen; `exposure` (n,) what that led to.

    `largest` has the largest exposure rate of each round of the search; `converged` says whether the last two, of one
    `keep` and different draws, are within the tolerance of the `target`.
    """

    items: tuple[str, ...]
    keep: Floats
    exposure: Floats
    target: float
    largest: tuple[float, ...]
    converged: bool
    findings: tuple[Finding, ...] = ()

    def by_name(self) -> dict[str, float]:
        """What a `Policy` keeps: the chance of each item that is not always given. JSON can hold it."""
        return _by_name(self.items, self.keep)


def sympson_hetter(
    tables: Precomputed,
    abilities: Floats,
    *,
    target: float,
    length: int,
    seed: int,
    tolerance: float = 0.02,
    rounds: int = 30,
    policy: Policy | None = None,
    **test: Any,
) -> ExposureControl:
    """Search the chances that keep every item's exposure within `target`, for learners like `abilities` (m,).

    Each round sets keep = target / (share of learners for whom the item was chosen), at most 1, and simulates again;
    the `length` items with the largest chances get 1, so that every test can be completed. It ends once the largest
    rate is at most target + tolerance twice, with different draws; else the round with the smallest largest rate is
    kept, and a finding `exposure_not_converged` tells it. With m learners a rate has a standard error of about
    √(target (1 - target) / m).

    With a `policy` (its own `keep` is left out) tests go through `simulate_policy`, so that its content is part of the
    search, and seconds become minutes. `test` goes to the simulation: progressive, among, error, shortest, prior; with
    a policy stop and prior. Raises ParameterError for a target that the bank cannot keep.
    """
    if not length / len(tables) <= target <= 1:
        raise ParameterError(f"{len(tables)} items cannot keep tests of {length} within an exposure of {target}")

    def run(keep: Floats, draw: int) -> Simulation:
        if policy is None:
            return simulate(tables, abilities, length=length, seed=draw, keep=keep, **test)
        held = replace(policy, keep=_by_name(tables.bank.items, keep))
        return simulate_policy(tables, abilities, held, length=length, seed=draw, **test)

    keep, largest, held = np.ones(len(tables)), [], 0
    best, best_rate = keep, np.inf
    for turn in range(rounds):
        found = run(keep, seed + turn)
        rate = float(found.exposure.max())
        largest.append(rate)
        if rate < best_rate:
            best, best_rate = keep, rate
        held = held + 1 if rate <= target + tolerance else 0
        if held == TIMES_HELD:
            return ExposureControl(tables.bank.items, keep, found.exposure, target, tuple(largest), converged=True)
        # A round that holds is only drawn again; its rates were lucky, or they hold.
        keep = keep if held else _adjusted(found, target, length)
    # A new draw: the round that was picked for a small largest rate looks better than it is.
    fresh = run(best, seed + rounds)
    worst = int(fresh.exposure.argmax())
    return ExposureControl(
        tables.bank.items, best, fresh.exposure, target, (*largest, float(fresh.exposure[worst])), converged=False,
        findings=(Finding("exposure_not_converged", where=tables.bank.items[worst]),),
    )  # fmt: skip


# Once to be found, once more with draws that it was not found with.
TIMES_HELD = 2


def _by_name(items: tuple[str, ...], keep: Floats) -> dict[str, float]:
    return {items[item]: float(keep[item]) for item in np.flatnonzero(keep < 1)}


def _adjusted(found: Simulation, target: float, length: int) -> Floats:
    chosen = found.selected / len(found.items)
    keep = np.minimum(1.0, np.divide(target, chosen, out=np.ones_like(chosen), where=chosen > 0))
    keep[np.argsort(-keep, kind="stable")[:length]] = 1.0
    return np.asarray(keep)
