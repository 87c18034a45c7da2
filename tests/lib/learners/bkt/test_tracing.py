"""Predicted chances equal the textbook's recursion in sixty decimal digits, and that of log odds in long practice."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal, localcontext

import numpy as np
import pytest
from numba import config

from saem.lib.learners.bkt.kernels import MARGIN
from saem.lib.learners.bkt.sequences import rows_by
from saem.lib.learners.bkt.tracing import BANDS, Rates, Rows, band_of, trace

STUDENTS, TAGS, ITEMS = 12, 3, 4
CUTS = np.array([0.4, 0.7])
LONG = 2_000 if config.DISABLE_JIT else 100_000
PLAIN = np.array([0.1, 0.0, 0.3, 0.2, 0.1])


def practice(rows: int, *, items: bool, seed: int = 2) -> Rows:
    """Students and tags in no order; a cell is a tag, or an item of a tag."""
    rng = np.random.default_rng(seed)
    student, tag = (rng.integers(0, most, rows).astype(np.int32) for most in (STUDENTS, TAGS))
    cell = tag * ITEMS + rng.integers(0, ITEMS, rows).astype(np.int32) if items else tag
    return Rows(student, tag, cell, rng.random(rows) < 0.7)


def rates(*, forgetting: bool, items: bool, bands: bool, seed: int = 3) -> Rates:
    rng = np.random.default_rng(seed)
    cells = TAGS * ITEMS if items else TAGS
    change = rng.uniform([0.02, 0.02], [0.5, 0.3], (TAGS, 2)) * [1, forgetting]
    return Rates(
        change=np.repeat(change, cells // TAGS, axis=0),
        prior=rng.uniform(0.1, 0.9, (TAGS, BANDS if bands else 1)),
        emission=rng.uniform([0.05, 0.02], [0.45, 0.4], (cells, 2)),
        cuts=CUTS,
    )


def slow(rows: Rows, rates: Rates, order: Iterable[int]) -> np.ndarray:
    """The same in sixty digits, each row's chance of knowing from the one before."""
    knows: dict[tuple[int, int], Decimal] = {}
    counts = {int(student): [0, 0] for student in np.unique(rows.student)}
    chance = np.empty(len(rows.right))
    with localcontext(prec=60):
        for row in order:
            student, tag, cell = (int(column[row]) for column in rows[:3])
            learn, forget, guess, slip = map(
                Decimal, [*map(float, rates.change[cell]), *map(float, rates.emission[cell])]
            )
            band = band_of(*counts[student], rates.cuts) if rates.prior.shape[1] > 1 else 0
            before = knows.get((student, tag), Decimal(float(rates.prior[tag, band])))
            right = before * (1 - slip) + (1 - before) * guess
            chance[row] = float(right)
            after = before * (1 - slip) / right if rows.right[row] else before * slip / (1 - right)
            knows[student, tag] = after * (1 - forget) + (1 - after) * learn
            counts[student][0] += 1
            counts[student][1] += int(rows.right[row])
    return chance


def alone(answers: Iterable[int]) -> Rows:
    """One student in one tag."""
    right = np.array(list(answers), dtype=np.bool_)
    nothing = np.zeros(len(right), dtype=np.int32)
    return Rows(nothing, nothing, nothing, right)


def by_log_odds(theta: np.ndarray, answers: Sequence[int]) -> np.ndarray:
    """The recursion on the log odds of knowing, which have room for any practice."""
    learn, forget, prior, guess, slip = map(float, theta)
    odds, chance = math.log(prior / (1 - prior)), np.empty(len(answers))
    # What wrong and right answers add, and how learning and forgetting mix.
    told = (math.log(slip / (1 - guess)), math.log((1 - slip) / guess))
    stay, go = math.log1p(-forget), math.log(forget) if forget else -math.inf
    come, remain = math.log(learn), math.log1p(-learn)
    for step, answer in enumerate(answers):
        knows = 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
        chance[step] = knows * (1 - slip) + (1 - knows) * guess
        odds += told[answer]
        odds = log_sum(odds + stay, come) - log_sum(odds + go, remain)
    return chance


def log_sum(one: float, other: float) -> float:
    """The log of the sum of what these are logs of."""
    low, high = sorted((one, other))
    return high + math.log1p(math.exp(low - high))


def rates_of(theta: np.ndarray) -> Rates:
    learn, forget, prior, guess, slip = theta
    return Rates(np.array([[learn, forget]]), np.array([[prior]]), np.array([[guess, slip]]), CUTS)


@pytest.mark.parametrize("bands", [False, True])
@pytest.mark.parametrize("items", [False, True])
@pytest.mark.parametrize("forgetting", [False, True])
def test_chances_are_those_of_the_recursion(forgetting: bool, items: bool, bands: bool) -> None:
    rows, given = practice(600, items=items), rates(forgetting=forgetting, items=items, bands=bands)
    order = rows_by(rows.student, STUDENTS)
    expected = slow(rows, given, order.tolist())
    np.testing.assert_allclose(trace(order, rows, given), expected, rtol=0, atol=1e-13)


@pytest.mark.parametrize("forget", [0.0, 0.01])
def test_somebody_who_surely_knows_can_still_be_doubted(forget: float) -> None:
    """After so many right answers the chance of not knowing is far below the last digit of that of knowing."""
    theta = np.array([0.1, forget, 0.3, 0.2, 0.1])
    rows = alone([1] * 30 + [0] * 40 + [1, 0] * 20)
    found = trace(np.arange(110, dtype=np.int32), rows, rates_of(theta))
    np.testing.assert_allclose(found, slow(rows, rates_of(theta), range(110)), rtol=0, atol=1e-13)
    assert found[30] > 0.89
    assert found[70] < 0.3


@pytest.mark.parametrize("theta", [
    PLAIN, np.array([0.1, 0.05, 0.3, 0.2, 0.1]), np.array([MARGIN, 0.0, MARGIN, MARGIN, MARGIN]),
    np.array([1 - MARGIN, 0.0, 1 - MARGIN, MARGIN, 0.5]), np.array([0.1, 1 - MARGIN, 0.3, 0.5, MARGIN]),
], ids=["plain", "forgetting", "lower bounds", "upper bounds", "flickering"])  # fmt: skip
def test_a_very_long_practice_keeps_its_digits(theta: np.ndarray) -> None:
    """Weights neither vanish nor overflow, and the last chance is as exact as the first."""
    mixed = (np.random.default_rng(7).random(LONG) < 0.3).astype(int).tolist()
    for answers in (mixed, [1] * LONG, [0] * LONG, [1, 0] * (LONG // 2)):
        found = trace(np.arange(LONG, dtype=np.int32), alone(answers), rates_of(theta))
        np.testing.assert_allclose(found, by_log_odds(theta, answers), rtol=0, atol=1e-10)
        assert ((found > 0) & (found < 1)).all()


def test_no_rows_have_no_chances() -> None:
    assert trace(np.zeros(0, dtype=np.int32), alone([]), rates_of(PLAIN)).shape == (0,)
