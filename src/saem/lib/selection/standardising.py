"""Evens out strict and lenient reviewers: each one's marks get the mean and the spread of all marks of the stage."""

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from math import isqrt

FEWEST = 8
_FINE = 10**9


def standardised(marks: Mapping[tuple[str, str], Fraction]) -> dict[tuple[str, str], Fraction]:
    """Marks of 100 by (application, reviewer), as z-scores within each reviewer, on the scale of all, kept in 0 to 100.

    This is fair only where applications go to reviewers by chance (as `reviewers.py` gives them), and with few
    marks a reviewer's mean says more of the applications than of the reviewer: who gave fewer than `FEWEST`, or
    always the same, is left alone. Variances are those of a population; roots are cut after nine decimals, so that
    the result is the same on every machine.
    """
    own: dict[str, list[Fraction]] = defaultdict(list)
    for (_, reviewer), value in marks.items():
        own[reviewer].append(value)
    if not marks:
        return {}
    mean, deviation = _moments(list(marks.values()))
    by_reviewer = {name: _moments(values) for name, values in own.items() if len(values) >= FEWEST}
    return {pair: _placed(value, by_reviewer.get(pair[1]), mean, deviation) for pair, value in marks.items()}


def _placed(value: Fraction, own: tuple[Fraction, Fraction] | None, mean: Fraction, deviation: Fraction) -> Fraction:
    if own is None or not own[1]:
        return value
    return min(Fraction(100), max(Fraction(0), mean + (value - own[0]) / own[1] * deviation))


def _moments(values: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Mean and standard deviation."""
    mean = sum(values, Fraction(0)) / len(values)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / len(values)
    return mean, Fraction(isqrt(int(variance * _FINE * _FINE)), _FINE)
