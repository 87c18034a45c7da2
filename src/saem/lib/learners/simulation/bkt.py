"""Learners who hold a skill or do not, learn it by practice and may forget it (Corbett & Anderson 1995)."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Booleans, Floats, Responses

from .shapes import SMALL, Shape, Slots, draw_slots, logistic, responses_of, rows_by_step, steps


@dataclass(frozen=True)
class BktTruth:
    """`prior`, `learn`, `forget`, `guess`, `slip` are (skills,); `item_effect` (items,) is added to an item's logits of
    a right answer, with the skill and without; `knew` and `chance` are (n,), of each row before its answer.
    """

    prior: Floats
    learn: Floats
    forget: Floats
    guess: Floats
    slip: Floats
    item_effect: Floats
    knew: Booleans
    chance: Floats


def simulate_bkt(
    shape: Shape = SMALL, *, forgetting: bool = False, item_spread: float = 0.0, seed: int = 0
) -> tuple[Responses, BktTruth]:
    """Responses of one skill each. `item_spread` is the standard deviation of the item effects in logits."""
    rng = np.random.default_rng(seed)
    slots = draw_slots(shape, rng)
    prior, learn, guess, slip = (
        rng.uniform(low, high, shape.skills) for low, high in ((0.1, 0.6), (0.05, 0.35), (0.1, 0.3), (0.05, 0.2))
    )
    forget = rng.uniform(0.02, 0.1, shape.skills) if forgetting else np.zeros(shape.skills)
    effect = rng.normal(0.0, item_spread, len(slots.item_skill)) if item_spread else np.zeros(len(slots.item_skill))
    knew = _states(slots, prior, learn, forget, rng)
    known_chance = np.where(knew, 1.0 - slip[slots.skill], guess[slots.skill])
    chance = logistic(np.log(known_chance / (1.0 - known_chance)) + effect[slots.item])
    score = (rng.random(len(chance)) < chance).astype(np.float64)
    truth = BktTruth(prior, learn, forget, guess, slip, effect, knew, chance)
    return responses_of(slots, score, shape.skills), truth


def _states(slots: Slots, prior: Floats, learn: Floats, forget: Floats, rng: np.random.Generator) -> Booleans:
    """Whether each row's student held its skill, drawn for all pairs of student and skill at once, step by step."""
    pair = slots.student.astype(np.int64) * len(prior) + slots.skill
    _, sequence = np.unique(pair, return_inverse=True)
    now = np.zeros(int(sequence.max()) + 1, dtype=bool)
    knew = np.zeros(len(pair), dtype=bool)
    for step, rows in enumerate(rows_by_step(steps(slots.student, slots.skill))):
        skill, luck = slots.skill[rows], rng.random(len(rows))
        held = now[sequence[rows]]
        changed = np.where(held, luck >= forget[skill], luck < learn[skill])
        knew[rows] = now[sequence[rows]] = luck < prior[skill] if step == 0 else changed
    return knew
