"""One of several options."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import Options, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

CHOICE = """
    options:
      - {id: row, text: {ko: 행, en: Row}, right: true}
      - {id: column, text: {ko: 열, en: Column}, feedback: {ko: 열은 세로예요., en: Columns run down.}}
      - {id: cell, text: {ko: 칸, en: Cell}, feedback: {ko: 칸은 하나예요., en: A cell is one value.}}
"""
DEPENDS = """
    parameters: {a: {low: 1, high: 9}, b: {low: 1, high: 9}}
    where: [a != b]
    options:
      - {id: first, text: "{{a}}", right: a > b, feedback: {ko: 작아요., en: It is smaller.}}
      - {id: second, text: "{{b}}", right: b > a, feedback: {ko: 작아요., en: It is smaller.}}
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("choice"), "choice", CHOICE)


def options(item: Item, seed: int) -> Options:
    ask = variant(item, seed).ask
    assert isinstance(ask, Options)
    return ask


def test_options_stand_in_an_order_of_their_own_for_each_seed(item: Item) -> None:
    orders = {tuple(option.text.en for option in options(item, seed).options) for seed in range(40)}
    assert len(orders) == 6
    assert options(item, 7) == options(item, 7)
    assert not options(item, 7).several


def test_the_form_does_not_know_which_is_right(item: Item) -> None:
    for seed in range(20):
        assert [option.key for option in options(item, seed).options] == ["a", "b", "c"]


def test_options_can_stay_in_their_order(tmp_path: Path) -> None:
    item = item_of(tmp_path, "choice", CHOICE + "    shuffle: false\n")
    assert {tuple(option.text.en for option in options(item, seed).options) for seed in range(20)} == {("Row", "Column", "Cell")}  # fmt: skip


def test_a_distractor_says_why_it_is_wrong(item: Item) -> None:
    key = next(option.key for option in options(item, 3).options if option.text.ko == "열")
    judged = judge(item, 3, {"answer": key})
    assert (judged.score, judged.right, judged.chosen) == (0, False, ("column",))
    assert judged.feedback[0].html("en") == "<p>Columns run down.</p>"
    assert judged.feedback[0].line("ko") == "열은 세로예요."


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right(item: Item, seed: int) -> None:
    judged = judge(item, seed, right_answer(item, seed))
    assert (judged.right, judged.chosen, judged.feedback) == (True, ("row",), ())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "answer_empty"),
        ({"answer": ""}, "answer_empty"),
        ({"answer": []}, "answer_empty"),
        ({"answer": "row"}, "answer_unknown_option"),
        ({"answer": "z"}, "answer_unknown_option"),
        ({"answer": "a\0"}, "answer_unknown_option"),
        ({"answer": "a" * 10_000_000}, "answer_unknown_option"),
        ({"answer": [["a"]]}, "answer_empty"),
    ],
)
def test_what_is_no_option_counts_as_no_try(item: Item, answer: dict, reason: str) -> None:
    judged = judge(item, 0, answer)
    assert judged.unreadable
    assert judged.reason == f"content.{reason}"
    assert (judged.score, judged.chosen) == (0, ())


def test_which_is_right_can_depend_on_the_values(tmp_path: Path) -> None:
    item = item_of(tmp_path, "choice", DEPENDS)
    ids = {judge(item, seed, right_answer(item, seed)).chosen for seed in range(30)}
    assert ids == {("first",), ("second",)}
    assert judge(item, 0, right_answer(item, 0)).feedback == (), "what is right needs no word about why it is wrong"


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        (", right: true", ", feedback: {ko: 가, en: a}", "options:", "no_right_option"),
        ("en: Column}", "en: Column}, right: true", "id: column", "two_right_options"),
        ("id: cell", "id: column", "칸, en", "duplicate_id"),
        (", feedback: {ko: 열은 세로예요., en: Columns run down.}", "", "id: column", "no_feedback"),
        ("right: true", "right: hits >", "id: row", "bad_expression"),
        ("right: true", "right: hits > 1", "id: row", "unknown_parameter"),
        ("{ko: 칸, en: Cell}", "{ko: 칸}", "id: cell", "missing_translation"),
        ("{ko: 칸, en: Cell}", "{ko: 열, en: Cell}", "id: one", "same_options"),
        ("{ko: 칸, en: Cell}", "{ko: 칸, en: Row}", "id: one", "same_options"),
        ("shuffle: false", "shufle: false", "shufle", "unknown_key"),
    ],
)
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("choice", CHOICE + "    shuffle: false\n")
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_two_that_are_right_at_once_are_found_out(tmp_path: Path) -> None:
    text = authored("choice", DEPENDS.replace("b > a", "b > 0"))
    assert "wrong_answer_passes" in [code for _, code in told_of(tmp_path, text)]


def test_a_sound_one_has_no_problems(tmp_path: Path) -> None:
    assert told_of(tmp_path, authored("choice", CHOICE) + authored("choice", DEPENDS.replace("a}}", "a}}!"), name="two").replace("물음이에요.", "물음: {{a}}").replace("물음: {{a}}", "물음", 1).replace("물음: {{a}}", "'{{a}}과 {{b}}'")) == []  # fmt: skip
