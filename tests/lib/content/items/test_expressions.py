"""The arithmetic of items: right, bounded, and closed to everything else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content.errors import ExpressionError
from saem.lib.content.items.expressions import evaluate, half_up, names_in

VALUES = {"hits": 30, "misses": 10, "scores": [3, 1, 2], "share": 0.1}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hits / (hits + misses)", 0.75),
        ("hits // 7 + hits % 7 - -2", 8),
        ("2 ** 10", 1024),
        ("sum(scores) / len(scores)", 2),
        ("mean(scores) + median([5, 1, 9])", 7),
        ("min(scores) + max(1, 8) + abs(-4) + sqrt(16)", 17),
        ("scores[0] - scores[-1]", 1),
        ("round(2.5) + round(-0.125, 2)", 2.87),
        ("hits if hits > misses else misses", 30),
        ("share + 0.2 == 0.3 and not 1 > 2", True),
        ("0 < share <= 0.1 or 1 / 0", True),
    ],
)
def test_it_computes_as_at_school(text: str, expected: object) -> None:
    assert evaluate(text, VALUES) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "hits.real",
        "(lambda: 1)()",
        "[x for x in scores]",
        "scores[0:2]",
        "f'{hits}'",
        "'a' * 3",
        "max(scores, key=1)",
        "print(1)",
        "(1).__class__",
        "1 if",
        "hits := 3",
        "1 is 1",
        "{1: 2}",
        "1j",
        "1 " + "+ 1" * 200,
        "(" * 120 + "1" + ")" * 120 + "+" * 80,
        "",
        "\0",
    ],
)
def test_what_the_language_does_not_have_is_refused(text: str) -> None:
    with pytest.raises(ExpressionError) as error:
        evaluate(text, VALUES)
    assert error.value.code in ("content.bad_expression", "content.unknown_parameter")


@pytest.mark.parametrize(
    "text",
    [
        "1 / 0", "0 ** -1", "(-8) ** 0.5", "9 ** 65", "9 ** 9 ** 9", "10.0 ** 16", "1e999", "sqrt(-1)", "scores * 3", "scores[7]",
        "mean(3)", "mean([])", "min()", "abs(1, 2)", "True + True", "sum(scores, 1)", "9" * 100, "median(hits)",
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(text: str) -> None:
    with pytest.raises(ExpressionError) as error:
        evaluate(text, VALUES)
    assert error.value.code == "content.expression_fails"


def test_a_name_without_a_value_is_named() -> None:
    with pytest.raises(ExpressionError) as error:
        evaluate("hit + 1", VALUES)
    assert (error.value.code, error.value.params["name"]) == ("content.unknown_parameter", "hit")


def test_names_are_found_without_running() -> None:
    assert names_in("sum(scores) + hits / hits") == ("scores", "hits")


@given(st.text(max_size=400))
def test_nothing_that_is_written_breaks_out(text: str) -> None:
    try:
        found = evaluate(text, VALUES)
    except ExpressionError:
        return
    assert isinstance(found, (int, float, list))


@given(st.recursive(st.integers(-50, 50).map(str), lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda it: f"({''.join(it)})"), max_leaves=12))  # fmt: skip
def test_it_agrees_with_python(text: str) -> None:
    expected = eval(text)
    if abs(expected) <= 1e15:
        assert evaluate(text, {}) == expected


@given(st.integers(-(10**6), 10**6), st.integers(0, 3))
def test_halves_are_rounded_away_from_zero(hundredths: int, places: int) -> None:
    number = hundredths / 10 ** (places + 1)
    whole, rest = divmod(abs(hundredths), 10)
    expected = (whole + (rest >= 5)) / 10**places
    assert half_up(number, places) == pytest.approx(expected if hundredths >= 0 else -expected)
