"""Code with checks: read and judged here, run by the app (tests/apps/catalog/test_items.py)."""

from pathlib import Path

import pytest

from saem.lib.content import Item
from saem.lib.content.items import (
    CodeField,
    CodeFile,
    LeftOut,
    judge,
    judge_run,
    left_out_of_diagnosis,
    right_answer,
    variant,
)
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

SHARE = """
    setup: |
      rain = [0, 2.5, 0, 1]
    start: |
      share = ...
    data: {w.csv: weather}
    checks:
      - {id: value, title: {ko: 비율, en: Share}, value: share, points: 3, hint: {ko: 나눠요., en: Divide.}}
      - {id: bounds, title: {ko: 범위, en: Bounds}, value: share}
    solution: |
      share = sum(r > 0 for r in rain) / len(rain)
    wrong:
      - {code: share = sum(rain) / len(rain), fails: [value]}
"""


@pytest.fixture(name="item", scope="module")
def _item(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("code"), "code", SHARE)


def test_what_is_shown_holds_no_answer(item: Item) -> None:
    shown = variant(item, 0)
    assert shown.ask == CodeField("rain = [0, 2.5, 0, 1]\n", "share = ...\n", {"w.csv": "weather"})
    assert "sum" not in repr(shown)
    assert isinstance(item.asked, CodeFile)


def test_a_form_cannot_bring_its_own_results(item: Item) -> None:
    sent = {**right_answer(item, 0), "passed": ["value", "bounds"]}
    assert judge(item, 0, sent).reason == "content.answer_needs_run"
    assert judge(item, 0, {"answer": " \n"}).reason == "content.answer_empty"
    assert judge(item, 0, {"answer": "x" * 10_000_000}).reason == "content.answer_too_long"


def test_a_run_is_worth_the_points_of_its_checks(item: Item) -> None:
    assert judge_run(item, 0, ["value", "bounds"]).right
    judged = judge_run(item, 0, ["bounds"])
    assert (judged.score, judged.chosen, judged.feedback[0].en) == (0.25, ("value",), "Divide.")
    assert judge_run(item, 0, ["else"]).score == 0


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("share = ...", "share = ((", "share = ((", "python_syntax"),
        ("/ len(rain)\n", "/ len(rain))\n", "share = sum(r >", "python_syntax"),
        ("fails: [value]", "fails: [valeu]", "fails", "unknown_check"),
        ("id: bounds", "id: value", "범위", "duplicate_id"),
        ("w.csv: weather", "w.csv: wether", "data", "unknown_source"),
        ("start: |", "parameters: {n: {low: 1, high: 2}}\n  start: |", "parameters", "unknown_key"),
    ],
)
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("code", SHARE)
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_a_sound_one_has_no_problems(tmp_path: Path) -> None:
    assert told_of(tmp_path, authored("code", SHARE)) == []


@pytest.mark.parametrize("use", ["practice", "both"])
def test_code_is_for_practice_whatever_its_author_says(tmp_path: Path, use: str) -> None:
    item = item_of(tmp_path, "code", f"    use: {use}{SHARE}")
    assert left_out_of_diagnosis(item) == LeftOut.RUNS
    assert item.is_for("practice")
    assert told_of(tmp_path, authored("code", f"    use: {use}{SHARE}")) == []


def test_code_for_diagnosis_alone_would_be_for_nothing(tmp_path: Path) -> None:
    text = authored("code", "    use: diagnosis" + SHARE)
    assert told_of(tmp_path, text) == [(line_of(text, "use: diagnosis"), "code_not_for_diagnosis")]


def test_other_kinds_are_for_what_their_author_says(tmp_path: Path) -> None:
    options = """
    options:
      - {id: a, text: {ko: 가, en: A}, right: true}
      - {id: b, text: {ko: 나, en: B}, feedback: {ko: 아니에요., en: No.}}
    """
    found = {use: left_out_of_diagnosis(item_of(tmp_path / use, "choice", f"    use: {use}{options}"))
             for use in ("practice", "both", "diagnosis")}  # fmt: skip
    assert found == {"practice": LeftOut.PRACTICE_ONLY, "both": None, "diagnosis": None}
