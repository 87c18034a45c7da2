"""Simulated learners whose skills, guesses and slips are known."""

from collections.abc import Callable

import numpy as np

from saem.lib.learners import Responses
from saem.lib.learners.diagnosis import Design, dina_design, profiles_of
from saem.lib.learners.responses import Booleans, Floats

# Three skills: each alone three times, each pair twice.
Q = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]] * 3 + [[1, 1, 0], [0, 1, 1], [1, 0, 1]] * 2, dtype=np.bool_)


def simulated(
    learners: int, *, q: Booleans = Q, seed: int = 1, guess: float = 0.15, slip: float = 0.1,
    design_of: Callable[[Booleans], Design] = dina_design, missing: float = 0.0,
) -> tuple[Floats, Booleans, Floats]:  # fmt: skip
    """Scores (learners, items) with NaN for items not asked, true profiles (learners, skills), true chances."""
    generator = np.random.default_rng(seed)
    design = design_of(q)
    true_class = generator.choice(design.classes, size=learners)
    mastered = np.array([int(place).bit_count() for place in np.arange(len(design.item)) - design.lowest[design.item]])
    chance = guess + (1 - slip - guess) * mastered / mastered[design.highest][design.item]
    score = (generator.random((learners, len(q))) < chance[design.group[:, true_class].T]).astype(np.float64)
    score[generator.random(score.shape) < missing] = np.nan
    return score, profiles_of(q.shape[1])[true_class], chance


def as_responses(score: Floats, q: Booleans = Q) -> Responses:
    """The asked items of each learner in order, items and skills called i0, s0 and so on."""
    learner, item = np.nonzero(~np.isnan(score))
    return Responses.from_columns(
        [f"l{one}" for one in learner],
        [f"i{one}" for one in item],
        [[f"s{skill}" for skill in np.flatnonzero(q[one])] for one in item],
        score[learner, item],
    )
