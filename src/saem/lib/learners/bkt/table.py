"""What a fit found of every tag, and how uncertain that makes what is said of a learner."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np

from .kernels import MARGIN
from .logits import chance_of, logit_of
from .sequences import Floats, Integers
from .task import FORGET, GUESS, SLIP

NAMES = ("learn", "forget", "prior", "guess", "slip")


@dataclass(frozen=True)
class Skill:
    """One tag as fitted: chances, standard errors of their logits (0 at a bound), and `why` no mastery is called.

    `log_likelihood` is of the best start, `spread` its standard deviation over the starts.
    """

    learn: float
    forget: float
    prior: float
    guess: float
    slip: float
    errors: dict[str, float]
    students: int
    responses: int
    log_likelihood: float
    spread: float
    why: str


@dataclass(frozen=True)
class Table:
    """Rows are tags in the order of `names`, and one more at the end: the population, which stands in for tags that no
    training response had.

    `theta` (rows, 5) is `[learn, forget, prior, guess, slip]`, `covariance` (rows, 5, 5) of its logits, `prior` (rows,
    bands) and `cuts` (2,) of an individual prior (one band: none). `pair` (pairs, 2) is a row and a code in `items`,
    whose guess and slip are `emission` (pairs, 2). `totals` (tags, 3) are students, responses and right answers.
    """

    names: tuple[str, ...]
    why: tuple[str, ...]
    items: tuple[str, ...]
    theta: Floats
    covariance: Floats
    prior: Floats
    cuts: Floats
    pair: Integers
    emission: Floats
    totals: Floats
    likelihood: Floats
    spread: Floats

    @cached_property
    def place(self) -> dict[str, int]:
        return {name: row for row, name in enumerate(self.names)}

    @cached_property
    def pairs(self) -> dict[tuple[int, str], int]:
        """Tag row and item name → row of `emission`."""
        return {(int(row), self.items[item]): k for k, (row, item) in enumerate(self.pair)}

    @cached_property
    def points(self) -> Floats:
        """(rows, 11, 5): the parameters, and sigma points of their uncertainty (unscented: `uncertain`)."""
        logit = logit_of(self.theta)
        root = np.array([_root(covariance) for covariance in self.covariance]) * np.sqrt(len(NAMES))
        moved = np.concatenate([logit[:, None], logit[:, None] + root, logit[:, None] - root], axis=1)
        points = chance_of(moved)
        # Forgetting that was not fitted stays away, and guess + slip stays below 1, in every point.
        points[..., FORGET][self.theta[:, FORGET] == 0.0] = 0.0
        both = points[..., GUESS] + points[..., SLIP]
        points[..., [GUESS, SLIP]] *= np.minimum(1.0, (1.0 - MARGIN) / both)[..., None]
        points[:, 0] = self.theta
        return points

    def skill(self, name: str) -> Skill:
        row = self.place[name]
        errors = np.sqrt(np.diagonal(self.covariance[row]))
        return Skill(
            **dict(zip(NAMES, map(float, self.theta[row]), strict=True)),
            errors=dict(zip(NAMES, map(float, errors), strict=True)),
            students=int(self.totals[row, 0]),
            responses=int(self.totals[row, 1]),
            log_likelihood=float(self.likelihood[row]),
            spread=float(self.spread[row]),
            why=self.why[row],
        )

    def kept(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Facts and arrays, for storage."""
        everything = {one.name: getattr(self, one.name) for one in fields(self)}
        facts = {name: list(value) for name, value in everything.items() if isinstance(value, tuple)}
        return facts, {name: value for name, value in everything.items() if name not in facts}

    @classmethod
    def restored(cls, facts: Mapping[str, Any], arrays: Mapping[str, Any]) -> "Table":
        """The reverse of `kept`."""
        found: dict[str, Any] = {name: tuple(value) for name, value in facts.items()}
        return cls(**found, **arrays)


def population(theta: Floats, totals: Floats, why: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Parameters (5,) and covariance of logits (5, 5) of a tag nobody has met: how the sound tags are spread."""
    sound = np.array([not code for code in why])
    chosen = sound if sound.any() else np.ones(len(theta), dtype=np.bool_)
    logit, weight = logit_of(theta[chosen]), totals[chosen, 1]
    mean = weight @ logit / weight.sum()
    variance = weight @ (logit - mean) ** 2 / weight.sum() if sound.sum() > 1 else np.ones(len(mean))
    middle = chance_of(mean)
    middle[FORGET] = middle[FORGET] if (theta[:, FORGET] > 0.0).any() else 0.0
    both = middle[GUESS] + middle[SLIP]
    middle[[GUESS, SLIP]] *= min(1.0, (1.0 - MARGIN) / both)
    return middle, np.diag(variance)


def moved_alike(chance: float, points: Floats) -> Floats:
    """The chance of a band or an item in every sigma point (points,), moved as far in logits as its tag's."""
    moved = chance_of(logit_of(np.array([chance])) + logit_of(points) - logit_of(points[:1]))
    moved[0] = chance
    return moved


def uncertain(values: Floats) -> tuple[float, float, float]:
    """A chance at the parameters and its 95 % interval, from its values at all sigma points."""
    logit = logit_of(values)
    error = float(np.sqrt(np.mean((logit[1:] - logit[0]) ** 2)))
    low, high = chance_of(np.array([logit[0] - 1.96 * error, logit[0] + 1.96 * error]))
    value = float(values[0])
    return value, min(float(low), value), max(float(high), value)


def _root(covariance: Floats) -> Floats:
    """Rows whose outer products add up to the covariance; variances that are not known count as very wide."""
    bounded = np.where(np.isfinite(covariance), covariance, 100.0 * np.eye(len(covariance)))
    values, vectors = np.linalg.eigh(bounded)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))).T)
