"""How well reviewers agree, and who is stricter or more lenient than those who read the same applications."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from saem.lib.selection.sheet import Marks

_FEWEST = 2


@dataclass(frozen=True)
class Severity:
    """`difference` in points of 100: a reviewer's marks less the mean of the others' on the same applications.

    Below zero is strict. `error` is its standard error over the `shared` applications; None for fewer than two.
    """

    reviewer: str
    shared: int
    difference: float
    error: float | None

    @property
    def is_notable(self) -> bool:
        """Whether the difference is three standard errors or more from nothing: rarely chance, also among many."""
        return self.error is not None and abs(self.difference) >= 3 * self.error and self.difference != 0


@dataclass(frozen=True)
class Agreement:
    """Intraclass correlations: `single` of one reviewer's marks, `together` of the mean of `reviewers` of them (k0,
    where their numbers differ); `applications` had two marks or more. None where there is no variance to share.
    """

    applications: int
    reviewers: float
    single: float | None
    together: float | None


def severities(marks: Marks) -> tuple[Severity, ...]:
    """One for each reviewer who shares an application with another, in the order of their names."""
    given = _by_application(marks)
    apart: dict[str, list[Fraction]] = defaultdict(list)
    for row in given.values():
        whole = sum(row.values(), Fraction(0))
        for reviewer, value in row.items():
            apart[reviewer].append(value - (whole - value) / (len(row) - 1))
    return tuple(_severity(reviewer, values) for reviewer, values in sorted(apart.items()))


def _severity(reviewer: str, values: list[Fraction]) -> Severity:
    number = len(values)
    mean = sum(values, Fraction(0)) / number
    if number < _FEWEST:
        return Severity(reviewer, number, float(mean), None)
    variance = sum(((value - mean) ** 2 for value in values), Fraction(0)) / (number - 1)
    return Severity(reviewer, number, float(mean), sqrt(variance / number))


def agreement(marks: Marks) -> Agreement:
    """ICC(1,1) and ICC(1,k), one-way random effects, for applications that were read by different reviewers.

    Shrout and Fleiss 1979 (doi:10.1037/0033-2909.86.2.420); with unequal numbers of reviewers, k is their k0 (Searle's
    n0). With two reviewers on one scale it is close to Cohen's quadratically weighted kappa (Fleiss and Cohen 1973).
    Negative values are possible and mean that applications differ less than reviewers.
    """
    rows = [list(row.values()) for row in _by_application(marks).values()]
    number, count = len(rows), sum(map(len, rows))
    if number < _FEWEST:
        return Agreement(number, count / number if number else 0.0, None, None)
    grand = sum(sum(row, Fraction(0)) for row in rows) / count
    means = [sum(row, Fraction(0)) / len(row) for row in rows]
    between = sum(len(row) * (mean - grand) ** 2 for row, mean in zip(rows, means, strict=True)) / (number - 1)
    within = sum((value - mean) ** 2 for row, mean in zip(rows, means, strict=True) for value in row) / (count - number)
    size = Fraction(count * count - sum(len(row) ** 2 for row in rows), count * (number - 1))
    base = between + (size - 1) * within
    return Agreement(
        number,
        float(size),
        float((between - within) / base) if base else None,
        float((between - within) / between) if between else None,
    )


def _by_application(marks: Marks) -> dict[str, dict[str, Fraction]]:
    given: dict[str, dict[str, Fraction]] = defaultdict(dict)
    for (application, reviewer), value in marks.items():
        given[application][reviewer] = value
    return {name: row for name, row in given.items() if len(row) >= _FEWEST}
