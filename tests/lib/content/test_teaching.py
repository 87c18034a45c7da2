"""The teacher's page and the exit question of a lesson, needs between lessons, and tags."""

from pathlib import Path

import pytest

from saem.lib.content import Severity, load
from tests.lib.content.folders import LESSON, PROGRAM, PROJECT, changed, told, write_program

KOREAN = """\
시간을 나눠요.

## 계획

| 분 | 할 일 |
|---|---|
| 10 | 이야기 |

## 답

```python
share = 0.43
```
"""
ENGLISH = (
    KOREAN.replace("시간을 나눠요.", "The minutes.").replace("계획", "Plan").replace("답", "Answers")
    .replace("분 | 할 일", "minutes | what").replace("이야기", "Talk")
)  # fmt: skip
FOLDER = "lessons/first-look"
PAGES = {f"{FOLDER}/teacher.ko.md": KOREAN, f"{FOLDER}/teacher.en.md": ENGLISH}
ITEM = """\
- id: what-is-a-row
  kind: choice
  skills: [read-table]
  tags: [kr-ai-basics/2]
  prompt: {ko: 한 행은 무엇인가요?, en: What is one row?}
  explanation: {ko: 하루예요., en: It is a day.}
  options:
    - {id: day, text: {ko: 하루, en: A day}, right: true}
    - {id: year, text: {ko: 한 해, en: A year}, feedback: {ko: 더 짧아요., en: It is shorter.}}
"""
LINES = len(LESSON.splitlines())


def test_a_lesson_has_a_teachers_page_in_both_languages_or_none(tmp_path: Path):
    lesson = load(write_program(tmp_path, **PAGES)).program.lessons["first-look"]
    assert [section.title for section in lesson.teacher["ko"].sections] == ["교사용 안내", "계획", "답"]
    assert [section.title for section in lesson.teacher["en"].sections] == ["For teachers", "Plan", "Answers"]
    assert "<table>" in lesson.teacher["ko"].sections[1].blocks[0].html
    assert not lesson.teacher["ko"].cells
    assert load(write_program(tmp_path / "without")).program.lessons["first-look"].teacher == {}


def test_no_words_of_the_teachers_page_are_in_the_lessons_own(tmp_path: Path):
    program = load(write_program(tmp_path, **PAGES)).program
    shown = [block.html for page in program.lessons["first-look"].pages.values() for section in page.sections
             for block in section.blocks if not hasattr(block, "code")]  # fmt: skip
    assert "0.43" not in "".join(shown)
    assert not [name for name in program.assets if "teacher" in name]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"teacher.en.md": None}, ("teacher.en.md", 1, "missing_file")),
        ({"teacher.ko.md": None}, ("teacher.ko.md", 1, "missing_file")),
        ({"teacher.en.md": ENGLISH.replace("## Answers", "### Answers")}, ("teacher.en.md", 3, "sections_differ")),
        (
            {"teacher.ko.md": KOREAN + "\n```{code-cell} python\n:name: x\ny = 1\n```\n"},
            ("teacher.ko.md", 15, "cell_for_teachers"),
        ),
        ({"teacher.ko.md": KOREAN + "\n![](images/map.svg)\n"}, ("teacher.ko.md", 15, "missing_alt")),
        ({"teacher.ko.md": KOREAN + "\n[풀이](lesson.yaml)\n"}, ("teacher.ko.md", 15, "private_file")),
        ({"teacher.ko.md": b"\xff\xfe"}, ("teacher.ko.md", 1, "not_utf8")),
        ({"ko.md": "[안내](teacher.ko.md)\n"}, ("ko.md", 1, "private_file")),
    ],
)
def test_what_is_wrong_with_it_is_told_at_its_line(tmp_path: Path, files: dict, expected: tuple):
    changes = PAGES | {f"{FOLDER}/{name}": text for name, text in files.items()}
    loaded = load(write_program(tmp_path, **changes))
    file, line, code = expected
    assert (f"{FOLDER}/{file}", line, code) in told(loaded.problems)
    assert loaded.program is None


def test_a_part_that_only_one_language_has_is_a_hint(tmp_path: Path):
    loaded = load(write_program(tmp_path, **PAGES | {f"{FOLDER}/teacher.en.md": ENGLISH + "\nOne more paragraph.\n"}))
    assert loaded.ok
    assert told(loaded.problems) == [(f"{FOLDER}/teacher.en.md", 9, "parts_differ")]
    assert loaded.problems[0].params == {"section": "Answers", "ko": 1, "en": 2}


def with_lesson(folder: Path, more: str, **files: str) -> Path:
    return write_program(folder, **{f"{FOLDER}/lesson.yaml": LESSON + more, "items/rows.yaml": ITEM, **files})


