"""Things that belong together."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import Pairs, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

MEASURES = """
    pairs:
      - {id: recall, left: {ko: 재현율, en: Recall}, right: {ko: 놓치지 않음, en: Missing little}, feedback: {ko: 놓친 것을 봐요., en: It looks at misses.}}
      - {id: precision, left: {ko: 정밀도, en: Precision}, right: {ko: 믿을 만함, en: Trust}}
      - {id: rmse, left: RMSE, right: {ko: 빗나간 크기, en: Size of errors}}
      - {id: mae, left: MAE, right: {ko: 빗나간 크기, en: Size of errors}}
    distractors: [{ko: 빠르기, en: Speed}]
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("matching"), "matching", MEASURES)


def sides(item: Item, seed: int) -> tuple[dict[str, str], dict[str, str]]:
    ask = variant(item, seed).ask
    assert isinstance(ask, Pairs)
    return {each.text.en: each.key for each in ask.left}, {each.text.en: each.key for each in ask.right}


def test_a_right_side_that_is_shared_is_shown_once(item: Item) -> None:
    left, right = sides(item, 0)
    assert sorted(left) == ["MAE", "Precision", "RMSE", "Recall"]
    assert sorted(right) == ["Missing little", "Size of errors", "Speed", "Trust"]
    assert len({tuple(sides(item, seed)[1]) for seed in range(40)}) > 10


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right(item: Item, seed: int) -> None:
    judged = judge(item, seed, right_answer(item, seed))
    assert judged.right
    assert set(judged.chosen) == {"recall=recall", "precision=precision", "rmse=rmse", "mae=rmse"}


def test_each_pair_counts_and_says_why(item: Item) -> None:
    left, right = sides(item, 4)
    answer = {**right_answer(item, 4), f"match-{left['Recall']}": right["Speed"]}
    judged = judge(item, 4, answer)
    assert (judged.score, judged.feedback[0].en) == (0.75, "It looks at misses.")
    assert "recall=distractor-1" in judged.chosen


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "answer_empty"),
        ({"match-a": "a"}, "answer_incomplete"),
        ({f"match-{key}": "z" for key in "abcd"}, "answer_unknown_option"),
        ({f"match-{key}": "a" * 1_000_000 for key in "abcd"}, "answer_unknown_option"),
        ({f"match-{key}": [] for key in "abcd"}, "answer_empty"),
    ],
)
def test_anything_sent_is_a_value(item: Item, answer: dict, reason: str) -> None:
    assert judge(item, 0, answer).reason == f"content.{reason}"


def test_what_an_author_may_get_wrong(tmp_path: Path) -> None:
    text = authored("matching", MEASURES.replace("id: rmse", "id: recall"))
    assert (line_of(text, "left: RMSE"), "duplicate_id") in told_of(tmp_path / "a", text)
    text = authored("matching", MEASURES.replace("{ko: 재현율, en: Recall}", "{ko: 재현율}"))
    assert (line_of(text, "id: recall"), "missing_translation") in told_of(tmp_path / "b", text)
    assert told_of(tmp_path / "c", authored("matching", MEASURES)) == []
