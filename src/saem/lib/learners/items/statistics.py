"""Statistics of items from first tries: classical ones from few, item response theory from many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.responses import Floats, Responses

from .calibration import Calibrated, calibrate_items
from .drift import Drift, drifts
from .rest import correlation, rest_scores


@dataclass(frozen=True)
class FirstTries:
    """First tries at variants of items, in the order of time; `responses.score` is 0 or 1.

    `chosen` (n,) has the ids of the options of each answer, `hints` (n,) how many hints were seen before it. `options`
    lists the options of the items that have some; `right` are those of them that are right in some variant.
    """

    responses: Responses
    chosen: Sequence[Sequence[str]]
    hints: Sequence[int]
    options: Mapping[str, Sequence[str]] = field(default_factory=dict)
    right: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class OptionStatistics:
    """`share` of the item's answers chose it; `rest` is their mean rest score and `rest_error` its standard error, None
    where fewer than two of them have one.
    """

    id: str
    is_right: bool
    count: int
    share: float
    rest: float | None
    rest_error: float | None


@dataclass(frozen=True)
class ItemStatistics:
    """`exposure` is the share of all learners who met the item, `right` the share of right answers with its standard
    error; `discrimination` the corrected point-biserial correlation; `rest_right` and its error the mean rest score of
    who answered rightly; `hinted` the share of answers that came after a hint.
    """

    item: str
    responses: int
    learners: int
    all_learners: int
    right: float
    right_error: float
    discrimination: float | None
    rest_right: float | None
    rest_right_error: float | None
    hinted: float
    options: tuple[OptionStatistics, ...] = ()
    calibrated: Calibrated | None = None
    drift: Drift | None = None

    @property
    def exposure(self) -> float:
        return self.learners / self.all_learners


def item_statistics(tries: FirstTries) -> dict[str, ItemStatistics]:
    """By item, for each that was answered. Raises ResponsesError `score_not_binary`, and `unequal_columns` for columns
    of other lengths than the responses.
    """
    responses = tries.responses
    if not len(responses):
        return {}
    responses.right_or_wrong()
    if not len(responses) == len(tries.chosen) == len(tries.hints):
        raise ResponsesError("unequal_columns")
    rest, scale = rest_scores(responses), calibrate_items(responses)
    moved = drifts(responses, scale) if scale else {}
    calibrated = scale.by_item if scale else {}
    all_learners, hints = len(np.unique(responses.student)), np.array(tries.hints)
    found = {}
    for code in np.unique(responses.item).tolist():
        name, rows = responses.items[code], np.flatnonzero(responses.item == code)
        score = responses.score[rows]
        mean, error = mean_and_error(rest[rows][score == 1])
        share = float(score.mean())
        found[name] = ItemStatistics(
            item=name,
            responses=len(rows),
            learners=len(np.unique(responses.student[rows])),
            all_learners=all_learners,
            right=share,
            right_error=float(np.sqrt(share * (1 - share) / len(rows))),
            discrimination=correlation(score, rest[rows]),
            rest_right=mean,
            rest_right_error=error,
            hinted=float(np.mean(hints[rows] > 0)),
            options=_options(tries, name, rows, rest),
            calibrated=calibrated.get(name),
            drift=moved.get(name),
        )
    return found


def mean_and_error(values: Floats) -> tuple[float | None, float | None]:
    """The mean of the numbers among the values and its standard error; None, None for fewer than two."""
    known = values[~np.isnan(values)]
    if len(known) < 2:  # noqa: PLR2004  # one value has no spread
        return None, None
    return float(known.mean()), float(known.std(ddof=1) / np.sqrt(len(known)))


def _options(tries: FirstTries, item: str, rows: NDArray[np.int64], rest: Floats) -> tuple[OptionStatistics, ...]:
    answers = [frozenset(tries.chosen[row]) for row in rows.tolist()]
    right = frozenset(tries.right.get(item, ()))
    found = []
    for option in tries.options.get(item, ()):
        chose = np.array([option in answer for answer in answers])
        mean, error = mean_and_error(rest[rows][chose])
        found.append(OptionStatistics(option, option in right, int(chose.sum()), float(chose.mean()), mean, error))
    return tuple(found)
