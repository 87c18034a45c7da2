"""Checking the practice items of a program, and what publishing keeps of them."""

from pathlib import Path

import pytest

from saem.apps.catalog import folders, queries
from saem.apps.catalog.checking import CheckReport, check_program, problem_remedy, problem_text
from saem.apps.catalog.item_rehearsals import artifact_name
from saem.apps.catalog.services import publish
from saem.lib.sandbox import Sandbox
from tests import cast, sample

ITEMS = "items/means.yaml"
CODE = """\
- id: mean-code
  kind: code
  skills: [mean]
  prompt: {ko: 평균을 구해 보세요., en: Find the mean.}
  explanation: {ko: 합을 개수로 나눠요., en: Divide the sum by the count.}
  setup: |
    import csv
    heights = [float(row["height"]) for row in csv.DictReader(open("beans.csv"))]
  start: |
    mean = ...
  data: {beans.csv: beans}
  checks:
    - {id: value, title: {ko: 평균, en: Mean}, value: mean, hint: {ko: 나눠요., en: Divide.}}
  solution: |
    mean = sum(heights) / len(heights)
  wrong:
    - {code: mean = max(heights), fails: [value]}
"""
NUMBER = """\
- id: mean-of-two
  kind: number
  skills: [mean]
  prompt: {ko: "{{a}}과 {{b}}의 평균은?", en: "What is the mean of {{a}} and {{b}}?"}
  explanation: {ko: 합의 절반이에요., en: Half of their sum.}
  parameters: {a: {low: 1, high: 50}, b: {low: 51, high: 99}}
  answer: (a + b) / 2
  mistakes: [{answer: a + b, feedback: {ko: 나누지 않았어요., en: You did not divide.}}]
"""


def check(sandbox: Sandbox, folder: Path, text: str) -> CheckReport:
    root = sample.sample_program(folder, **{ITEMS.replace("/", "__"): text})
    return check_program(root, sandbox=sandbox, cache=folder / "cache")


def test_sound_items_are_rehearsed_and_their_references_kept(sandbox: Sandbox, tmp_path: Path) -> None:
    report = check(sandbox, tmp_path, NUMBER + CODE)
    assert report.problems == ()
    assert report.program is not None
    assert set(report.program.items) == {"mean-of-two", "mean-code"}
    name = artifact_name("mean-code")
    assert set(report.references) == {sample.LESSON, name}
    assert set(report.references[name]["mean-code"]) == {"saem-values"}
    assert set(report.lesson_data[name]) == {"beans.csv"}


def test_publishing_keeps_what_code_items_are_judged_by(db: None, sandbox: Sandbox, tmp_path: Path) -> None:
    root = sample.sample_program(tmp_path, **{ITEMS.replace("/", "__"): NUMBER + CODE})
    version = publish(root, by=cast.a_person(), owner=cast.a_school(), sandbox=sandbox)
    name = artifact_name("mean-code")
    assert set(queries.reference_of(version, name)) == {"mean-code"}
    assert set(queries.lesson_data(version, name)) == {"beans.csv"}
    assert list(folders.program(version.content_hash).items) == ["mean-of-two", "mean-code"]


@pytest.mark.parametrize(
    ("change", "at", "code"),
    [
        (("/ len(heights)", "/ len(height)"), "solution: |", "grading.solution_raises"),
        (("mean = max(heights)", "mean = sum(heights) / len(heights)"), "- {code", "grading.wrong_passes"),
        (("value: mean,", "valu: mean,"), "- {id: value", "grading.check_kind"),
        (("mean = ...", "mean = sum(heights) / len(heights)"), "start: |", "catalog.starter_passes"),
        (("answer: (a + b) / 2", "answer: a + b"), "mistakes", "content.wrong_answer_passes"),
        (("answer: (a + b) / 2", "answer: (a + b) / (a - a)"), "parameters", "content.expression_fails"),
    ],
)
def test_an_item_that_does_not_do_as_it_says(
    sandbox: Sandbox, tmp_path: Path, change: tuple[str, str], at: str, code: str
) -> None:
    assert change[0] in NUMBER + CODE
    text = (NUMBER + CODE).replace(*change)
    report = check(sandbox, tmp_path, text)
    assert not report.ok
    line = text[: text.index(at)].count("\n") + 1
    found = [(each.file, each.line, each.code) for each in report.problems]
    assert (ITEMS, line, code) in found
    for problem in report.problems:
        for language in ("ko", "en"):
            words = problem_text(problem, language) + problem_remedy(problem, language)
            assert problem.code not in words
            assert "{" not in words.replace("{{", "")
