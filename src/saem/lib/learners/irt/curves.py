"""A calibrated model's curves on its grid, ready to predict: all that is kept of a fit."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from saem.lib.learners.model import Arrays, Facts
from saem.lib.learners.responses import Floats

from .calibration import Calibration
from .families import Family
from .quadrature import Grid
from .scoring import Scoring


@dataclass(frozen=True)
class Curves:
    """`pairs` (m, 2) are the items of each skill, as codes (item, skill); `scarce` (items,) are drawn to the others."""

    items: tuple[str, ...]
    skills: tuple[str, ...]
    pairs: NDArray[np.int64]
    family: Family
    scoring: Scoring
    values: Floats
    grid: Grid
    scarce: NDArray[np.bool_]

    @classmethod
    def of(cls, found: Calibration, scoring: Scoring, skills: tuple[str, ...], pairs: NDArray[np.int64]) -> Self:
        solution = found.solution
        return cls(found.items, skills, pairs, found.family, scoring, solution.values, solution.grid, found.scarce)

    @cached_property
    def place(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.items)}

    @cached_property
    def skill_place(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self.skills)}

    @cached_property
    def population(self) -> Floats:
        """(q,): the share of learners at each node before anything is known."""
        return np.exp(self.grid.log_weights)

    @cached_property
    def chances(self) -> Floats:
        """(items, K, q)"""
        return np.exp(self.family.log_chances(self.values, self.grid.theta))

    @cached_property
    def shares(self) -> Floats:
        """(items, q): expected share of an item's points."""
        return self.scoring.shares(self.chances)

    @cached_property
    def shares_and_average(self) -> Floats:
        """(items + 1, q): the last one is the average item, which stands for an unknown one."""
        return np.concatenate([self.shares, self.shares.mean(axis=0, keepdims=True)])

    @cached_property
    def skill_shares(self) -> Floats:
        """(skills, q): expected share of points over the items of each skill."""
        total, count = np.zeros((len(self.skills), len(self.grid.theta))), np.zeros(len(self.skills))
        np.add.at(total, self.pairs[:, 1], self.shares[self.pairs[:, 0]])
        np.add.at(count, self.pairs[:, 1], 1.0)
        return np.asarray(total / np.maximum(count, 1.0)[:, None])

    @cached_property
    def skill_usable(self) -> NDArray[np.bool_]:
        """(skills,): whether any of its items was calibrated by more than its prior."""
        usable = np.zeros(len(self.skills), dtype=np.bool_)
        usable[self.pairs[~self.scarce[self.pairs[:, 0]], 1]] = True
        return usable

    def kept(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """JSON facts and arrays."""
        grid = self.grid
        facts = {
            "items": list(self.items),
            "skills": list(self.skills),
            "grid": [grid.step, grid.mean, grid.deviation, grid.centre, grid.width],
        }
        arrays = {
            "values": self.values,
            "points": self.scoring.points,
            "used": self.scoring.used,
            "pairs": self.pairs,
            "scarce": self.scarce,
        }
        return facts, arrays

    @classmethod
    def restored(cls, family: Family, scoring: Scoring, facts: Facts, arrays: Arrays) -> Self:
        return cls(
            tuple(facts["items"]), tuple(facts["skills"]), arrays["pairs"], family, scoring,
            arrays["values"], Grid(*facts["grid"]), arrays["scarce"],
        )  # fmt: skip
