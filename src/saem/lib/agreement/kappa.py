"""Cohen's kappa with quadratic weights, and how sure it is.

Cohen 1968, Weighted kappa (doi:10.1037/h0026256). Where each work's two markers are any two of many, the order of a
pair means nothing: both orders are counted (`is_ordered=False`), which makes the two margins one; it is then the
measure for interchangeable markers (weighted kappa with pooled margins, as Scott's pi).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.agreement.errors import AgreementError, NoPairsError, OneCategoryError
from saem.lib.agreement.marks import Scale

Table = NDArray[np.float64]

_FEWEST = 2


@dataclass(frozen=True)
class Kappa:
    """`value` is 1 for the same marks, 0 for chance. `low` to `high` holds `confidence` of the resampled values; None
    for fewer than two works, or where most samples say nothing.

    `undefined` samples of `samples` had one mark only; they are left out, and many of them mean that the interval is
    too narrow.
    """

    value: float
    low: float | None
    high: float | None
    works: int
    samples: int
    undefined: int
    confidence: float


def weighted_kappa(table: Table) -> float:
    """Of a table (s, s) that counts works by both marks. Raises OneCategoryError; NoPairsError for an empty one."""
    if not table.sum():
        raise NoPairsError("an empty table")
    values = _kappas(table[None])
    if np.isnan(values[0]):
        raise OneCategoryError("one mark for everything")
    return float(values[0])


def kappa(
    values: Sequence[tuple[int, int]], scale: Scale, *, is_ordered: bool = True, seed: int = 0, samples: int = 2_000,
    confidence: float = 0.95, works: Sequence[str] | None = None,
) -> Kappa:  # fmt: skip
    """Of pairs of marks, with a percentile bootstrap over works: the same seed gives the same interval.

    `works` (n,) names the work of each pair; pairs of one work are drawn together. Raises NoPairsError,
    OneCategoryError, and AgreementError for numbers out of range.
    """
    if samples < 0 or not 0 < confidence < 1:
        raise AgreementError("a number out of range")
    tables = _tables(values, scale, works, is_ordered=is_ordered)
    value, number = weighted_kappa(tables.sum(axis=0)), len(tables)
    if number < _FEWEST or not samples:
        return Kappa(value, None, None, number, 0, 0, confidence)
    drawn = _resampled(tables, samples, np.random.default_rng(seed))
    known = drawn[~np.isnan(drawn)]
    if 2 * len(known) < samples:
        return Kappa(value, None, None, number, samples, samples - len(known), confidence)
    low, high = np.quantile(known, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Kappa(value, float(low), float(high), number, samples, samples - len(known), confidence)


def _tables(values: Sequence[tuple[int, int]], scale: Scale, works: Sequence[str] | None, *, is_ordered: bool) -> Table:
    """A table (w, s, s) for each work."""
    if not values:
        raise NoPairsError("no pairs")
    names = list(works) if works is not None else [str(place) for place in range(len(values))]
    _, numbers = np.unique(names, return_inverse=True)
    first, second = np.array(values, dtype=np.int64).T - scale.lowest
    tables = np.zeros((int(numbers.max()) + 1, scale.steps, scale.steps))
    np.add.at(tables, (numbers, first, second), 1)
    return tables if is_ordered else (tables + tables.transpose(0, 2, 1)) / 2


def _resampled(tables: Table, samples: int, rng: np.random.Generator) -> Table:
    """Kappas (samples,) of works drawn with replacement, as often as there are works."""
    flat = tables.reshape(len(tables), -1)
    # Works that are marked alike are one kind: counts of kinds are drawn, which is the same and quicker.
    kinds, counts = np.unique(flat, axis=0, return_counts=True)
    drawn = rng.multinomial(len(tables), counts / len(tables), size=samples)
    found = [
        _kappas((part @ kinds).reshape(-1, *tables.shape[1:])) for part in np.array_split(drawn, max(1, samples // 200))
    ]
    return np.concatenate(found)


def _kappas(tables: Table) -> Table:
    """Kappas (n,) of tables (n, s, s); NaN where chance alone would agree in everything."""
    steps = np.arange(tables.shape[1])
    apart = (steps[:, None] - steps[None, :]) ** 2
    observed = (tables * apart).sum(axis=(1, 2)) * tables.sum(axis=(1, 2))
    expected = np.einsum("nij,nkl,il->n", tables, tables, apart.astype(float), optimize=True)
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)
