"""Whether an item has become easier or harder than it was, seen against the other items."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Responses

from .calibration import Scale

LEAST_OF_HALF = 30
# With fewer items there is no telling a change of one from a change of all, which is what learning looks like.
LEAST_ITEMS = 5


@dataclass(frozen=True)
class Drift:
    """By how many logits an item is harder (above 0) in the later half of its answers than in the earlier one, beyond
    the median change of all items; `error` is the standard error.
    """

    change: float
    error: float

    @property
    def z(self) -> float:
        return self.change / self.error


def drifts(responses: Responses, scale: Scale) -> Mapping[str, Drift]:
    """One for each item with LEAST_OF_HALF answers in both halves; rows stand in the order of time.

    Each half's difficulty is one Newton step of its likelihood from the common one, abilities held where they are.
    """
    raw = {
        name: found
        for code, name in enumerate(responses.items)
        if (found := _drift(responses, scale, name, np.flatnonzero(responses.item == code))) is not None
    }
    if len(raw) < LEAST_ITEMS:
        return {}
    common = float(np.median([each.change for each in raw.values()]))
    return {name: replace(each, change=each.change - common) for name, each in raw.items()}


def _drift(responses: Responses, scale: Scale, name: str, rows: NDArray[np.int64]) -> Drift | None:
    half = len(rows) // 2
    if half < LEAST_OF_HALF or name not in scale.by_item:
        return None
    bank = scale.bank.chosen([name])
    ability = scale.ability[responses.student[rows]]
    chance = bank.chance(ability)[:, 0]
    slope = float(bank.discrimination[0])
    miss, information = slope * (responses.score[rows] - chance), slope**2 * chance * (1 - chance)
    early, late = slice(0, half), slice(half, None)
    if not (information[early].sum() > 0 and information[late].sum() > 0):
        return None
    moves = [-miss[part].sum() / information[part].sum() for part in (early, late)]
    error = float(np.sqrt(1 / information[early].sum() + 1 / information[late].sum()))
    return Drift(float(moves[1] - moves[0]), error)