def test_exit_question_and_tags_are_read(tmp_path: Path):
    project = PROJECT + "tags: [unesco-students/D1]\n"
    more = "exit: what-is-a-row\ntags: [ai4k12/3, unesco-students/T1, unesco-teachers/P2, ailit/EN]\n"
    program = load(with_lesson(tmp_path, more, **{"projects/rain/project.yaml": project})).program
    lesson = program.lessons["first-look"]
    assert (lesson.exit, lesson.tags[0], len(lesson.tags)) == ("what-is-a-row", "ai4k12/3", 4)
    assert program.projects["rain"].tags == ("unesco-students/D1",)
    assert program.items["what-is-a-row"].tags == ("kr-ai-basics/2",)


@pytest.mark.parametrize(
    ("more", "item", "code", "params"),
    [
        ("exit: what-is-row\n", ITEM, "unknown_exit", {"suggestion": "what-is-a-row"}),
        ("exit: nothing-like-it\n", ITEM, "unknown_exit", {"known": "what-is-a-row"}),
        ("exit: what-is-a-row\n", ITEM + "  use: diagnosis\n", "exit_use", {}),
        ("exit: what-is-a-row\n", ITEM.replace("read-table", "draw"), "exit_skill", {"skills": "draw"}),
        ("exit: 3\n", ITEM, "not_text", {}),
        ("tags: [ai4k12/6]\n", ITEM, "unknown_tag", {"known": "ai4k12/1, ai4k12/2, ai4k12/3, ai4k12/4, ai4k12/5"}),
        ("tags: [ai4k13/3]\n", ITEM, "unknown_tag", {"suggestion": "ai4k12"}),
        ("tags: [learning]\n", ITEM, "unknown_tag", {}),
        ("tags: ai4k12/3\n", ITEM, "not_list", {}),
    ],
)
def test_names_that_nothing_answers_to_are_told(tmp_path: Path, more: str, item: str, code: str, params: dict):
    skills = PROGRAM.replace("skills: [", "skills: [{id: draw, title: {ko: 그리기, en: Drawing}}, ")
    loaded = load(with_lesson(tmp_path, more, **{"items/rows.yaml": item, "program.yaml": skills}))
    assert (f"{FOLDER}/lesson.yaml", LINES + 1, code) in told(loaded.problems)
    found = next(each for each in loaded.problems if each.code == f"content.{code}")
    assert params.items() <= found.params.items()


def test_a_tag_of_an_item_is_told_at_its_line(tmp_path: Path):
    loaded = load(with_lesson(tmp_path, "", **{"items/rows.yaml": changed(ITEM, "kr-ai-basics/2", "kr-ai-basics/9")}))
    assert told(loaded.problems) == [("items/rows.yaml", 4, "unknown_tag")]


def lessons(folder: Path, **needs: str) -> Path:
    """Three lessons `a`, `b`, `c` in this order; `needs` by name."""
    plain = "title: {ko: 가, en: A}\ngoal: {ko: 나, en: B}\nminutes: 10\n"
    files = {f"lessons/{name}/lesson.yaml": f"{plain}needs: {needs.get(name, '[]')}\n" for name in "abc"}
    files |= {f"lessons/{name}/{language}.md": "글\n" for name in "abc" for language in ("ko", "en")}
    main = changed(PROGRAM, "[{lesson: first-look}", "[{lesson: first-look}, {lesson: a}, {lesson: b}, {lesson: c}")
    return write_program(folder, **{"program.yaml": main, **files})


def test_needs_are_read(tmp_path: Path):
    loaded = load(lessons(tmp_path, b="[a]", c="[a, b]"))
    assert told(loaded.problems) == []
    assert loaded.program.lessons["c"].needs == ("a", "b")


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ({"a": "[c]", "b": "[a]", "c": "[b]"}, ["a → c → b → a", "b → a → c → b", "c → b → a → c"]),
        ({"a": "[a]"}, ["a → a"]),
        ({"a": "[b]", "b": "[a]"}, ["a → b → a", "b → a → b"]),
    ],
)
def test_a_circle_of_needs_is_a_problem_at_each_of_its_lines(tmp_path: Path, needs: dict, expected: list):
    loaded = load(lessons(tmp_path, **needs))
    assert loaded.program is None
    assert {each.code for each in loaded.errors} == {"content.needs_cycle"}
    assert [each.params["way"] for each in loaded.errors] == expected
    assert all(each.line == 4 for each in loaded.errors)


def test_other_needs_that_cannot_be_met_are_told(tmp_path: Path):
    loaded = load(lessons(tmp_path, a="[b]", b="[firts-look]"))
    assert [(each.code, each.severity) for each in loaded.problems] == [
        ("content.needs_later", Severity.WARNING),
        ("content.unknown_need", Severity.ERROR),
    ]
    assert loaded.problems[1].params["suggestion"] == "first-look"
