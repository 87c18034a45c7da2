"""Lines put in order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import Lines, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

LOOP = """
    lines:
      - {id: start, code: total = 0}
      - {id: loop, code: "for x in xs:"}
      - {id: add, code: total = total + x, indent: 1}
      - {id: show, code: print(total)}
    distractors:
      - {id: reset, code: total = x, indent: 1, feedback: {ko: 앞의 합이 사라져요., en: The sum so far is lost.}}
"""
STEPS = """
    lines:
      - {id: split, text: {ko: 나눈다, en: Split}}
      - {id: fit, text: {ko: 배운다, en: Fit}}
      - {id: mean, text: {ko: 기준선, en: Baseline}}
      - {id: score, text: {ko: 잰다, en: Score}}
    also: [[split, mean, fit, score]]
"""


@pytest.fixture(name="loop", scope="module")
def _loop(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("loop"), "ordering", LOOP)


@pytest.fixture(name="deep", scope="module")
def _deep(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("deep"), "ordering", LOOP + "    indentation: true\n")


@pytest.fixture(name="steps", scope="module")
def _steps(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("steps"), "ordering", STEPS)


def lines(item: Item, seed: int) -> dict[str, str]:
    """Keys by what a learner sees."""
    ask = variant(item, seed).ask
    assert isinstance(ask, Lines)
    return {(line.code or (line.text.en if line.text else "")).strip(): line.key for line in ask.lines}


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right(loop: Item, deep: Item, steps: Item, seed: int) -> None:
    assert judge(loop, seed, right_answer(loop, seed)).right
    assert judge(steps, seed, right_answer(steps, seed)).right
    judged = judge(deep, seed, right_answer(deep, seed))
    assert (judged.right, judged.chosen) == (True, ("start", "loop", "add", "show"))


@given(st.integers(0, 10**9))
def test_the_lines_never_stand_in_the_right_order_already(loop: Item, steps: Item, seed: int) -> None:
    found = [text for text in lines(loop, seed) if text != "total = x"]
    assert found != ["total = 0", "for x in xs:", "total = total + x", "print(total)"]
    assert list(lines(steps, seed)) not in (
        ["Split", "Fit", "Baseline", "Score"],
        ["Split", "Baseline", "Fit", "Score"],
    )


def test_indentation_is_shown_where_it_is_not_asked_for(loop: Item, deep: Item) -> None:
    ask = variant(loop, 0).ask
    assert isinstance(ask, Lines)
    assert "    total = total + x" in [line.code for line in ask.lines]
    ask = variant(deep, 0).ask
    assert isinstance(ask, Lines)
    assert ask.indents
    assert "total = total + x" in [line.code for line in ask.lines]


def test_another_right_order_is_right_too(steps: Item) -> None:
    at = lines(steps, 5)
    assert judge(steps, 5, {"answer": [at[text] for text in ("Split", "Baseline", "Fit", "Score")]}).right
    judged = judge(steps, 5, {"answer": [at[text] for text in ("Fit", "Split", "Baseline", "Score")]})
    assert (judged.score, judged.right) == (0.75, False)


def test_a_line_that_does_not_belong_says_why(loop: Item) -> None:
    at = lines(loop, 1)
    judged = judge(loop, 1, {"answer": [at["total = 0"], at["for x in xs:"], at["total = x"], at["print(total)"]]})
    assert judged.score == 0.75
    assert judged.feedback[0].en == "The sum so far is lost."
    assert judged.chosen == ("start", "loop", "reset", "show")


def test_indentation_counts_where_it_is_asked_for(deep: Item) -> None:
    at = lines(deep, 2)
    flat = [at[text] for text in ("total = 0", "for x in xs:", "total = total + x", "print(total)")]
    judged = judge(deep, 2, {"answer": flat})
    assert (judged.score, judged.remarks) == (0.75, ("content.answer_indent",))
    flat[2] += ":1"
    assert judge(deep, 2, {"answer": flat}).right
    assert judge(deep, 2, {"answer": ", ".join(flat)}).right, "one hidden field may hold them all"


def test_a_form_without_script_sends_places(deep: Item) -> None:
    at = lines(deep, 3)
    places = {f"place-{at[text]}": str(10 * number) for number, text in enumerate(("total = 0", "for x in xs:", "total = total + x", "print(total)"), 1)}  # fmt: skip
    assert judge(deep, 3, {**places, f"indent-{at['total = total + x']}": "1", f"place-{at['total = x']}": " "}).right
    assert judge(deep, 3, {**places, f"place-{at['total = x']}": "10"}).reason == "content.answer_same_place"
    assert judge(deep, 3, {**places, f"place-{at['total = x']}": "x"}).reason == "content.answer_not_number"


def test_lines_that_read_alike_may_change_places(tmp_path: Path) -> None:
    rest = 'lines:\n  - {id: a, code: "x += 1"}\n  - {id: b, code: "y = x"}\n  - {id: c, code: "x += 1"}'
    item = item_of(tmp_path, "ordering", rest)
    answer = list(right_answer(item, 0)["answer"])
    assert judge(item, 0, {"answer": answer[::-1]}).right


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "answer_empty"),
        ({"answer": " , "}, "answer_empty"),
        ({"answer": ["a", "z"]}, "answer_unknown_option"),
        ({"answer": ["a", "a:1"]}, "answer_twice"),
        ({"answer": "a" * 10_000_000}, "answer_unknown_option"),
        ({"answer": ["a\0"]}, "answer_unknown_option"),
        ({"place-a": "9" * 5000}, "answer_not_number"),
        ({"place-a": "²"}, "answer_not_number"),
        ({"place-a": "1", "indent-a": "x" * 100_000}, None),
        ({"answer": ["a:-1", "b:999999999999", "c:²"]}, None),
    ],
)
def test_anything_sent_is_a_value(deep: Item, answer: dict, reason: str | None) -> None:
    judged = judge(deep, 0, answer)
    assert judged.reason == (f"content.{reason}" if reason else None)
    assert not judged.right


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("id: reset", "id: start", "code: total = x,", "duplicate_id"),
        ("{id: start, code: total = 0}", "{id: start}", "id: start", "line_shape"),
        ("{id: start, code: total = 0}", "{id: start, code: total = 0, text: a}", "id: start", "line_shape"),
        (", feedback: {ko: 앞의 합이 사라져요., en: The sum so far is lost.}", "", "id: reset", "missing_key"),
        ("distractors:", "also: [[start, loop, add]]\n  distractors:", "also", "also_shape"),
        ("distractors:", "also: [[start, loop, add, shw]]\n  distractors:", "also", "also_shape"),
        ("code: total = x, indent: 1", "code: total = 0", "id: reset", "wrong_answer_passes"),
        ("distractors:", "indentation: 1\n  distractors:", "indentation", "not_true_false"),
    ],
)
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("ordering", LOOP)
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_sound_ones_have_no_problems(tmp_path: Path) -> None:
    deep = authored("ordering", LOOP, name="two") + "  indentation: true\n"
    assert told_of(tmp_path, authored("ordering", LOOP) + deep + authored("ordering", STEPS, name="three")) == []
