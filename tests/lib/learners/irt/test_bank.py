"""A bank's chances and information are those of the four-parameter logistic model."""

import numpy as np
import pytest

from saem.lib.learners import ParameterError
from saem.lib.learners.irt import ItemBank

BANK = ItemBank(
    ("a", "b", "c"), np.array([1.0, 2.0, 0.5]), np.array([0.0, -1.0, 2.0]), np.array([0.0, 0.2, 0.1]), np.array([1.0, 1.0, 0.9])
)  # fmt: skip


def test_chances() -> None:
    theta = np.array([-1.0, 0.5])
    logistic = 1 / (1 + np.exp(-BANK.discrimination * (theta[:, None] - BANK.difficulty)))
    assert np.allclose(BANK.chance(theta), BANK.guess + (BANK.upper - BANK.guess) * logistic)


def test_information_is_the_squared_slope_over_the_spread() -> None:
    theta = np.linspace(-3, 3, 7)
    slope = (BANK.chance(theta + 1e-6) - BANK.chance(theta - 1e-6)) / 2e-6
    chance = BANK.chance(theta)
    assert np.allclose(BANK.information(theta), slope**2 / (chance * (1 - chance)), rtol=1e-6)


def test_far_abilities_stay_finite() -> None:
    far = np.array([-1e6, 1e6])
    assert np.isfinite(BANK.chance(far)).all()
    assert np.allclose(BANK.information(far), 0.0)


def test_some_of_the_items() -> None:
    part = BANK.chosen(["c", "a"])
    assert part.items == ("c", "a")
    assert part.guess.tolist() == [0.1, 0.0]
    with pytest.raises(ParameterError, match="'z'"):
        BANK.chosen(["z"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"guess": np.array([0.0, 1.0, 0.0])}, "b: guess"),
        ({"upper": np.array([1.0, 1.0, 1.1])}, "c: guess"),
        ({"difficulty": np.array([0.0, np.nan, 0.0])}, "difficulty"),
        ({"discrimination": np.array([1.0, 1.0])}, "discrimination"),
        ({"items": ("a", "a", "b")}, "twice"),
        ({"errors": np.ones((3, 2))}, "errors"),
    ],
)
def test_a_broken_bank_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        ItemBank(**{**vars(BANK), **change})  # type: ignore[arg-type]
