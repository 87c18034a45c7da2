"""Learners whose chances grow with what they got right and wrong before (Pavlik, Cen & Koedinger 2009)."""

from dataclasses import dataclass

import numpy as np

from saem.lib.learners.responses import Codes, Floats, Responses

from .shapes import SMALL, Shape, draw_slots, logistic, names, rows_by_step, steps


@dataclass(frozen=True)
class PfaTruth:
    """`easiness`, `right` and `wrong` are (skills,): logits of a skill, per earlier right and per earlier wrong answer
    (logarithm of one plus the count where `log_counts`). `ability` is (students,), `chance` (n,).
    """

    easiness: Floats
    right: Floats
    wrong: Floats
    ability: Floats
    log_counts: bool
    chance: Floats


def simulate_pfa(
    shape: Shape = SMALL,
    *,
    log_counts: bool = True,
    ability_spread: float = 0.5,
    two_skills: float = 0.0,
    seed: int = 0,
) -> tuple[Responses, PfaTruth]:
    """A share `two_skills` of the items carries two skills, whose logits add up."""
    rng = np.random.default_rng(seed)
    slots = draw_slots(shape, rng)
    tag_sets, tag_of_item = _tags(slots.item_skill, shape.skills, two_skills, rng)
    uses = np.zeros((len(tag_sets), shape.skills))
    for place, codes in enumerate(tag_sets):
        uses[place, list(codes)] = 1.0
    tag = tag_of_item[slots.item]
    easiness, right, wrong = (
        rng.normal(0.0, 0.6, shape.skills),
        rng.uniform(0.2, 0.7, shape.skills) if log_counts else rng.uniform(0.03, 0.12, shape.skills),
        rng.uniform(-0.2, 0.2, shape.skills) if log_counts else rng.uniform(-0.04, 0.02, shape.skills),
    )
    ability = rng.normal(0.0, ability_spread, shape.students)
    counts = np.zeros((2, shape.students, shape.skills))
    chance, score = np.empty(len(tag)), np.empty(len(tag))
    for rows in rows_by_step(steps(slots.student)):
        student, used = slots.student[rows], uses[tag[rows]]
        seen = np.log1p(counts[:, student]) if log_counts else counts[:, student]
        logit = ability[student] + (used * (easiness + right * seen[1] + wrong * seen[0])).sum(axis=1)
        chance[rows] = logistic(logit)
        score[rows] = rng.random(len(rows)) < chance[rows]
        # A student has one row in a step, so no count is added twice.
        counts[score[rows].astype(np.int64), student] += used
    responses = Responses(
        names("student", shape.students), names("item", shape.items), names("skill", shape.skills),
        tag_sets, slots.student, slots.item, tag, score, slots.time,
    )  # fmt: skip
    return responses, PfaTruth(easiness, right, wrong, ability, log_counts, chance)


def _tags(
    item_skill: Codes, skills: int, share: float, rng: np.random.Generator
) -> tuple[tuple[tuple[int, ...], ...], Codes]:
    """Tag sets, and the tag of each item (items,)."""
    second = (item_skill + rng.integers(1, max(skills, 2), len(item_skill))) % skills
    both = rng.random(len(item_skill)) < share
    sets: dict[tuple[int, ...], int] = {(code,): code for code in range(skills)}
    tags = [
        sets.setdefault(tuple(sorted({first, other} if two else {first})), len(sets))
        for first, other, two in zip(item_skill.tolist(), second.tolist(), both.tolist(), strict=True)
    ]
    return tuple(sets), np.array(tags, dtype=np.int32)
