"""The agreement of a double marking, criterion by criterion."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from saem.lib.agreement.drift import Drift, drifts
from saem.lib.agreement.errors import MarkError, UndefinedError
from saem.lib.agreement.kappa import Kappa, kappa
from saem.lib.agreement.marks import Both, Mark, Scale, pairs


@dataclass(frozen=True)
class CriterionAgreement:
    """`same` and `near` are shares of the pairs of marks with no difference and with one step at most; `gaps` counts
    pairs by their difference. `widest` are the works whose marks lie farthest apart, the widest first.

    `undefined` is the code of what keeps kappa (or everything) from meaning something; the other numbers are then
    those that still do.
    """

    criterion: str
    pairs: int
    single: int
    missing: int
    same: float | None
    near: float | None
    gaps: Mapping[int, int]
    widest: tuple[tuple[str, int], ...]
    kappa: Kappa | None
    undefined: str | None
    drifts: tuple[Drift, ...]


def report(
    marks: Iterable[Mark], scales: Mapping[str, Scale], *, seed: int = 0, samples: int = 2_000, widest: int = 10
) -> tuple[CriterionAgreement, ...]:
    """One for each criterion of `scales`, in their order.

    Markers are taken as interchangeable where there are more than two. Raises MarkError for marks outside their scale,
    of an unknown criterion, or twice.
    """
    by_criterion: dict[str, list[Mark]] = {name: [] for name in scales}
    for mark in marks:
        if mark.criterion not in by_criterion:
            raise MarkError(f"{mark.criterion} has no scale")
        by_criterion[mark.criterion].append(mark)
    return tuple(
        _of(name, given, scales[name], seed=seed, samples=samples, widest=widest)
        for name, given in by_criterion.items()
    )


def _of(name: str, marks: list[Mark], scale: Scale, *, seed: int, samples: int, widest: int) -> CriterionAgreement:
    counts = Counter(mark.work for mark in marks if mark.value is not None)
    single = sum(count == 1 for count in counts.values())
    missing = sum(mark.value is None for mark in marks)
    try:
        both = pairs(marks, scale)
    except UndefinedError as error:
        return CriterionAgreement(name, 0, single, missing, None, None, {}, (), None, error.code, ())
    gaps = Counter(abs(first - second) for first, second in (each.values for each in both))
    value, undefined = _kappa(both, scale, seed, samples)
    return CriterionAgreement(
        name, len(both), single, missing, gaps[0] / len(both), (gaps[0] + gaps[1]) / len(both),
        dict(sorted(gaps.items())), _widest(both, widest), value, undefined, drifts(both),
    )  # fmt: skip


def _kappa(both: tuple[Both, ...], scale: Scale, seed: int, samples: int) -> tuple[Kappa | None, str | None]:
    markers = {each.first.marker for each in both} | {each.second.marker for each in both}
    try:
        return kappa(
            [each.values for each in both], scale, is_ordered=len(markers) == 2, seed=seed, samples=samples,  # noqa: PLR2004
            works=[each.work for each in both],
        ), None  # fmt: skip
    except UndefinedError as error:
        return None, error.code


def _widest(both: tuple[Both, ...], number: int) -> tuple[tuple[str, int], ...]:
    gaps: dict[str, int] = {}
    for each in both:
        first, second = each.values
        gaps[each.work] = max(gaps.get(each.work, 0), abs(first - second))
    ranked = sorted(((work, gap) for work, gap in gaps.items() if gap), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:number])
