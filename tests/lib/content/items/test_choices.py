"""Several options may be right."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import Options, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

LEAKS = """
    options:
      - {id: shuffle, text: {ko: 섞기, en: Shuffling}, right: true, feedback: {ko: 섞으면 새요., en: Shuffling leaks.}}
      - {id: target, text: {ko: 답 열, en: The answer}, right: true}
      - {id: past, text: {ko: 어제 값, en: Yesterday}, feedback: {ko: 미리 알아요., en: Known before.}}
      - {id: month, text: {ko: 달, en: The month}, feedback: {ko: 미리 알아요., en: Known before.}}
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("choices"), "choices", LEAKS)


def keys(item: Item, seed: int, *texts: str) -> list[str]:
    ask = variant(item, seed).ask
    assert isinstance(ask, Options)
    assert ask.several
    return [option.key for option in ask.options if option.text.en in texts]


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right(item: Item, seed: int) -> None:
    judged = judge(item, seed, right_answer(item, seed))
    assert (judged.right, judged.chosen) == (True, ("shuffle", "target"))


@pytest.mark.parametrize(
    ("texts", "score"),
    [
        (["Shuffling"], 0.5),
        (["Shuffling", "The answer", "Yesterday"], 0.5),
        (["Shuffling", "Yesterday"], 0),
        (["Yesterday", "The month"], 0),
        (["Shuffling", "The answer", "Yesterday", "The month"], 0),
    ],
)
def test_what_is_found_counts_less_what_is_wrong(item: Item, texts: list[str], score: float) -> None:
    for seed in range(5):
        judged = judge(item, seed, {"answer": keys(item, seed, *texts)})
        assert (judged.score, judged.right) == (score, False)


def test_feedback_is_on_what_was_misjudged(item: Item) -> None:
    judged = judge(item, 0, {"answer": keys(item, 0, "The answer", "Yesterday")})
    assert {each.en for each in judged.feedback} == {"Shuffling leaks.", "Known before."}
    assert judged.chosen == ("past", "target")


def test_a_single_text_is_a_single_option(item: Item) -> None:
    assert judge(item, 0, {"answer": keys(item, 0, "Shuffling")[0]}).score == 0.5


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "answer_empty"),
        ({"answer": ["", ""]}, "answer_empty"),
        ({"answer": ["a", "z"]}, "answer_unknown_option"),
        ({"answer": ["a"] * 1_000_000 + ["b"]}, None),
        ({"answer": ["x" * 10_000_000]}, "answer_unknown_option"),
        ({"answer": [{"a": 1}, 3]}, "answer_empty"),
    ],
)
def test_anything_sent_is_a_value(item: Item, answer: dict, reason: str | None) -> None:
    judged = judge(item, 0, answer)
    assert judged.reason == (f"content.{reason}" if reason else None)
    assert not judged.right


def test_what_an_author_may_get_wrong(tmp_path: Path) -> None:
    text = authored("choices", LEAKS.replace("right: true", "right: false"))
    assert (line_of(text, "options"), "no_right_option") in told_of(tmp_path / "a", text)
    text = authored("choices", LEAKS.replace(", feedback: {ko: 미리 알아요., en: Known before.}", ""))
    assert (line_of(text, "id: past"), "no_feedback") in told_of(tmp_path / "b", text)
    assert told_of(tmp_path / "c", authored("choices", LEAKS)) == []
