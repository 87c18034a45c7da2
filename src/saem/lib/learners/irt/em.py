"""Marginal maximum likelihood: scoring steps, accelerated, each kept only if the likelihood did not fall."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np

from saem.lib.learners.responses import Floats

from .expectation import Expected, expect
from .maximisation import Problem, information, score, scoring_step
from .quadrature import Grid

MEMORY, FEWEST = 8, 2
LONGEST_STEP = 1.5
LEAST_DAMPING = 1e-6


@dataclass(frozen=True)
class Solution:
    """`gap` is g' I⁻¹ g / 2 of the score g and the complete-data information I: what a scoring step still hopes to
    gain, in units of log-likelihood. `log_likelihood` is without the priors, `penalised` with them.
    """

    values: Floats
    grid: Grid
    expected: Expected
    log_likelihood: float
    penalised: float
    gap: float
    converged: bool
    iterations: int


@dataclass
class _Point:
    values: Floats
    grid: Grid
    expected: Expected
    penalised: float
    step: Floats = field(default_factory=lambda: np.empty(0))
    gap: float = float("inf")


def solve(
    problem: Problem, start: Floats, grid: Grid, *, tolerance: float, most: int, free_population: bool = False
) -> Solution:
    """Climb from `start` until the gap is below the tolerance, at most so many E-steps.

    `free_population` estimates the population's mean and deviation, too (only sensible with anchored items).
    """
    climb = _Climb(problem, free_population=free_population)
    at = climb.point(start, grid)
    damping, iterations = 1.0, 1
    while iterations < most and damping > LEAST_DAMPING and not (at.gap < tolerance and climb.fine(at)):
        iterations += 1
        if at.gap < max(tolerance, 1e-3) and not climb.fine(at):
            at = climb.refined(at)
            continue
        proposal, accelerated = climb.proposal(at, damping)
        there = climb.at_vector(at, proposal)
        if there.penalised >= at.penalised - 1e-10 * abs(at.penalised):
            at, damping = there, min(1.0, damping * 2)
            climb.remember(at)
        elif accelerated:
            climb.forget(at)
        else:
            damping /= 4
    found = at.expected.log_likelihood
    return Solution(at.values, at.grid, at.expected, found, at.penalised, at.gap, at.gap < tolerance, iterations)


class _Climb:
    """Anderson's acceleration (1965) of x → x + step(x): of a few last points, the mixture whose steps cancel best."""

    def __init__(self, problem: Problem, *, free_population: bool) -> None:
        self.problem = problem
        self.free_population = free_population
        self.points: deque[tuple[Floats, Floats]] = deque(maxlen=MEMORY)

    def point(self, values: Floats, grid: Grid) -> _Point:
        expected = expect(self.problem.table, self.problem.family, values, grid)
        at = _Point(values, grid, expected, expected.log_likelihood + self.problem.priors.log_density(values))
        gradient = score(self.problem, values, expected, grid.theta)
        blocks = information(self.problem, values, expected, grid.theta)
        step = scoring_step(gradient, blocks, equal_slopes=self.problem.family.equal_slopes)
        step = np.where(self.problem.free, step, 0.0)
        population = self._population_step(at) if self.free_population else np.zeros(2)
        at.step = np.concatenate([step.ravel(), population])
        persons = float(expected.population.sum())
        at.gap = 0.5 * (abs(float((step * gradient).sum())) + persons * float(population @ population))
        return at

    def at_vector(self, at: _Point, vector: Floats) -> _Point:
        values = vector[:-2].reshape(at.values.shape)
        grid = at.grid.with_population(vector[-2], float(np.exp(vector[-1]))) if self.free_population else at.grid
        return self.point(values, grid)

    def proposal(self, at: _Point, damping: float) -> tuple[Floats, bool]:
        """Where to go next, and whether acceleration was used."""
        here = self._vector(at)
        if len(self.points) < FEWEST or damping < 1:
            return here + damping * self._short(at.step), False
        xs = np.stack([x for x, _ in self.points], axis=1)
        steps = np.stack([step for _, step in self.points], axis=1)
        moved, changed = np.diff(xs, axis=1), np.diff(steps, axis=1)
        mixture = np.linalg.lstsq(changed, at.step, rcond=1e-8)[0]
        return here + self._short(at.step - (moved + changed) @ mixture), True

    def remember(self, at: _Point) -> None:
        self.points.append((self._vector(at), at.step))

    def forget(self, at: _Point) -> None:
        self.points.clear()
        self.remember(at)

    def fine(self, at: _Point) -> bool:
        return at.grid.finer_for(at.expected.variance) is at.grid

    def refined(self, at: _Point) -> _Point:
        self.points.clear()
        grid = at.grid.moved() if self.free_population else at.grid
        finer = self.point(at.values, grid.finer_for(at.expected.variance))
        self.remember(finer)
        return finer

    def _vector(self, at: _Point) -> Floats:
        return np.concatenate([at.values.ravel(), [at.grid.mean, np.log(at.grid.deviation)]])

    def _population_step(self, at: _Point) -> Floats:
        """The EM step of the population's mean and of the logarithm of its deviation."""
        weights = at.expected.population / at.expected.population.sum()
        mean = float(weights @ at.grid.theta)
        deviation = float(np.sqrt(weights @ (at.grid.theta - mean) ** 2))
        return np.array([mean - at.grid.mean, np.log(deviation / at.grid.deviation)])

    @staticmethod
    def _short(step: Floats) -> Floats:
        return step * min(1.0, LONGEST_STEP / max(float(np.abs(step).max(initial=0.0)), 1e-300))
