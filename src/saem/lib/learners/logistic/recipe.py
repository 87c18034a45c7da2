"""What a logistic model looks at: which parts of which history become columns of its design."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.responses import Floats

from .kernels import PATTERN

Place = TypeVar("Place", int, NDArray[np.int64])
# Columns (n, w), counted from 0 within the part, and their values (n, w).
Cells = tuple[NDArray[np.int64], Floats]


@dataclass(frozen=True)
class Recipe:
    """The parts (PARTS) taken from the student's whole history, from that on the item, and from that on each skill.

    `skill` parts have coefficients of their own for each skill and are summed over the skills of a response; `shared`
    parts of a skill's history have the same coefficients for all skills and are averaged. `windows` are in seconds,
    `fades` factors for each further response of the same run. `switch` adds the pattern of the student's recent
    answers once more where the response before had the same skills. `abilities` adds the learner's ratings, in
    general and on each skill, as an online IRT model followed them; once for all skills, once with each skill's own
    coefficients.
    """

    items: bool = True
    student: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    skill: tuple[str, ...] = ("counts",)
    shared: tuple[str, ...] = ()
    switch: bool = False
    abilities: bool = False
    logs: bool = True
    windows: tuple[float, ...] = (math.inf,)
    fades: tuple[float, ...] = ()

    @property
    def timed(self) -> bool:
        return any(math.isfinite(window) for window in self.windows)

    @property
    def patterned(self) -> bool:
        return self.switch or "pattern" in {*self.student, *self.item, *self.skill, *self.shared}

    @property
    def of_student(self) -> bool:
        """Whether the student's whole history is looked at."""
        return bool(self.student or self.switch)

    @property
    def skill_width(self) -> int:
        """Columns of each skill: one for meeting it, then its parts."""
        return 1 + self.width(self.skill) + self.abilities * 2

    @property
    def shared_width(self) -> int:
        """Columns that do not depend on the skill; the first is the intercept."""
        return self.abilities_offset + self.abilities * 2

    @property
    def item_offset(self) -> int:
        return 1 + self.width(self.student)

    @property
    def shared_offset(self) -> int:
        return self.item_offset + self.width(self.item)

    @property
    def switch_offset(self) -> int:
        return self.shared_offset + self.width(self.shared)

    @property
    def abilities_offset(self) -> int:
        return self.switch_offset + self.switch * PATTERN

    def skill_offset(self, code: Place) -> Place:
        """Where the columns of these skills begin; behind the last skill, how many there are in all."""
        return self.shared_width + code * self.skill_width

    def width(self, parts: tuple[str, ...]) -> int:
        return sum(PARTS[part].width(self) for part in parts)

    def column_names(self, skills: tuple[str, ...]) -> tuple[str, ...]:
        """One name for each column, such as `student/counts/0` or `skill Ratios/met`."""
        shared = ["intercept"]
        for owner in ("student", "item", "shared"):
            shared += self._names(owner, getattr(self, owner))
        shared += [f"switch/{number}" for number in range(self.switch * PATTERN)]
        abilities = ["ability", "ability on the skill"] * self.abilities
        shared += abilities
        parts = ("met", *self._names("", self.skill), *abilities)
        own = [f"skill {name}/{part}" for name in skills for part in parts]
        return tuple(shared + own)

    def _names(self, owner: str, parts: tuple[str, ...]) -> list[str]:
        start = f"{owner}/" if owner else ""
        return [f"{start}{part}/{number}" for part in parts for number in range(PARTS[part].width(self))]


@dataclass(frozen=True)
class Part:
    """Columns made of histories (n, raw) as `history_before` gives them."""

    width: Callable[[Recipe], int]
    cells: Callable[[Floats, Recipe], Cells]


def cells_of(parts: tuple[str, ...], history: Floats, recipe: Recipe) -> Cells:
    """All columns of these parts, side by side."""
    columns, values, offset = [np.zeros((len(history), 0), dtype=np.int64)], [np.zeros((len(history), 0))], 0
    for name in parts:
        column, value = PARTS[name].cells(history, recipe)
        columns.append(column + offset)
        values.append(value)
        offset += PARTS[name].width(recipe)
    return np.concatenate(columns, axis=1), np.concatenate(values, axis=1)


def _every(values: Floats) -> Cells:
    return np.broadcast_to(np.arange(values.shape[1]), values.shape), values


def _counts(history: Floats, recipe: Recipe) -> Cells:
    counts = history[:, : 2 * len(recipe.windows)]
    return _every(np.log1p(counts) if recipe.logs else counts)


def _rates(history: Floats, recipe: Recipe) -> Cells:
    """Right minus wrong over their number, drawn to 0 by one response more."""
    start = 2 * len(recipe.windows)
    right, wrong = history[:, start:-1:2], history[:, start + 1 : -1 : 2]
    return _every((right - wrong) / (right + wrong + 1.0))


def _pattern(history: Floats, _recipe: Recipe) -> Cells:
    """One column for each run of up to five recent answers."""
    return history[:, -1:].astype(np.int64), np.ones((len(history), 1))


PARTS: dict[str, Part] = {
    "counts": Part(lambda recipe: 2 * len(recipe.windows), _counts),
    "rates": Part(lambda recipe: len(recipe.fades), _rates),
    "pattern": Part(lambda _: PATTERN, _pattern),
}
