"""Who may review what, and who does: reviewers, readings, an assignment and what it could not give."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """`limit` reviews in all; `tracks` are their fields; `ties` are names as "school:B10-7010537", shared with
    applicants.
    """

    id: str
    limit: int
    tracks: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """An application to be read: an empty `track` is in everybody's field; `barred` are reviewers with a declared
    conflict.
    """

    id: str
    track: str = ""
    ties: frozenset[str] = frozenset()
    barred: frozenset[str] = frozenset()


class Reason(StrEnum):
    TOO_FEW_ALLOWED = "too_few_allowed"  # conflicts leave fewer reviewers than reviews are wanted
    ALL_FULL = "all_full"  # those who may have reached their limits


@dataclass(frozen=True)
class Unmet:
    """`missing` reviews of an application cannot be given; `allowed` is how many reviewers may review it."""

    application: str
    missing: int
    reason: Reason
    allowed: int


@dataclass(frozen=True)
class Shortage:
    """Why: these applications want `wanted` reviews more than they have room for with these reviewers, who have
    `room`.
    """

    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    wanted: int
    room: int


@dataclass(frozen=True)
class Assignment:
    """`reviewers` by application. `outside` of the given reviews are outside the reviewer's tracks."""

    reviewers: Mapping[str, tuple[str, ...]]
    outside: int
    unmet: tuple[Unmet, ...] = ()
    shortage: Shortage | None = None

    @property
    def loads(self) -> dict[str, int]:
        """Reviews by reviewer, of those who have any."""
        loads: dict[str, int] = defaultdict(int)
        for given in self.reviewers.values():
            for reviewer in given:
                loads[reviewer] += 1
        return dict(loads)
