"""Whether a marker becomes stricter or more lenient in the course of marking."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from saem.lib.agreement.marks import Both

_FEWEST = 5


@dataclass(frozen=True)
class Drift:
    """`mean` of a marker's marks less the others' on the same works, in steps of the scale; below zero is strict.

    `slope`: how much it changes from a marker's first mark to the last, with the `low` and `high` of 95 % (ordinary
    least squares on the order of the marks); None where there are fewer than five works. Who always marks with the
    same colleague shares one slope with them: it says that the two drift apart, not who moves.
    """

    marker: str
    works: int
    mean: float
    error: float | None
    slope: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_notable(self) -> bool:
        """Whether nothing is outside of the slope's interval; of twenty markers, chance alone makes one so."""
        return self.low is not None and self.high is not None and not self.low <= 0 <= self.high


def drifts(pairs: Iterable[Both]) -> tuple[Drift, ...]:
    """One for each marker, in the order of their names."""
    apart: dict[str, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for each in pairs:
        first, second = each.values
        apart[each.first.marker][each.work].append((each.first.when, first - second))
        apart[each.second.marker][each.work].append((each.second.when, second - first))
    # A work with several others counts once, with the mean difference.
    return tuple(
        _drift(marker, [(row[0][0], float(np.mean([gap for _, gap in row]))) for row in works.values()])
        for marker, works in sorted(apart.items())
    )


def _drift(marker: str, differences: list[tuple[float, float]]) -> Drift:
    number = len(differences)
    gaps = np.array([gap for _, gap in sorted(differences)])
    mean = float(gaps.mean())
    error = float(gaps.std(ddof=1)) / sqrt(number) if number > 1 else None
    if number < _FEWEST:
        return Drift(marker, number, mean, error)
    # Marks of one moment share a place, so that their order is nobody's accident.
    order = stats.rankdata([when for when, _ in sorted(differences)]) - 1
    if np.ptp(order) == 0:
        return Drift(marker, number, mean, error)
    fitted = stats.linregress(order / (number - 1), gaps)
    margin = float(stats.t.ppf(0.975, number - 2) * fitted.stderr)
    slope = float(fitted.slope)
    return Drift(marker, number, mean, error, slope, slope - margin, slope + margin)
