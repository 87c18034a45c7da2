"""What leaves as QTI comes back as the same item, and judges the same answers."""

from pathlib import Path

import pytest

from saem.lib.content import Item
from saem.lib.content.items import judge, rehearse, right_answer
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.registry import KINDS
from tests.lib.content.exchange.qti.package import exported, there_and_back, told
from tests.lib.content.folders import DRAWING
from tests.lib.content.items.authored import authored

ITEMS = {
    "choice": """\
        difficulty: -1.5
        minutes: 1.5
        use: practice
        tags: [ai4k12/3]
        hints:
          - {ko: "`표`를 **다시** 보세요.", en: "Look at the `table` **again**."}
          - {ko: 4년은 며칠인가요?, en: How many days are four years?}
        options:
          - {id: day, text: {ko: 하루, en: A day}, right: true}
          - {id: 2-month, text: "$x^2$", feedback: {ko: 48행이 돼요., en: That makes 48 rows.}}
        """,
    "choices": """\
        options:
          - {id: sum, text: {ko: 합, en: The sum}, right: true, feedback: {ko: 합도 필요해요., en: The sum too.}}
          - {id: count, text: {ko: 개수, en: The count}, right: true}
          - {id: order, text: {ko: 순서, en: The order}, feedback: {ko: 순서는 아니에요., en: Not the order.}}
        shuffle: false
        """,
    "number": """\
        answer: 800
        tolerance: 0.5
        unit: {ko: 미터, en: m}
        mistakes:
          - {answer: 50, feedback: {ko: 곱해요., en: Multiply.}}
        """,
    "text": """\
        answers: [평균, mean, "mean < 3 & more"]
        case: true
        mistakes:
          - {answers: [중앙값, median], feedback: {ko: 가운데예요., en: The middle.}}
        """,
    "ordering": """\
        lines:
          - {id: start, code: total = 0}
          - {id: loop, code: "for x in metres:"}
          - {id: add, code: "total = total + x\\nprint(total)", indent: 1}
          - {id: done, text: {ko: 끝, en: Done}}
        distractors:
          - {id: reset, code: total = x, indent: 1, feedback: {ko: 합이 사라져요., en: The sum is lost.}}
        also: [[loop, start, add, done]]
        """,
    "matching": """\
        pairs:
          - {id: mean, left: "`.mean()`", right: {ko: 평균, en: Mean}, feedback: {ko: 합이 아니에요., en: Not the sum.}}
          - {id: average, left: "`average`", right: {ko: 평균, en: Mean}}
          - {id: max, left: "`.max()`", right: {ko: 최댓값, en: Largest}}
        distractors: [{ko: 개수, en: The count}]
        """,
}


@pytest.mark.parametrize("kind", ITEMS)
def test_the_same_item_comes_back(tmp_path: Path, kind: str) -> None:
    before, after, back = there_and_back(tmp_path, authored(kind, ITEMS[kind]))
    assert back.problems == ()
    assert after.items["one"].asked == before.items["one"].asked
    assert rehearse(after.items["one"], after) == ()


PROMPT = """\
- id: one
  kind: choice
  skills: [read-table]
  prompt:
    ko: |
      ## 표

      | 날 | mm |
      |---|--:|
      | 월 | 3 |

      1. 하나 *둘* ~~셋~~
      2. [주소](https://example.org/a?b=1&c=2)

      ```python
      if a < b:
          print("<&>")
      ```

      $$
      \\frac{1}{2}
      $$

      :::{think} 잠깐
      왜 그럴까요?
      :::

      ![지도](../images/map.svg)
    en: "5 * 3 _is_ `a_b`\\\\, not **15**? # no"
  explanation: {ko: 풀이예요., en: An explanation.}
  options:
    - {id: a, text: {ko: 하나, en: One}, right: true}
    - {id: b, text: {ko: 둘, en: Two}, feedback: {ko: 아니에요., en: No.}}
"""


def test_words_look_the_same_again(tmp_path: Path) -> None:
    before, after, back = there_and_back(tmp_path, PROMPT, **{"images/map.svg": DRAWING})
    assert back.problems == ()
    assert back.files["images/map.svg"] == DRAWING.encode()
    for language in ("ko", "en"):
        shown = [
            Posed(each.items["one"], 0).prose(each.items["one"].asked.prompt).html(language).split()
            for each in (before, after)
        ]
        assert shown[0] == shown[1]
        assert shown[0]


def judged(item: Item) -> list[tuple[float, list[str]]]:
    """What the right answer and every wrong one are worth, and what is said about them."""
    posed = Posed(item, 0)
    answers = [right_answer(item, 0), *(each.answer for each in KINDS[item.kind].wrong(posed))]
    return [(found.score, [text.ko for text in found.feedback]) for found in (judge(item, 0, each) for each in answers)]


VARYING = """\
    parameters: {first: {low: 3, high: 9}, total: first + 2}
    answer: total
    mistakes: [{answer: first, feedback: {ko: "{{first}}에 2를 더해요.", en: "Add 2 to {{first}}."}}]
    """


def test_of_an_item_that_varies_each_seed_is_one_item(tmp_path: Path) -> None:
    out = exported(tmp_path / "out", authored("number", VARYING), variants=3)
    assert [name for name in out.files if name.endswith(".ko.xml")] == [f"items/one-v{at}.ko.xml" for at in (1, 2, 3)]
    assert told(out) == ["variants_drawn"]
    before, after, back = there_and_back(tmp_path, authored("number", VARYING))
    assert back.problems == ()
    assert judged(after.items["one-v1"]) == judged(before.items["one"])


def test_what_qti_cannot_hold_is_told_of(tmp_path: Path) -> None:
    code = """\
        checks: [{id: value, title: {ko: 값, en: Value}, value: a}]
        solution: a = 1
        wrong: [{code: a = 2, fails: [value]}]
        """
    chart = """\
        chart:
          kind: bar
          x: {ko: 날, en: Day}
          y: {ko: 비(mm), en: Rain (mm)}
          labels: [월, 화]
          series: [{title: {ko: 비, en: Rain}, values: [3, 4.5]}]
          alt: {ko: 이틀의 비예요., en: Rain of two days.}
        number: {answer: 4.5, units: {cm: 10}, unit: mm}
        """
    ordering = """\
        indentation: true
        lines: [{id: a, code: "if x:"}, {id: b, code: y = 1, indent: 1}]
        """
    text = "\n".join(
        authored(kind, rest, name=kind) for kind, rest in (("code", code), ("chart", chart), ("ordering", ordering))
    )
    out = exported(tmp_path, text)
    assert sorted(told(out)) == ["chart_as_table", "indent_given", "item_runs", "units_lost"]
    assert {each.line for each in out.problems} == {2, 15, 22, 29}
    assert not any("code" in name for name in out.files)
    assert "<td>4.5</td>" in out.files["items/chart.ko.xml"].decode()
    assert "이틀의 비예요. (비(mm))" in out.files["items/chart.ko.xml"].decode()
