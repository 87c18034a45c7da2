"""Charts: drawn from the values of the variant, and read by a number or by options."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.content import Item
from saem.lib.content.items import NumberField, Options, judge, right_answer, variant
from tests.lib.content.items.authored import authored, item_of, line_of, told_of

BARS = """
    parameters:
      counts: {low: 10, high: 90, step: 5, count: 3}
      gap: max(counts) - min(counts)
    where: [gap > 0]
    chart:
      kind: bar
      x: {ko: 계절, en: Season}
      y: {ko: 대여(대), en: Rentals}
      labels: [{ko: 봄, en: Spring}, {ko: 여름, en: Summer}, {ko: 겨울, en: Winter}]
      series: [{title: {ko: 대여, en: Rentals}, values: counts}]
      alt: {ko: 계절마다의 대여를 막대로 그렸어요., en: Bars of the rentals of each season.}
    number:
      answer: gap
      mistakes: [{answer: max(counts) + min(counts), feedback: {ko: 더했어요., en: You added.}}]
"""
LINES = """
    chart:
      kind: line
      x: {ko: 시각, en: Hour}
      y: {ko: 대여, en: Rentals}
      labels: [4, 8, 18]
      series:
        - {title: {ko: 평일, en: Weekday}, values: [100, 1300, 1500]}
        - {title: {ko: 주말, en: Weekend}, values: [150, 420, "2 * 600"]}
      alt: {ko: 선이 두 개예요., en: Two lines.}
    choice:
      options:
        - {id: weekday, text: {ko: 평일, en: Weekday}, right: true}
        - {id: weekend, text: {ko: 주말, en: Weekend}, feedback: {ko: 낮아요., en: It is lower.}}
"""


@pytest.fixture(name="bars", scope="module")
def _bars(tmp_path_factory: pytest.TempPathFactory) -> Item:
    return item_of(tmp_path_factory.mktemp("bars"), "chart", BARS)


def test_a_chart_holds_the_values_of_its_variant(bars: Item) -> None:
    shown = variant(bars, 0)
    assert isinstance(shown.ask, NumberField)
    assert shown.chart is not None
    assert (shown.chart.kind, shown.chart.at, shown.chart.x_title.en) == ("bar", None, "Season")
    assert [label.ko for label in shown.chart.labels] == ["봄", "여름", "겨울"]
    values = shown.chart.series[0].values
    assert judge(bars, 0, {"answer": str(max(values) - min(values))}).right
    assert len({variant(bars, seed).chart for seed in range(20)}) > 15


@given(st.integers(0, 10**9))
def test_the_right_answer_is_right(bars: Item, seed: int) -> None:
    assert judge(bars, seed, right_answer(bars, seed)).right


def test_options_can_be_asked_and_labels_be_numbers(tmp_path: Path) -> None:
    item = item_of(tmp_path, "chart", LINES)
    shown = variant(item, 0)
    assert isinstance(shown.ask, Options)
    assert shown.chart is not None
    assert shown.chart.at == (4, 8, 18)
    assert [label.en for label in shown.chart.labels] == ["4", "8", "18"]
    assert shown.chart.series[1].values == (150, 420, 1200)
    assert judge(item, 0, right_answer(item, 0)).chosen == ("weekday",)
    assert judge(item, 0, {"answer": "z"}).unreadable


@pytest.mark.parametrize(
    ("old", "new", "at", "code"),
    [
        ("number:\n", "nmber:\n", "id: one", "chart_question"),
        ("values: counts", "values: cuonts", "values", "unknown_parameter"),
        ("values: counts", "values: [1, 2]", "values", "chart_shape"),
        ("values: counts", "values: gap", "chart:", "chart_shape"),
        ("step: 5, count: 3}", "step: 5, count: 4}", "chart:", "chart_shape"),
        ("values: counts", "values: 'counts[7]'", "parameters", "expression_fails"),
        ("values: counts", "values: [1, 2, cuonts]", "values", "unknown_parameter"),
        ("kind: bar", "kind: pie", "kind: pie", "not_choice"),
        ("answer: gap", "answer: gup", "answer: gup", "unknown_parameter"),
        ("max(counts) + min(counts)", "gap + 0", "mistakes", "wrong_answer_passes"),
        ("alt: {ko: 계절마다의 대여를 막대로 그렸어요., en: Bars of the rentals of each season.}", "", "chart:", "missing_key"),
    ],
)  # fmt: skip
def test_what_an_author_may_get_wrong(tmp_path: Path, old: str, new: str, at: str, code: str) -> None:
    text = authored("chart", BARS)
    assert old in text
    text = text.replace(old, new)
    assert (line_of(text, at), code) in told_of(tmp_path, text)


def test_sound_ones_have_no_problems(tmp_path: Path) -> None:
    assert told_of(tmp_path, authored("chart", BARS) + authored("chart", LINES, name="two")) == []
