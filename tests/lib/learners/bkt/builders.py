"""Learners with known parameters, and knowledge tracing written out so slowly that it must be right."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from numba import config

from saem.lib.learners import Responses
from saem.lib.learners.bkt.kernels import work_space
from saem.lib.learners.bkt.sequences import Sequences, sequences_of
from saem.lib.learners.bkt.task import Task, Work

COMPILED = pytest.mark.skipif(
    bool(config.DISABLE_JIT), reason="recovering the truth takes more rows than bare Python can"
)
Answers = Sequence[int]


@dataclass(frozen=True)
class Truth:
    learn: float = 0.2
    forget: float = 0.0
    prior: float = 0.3
    guess: float = 0.2
    slip: float = 0.1

    @property
    def theta(self) -> np.ndarray:
        return np.array([self.learn, self.forget, self.prior, self.guess, self.slip])


def draw(truth: Truth, lengths: Sequence[int], rng: np.random.Generator, prior: float | None = None) -> list[list[int]]:
    """One sequence of answers for each length."""
    return [_draw_one(truth, length, rng, truth.prior if prior is None else prior) for length in lengths]


def _draw_one(truth: Truth, length: int, rng: np.random.Generator, prior: float) -> list[int]:
    answers, knows = [], rng.random() < prior
    for _ in range(length):
        answers.append(int(rng.random() < (1 - truth.slip if knows else truth.guess)))
        knows = rng.random() >= truth.forget if knows else rng.random() < truth.learn
    return answers


def responses(skills: dict[str, Sequence[Answers]]) -> Responses:
    """Student k gives sequence k of each skill; items are numbered by step."""
    rows = [
        (f"student-{k:04d}", f"{skill}-item-{step % 3}", (*skill.split("~"),) if skill else (), float(answer))
        for skill, sequences in skills.items()
        for k, sequence in enumerate(sequences)
        for step, answer in enumerate(sequence)
    ]
    return Responses.from_columns(*zip(*rows, strict=True))


def laid_out(sequences: Sequence[Answers]) -> Sequences:
    """One tag with these sequences."""
    right = np.array([answer == 1 for sequence in sequences for answer in sequence])
    student = np.repeat(np.arange(len(sequences)), [len(sequence) for sequence in sequences]).astype(np.int32)
    return sequences_of(right, np.zeros(len(right), dtype=np.int32), student, tags=1, students=len(sequences))


def task_of(sequences: Sequence[Answers], *, plain: bool = True) -> tuple[Task, Work]:
    right = sum(map(sum, sequences))
    totals = np.array([[len(sequences), sum(map(len, sequences)), right]], dtype=np.float64)
    task = Task(
        laid_out(sequences), totals, plain=plain, forgetting=not plain, pull=0.0, centre=np.empty(0),
        place=np.zeros(2, dtype=np.int64), tolerance=1e-9, most=500,
    )  # fmt: skip
    return task, work_space(max(map(len, sequences)), 1, 1)


def forward(theta: Sequence[float], answers: Answers) -> float:
    """The log-likelihood of one sequence, by the textbook's recursion."""
    learn, forget, knows, guess, slip = theta
    total = 0.0
    for answer in answers:
        known, unknown = (1 - slip, guess) if answer else (slip, 1 - guess)
        evidence = knows * known + (1 - knows) * unknown
        total += float(np.log(evidence))
        knows = knows * known / evidence
        knows = knows * (1 - forget) + (1 - knows) * learn
    return total


def enumerated(theta: Sequence[float], answers: Answers) -> tuple[float, np.ndarray]:
    """The log-likelihood, and expected counts, from every path of states there is.

    Counts: knew at first; learnt, chances to learn, forgot, chances to forget; right answers without knowing, answers
    without knowing, right answers with knowing, answers with knowing.
    """
    learn, forget, prior, guess, slip = theta
    total, counts = 0.0, np.zeros(9)
    for path in itertools.product((0, 1), repeat=len(answers)):
        chance = prior if path[0] else 1 - prior
        found = np.zeros(9)
        found[0] = path[0]
        for before, after in itertools.pairwise(path):
            chance *= (1 - forget if after else forget) if before else (learn if after else 1 - learn)
            found[1 + 2 * before] += before != after
            found[2 + 2 * before] += 1
        for state, answer in zip(path, answers, strict=True):
            right = 1 - slip if state else guess
            chance *= right if answer else 1 - right
            found[5 + 2 * state] += answer
            found[6 + 2 * state] += 1
        total += chance
        counts += chance * found
    return float(np.log(total)), counts / total
