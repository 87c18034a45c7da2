"""Differential item functioning: do equally able learners of two groups find an item equally hard?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.findings import Finding
from saem.lib.learners.responses import Booleans, Floats

from .logistic import log_likelihood

STRATA = 20
NAN = float("nan")
SIGNIFICANT = 0.05
ETS_SCALE = -2.35
SMALL, LARGE = 1.0, 1.5


class Size(StrEnum):
    """The ETS classes of an effect: negligible, moderate, large."""

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True)
class ItemDif:
    """One item. `delta` is the Mantel–Haenszel log odds ratio × -2.35 (below 0: harder for the focal group) with its
    `error`, chi-square and p; `size` its ETS class. `uniform_p` and `nonuniform_p` are likelihood-ratio tests of
    logistic regression (Swaminathan & Rogers 1990). `adjusted_p` is the smaller of the Mantel–Haenszel and the
    non-uniform p, doubled and then corrected for the number of items (Benjamini & Hochberg).
    """

    item: str
    delta: float
    error: float
    chi2: float
    p: float
    size: Size
    uniform_p: float
    nonuniform_p: float
    adjusted_p: float


@dataclass(frozen=True)
class Dif:
    """`findings` name the items that could not be compared (`dif_not_comparable`)."""

    items: tuple[ItemDif, ...]
    findings: tuple[Finding, ...]

    def flagged(self, least: Size = Size.B) -> tuple[str, ...]:
        """Items of at least this class, or with significant non-uniform DIF, after the correction."""
        return tuple(
            each.item
            for each in self.items
            if each.adjusted_p < SIGNIFICANT and (each.size >= least or each.nonuniform_p < each.p)
        )


def compare_groups(
    scores: NDArray[np.integer],
    focal: Booleans,
    items: Sequence[str],
    *,
    ability: Floats | None = None,
    rounds: int = 2,
) -> Dif:
    """Compare right-or-wrong `scores` (persons, items), -1 where not asked, of `focal` persons (persons,) and others.

    Persons are matched by their number of right answers; where not everyone was asked everything, by `ability`
    (persons,) in 20 strata. Items found to differ leave the matching score in the next of the `rounds` (purification);
    an item itself always stays in. Raises ParameterError where a group is empty or abilities are needed.
    """
    scores, focal = np.asarray(scores), np.asarray(focal, dtype=np.bool_)
    if focal.all() or not focal.any():
        raise ParameterError("both groups need persons")
    if ability is None and (scores < 0).any():
        raise ParameterError("where not everyone was asked everything, groups are matched by ability: give it")
    clean = np.ones(len(items), dtype=np.bool_)
    for _ in range(max(1, rounds)):
        found = [_one(scores, focal, clean, code=code, name=name, ability=ability) for code, name in enumerate(items)]
        result = _adjusted(found, items)
        differing = np.isin(list(items), result.flagged())
        if ability is not None or (differing == ~clean).all():
            break
        clean = ~differing
    return result


def mantel_haenszel(right: Booleans, focal: Booleans, stratum: NDArray[np.int64]) -> tuple[float, float, float]:
    """Log odds ratio of the reference to the focal group, its standard error (Robins, Breslow & Greenland 1986), and
    the chi-square with continuity correction. NaN where no stratum holds both groups and both answers.
    """
    cells = np.zeros((int(stratum.max(initial=0)) + 1, 2, 2))
    np.add.at(cells, (stratum, focal.astype(np.int64), right.astype(np.int64)), 1.0)
    total = cells.sum(axis=(1, 2))
    cells, total = cells[total > 1], total[total > 1]
    agree, cross = cells[:, 0, 1] * cells[:, 1, 0] / total, cells[:, 0, 0] * cells[:, 1, 1] / total
    if not (agree.sum() > 0 and cross.sum() > 0):
        return NAN, NAN, NAN
    p, q = (cells[:, 0, 1] + cells[:, 1, 0]) / total, (cells[:, 0, 0] + cells[:, 1, 1]) / total
    variance = (
        (p * agree).sum() / (2 * agree.sum() ** 2)
        + (p * cross + q * agree).sum() / (2 * agree.sum() * cross.sum())
        + (q * cross).sum() / (2 * cross.sum() ** 2)
    )
    groups, answers = cells.sum(axis=2), cells.sum(axis=1)
    expected = groups[:, 0] * answers[:, 1] / total
    spread = groups.prod(axis=1) * answers.prod(axis=1) / (total**2 * (total - 1))
    chi2 = max(abs(float((cells[:, 0, 1] - expected).sum())) - 0.5, 0.0) ** 2 / float(spread.sum())
    return float(np.log(agree.sum() / cross.sum())), float(np.sqrt(variance)), chi2


def ets_class(delta: float, error: float) -> Size:
    """A: below 1 or not significant. C: at least 1.5 and significantly above 1. B: the rest (Zieky 1993)."""
    if not abs(delta) >= SMALL or abs(delta) < stats.norm.ppf(1 - SIGNIFICANT / 2) * error:
        return Size.A
    beyond = (abs(delta) - SMALL) / error > stats.norm.ppf(1 - SIGNIFICANT)
    return Size.C if abs(delta) >= LARGE and beyond else Size.B


def _one(
    scores: NDArray[np.integer], focal: Booleans, clean: Booleans, *, code: int, name: str, ability: Floats | None
) -> ItemDif:
    there = scores[:, code] >= 0
    right, group = scores[there, code] == 1, focal[there]
    matching = _matching(scores[there], clean, code) if ability is None else ability[there]
    stratum = matching.astype(np.int64) if ability is None else _strata(matching)
    log_odds, error, chi2 = mantel_haenszel(right, group, stratum)
    if np.isnan(log_odds):
        return ItemDif(name, NAN, NAN, NAN, NAN, Size.A, NAN, NAN, NAN)
    uniform, nonuniform = _logistic_tests(right, group, matching)
    delta, error = ETS_SCALE * log_odds, -ETS_SCALE * error
    p = float(stats.chi2.sf(chi2, 1))
    return ItemDif(name, delta, error, chi2, p, ets_class(delta, error), uniform, nonuniform, NAN)


def _matching(scores: NDArray[np.integer], clean: Booleans, code: int) -> Floats:
    used = clean.copy()
    used[code] = True
    return np.asarray(scores[:, used].sum(axis=1), dtype=np.float64)


def _strata(ability: Floats) -> NDArray[np.int64]:
    edges = np.unique(np.quantile(ability, np.linspace(0, 1, STRATA + 1)[1:-1]))
    return np.searchsorted(edges, ability)


def _logistic_tests(right: Booleans, focal: Booleans, matching: Floats) -> tuple[float, float]:
    """The p of the group's effect, and of its product with the matching score."""
    centred = (matching - matching.mean()) / max(float(matching.std()), 1e-9)
    one, group = np.ones_like(centred), focal.astype(np.float64)
    columns = np.stack([one, centred, group, group * centred], axis=1)
    none, uniform, both = (log_likelihood(columns[:, :width], right) for width in (2, 3, 4))
    return float(stats.chi2.sf(max(2 * (uniform - none), 0.0), 1)), float(
        stats.chi2.sf(max(2 * (both - uniform), 0.0), 1)
    )


def _adjusted(found: Sequence[ItemDif], items: Sequence[str]) -> Dif:
    usable = [each for each in found if not np.isnan(each.p)]
    raw = np.array([min(1.0, 2 * min(each.p, each.nonuniform_p)) for each in usable])
    adjusted = dict(
        zip([each.item for each in usable], stats.false_discovery_control(raw) if len(raw) else raw, strict=True)
    )
    done = tuple(ItemDif(**{**vars(each), "adjusted_p": float(adjusted.get(each.item, NAN))}) for each in found)
    missing = [name for name in items if name not in adjusted]
    return Dif(done, tuple(Finding("dif_not_comparable", name) for name in missing))
