"""Answers drawn from known items, and the marginal likelihood written plainly to compare with."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.irt.calibration import Calibration, Settings, calibrate
from saem.lib.learners.irt.families import Family, FourParameter, Graded, PartialCredit, ThreeParameter
from saem.lib.learners.irt.table import Table
from saem.lib.learners.responses import Responses

Array = NDArray[np.float64]
Scores = NDArray[np.int64]


def family_of_kind(kind: str, items: int) -> Family:
    used = np.full(items, 4 if kind in {"grm", "gpcm", "pcm"} else 2)
    return {
        "1pl": PartialCredit(used, equal_slopes=True),
        "2pl": PartialCredit(used),
        "3pl": ThreeParameter(used),
        "4pl": FourParameter(used),
        "grm": Graded(used),
        "gpcm": PartialCredit(used),
        "pcm": PartialCredit(used, equal_slopes=True),
    }[kind]


def values_of_kind(kind: str, items: int, seed: int = 0) -> Array:
    """True parameters (items, p) such as real tests have."""
    random = np.random.default_rng(seed)
    slope = np.full(items, 1.1) if kind in {"1pl", "pcm"} else random.uniform(0.8, 2.0, items)
    centre = random.normal(0.0, 0.9, items)
    if kind == "grm":
        return np.stack([slope, 1.3 - slope * centre, -slope * centre, -1.3 - slope * centre], axis=1)
    if kind in {"gpcm", "pcm"}:
        steps = -slope[:, None] * (centre[:, None] + np.array([-0.8, 0.0, 0.8]))
        return np.concatenate([slope[:, None], np.cumsum(steps, axis=1)], axis=1)
    more = [np.full(items, logit) for logit in {"3pl": [-1.4], "4pl": [-1.4, 3.0]}.get(kind, [])]
    return np.stack([slope, -slope * centre, *more], axis=1)


def answers(family: Family, values: Array, theta: Array, seed: int = 1) -> Scores:
    """(persons, items): categories drawn from the model."""
    chances = np.exp(family.log_chances(values, theta)).transpose(2, 0, 1)
    drawn = np.random.default_rng(seed).random(chances.shape[:2])[:, :, None]
    return np.minimum((drawn > np.cumsum(chances, axis=2)).sum(axis=2), family.categories - 1)


def abilities(persons: int, seed: int = 2) -> Array:
    return np.random.default_rng(seed).normal(size=persons)


def calibrated(kind: str, scores: Scores, settings: Settings | None = None) -> Calibration:
    family = family_of_kind(kind, scores.shape[1])
    return calibrate(Table.from_matrix(scores, family.categories), family, names(scores.shape[1]), settings)


def names(items: int) -> list[str]:
    return [f"item {code}" for code in range(items)]


def plain_log_likelihood(family: Family, values: Array, scores: Scores, nodes: int = 401) -> float:
    """Person by person, over a fine grid of abilities; -1 is an item that was not asked."""
    theta = np.linspace(-7.0, 7.0, nodes)
    weights = np.exp(-(theta**2) / 2)
    chances = np.exp(family.log_chances(values, theta))
    total = 0.0
    for row in scores:
        asked = np.flatnonzero(row >= 0)
        total += np.log((chances[asked, row[asked]].prod(axis=0) * weights / weights.sum()).sum())
    return float(total)


def responses(scores: Scores, *, skills: int = 2) -> Responses:
    """Long rows, students one after the other; item c has skill c modulo the number of skills."""
    person, item = np.nonzero(scores >= 0)
    return long(person, item, scores[person, item], skills)


def long(
    person: Sequence[int] | Array, item: Sequence[int] | Array, score: Sequence[float] | Array, skills: int = 2
) -> Responses:
    return Responses.from_columns(
        [f"student {each}" for each in person],
        [f"item {each}" for each in item],
        [(f"skill {each % skills}",) for each in item],
        [float(each) for each in score],
    )
