"""Marks as they come, and what two markers said of one work side by side."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from saem.lib.agreement.errors import MarkError, NoPairsError, OneMarkerError


@dataclass(frozen=True)
class Mark:
    """`value` is a step of the criterion's scale; None: not marked. `when` orders a marker's own marks (a serial
    number, or seconds).
    """

    work: str
    criterion: str
    marker: str
    value: int | None
    when: float = 0.0


@dataclass(frozen=True)
class Scale:
    """The steps `lowest` to `highest` of a criterion. Raises MarkError for a scale of fewer than two, or more than
    1,000.
    """

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if not 1 <= self.highest - self.lowest < 1_000:  # noqa: PLR2004 - a table of steps by steps is kept
            raise MarkError(f"{self.lowest} to {self.highest}")

    @property
    def steps(self) -> int:
        return self.highest - self.lowest + 1


@dataclass(frozen=True)
class Both:
    """Two marks of one work: `first` is the marker whose name comes first."""

    work: str
    first: Mark
    second: Mark

    @property
    def values(self) -> tuple[int, int]:
        return _value(self.first), _value(self.second)


def pairs(marks: Iterable[Mark], scale: Scale) -> tuple[Both, ...]:
    """All pairs of markers of each work, of marks of one criterion; missing ones are left out.

    Raises MarkError for a mark outside the scale or two of one marker for a work, NoPairsError and OneMarkerError
    where nobody's mark stands beside another's.
    """
    by_work: dict[str, dict[str, Mark]] = defaultdict(dict)
    for mark in marks:
        if mark.value is None:
            continue
        if not scale.lowest <= mark.value <= scale.highest:
            raise MarkError(f"{mark.work}, {mark.marker}: {mark.value}")
        if mark.marker in by_work[mark.work]:
            raise MarkError(f"{mark.work}, {mark.marker}: twice")
        by_work[mark.work][mark.marker] = mark
    found = tuple(
        Both(work, row[one], row[other])
        for work, row in sorted(by_work.items())
        for one, other in combinations(sorted(row), 2)
    )
    if not found:
        _refuse(list(by_work.values()))
    return found


def _refuse(rows: Sequence[dict[str, Mark]]) -> None:
    markers = {marker for row in rows for marker in row}
    if len(markers) == 1:
        raise OneMarkerError(markers.pop())
    raise NoPairsError(f"{len(rows)} works, {len(markers)} markers")


def _value(mark: Mark) -> int:
    if mark.value is None:
        raise MarkError(f"{mark.work}, {mark.marker}: nothing")
    return mark.value
