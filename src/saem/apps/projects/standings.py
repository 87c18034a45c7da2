"""A whole board in memory: its order and everybody's ranks, counted once for each change of the board.

Counting ranks row by row in the database made every reader of a long board pay for all of it. The arrays are kept
per process under the board's stamp, which `board_rows.board_changed` makes anew in the transaction that changes a row,
and under who has left, which is asked each time: so every process sees a change with the first request after it.
"""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models import BoardRow

BOARDS_KEPT = 32
COLUMNS = ("enrolment_id", "submissions", "score", "low", "high", "private_score")


@dataclass(frozen=True, kw_only=True)
class Direction:
    """Which way a metric is good."""

    higher_is_better: bool

    @property
    def order(self) -> tuple[str, ...]:
        return ("-score" if self.higher_is_better else "score", "updated_at", "pk")


@dataclass(frozen=True, kw_only=True)
class Standings:
    """A board in its order, one array entry per student. A missing private score is NaN, and has no private rank.

    Somebody is surely better only where the whole 95 % band is on the better side of another's band, so bands that
    overlap share a range of ranks, from `best_rank` to `worst_rank`.
    """

    enrolments: NDArray[np.int64]
    submissions: NDArray[np.int64]
    scores: NDArray[np.float64]
    lows: NDArray[np.float64]
    highs: NDArray[np.float64]
    privates: NDArray[np.float64]
    best_ranks: NDArray[np.int64]
    worst_ranks: NDArray[np.int64]
    private_ranks: NDArray[np.int64]
    higher_is_better: bool

    def __len__(self) -> int:
        return len(self.enrolments)

    def index_of(self, enrolment: int) -> int | None:
        """Where a student stands, from 0; None where they have no score."""
        found = np.flatnonzero(self.enrolments == enrolment)
        return int(found[0]) if len(found) else None

    def ahead_of(self, index: int) -> int | None:
        """The nearest line with a better score."""
        better = self.better_than(float(self.scores[index]))
        return better - 1 if better else None

    def better_than(self, score: float) -> int:
        """How many public scores are better than this one."""
        return int(_better(self.scores, np.array([score]), self.higher_is_better)[0])


def standings_of(rows: Sequence[Sequence[float | None]], *, higher_is_better: bool) -> Standings:
    """Rank rows of `COLUMNS` that are in the board's order."""
    table = np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=np.float64)
    enrolments, submissions, scores, lows, highs, privates = table.reshape(-1, len(COLUMNS)).T
    better = _better(lows if higher_is_better else highs, highs if higher_is_better else lows, higher_is_better)
    worse = _better(highs if higher_is_better else lows, lows if higher_is_better else highs, not higher_is_better)
    return Standings(
        enrolments=enrolments.astype(np.int64),
        submissions=submissions.astype(np.int64),
        scores=scores,
        lows=lows,
        highs=highs,
        privates=privates,
        best_ranks=better + 1,
        worst_ranks=len(table) - worse,
        private_ranks=_better(privates[~np.isnan(privates)], privates, higher_is_better) + 1,
        higher_is_better=higher_is_better,
    )


def _better(values: NDArray[np.float64], bounds: NDArray[np.float64], higher: bool) -> NDArray[np.int64]:
    """How many of `values` lie strictly on the better side of each bound."""
    ordered = np.sort(values)
    if higher:
        return np.asarray(len(ordered) - np.searchsorted(ordered, bounds, side="right"), dtype=np.int64)
    return np.asarray(np.searchsorted(ordered, bounds, side="left"), dtype=np.int64)


Key = tuple[uuid.UUID, bool, tuple[int, ...]]
_kept: OrderedDict[Key, Standings] = OrderedDict()
_lock = threading.Lock()


def standings(cohort_id: int, project: str, stamp: uuid.UUID | None, direction: Direction) -> Standings:
    """The board as it stands. `stamp` must have been read before: what is read after it is at least as new."""
    left = tuple(who_left(cohort_id))
    if stamp is None:
        return _load(cohort_id, project, left, direction)
    key = (stamp, direction.higher_is_better, left)
    # One thread counts while the others wait for it: a class that looks at once asks for the same board.
    with _lock:
        if key not in _kept:
            _kept[key] = _load(cohort_id, project, left, direction)
        _kept.move_to_end(key)
        while len(_kept) > BOARDS_KEPT:
            _kept.popitem(last=False)
        return _kept[key]


def who_left(cohort_id: int) -> list[int]:
    """Students who were taken out of the cohort; their rows stay, and are not shown."""
    left = Enrolment.objects.filter(classroom__cohort_id=cohort_id, left_at__isnull=False)
    return sorted(left.values_list("pk", flat=True))


def _load(cohort_id: int, project: str, left: tuple[int, ...], direction: Direction) -> Standings:
    rows = BoardRow.objects.filter(cohort_id=cohort_id, project=project).order_by(*direction.order)
    gone = set(left)
    present = [row for row in rows.values_list(*COLUMNS) if row[0] not in gone]
    return standings_of(present, higher_is_better=direction.higher_is_better)
