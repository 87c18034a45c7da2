"""A small school of simulated learners."""

import numpy as np

from saem.lib.learners import Responses

DAY = 86400.0


def school(*, students: int = 30, rows: int = 12, items: int = 8, skills: int = 3, seed: int = 1) -> Responses:
    """Learners who get better; a third of the items carry two skills. Rows of the students are interleaved."""
    rng = np.random.default_rng(seed)
    student = np.tile(np.arange(students), rows)
    item = rng.integers(0, items, len(student))
    ability, difficulty = rng.normal(0, 1, students), rng.normal(0, 1, items)
    chance = 1 / (1 + np.exp(-(ability[student] - difficulty[item] + 0.1 * np.repeat(np.arange(rows), students))))
    tags = [
        (f"k{each % skills}", f"k{(each + 1) % skills}") if each % 3 == 0 else (f"k{each % skills}",) for each in item
    ]
    time = np.repeat(np.cumsum(rng.exponential(4 * DAY, rows)), students)
    return Responses.from_columns(
        [f"s{each}" for each in student], [f"i{each}" for each in item], tags,
        (rng.random(len(student)) < chance).astype(float), time,
    )  # fmt: skip
