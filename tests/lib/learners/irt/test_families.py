"""Every family's chances sum to 1, and its derivatives are those that differences show."""

import numpy as np
import pytest

from tests.lib.learners.irt.simulated import family_of_kind, values_of_kind

KINDS = ("1pl", "2pl", "3pl", "4pl", "grm", "gpcm")
THETA = np.linspace(-4.0, 4.0, 9)
STEP = 1e-5


@pytest.mark.parametrize("kind", KINDS)
def test_chances_sum_to_one(kind: str) -> None:
    chances = np.exp(family_of_kind(kind, 5).log_chances(values_of_kind(kind, 5), THETA))
    assert np.allclose(chances.sum(axis=1), 1.0)


@pytest.mark.parametrize("kind", KINDS)
def test_derivatives_by_the_parameters(kind: str) -> None:
    family, values = family_of_kind(kind, 5), values_of_kind(kind, 5)
    by = family.derivatives(values, THETA)
    for column in range(family.width):
        up, down = values.copy(), values.copy()
        up[:, column] += STEP
        down[:, column] -= STEP
        slope = (family.log_chances(up, THETA) - family.log_chances(down, THETA)) / (2 * STEP)
        assert np.allclose(by[:, column], slope, atol=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_derivatives_by_ability(kind: str) -> None:
    family, values = family_of_kind(kind, 5), values_of_kind(kind, 5)
    slope = (family.log_chances(values, THETA + STEP) - family.log_chances(values, THETA - STEP)) / (2 * STEP)
    assert np.allclose(family.ability_derivatives(values, THETA), slope, atol=1e-6)


@pytest.mark.parametrize("kind", ["grm", "gpcm"])
def test_items_with_fewer_categories(kind: str) -> None:
    family = type(family_of_kind(kind, 2))(np.array([4, 2]))
    values = values_of_kind(kind, 2)
    values[1, 2:] = 0.0
    chances = np.exp(family.log_chances(values, THETA))
    assert np.allclose(chances.sum(axis=1), 1.0)
    assert chances[1, 2:].max() < 1e-200
    assert np.allclose(chances[1, 1], 1 / (1 + np.exp(-values[1, 0] * THETA - values[1, 1])))
