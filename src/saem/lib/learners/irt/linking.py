"""Two calibrations on one scale, through the items that both have."""

from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.responses import Floats

from .bank import ItemBank

LEAST_ITEMS = 2
# Root mean square difference of an anchor's two curves that is a reason to look at it.
DRIFT = 0.08
THETA = np.linspace(-4.0, 4.0, 81)
WEIGHTS = np.exp(-(THETA**2) / 2) / np.exp(-(THETA**2) / 2).sum()


@dataclass(frozen=True)
class Link:
    """theta on the target's scale is `slope` × theta + `intercept`.

    `differences` (anchors,) are root mean square differences of each anchor's curves after linking, over a standard
    normal population; `findings` name the anchors that differ too much (`anchor_drifts`).
    """

    slope: float
    intercept: float
    anchors: tuple[str, ...]
    differences: Floats
    findings: tuple[Finding, ...]

    def abilities(self, theta: Floats) -> Floats:
        """Abilities (n,) of the source on the target's scale."""
        return np.asarray(self.slope * theta + self.intercept)

    def bank(self, source: ItemBank) -> ItemBank:
        """A bank of the source's scale on the target's; errors as if the link were known."""
        return _moved(source, self.slope, self.intercept)


def mean_sigma(source: ItemBank, target: ItemBank) -> Link:
    """Equal mean and deviation of the anchors' difficulties (Marco 1977)."""
    ours, theirs = _anchors(source, target)
    if np.std(ours.difficulty) < 1e-9:  # noqa: PLR2004  # no spread but rounding
        raise ParameterError("anchors of one difficulty cannot set a scale; use stocking_lord")
    slope = float(np.std(theirs.difficulty) / np.std(ours.difficulty))
    return _link(ours, theirs, slope, float(theirs.difficulty.mean() - slope * ours.difficulty.mean()))


def stocking_lord(source: ItemBank, target: ItemBank) -> Link:
    """The least difference of the anchors' test characteristic curves (Stocking & Lord 1983)."""
    ours, theirs = _anchors(source, target)
    wanted = theirs.chance(THETA).sum(axis=1)

    def differences(where: Floats) -> Floats:
        curve = _moved(ours, float(np.exp(where[0])), float(where[1])).chance(THETA).sum(axis=1)
        return np.asarray(np.sqrt(WEIGHTS) * (curve - wanted))

    slope = ours.discrimination.mean() / theirs.discrimination.mean()
    start = np.log(slope) if slope > 0 else 0.0
    found = optimize.least_squares(differences, [start, theirs.difficulty.mean() - ours.difficulty.mean()], xtol=1e-12)
    return _link(ours, theirs, float(np.exp(found.x[0])), float(found.x[1]))


def _anchors(source: ItemBank, target: ItemBank) -> tuple[ItemBank, ItemBank]:
    both = [name for name in source.items if name in set(target.items)]
    if len(both) < LEAST_ITEMS:
        raise ParameterError(f"linking needs {LEAST_ITEMS} common items; there are {len(both)}")
    return source.chosen(both), target.chosen(both)


def _link(ours: ItemBank, theirs: ItemBank, slope: float, intercept: float) -> Link:
    away = _moved(ours, slope, intercept).chance(THETA) - theirs.chance(THETA)
    differences = np.sqrt(WEIGHTS @ away**2)
    drifting = [ours.items[code] for code in np.flatnonzero(differences > DRIFT)]
    findings = tuple(Finding("anchor_drifts", name) for name in drifting)
    return Link(slope, intercept, ours.items, np.asarray(differences), findings)


def _moved(bank: ItemBank, slope: float, intercept: float) -> ItemBank:
    errors = None if bank.errors is None else bank.errors * np.array([1 / slope, slope, 1.0, 1.0])
    return replace(
        bank, discrimination=bank.discrimination / slope, difficulty=slope * bank.difficulty + intercept, errors=errors
    )
