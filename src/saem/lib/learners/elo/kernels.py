"""The compiled pass over all responses: predict each, then move the ratings that took part."""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from saem.lib.learners.responses import Booleans, Floats

from . import rating

Places = NDArray[np.int64]
_moved = njit(cache=True)(rating.moved)
_logistic = njit(cache=True)(rating.logistic)


@njit(cache=True)
def play(  # noqa: PLR0917 (numba knows no keyword-only arguments)
    order: Places, bounds: Places, student: Places, pair: Places, skill: Places, item: Places, right: Booleans,
    abilities: Floats, skill_abilities: Floats, difficulties: Floats, skill_difficulties: Floats, growth: float,
    drift: float, rate_items: bool,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Before each response moved the ratings: its chance (n,), the student's ability (n,), that on each skill (slots,).

    Ratings are (…, 2), means and variances, and changed in place.
    `bounds` (n + 1,) are where the rows' slots begin in `pair` (student and skill) and `skill`, one for each skill of
        the response. The last item and the last skill are the unknown ones; they never move.
    """
    chance, ability, skill_ability = np.empty(len(order)), np.empty(len(order)), np.empty(len(pair))
    for row in order:
        who, what, first, last = student[row], item[row], bounds[row], bounds[row + 1]
        share = 1.0 / max(1, last - first)
        ability[row] = abilities[who, 0]
        score = abilities[who, 0] - difficulties[what, 0]
        spread = abilities[who, 1] + difficulties[what, 1]
        for slot in range(first, last):
            skill_ability[slot] = skill_abilities[pair[slot], 0]
            score += share * (skill_abilities[pair[slot], 0] - skill_difficulties[skill[slot], 0])
            spread += share**2 * (skill_abilities[pair[slot], 1] + skill_difficulties[skill[slot], 1])
        chance[row] = _logistic(score if growth > 0.0 else score / math.sqrt(1.0 + math.pi * spread / 8.0))
        plain = _logistic(score)
        miss, weight = right[row] - plain, plain * (1.0 - plain)
        mean, variance = _moved(abilities[who, 0], abilities[who, 1], 1.0, miss, weight, spread, growth)
        abilities[who, 0], abilities[who, 1] = mean, variance + drift
        for slot in range(first, last):
            at = pair[slot]
            mean, variance = _moved(skill_abilities[at, 0], skill_abilities[at, 1], share, miss, weight, spread, growth)
            skill_abilities[at, 0], skill_abilities[at, 1] = mean, variance + drift
        if not rate_items:
            continue
        if what < len(difficulties) - 1:
            mean, variance = _moved(difficulties[what, 0], difficulties[what, 1], -1.0, miss, weight, spread, growth)
            difficulties[what, 0], difficulties[what, 1] = mean, variance
        for slot in range(first, last):
            at = skill[slot]
            if at < len(skill_difficulties) - 1:
                mean, variance = _moved(
                    skill_difficulties[at, 0], skill_difficulties[at, 1], -share, miss, weight, spread, growth
                )
                skill_difficulties[at, 0], skill_difficulties[at, 1] = mean, variance
    return chance, ability, skill_ability
