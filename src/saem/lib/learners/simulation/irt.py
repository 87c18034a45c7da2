"""Abilities and items of the logistic models with one to four parameters, answers missing by design."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.errors import ParameterError
from saem.lib.learners.responses import Booleans, Floats, Responses

from .shapes import logistic, names

FOUR = 4


@dataclass(frozen=True)
class IrtTruth:
    """`theta` (students,) is standard normal; the others are (items,), on the logistic metric (no 1.7)."""

    theta: Floats
    discrimination: Floats
    difficulty: Floats
    guess: Floats
    upper: Floats

    def chance(self) -> Floats:
        """(students, items): the chance of a right answer."""
        logit = self.discrimination * (self.theta[:, None] - self.difficulty)
        chance: Floats = self.guess + (self.upper - self.guess) * logistic(logit)
        return chance


def simulate_irt(
    students: int = 300, items: int = 20, *, parameters: int = 2, booklets: int = 1, anchors: int = 0, seed: int = 0
) -> tuple[Responses, IrtTruth]:
    """1PL to 4PL (`parameters`). With several `booklets` each student meets one part of the items and all `anchors`
    (the first items): missing by design. Raises ParameterError for impossible numbers.
    """
    if parameters not in {1, 2, 3, 4}:
        raise ParameterError("parameters is 1, 2, 3 or 4")
    rng = np.random.default_rng(seed)
    truth = IrtTruth(
        theta=rng.normal(size=students),
        discrimination=rng.lognormal(0.1, 0.3, items) if parameters > 1 else np.ones(items),
        difficulty=rng.normal(size=items),
        guess=rng.uniform(0.1, 0.25, items) if parameters in {3, 4} else np.zeros(items),
        upper=rng.uniform(0.9, 0.99, items) if parameters == FOUR else np.ones(items),
    )
    right = rng.random((students, items)) < truth.chance()
    met = booklet_design(students, items, booklets, anchors, rng)
    return from_matrix(right.astype(np.float64), met, rng), truth


def booklet_design(students: int, items: int, booklets: int, anchors: int, rng: np.random.Generator) -> Booleans:
    """(students, items): who meets what; booklets are dealt evenly, in random order."""
    if booklets < 1 or not 0 <= anchors <= items or booklets > max(items - anchors, 1):
        raise ParameterError("a booklet needs an item of its own, and anchors are items")
    booklet = rng.permutation(np.arange(students) % booklets)
    of_item = np.concatenate([np.full(anchors, -1), np.arange(items - anchors) * booklets // max(items - anchors, 1)])
    met: Booleans = (of_item == -1) | (of_item == booklet[:, None])
    return met


def from_matrix(
    score: Floats,
    met: Booleans,
    rng: np.random.Generator,
    *,
    skills: tuple[str, ...] = ("skill-1",),
    tag_sets: tuple[tuple[int, ...], ...] = ((0,),),
    tag: NDArray[np.int64] | None = None,
) -> Responses:
    """Responses of a (students, items) matrix, each student in a random order of items; `tag` (items,)."""
    students, items = score.shape
    key = np.where(met, rng.random((students, items)), 2.0)
    order = np.argsort(key, axis=1)
    student = np.repeat(np.arange(students), met.sum(axis=1))
    item = order[np.arange(items) < met.sum(axis=1)[:, None]]
    tags = np.zeros(items, dtype=np.int64) if tag is None else tag
    student_codes, item_codes, tag_codes = (each.astype(np.int32) for each in (student, item, tags[item]))
    return Responses(
        names("student", students), names("item", items), skills, tag_sets,
        student_codes, item_codes, tag_codes, score[student, item],
    )  # fmt: skip
