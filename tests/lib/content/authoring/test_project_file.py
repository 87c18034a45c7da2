"""The notebook part of project.yaml changes; nothing else of the file does."""

import pytest

from saem.lib.content.authoring.project_file import read_project_file

QUESTIONS = [
    {
        "id": "q1",
        "title": {"ko": "하나, 둘", "en": "One: two"},
        "cell": "q1",
        "limits": {"wall_s": 5},
        "checks": [
            {"id": "a", "title": {"ko": "가", "en": "no"}, "call": "f", "cases": [[0.5, "x"], [None]], "points": 1},
            {"id": "b", "title": {"ko": "나", "en": "B"}, "value": "x", "expect": [1e-9, True], "points": 0.5, "hint": {"ko": "# 힌트", "en": "a: b"}},
        ],
    }
]  # fmt: skip
BEFORE = "# 처음의 설명\ntitle: {ko: 가,   en: a}  # 그대로\ngrading:\n  predictions: {id: id}   # 그대로\n"
AFTER = "\n# 다음의 설명\nsolutions:\n  - {file: a.py}\n"
SECTION = "  notebook:\n    questions:\n    - id: old\n\n      # 안의 설명\n      checks: []\n"


@pytest.mark.parametrize(
    ("before", "section", "after"),
    [
        (BEFORE, SECTION, AFTER),
        (BEFORE, "", AFTER),
        (BEFORE, SECTION, ""),
        ("grading:\n", SECTION, "  predictions: 1\n"),
        ("title: a\n", "", ""),
        ("grading:\n    predictions: 1\n", "", AFTER),
    ],
)
def test_only_the_section_changes(before: str, section: str, after: str):
    project, problems = read_project_file(before + section + after)
    assert problems == []
    assert project is not None
    assert project.section == section
    text = project.with_questions(QUESTIONS)
    again, problems = read_project_file(text)
    assert problems == []
    assert again is not None
    assert again.questions == QUESTIONS
    assert text.startswith(before)
    assert text.endswith(after)
    assert again.with_questions(QUESTIONS) == text
    assert "- {file: a.py}" not in again.section


def test_the_same_in_another_style_counts_as_the_same():
    text = 'grading:\n  notebook:\n    questions:\n      - {id: q1, title: {ko: "가", en: a}, checks: [{id: a, title: {ko: 가, en: a}, value: x}]}\n'
    project, _ = read_project_file(text)
    assert project is not None
    title = {"ko": "가", "en": "a"}
    assert project.holds(
        [{"id": "q1", "title": title, "cell": "q1", "checks": [{"id": "a", "title": title, "value": "x", "points": 1}]}]
    )
    assert not project.holds([{"id": "q1", "title": title, "cell": "q1", "checks": []}])


@pytest.mark.parametrize(
    "text", ["grading: {notebook: {questions: []}}\n", "grading:\n  notebook: {questions: []}\n", "- a\n", ""]
)
def test_what_cannot_be_cut_is_refused(text: str):
    project, problems = read_project_file(text)
    assert project is None
    assert [each.code for each in problems] == ["authoring.yaml_flow"]


def test_broken_yaml_is_told_by_its_line():
    project, problems = read_project_file("a: 1\nb: [\n")
    assert project is None
    assert [(each.code, each.line) for each in problems] == [("content.yaml_syntax", 2)]
