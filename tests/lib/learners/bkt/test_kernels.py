"""Expected counts and likelihoods equal those of slow recursions and of every path written out."""

import numpy as np
import pytest

from saem.lib.learners.bkt.kernels import MARGIN, climb_tags, em_step, emission, information_tags, stride
from saem.lib.learners.bkt.task import FORGET, GUESS, SLIP, Task

from .builders import Truth, draw, enumerated, forward, task_of

RNG = np.random.default_rng(11)
SHORT = [list(map(int, RNG.integers(0, 2, length))) for length in (1, 1, 2, 3, 3, 4, 5, 6, 6, 7)]
# More sequences than are finished one by one, some of them long, and some equal.
MANY = draw(Truth(), [1, 1, 1, *range(2, 18), 40, 70, 5, 5, 5], RNG)


def some_theta(rng: np.random.Generator, *, forgetting: bool) -> np.ndarray:
    theta = rng.uniform([0.02, 0.02, 0.05, 0.02, 0.02], [0.6, 0.4, 0.95, 0.5, 0.45])
    theta[FORGET] *= forgetting
    return theta


def counts_of(task: Task, theta: np.ndarray, *, sequences: list[list[int]]) -> tuple[float, np.ndarray, np.ndarray]:
    """Log-likelihood, improved parameters and expected counts in the order of `enumerated`."""
    _, work = task_of(sequences, plain=task.plain)
    improved = np.empty(5)
    likelihood, _ = em_step(task, 0, theta, improved, work)
    if task.plain:
        known, learnt, never, unknown, _, _ = work.sums
        first = [known, learnt, unknown - never]
    else:
        first = [work.band[0, 0], work.change[0], work.change[1]]
    return likelihood, improved, np.array([*first, *work.item[0]])


@pytest.mark.parametrize("plain", [True, False])
def test_likelihood_is_that_of_the_forward_recursion(plain: bool) -> None:
    task, _ = task_of(MANY, plain=plain)
    for seed in range(4):
        theta = some_theta(np.random.default_rng(seed), forgetting=not plain)
        slow = sum(forward(theta, answers) for answers in MANY)
        assert counts_of(task, theta, sequences=MANY)[0] == pytest.approx(slow, rel=1e-11)


@pytest.mark.parametrize("plain", [True, False])
def test_counts_are_those_of_all_paths(plain: bool) -> None:
    task, _ = task_of(SHORT, plain=plain)
    for seed in range(3):
        theta = some_theta(np.random.default_rng(seed), forgetting=not plain)
        likelihood, improved, counts = counts_of(task, theta, sequences=SHORT)
        paths = [enumerated(theta, answers) for answers in SHORT]
        slow = sum(found for _, found in paths)
        assert likelihood == pytest.approx(sum(found for found, _ in paths), rel=1e-11)
        np.testing.assert_allclose(counts, slow[[0, 1, 2, 5, 6, 7, 8]], rtol=1e-10)
        assert improved[0] == pytest.approx(slow[1] / slow[2])
        assert improved[2] == pytest.approx(slow[0] / len(SHORT))
        if not plain:
            assert improved[FORGET] == pytest.approx(slow[3] / slow[4])


@pytest.mark.parametrize("plain", [True, False])
def test_a_step_never_loses(plain: bool) -> None:
    task, work = task_of(MANY[:16], plain=plain)
    for seed in range(6):
        theta, improved = some_theta(np.random.default_rng(seed), forgetting=not plain), np.empty(5)
        before = -np.inf
        for _ in range(12):
            likelihood, _ = em_step(task, 0, theta, improved, work)
            assert likelihood >= before - 1e-9 * abs(likelihood)
            assert improved[GUESS] + improved[SLIP] < 1
            before, theta = likelihood, improved.copy()


