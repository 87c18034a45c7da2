"""A number, within a tolerance and in any of its units."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import NumberField, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

LENGTH = """
    answer: 3200
    tolerance: 10
    unit: m
    units: {km: 1000, 킬로미터: 1000, cm: 0.01}
    mistakes:
      - {answer: 3.2, feedback: {ko: 단위를 보세요., en: Mind the unit.}}
"""
RECALL = """
    parameters:
      hits: {low: 5, high: 60}
      misses: {low: 5, high: 60}
      recall: hits / (hits + misses)
    where: [hits != misses]
    answer: recall
    tolerance: 0.005
    mistakes:
      - {answer: misses / (hits + misses), feedback: {ko: 거꾸로예요., en: The other way round.}}
"""


@pytest.fixture(name="length", scope="module")
def _length(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("length"), "number", LENGTH)


@pytest.fixture(name="recall", scope="module")
def _recall(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("recall"), "number", RECALL)


@pytest.mark.parametrize(
    "typed", ["3200", "3,200 m", "3.2 km", "3.2km", "3.2 KM", "３．２ｋｍ", "3.2 킬로미터", "320000cm", "3190", "3210", "16/5 km", "3천 2백".replace("2백", "200")],
)  # fmt: skip
def test_right_in_every_unit(length: Item, typed: str) -> None:
    assert judge(length, 0, {"answer": typed}).right


@pytest.mark.parametrize("typed", ["3189.9", "3210.1", "32", "0", "3.2e9 km", "1e15 km"])
def test_wrong_is_wrong(length: Item, typed: str) -> None:
    judged = judge(length, 0, {"answer": typed})
    assert (judged.score, judged.unreadable) == (0, False)


def test_a_known_mistake_is_answered(length: Item) -> None:
    assert judge(length, 0, {"answer": "3.2"}).feedback[0].en == "Mind the unit."
    assert judge(length, 0, {"answer": "3.3"}).feedback[0].en == "Mind the unit.", (
        "the tolerance holds for mistakes too"
    )
    assert judge(length, 0, {"answer": "99"}).feedback == ()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "answer_empty"),
        ("   ", "answer_empty"),
        ("three", "answer_not_number"),
        ("3,2 km", "answer_not_number"),
        ("3200 \0", "answer_unknown_unit"),
        ("3200 miles", "answer_unknown_unit"),
        ("9" * 10_000_000, "answer_not_number"),
        (" " * 10_000_000 + "1", "answer_empty"),
    ],
)
def test_what_cannot_be_read_counts_as_no_try(length: Item, typed: str, reason: str) -> None:
    judged = judge(length, 0, {"answer": typed})
    assert judged.reason == f"content.{reason}"
    assert len(str(judged.params)) < 300


@given(st.text())
def test_anything_typed_is_a_value(length: Item, typed: str) -> None:
    assert judge(length, 0, {"answer": typed}).score in (0, 1)


def test_the_field_shows_its_units(length: Item) -> None:
    ask = variant(length, 0).ask
    assert isinstance(ask, NumberField)
    assert ask.unit is not None
    assert (ask.unit.ko, ask.units) == ("m", ("m", "km", "킬로미터", "cm"))


def test_a_unit_can_be_asked_for(tmp_path: Path) -> None:
    item = item_of(tmp_path, "number", LENGTH.replace("unit: m", "unit: m\n    unit_required: true"))
    assert judge(item, 0, {"answer": "3200"}).reason == "content.answer_unit_missing"
    assert judge(item, 0, {"answer": "3200 m"}).right
    assert judge(item, 0, right_answer(item, 0)).right


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right_in_every_variant(recall: Item, seed: int) -> None:
    assert judge(recall, seed, right_answer(recall, seed)).right


@given(st.integers(0, 10**9))
def test_a_share_may_be_written_as_a_percentage(recall: Item, seed: int) -> None:
    share = float(str(right_answer(recall, seed)["answer"]))
    assert judge(recall, seed, {"answer": f"{share:.2%}"}).right
    if abs(100 * share - share) > 1:
        judged = judge(recall, seed, {"answer": f"{100 * share:.2f}"})
        assert judged.remarks == ("content.answer_hundredfold",)
    assert judge(recall, seed, {"answer": f"-{share:.3f}"}).remarks == ("content.answer_sign",)


def test_a_relative_tolerance_grows_with_the_number(tmp_path: Path) -> None:
    item = item_of(tmp_path, "number", "answer: 1000000\nrelative: 0.01")
    assert [judge(item, 0, {"answer": each}).right for each in ("990000", "1010000", "989000")] == [True, True, False]


def test_a_tenth_and_two_tenths_are_three_tenths(tmp_path: Path) -> None:
    item = item_of(tmp_path, "number", "answer: 0.1 + 0.2")
    assert judge(item, 0, {"answer": "0.3"}).right
    assert right_answer(item, 0) == {"answer": "0.3"}


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("answer: recall", "answer: recal", "answer: recal", "unknown_parameter"),
        ("answer: recall", "answer: recall +", "answer: recall +", "bad_expression"),
        ("recall: hits / (hits + misses)", "recall: hits / (hits - hits)", "where", "no_variant"),
        ("[hits != misses]", "[hits > 100]", "where", "no_variant"),
        ("hits: {low: 5, high: 60}", "hits: {low: 5}", "hits: {", "drawn_shape"),
        ("hits: {low: 5, high: 60}", "hits: {low: misses, high: 60}", "hits: {", "unknown_parameter"),
        ("answer: misses / (hits + misses)", "answer: recall + 0.001", "- {answer: recall", "wrong_answer_passes"),
        ("tolerance: 0.005", "tolerance: -1", "tolerance", "out_of_range"),
        ("tolerance: 0.005", "tolerance: 0.005\n  units: {m: 0}", "units: {m", "unit_size"),
        ("en: The other way round.", "en: 'The other {{wy}} round.'", "- {answer", "unknown_parameter"),
        ("low: 5, high: 60}\n    misses: {low: 5, high: 60}", "low: 5, high: 5}\n    misses: {low: 6, high: 7}", "parameters", "same_variants"),
    ],
)  # fmt: skip
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("number", RECALL).replace("물음이에요.", "'{{hits}}와 {{misses}}'")
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_an_answer_in_the_prompt_or_a_hint_is_a_warning(tmp_path: Path) -> None:
    text = authored("number", "answer: 3200\nhints: [{ko: 3200이에요., en: It is 3200.}]").replace(
        "A question.", "Of 13200 and 3200?"
    )
    assert told_of(tmp_path, text) == [(line_of(text, "prompt"), "gives_away"), (line_of(text, "hints"), "gives_away")]
    text = authored("number", "answer: 3200\nhints: [{ko: 13200과 3200.5, en: '32000'}]")
    assert told_of(tmp_path, text) == []
