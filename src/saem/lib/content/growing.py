"""What is added to a program that is there already: a lesson with its pages, a practice item."""

import json
from collections.abc import Sequence

from saem.lib.content.documents import read_document
from saem.lib.content.passages import Passage, split
from saem.lib.content.programs import MAIN
from saem.lib.content.schema import Text

ITEM_KINDS = ("choice", "number")
_PAGES = {
    "ko": """\
## 시작하기

이 차시에서 무엇을 알아볼지 두세 문장으로 써 주세요.

## 해 보기

학생이 직접 해 볼 것을 써 주세요.
""",
    "en": """\
## To begin with

Say in two or three sentences what this lesson is about.

## Try it

Say what learners do here.
""",
}
_ITEM = """\
- id: {id}
  kind: {kind}
  skills: [{skill}]
  prompt: {{ko: 여기에 문제를 써 주세요., en: Write the question here.}}
  hints:
    - {{ko: 여기에 힌트를 써 주세요., en: Write a hint here.}}
  explanation: {{ko: 왜 그것이 답인지 써 주세요., en: Say why this is the answer.}}
"""
_ANSWERS = {
    "choice": """\
  options:
    - {id: right, text: {ko: 맞는 답, en: The right answer}, right: true}
    - {id: wrong, text: {ko: 틀린 답, en: A wrong one}, feedback: {ko: 왜 틀렸는지 써 주세요., en: Say why.}}
""",
    "number": "  answer: 1\n",
}


def lesson_texts(lesson: str, *, title: Text, goal: Text, minutes: int, skills: Sequence[str]) -> dict[str, str]:
    """The files of a new lesson, by name; they read well, and say what has to be written."""
    sheet = (
        f"title: {_both(title)}\ngoal: {_both(goal)}\nminutes: {minutes}\nskills: [{', '.join(skills)}]\n"
        "# 연습은 여기에 exercises로 더해요. / Exercises are added here, as exercises.\n"
    )
    return {f"lessons/{lesson}/lesson.yaml": sheet} | {
        f"lessons/{lesson}/{language}.md": page for language, page in _PAGES.items()
    }


def item_text(item: str, kind: str, skill: str) -> str:
    """A new item of one of `ITEM_KINDS`, as it stands in a list of items."""
    return _ITEM.format(id=item, kind=kind, skill=skill) + _ANSWERS[kind]


def with_lesson(main: str, lesson: str) -> str | None:
    """`program.yaml` with one more step at the end; None where its steps cannot be added to by lines."""
    entries = split(MAIN, main.encode()).children
    steps = next((each for each in entries if each.name == "steps"), None)
    if steps is None or not steps.children:
        return None
    added = f"{steps.raw.rstrip()}\n{_indent(steps.children[-1])}- lesson: {lesson}\n"
    blank = steps.raw[len(steps.raw.rstrip()) :].removeprefix("\n")
    text = "".join(f"{added}{blank}" if each is steps else each.raw for each in entries)
    return text if _list(text, "steps") == [*_list(main, "steps"), {"lesson": lesson}] else None


def with_item(items: str, item: str) -> str | None:
    """A list of items with one more at the end; None where it is no list that can be added to by lines."""
    text = f"{items.rstrip()}\n{item}".lstrip("\n")
    before = _list(items) if items.strip() else []
    after = _list(text)
    return text if after[:-1] == before and len(after) == len(before) + 1 else None


def _list(text: str, *path: str) -> list[object]:
    document, problems = read_document("", text)
    return [] if problems else document.items(*path)


def _indent(item: Passage) -> str:
    own = next(line for line in item.raw.split("\n") if line.lstrip().startswith("-"))
    return own[: len(own) - len(own.lstrip())]


def _both(text: Text) -> str:
    """A text in JSON's quotes is one in YAML's."""
    return f"{{ko: {json.dumps(text.ko, ensure_ascii=False)}, en: {json.dumps(text.en, ensure_ascii=False)}}}"
