"""What a reviewer's marks are worth: how near they are to those of calibrated samples.

Gaps are shares of a criterion's scale, so that criteria of different scales count alike.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from saem.lib.reviewing.errors import RangeError, RepeatedError, UnknownError

Scales = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class Given:
    """A reviewer's value for one criterion of a work or a sample."""

    reviewer: str
    work: str
    criterion: str
    value: float


@dataclass(frozen=True, kw_only=True)
class Marking:
    """A reviewer's mark is 100 for a gap up to `full`, 0 from `none` on, on a line between. A reviewer with few
    compared values is weighed as if they had `prior` more with everybody's gap.
    """

    full: float = 0.1
    none: float = 0.5
    prior: float = 4.0

    def __post_init__(self) -> None:
        if not (0 <= self.full < self.none <= 1 and 0 < self.prior < float("inf")):
            raise RangeError("marking")


@dataclass(frozen=True)
class Reliability:
    """`compared` values with calibrated ones. `gap`: root of the mean square difference; `bias`: mean difference,
    below zero is strict. `mark` of 100; `weight` among all reviewers, 1 on average. Without anything compared, gap,
    bias and mark are None.
    """

    reviewer: str
    compared: int
    gap: float | None
    bias: float | None
    mark: float | None
    weight: float


def reliabilities(
    given: Iterable[Given], expert: Mapping[tuple[str, str], float], scales: Scales, *, marking: Marking | None = None
) -> tuple[Reliability, ...]:
    """One for each reviewer, in the order of their names. `expert`: the calibrated value of (sample, criterion); what
    is given for other works plays no part.

    Raises RangeError for a value outside its scale or a scale of no width, UnknownError for a criterion without one,
    RepeatedError for a value given twice.
    """
    marking = marking or Marking()
    differences: dict[str, list[float]] = defaultdict(list)
    for each in _checked(given, scales):
        known = expert.get((each.work, each.criterion))
        compared = differences[each.reviewer]
        if known is not None:
            low, high = scales[each.criterion]
            compared.append((each.value - known) / (high - low))
    squares = [gap**2 for gaps in differences.values() for gap in gaps]
    usual = sum(squares) / len(squares) if squares else 0.0
    weights = {name: _weight(gaps, usual, marking.prior) for name, gaps in sorted(differences.items())}
    mean = sum(weights.values()) / len(weights) if weights else 1.0
    return tuple(_reliability(name, differences[name], weight / mean, marking) for name, weight in weights.items())


def weighted_marks(
    given: Iterable[Given], reliability: Iterable[Reliability], scales: Scales
) -> dict[tuple[str, str], float]:
    """The mean of each (work, criterion), the reviewers weighed. Errors as in `reliabilities`."""
    weights = {each.reviewer: each.weight for each in reliability}
    sums: dict[tuple[str, str], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for each in _checked(given, scales):
        if each.reviewer not in weights:
            raise UnknownError(each.reviewer)
        entry = sums[each.work, each.criterion]
        entry[0] += weights[each.reviewer] * each.value
        entry[1] += weights[each.reviewer]
    return {place: total / weight for place, (total, weight) in sums.items()}


def _checked(given: Iterable[Given], scales: Scales) -> Iterable[Given]:
    seen = set()
    for name, (low, high) in scales.items():
        if not low < high:
            raise RangeError(f"scale of {name}")
    for each in given:
        if each.criterion not in scales:
            raise UnknownError(each.criterion)
        low, high = scales[each.criterion]
        if not low <= each.value <= high:
            raise RangeError(f"{each.reviewer}, {each.work}, {each.criterion}: {each.value}")
        if (each.reviewer, each.work, each.criterion) in seen:
            raise RepeatedError(f"{each.reviewer}, {each.work}, {each.criterion}")
        seen.add((each.reviewer, each.work, each.criterion))
        yield each


def _weight(gaps: list[float], usual: float, prior: float) -> float:
    # A hundredth of a scale is as near as anybody can be: nobody's weight is without end.
    variance = (prior * usual + sum(gap**2 for gap in gaps)) / (prior + len(gaps))
    return 1 / max(variance, 0.01**2)


def _reliability(name: str, gaps: list[float], weight: float, marking: Marking) -> Reliability:
    if not gaps:
        return Reliability(name, 0, None, None, None, weight)
    gap = sqrt(sum(each**2 for each in gaps) / len(gaps))
    share = (marking.none - gap) / (marking.none - marking.full)
    return Reliability(name, len(gaps), gap, sum(gaps) / len(gaps), 100 * min(1.0, max(0.0, share)), weight)
