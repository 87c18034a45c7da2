"""What an item's chance of a right answer is computed with: a refit's two parameters, a live difficulty, or a guess."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from saem.apps.learning.models import ItemRecord
from saem.lib import content

# Fewer answers say less about an item than its author's guess.
ENOUGH_ANSWERS = 20
# Two scales are told apart by items that stand on both; fewer of them link nothing.
ENOUGH_TO_LINK = 5
FLATTEST, STEEPEST, FARTHEST = 0.25, 4.0, 6.0
# Finer differences than these say nothing, and would have everybody scored again.
DIGITS = 4


@dataclass(frozen=True)
class ItemParameters:
    """The parameters of one item (`lib.learners.irt.bank`)."""

    difficulty: float
    discrimination: float = 1.0
    guess: float = 0.0
    upper: float = 1.0

    def as_json(self) -> dict[str, float]:
        return {name: round(value, DIGITS) for name, value in vars(self).items()}


def parameters_of(items: Mapping[str, content.Item], records: Mapping[str, ItemRecord]) -> dict[str, ItemParameters]:
    """What is known of these items today.

    Everything stands on the scale of the live difficulties: log-odds, 0 at the learner that the authors had in mind. It
    is one scale for all versions of a program.
    """
    refit = refitted(records)
    return {id_: refit.get(id_) or live(item.difficulty, records.get(id_)) for id_, item in items.items()}


def is_known(record: ItemRecord | None) -> bool:
    return record is not None and record.responses >= ENOUGH_ANSWERS


def live(guess: float, record: ItemRecord | None) -> ItemParameters:
    """The live difficulty, or this guess while there are few answers."""
    difficulty = record.difficulty if record is not None and is_known(record) else guess
    return ItemParameters(min(FARTHEST, max(-FARTHEST, difficulty)))


def refitted(records: Mapping[str, ItemRecord]) -> dict[str, ItemParameters]:
    """The last refit's two parameters, put on the scale of the live difficulties.

    A refit's scale has its learners at mean 0 and deviation 1. It is linked by the mean and the deviation of the items'
    difficulties on both scales (Marco 1977). Empty where too few items were fitted with two parameters, or all alike.
    """
    found = {item: pair for item, record in records.items() if (pair := _two_parameters(record)) is not None}
    if len(found) < ENOUGH_TO_LINK:
        return {}
    own = np.array([difficulty for difficulty, _slope in found.values()])
    alive = np.array([records[item].difficulty for item in found])
    if own.std() == 0 or alive.std() == 0:
        return {}
    unit = float(alive.std() / own.std())
    start = float(alive.mean() - unit * own.mean())
    linked = {item: ItemParameters(unit * each + start, slope / unit) for item, (each, slope) in found.items()}
    return {item: each for item, each in linked.items() if _is_usable(each)}


def _two_parameters(record: ItemRecord) -> tuple[float, float] | None:
    """Difficulty and discrimination of a two-parameter fit, as the refit found them."""
    fit = record.statistics.get("calibrated") or {}
    difficulty, slope = fit.get("difficulty"), fit.get("discrimination")
    if not (is_known(record) and isinstance(difficulty, int | float) and isinstance(slope, int | float)):
        return None
    return float(difficulty), float(slope)


def _is_usable(parameters: ItemParameters) -> bool:
    """A refit of an item that everybody solves gives numbers that measure nothing."""
    return abs(parameters.difficulty) <= FARTHEST and FLATTEST <= parameters.discrimination <= STEEPEST
