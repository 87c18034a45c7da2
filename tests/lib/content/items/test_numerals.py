"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content.items.numerals import read_quantity


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("3200", 3200, ""),
        (" 3,200 ", 3200, ""),
        ("3,200.5 m", 3200.5, "m"),
        ("1 234 567", 1234567, ""),
        ("1\u00a0234", 1234, ""),
        ("３．５", 3.5, ""),
        ("３，２００ｍ", 3200, "m"),
        ("−0.5", -0.5, ""),
        ("- 3", -3, ""),
        ("+.25", 0.25, ""),
        ("3.", 3, ""),
        ("3/4", 0.75, ""),
        ("-1 / 4", -0.25, ""),
        ("½", 0.5, ""),
        ("1.2e3", 1200, ""),
        ("1.2×10^3 m", 1200, "m"),
        ("5 * 10 ^ -2", 0.05, ""),
        ("25%", 25, "%"),
        ("25 ％", 25, "%"),
        ("8만 2천 대", 82000, "대"),
        ("1만 2,345", 12345, ""),
        ("3천만", 3e7, ""),
        ("2억", 2e8, ""),
        ("약 72.3%", 72.3, "%"),
        ("x = 3", 3, ""),
        ("18시예요", 18, "시"),
        ("12번입니다.", 12, "번"),
        ("about 5 km", 5, "km"),
        ("20 km/h", 20, "km/h"),
        ("3 m2", 3, "m2"),
    ],
)
def test_it_is_read_as_meant(text: str, number: float, unit: str) -> None:
    found = read_quantity(text)
    assert found is not None
    assert (found.number, found.unit) == (pytest.approx(number), unit)


@pytest.mark.parametrize(
    "text",
    ["", " ", "three", "3,5", "3,5 km", "0,25", "1,23,456", "1.2.3", "3 4", "12, 13", "3/0", "1/0.0", "--3", "nan", "inf", "1e999", "∞", "12 34",
     "e3", ".", ",", "1\0", "9" * 101, "2천 3만 4", "１２，３", "3-4", "3~4"],
)  # fmt: skip
def test_what_is_no_number_or_could_be_two_is_not_guessed(text: str) -> None:
    found = read_quantity(text)
    assert found is None or found.unit not in ("", "km")


@given(st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 4)))
def test_every_number_reads_back(number: float) -> None:
    for text in (
        f"{number:.4f}",
        f"{number:,.4f}",
        f"{number:.4f}".translate(str.maketrans("0123456789.-", "０１２３４５６７８９．－")),
    ):
        found = read_quantity(text)
        assert found is not None, text
        assert found.number == pytest.approx(number, abs=1e-4)
        assert found.unit == ""


@given(st.text(max_size=200))
def test_anything_typed_is_a_value(text: str) -> None:
    found = read_quantity(text)
    assert found is None or abs(found.number) <= 1e15
