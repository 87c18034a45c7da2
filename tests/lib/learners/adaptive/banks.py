"""Item banks and answers that the tests share."""

import numba
import numpy as np
import pytest

from saem.lib.learners.adaptive import Precomputed
from saem.lib.learners.irt.bank import ItemBank

needs_jit = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="whole cohorts take minutes without the compiler")


def bank_of(items: int, seed: int = 1, *, guess: float = 0.0, upper: float = 1.0) -> ItemBank:
    rng = np.random.default_rng(seed)
    return ItemBank(
        tuple(f"i{code}" for code in range(items)),
        rng.lognormal(0.0, 0.3, items),
        rng.normal(0.0, 1.0, items),
        np.full(items, guess),
        np.full(items, upper),
    )


def tables_of(items: int, seed: int = 1, *, guess: float = 0.0, upper: float = 1.0) -> Precomputed:
    return Precomputed.of(bank_of(items, seed, guess=guess, upper=upper))


def answer(tables: Precomputed, item: int, ability: float, rng: np.random.Generator) -> bool:
    return bool(rng.random() < tables.bank.chance(np.array([ability]))[0, item])
