"""Variants: the same for the same seed, different for others, and readable."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.errors import VariantError
from saem.lib.content.items import judge, variant
from saem.lib.content.items.draws import Draws
from saem.lib.content.items.filling import fill, write
from saem.lib.content.items.posing import Posed
from saem.lib.content.schema import Text
from tests.lib.content.items.authored import item_of

VALUES = """
    parameters:
      n: {low: 3, high: 6}
      city: {one_of: [{ko: 서울, en: Seoul}, {ko: 부산, en: Busan}]}
      warm: {low: -1, high: 1, step: 0.1}
      more: {low: n + 1, high: n + 2}
      rain: {low: 0, high: 9, count: 5}
      total: sum(rain)
    where: [total > 10, "rain[0] < 8"]
    answer: total / n
    tolerance: 0.01
    hints:
      - {ko: "{{city}}의 비 {{rain}}", en: "Rain in {{city}}: {{rain}}"}
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("values"), "number", VALUES)


@given(st.integers())
def test_values_keep_to_their_ranges_and_conditions(item: Item, seed: int) -> None:
    values = Posed(item, seed).values
    assert values["n"] in (3, 4, 5, 6)
    assert values["more"] - values["n"] in (1, 2)
    assert -1 <= values["warm"] <= 1
    assert len(str(abs(values["warm"]))) <= 3
    assert len(values["rain"]) == 5
    assert sum(values["rain"]) == values["total"] > 10
    assert values["rain"][0] < 8


def test_a_seed_is_the_same_everywhere_and_for_ever(item: Item) -> None:
    # Written down: records of learners name a seed, and must find the same question years later.
    values = Posed(item, 12).values
    assert (values["n"], values["rain"], values["city"].en, values["warm"]) == (6, [1, 4, 3, 9, 0], "Busan", 0.1)
    assert Draws("x", 1).shuffled("abcdef") == list("cfbaed")


def test_ranges_are_drawn_evenly(item: Item) -> None:
    counts = [sum(Posed(item, seed).values["n"] == n for seed in range(400)) for n in (3, 4, 5, 6)]
    assert all(60 < count < 140 for count in counts)


def test_values_are_written_into_both_languages(item: Item) -> None:
    shown = variant(item, 12)
    assert shown.hints[0].ko == "부산의 비 1, 4, 3, 9, 0"
    assert shown.hints[0].en == "Rain in Busan: 1, 4, 3, 9, 0"


def test_conditions_that_nothing_meets_end(tmp_path: Path) -> None:
    item = item_of(tmp_path, "number", "parameters: {n: {low: 1, high: 2}}\nwhere: [n > 2]\nanswer: n")
    with pytest.raises(VariantError) as error:
        judge(item, 0, {"answer": "1"})
    assert error.value.params["condition"] == "n > 2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{x}} {{ x }} {{x:.2}} {{x:.0}}", "0.3 0.3 0.30 0"),
        ("{{big}} {{big:,}} {{big:,.1}}", "1234567 1,234,567 1,234,567.0"),
        ("{{share:%}} {{share:.1%}}", "12.5% 12.5%"),
        ("{{third}} {{tiny}} {{minus}}", "0.3333333333 0.00000012 -4"),
        ("{{half:.2}} {{list:.1}}", "0.13 1.0, 2.5"),
        ("{{none}} {x} {{x!r}}", "{{none}} {x} {{x!r}}"),
        ("{{n:이에요예요}} {{half:.2:이에요예요}} {{share:%:은는}} {{word:을를}}", "4예요 0.13이에요 12.5%는 말을"),
        ("{{n:이에요}} {{n:.2은는}}", "{{n:이에요}} {{n:.2은는}}"),
        ("{{word}} $\\frac{{{n}}}{2}$", "말 $\\frac{4}{2}$"),
    ],
)
def test_numbers_are_written_as_a_learner_reads_them(text: str, expected: str) -> None:
    values = {
        "x": 0.1 + 0.2, "big": 1234567, "share": 0.125, "third": 1 / 3, "tiny": 1.2e-7, "minus": -4.0, "half": 0.125,
        "list": [1, 2.5], "word": Text(ko="말", en="word"), "n": 4,
    }  # fmt: skip
    assert fill(text, values, "ko") == expected


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_every_number_can_be_written_and_read(number: float) -> None:
    shown = write(number, "ko")
    assert "e" not in shown
    assert float(shown) == pytest.approx(number, rel=1e-9, abs=1e-300)
