"""A short text, compared as a teacher does."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import TextField, judge, right_answer, variant
from saem.lib.content.items.spelling import nearly, normal
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

WORD = """
    answers: [균형 정확도, balanced accuracy]
    mistakes:
      - {answers: [정확도, accuracy], feedback: {ko: 한쪽만 맞혀도 높아요., en: It is high when one side is right.}}
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("text"), "text", WORD)


@pytest.mark.parametrize(
    "typed",
    ["균형 정확도", "균형정확도", " 균형  정확도. ", "‘균형 정확도’", "균형 정확도입니다", "Balanced Accuracy", "ＢＡＬＡＮＣＥＤ accuracy", "balanced\u00a0accuracy!",
     unicodedata.normalize("NFD", "균형 정확도"), "균형\u200b정확도"],
)  # fmt: skip
def test_spaces_capitals_width_and_composition_do_not_count(item: Item, typed: str) -> None:
    assert judge(item, 0, {"answer": typed}).right


def test_a_known_mistake_is_answered(item: Item) -> None:
    judged = judge(item, 0, {"answer": "정확도"})
    assert (judged.score, judged.feedback[0].ko) == (0, "한쪽만 맞혀도 높아요.")


def test_one_letter_off_is_said_and_not_accepted(item: Item) -> None:
    for typed in (
        "균형 정확두",
        "균헝 정확도",
        "blanced accuracy",
        "balanced acuracy",
        "balanced accuracyy",
        "blaanced accuracy",
    ):
        judged = judge(item, 0, {"answer": typed})
        assert (judged.score, judged.remarks) == (0, ("content.answer_nearly",)), typed
    assert judge(item, 0, {"answer": "재현율"}).remarks == ()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [("", "answer_empty"), (" .\n", "answer_empty"), ("\0\0", "answer_empty"), ("가" * 10_000_000, "answer_too_long")],
)
def test_what_cannot_be_read_counts_as_no_try(item: Item, typed: str, reason: str) -> None:
    assert judge(item, 0, {"answer": typed}).reason == f"content.{reason}"


@given(st.text())
def test_anything_typed_is_a_value(item: Item, typed: str) -> None:
    assert judge(item, 0, {"answer": typed}).score in (0, 1)


def test_what_counts_can_be_chosen(tmp_path: Path) -> None:
    item = item_of(tmp_path, "text", "answers: [train.csv File]\ncase: true\nspaces: true")
    assert judge(item, 0, {"answer": "train.csv  File"}).right
    assert not judge(item, 0, {"answer": "train.csv file"}).right
    assert not judge(item, 0, {"answer": "train.csvFile"}).right


def test_accepted_answers_may_hold_values(tmp_path: Path) -> None:
    rest = "parameters: {column: {one_of: [wind, date, temp_max]}}\nanswers: [\"df['{{column}}']\"]"
    item = item_of(tmp_path, "text", rest)
    answers = {str(right_answer(item, seed)["answer"]) for seed in range(20)}
    assert answers == {"df['wind']", "df['date']", "df['temp_max']"}
    assert all(judge(item, seed, right_answer(item, seed)).right for seed in range(20))
    assert variant(item, 0).ask == TextField()


@given(st.text(min_size=4, max_size=12), st.integers(0, 11))
def test_a_missing_letter_is_near_and_the_same_is_not(word: str, place: int) -> None:
    plain = normal(word)
    assert not nearly(plain, plain)
    letters = unicodedata.normalize("NFD", plain)
    fewer = letters[: place % max(1, len(letters))] + letters[place % max(1, len(letters)) + 1 :]
    if len(fewer) >= 4 and unicodedata.normalize("NFD", fewer) == fewer:
        assert nearly(letters, fewer)


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("[균형 정확도, balanced accuracy]", "[]", "answers: []", "empty_value"),
        ("[정확도, accuracy]", "[정확도, Balanced accuracy]", "- {answers", "wrong_answer_passes"),
        ("ko: 물음이에요.", "ko: 균형 정확도란?", "prompt", "gives_away"),
        ("answers: [균", "answers: ['{{x}}', 균", "answers: ['{{x}}'", "unknown_parameter"),
    ],
)
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("text", WORD)
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)