def test_a_step_never_loses_where_right_answers_fall_off() -> None:
    """Answers that get worse pull guess + slip over 1, where the bound holds them."""
    falling = [[1, 1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [1, 0, 1, 0, 0, 0, 0], [1, 1, 1, 1, 0, 0]]
    task, work = task_of(falling)
    theta, improved, before = np.array([0.3, 0.0, 0.2, 0.6, 0.35]), np.empty(5), -np.inf
    for _ in range(60):
        likelihood, _ = em_step(task, 0, theta, improved, work)
        assert likelihood >= before - 1e-9
        before, theta = likelihood, improved.copy()
    assert theta[GUESS] + theta[SLIP] <= 1 - 0.99 * MARGIN
    assert theta[GUESS] + theta[SLIP] > 0.99


def test_very_long_sequences_keep_their_digits() -> None:
    rng = np.random.default_rng(5)
    runs = [[0] * 1500, [1] * 1500, [0] * 700 + [1] * 700, list(map(int, rng.integers(0, 2, 1600)))]
    theta = np.array([0.01, 0.0, 0.3, 0.15, 0.001])
    for sequences in (runs, [list(run) + [k % 2] * (1 + k // 2) for run in runs[:2] for k in range(8)]):
        task, _ = task_of(sequences)
        slow = sum(forward(theta, answers) for answers in sequences)
        likelihood, improved, counts = counts_of(task, theta, sequences=sequences)
        assert likelihood == pytest.approx(slow, rel=1e-10)
        assert np.isfinite(counts).all()
        assert np.isfinite(improved).all()


def test_the_bound_is_kept_where_it_is_best() -> None:
    counts = np.array([30.0, 40.0, 5.0, 20.0])
    guess, slip = emission(counts, 0.2, 0.1)
    assert guess + slip <= 1 - 0.99 * MARGIN

    def expected(guess: float, slip: float) -> float:
        return float(
            counts
            @ [np.log(guess) - np.log(1 - guess), np.log(1 - guess), np.log(1 - slip) - np.log(slip), np.log(slip)]
        )

    others = [(g, min(1 - MARGIN - g, s)) for g in np.linspace(0.01, 0.98, 40) for s in np.linspace(0.01, 0.98, 40)]
    assert all(expected(guess, slip) >= expected(*other) - 1e-4 for other in others)
    assert emission(np.zeros(4), 0.2, 0.1) == (0.2, 0.1)


def test_a_stride_stays_inside() -> None:
    theta, tried = np.array([0.2, 0.0, 0.3, 0.5, 0.4]), np.empty(5)
    move = np.array([0.3, 0.0, 0.3, 0.05, 0.04])
    once, twice = theta + move, theta + 1.9 * move
    stride(theta, once, twice, tried, 1)
    assert tried[FORGET] == 0
    assert ((tried >= 0) & (tried <= 1 - MARGIN)).all()
    assert tried[GUESS] + tried[SLIP] <= 1 - MARGIN + 1e-12


@pytest.mark.parametrize("plain", [True, False])
def test_a_climb_ends_where_nothing_moves(plain: bool) -> None:
    sequences = draw(Truth(), [4] * 24, np.random.default_rng(2))
    task, work = task_of(sequences, plain=plain)
    starts = np.array([[0.15, 0.05 * (not plain), 0.4, 0.2, 0.1]])
    summit, likelihood, steps, converged = climb_tags(task, 0, 1, starts)
    improved = np.empty(5)
    again, _ = em_step(task, 0, summit[0, 0], improved, work)
    assert converged.all()
    assert steps.min() > 1
    assert again == pytest.approx(likelihood[0, 0])
    further, _ = em_step(task, 0, improved, np.empty(5), work)
    assert further - again < 1e-6


@pytest.mark.parametrize("plain", [True, False])
def test_information_is_the_curvature_of_the_likelihood(plain: bool) -> None:
    sequences = MANY[:14]
    task, _ = task_of(sequences, plain=plain)
    theta = np.array([0.2, 0.0 if plain else 0.1, 0.3, 0.2, 0.15])
    found = information_tags(task, theta[None])[0]
    free = [0, 2, 3, 4] if plain else [0, 1, 2, 3, 4]
    logit = np.log(theta[free]) - np.log1p(-theta[free])

    def likelihood(moved: np.ndarray) -> float:
        at = theta.copy()
        at[free] = 1 / (1 + np.exp(-moved))
        return sum(forward(at, answers) for answers in sequences)

    step, n = 1e-3, len(free)
    eye = np.eye(n) * step
    slow = [
        [
            -(
                likelihood(logit + eye[i] + eye[j]) - likelihood(logit + eye[i] - eye[j])
                - likelihood(logit - eye[i] + eye[j]) + likelihood(logit - eye[i] - eye[j])
            )
            / (4 * step * step)
            for j in range(n)
        ]
        for i in range(n)
    ]  # fmt: skip
    np.testing.assert_allclose(found[np.ix_(free, free)], slow, rtol=2e-3, atol=2e-3)
