"""Exact comparison and the offices' ways of rounding."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.completion.rounding import Rounding, bound_of

MODES = ("exact", "down", "half_up", "up")


@pytest.mark.parametrize(
    ("mode", "places", "rounded"),
    [
        ("exact", 0, "89.9996"),
        ("down", 2, "89.99"),
        ("half_up", 2, "90"),
        ("half_up", 3, "90"),
        ("up", 0, "90"),
        ("down", 0, "89"),
    ],
)
def test_rounded(mode: str, places: int, rounded: str):
    assert Rounding.model_validate({"mode": mode, "places": places}).of(Fraction("89.9996")) == Fraction(rounded)


def test_half_goes_up_also_where_a_computer_would_go_down():
    assert Rounding(mode="half_up", places=2).of(Fraction("2.675")) == Fraction("2.68")
    assert Rounding(mode="half_up").of(Fraction("0.5")) == 1


def test_nearly_ninety_is_not_ninety():
    nearly = Fraction(89_999_999_999_999_999, 10**15)
    assert not bound_of(Fraction(90), Rounding()).is_met_by(nearly)
    assert float(nearly) == 90.0
    assert bound_of(Fraction(90), Rounding(mode="half_up")).is_met_by(Fraction("89.5"))
    assert not bound_of(Fraction(90), Rounding(mode="half_up")).is_met_by(Fraction("89.49999"))


@given(
    st.fractions(0, 100, max_denominator=1000), st.fractions(0, 100, max_denominator=200), st.sampled_from(MODES),
    st.integers(0, 3),
)  # fmt: skip
def test_a_bound_says_what_rounding_says(number: Fraction, wanted: Fraction, mode: str, places: int):
    rounding = Rounding.model_validate({"mode": mode, "places": places})
    assert bound_of(wanted, rounding).is_met_by(number) == (rounding.of(number) >= wanted)


@given(st.integers(1, 500), st.fractions(0, 100, max_denominator=200), st.sampled_from(MODES), st.integers(0, 2))
def test_the_fewest_that_pass(whole: int, wanted: Fraction, mode: str, places: int):
    bound = bound_of(wanted, Rounding.model_validate({"mode": mode, "places": places}))
    fewest = bound.fewest_of(whole)
    assert bound.is_met_by(Fraction(100 * fewest, whole))
    assert fewest <= 0 or not bound.is_met_by(Fraction(100 * (fewest - 1), whole))
