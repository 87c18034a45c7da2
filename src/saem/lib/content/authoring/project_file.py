"""The part `grading: notebook:` of a project.yaml, replaced without touching anything else of the file."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from saem.lib.content import codes as content
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.notebook import found
from saem.lib.content.documents import Document, read_document
from saem.lib.content.problems import Problem, problem

NAME = "project.yaml"
_KEY = re.compile(r"^(?P<indent> *)(?P<key>[\w-]+):\s*(?:#.*)?$")
_BLANK = re.compile(r"^\s*(?:#.*)?$")


@dataclass(frozen=True, kw_only=True)
class ProjectFile:
    """`start` and `end` are the lines (from 0, `end` not included) that hold the notebook part, equal where none is."""

    text: str
    document: Document
    start: int
    end: int
    indent: int

    @property
    def questions(self) -> list[Any]:
        return self.document.items("grading", "notebook", "questions")

    @property
    def section(self) -> str:
        return "".join(self.text.splitlines(keepends=True)[self.start : self.end])

    @property
    def has_comments(self) -> bool:
        return any(re.search(r"(?:^|\s)#\s", line) for line in self.section.splitlines())

    def holds(self, questions: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the file already says the same, in whatever style."""
        return bool(_normal(self.questions) == _normal(list(questions)))

    def with_questions(self, questions: Sequence[Mapping[str, Any]]) -> str:
        lines = self.text.splitlines(keepends=True)
        if lines and not lines[-1].endswith("\n"):
            lines[-1] += "\n"
        head = "" if self.document.mapping("grading") else "grading:\n"
        end_of_line = "\r\n" if "\r\n" in self.text else "\n"
        written = (head + _written(questions, self.indent)).replace("\n", end_of_line)
        return "".join([*lines[: self.start], written, *lines[self.end :]])


def read_text(folder: Path, name: str) -> tuple[str | None, list[Problem]]:
    """A file of the project with the line ends that it has."""
    try:
        return (folder / name).read_bytes().decode(), []
    except UnicodeDecodeError:
        return None, [problem(name, 1, content.Code.NOT_UTF8, name=name)]


def open_project(folder: Path) -> tuple[ProjectFile | None, list[Problem]]:
    if not (folder / NAME).is_file():
        return None, [found(NAME, Code.NO_PROJECT, name=folder.name)]
    text, problems = read_text(folder, NAME)
    return read_project_file(text) if text is not None else (None, problems)


def read_project_file(text: str) -> tuple[ProjectFile | None, list[Problem]]:
    document, problems = read_document(NAME, text)
    if problems or not isinstance(document.value, dict):
        return None, problems or [found(NAME, Code.YAML_FLOW, line=1)]
    lines = text.splitlines()
    if "grading" not in document.value:
        return ProjectFile(text=text, document=document, start=len(lines), end=len(lines), indent=2), []
    top = document.line("grading") - 1
    opened = _KEY.match(lines[top])
    if opened is None:
        return None, [found(NAME, Code.YAML_FLOW, line=top + 1)]
    bottom = _end(lines, top)
    if "notebook" not in document.mapping("grading"):
        inner = next((len(line) - len(line.lstrip()) for line in lines[top + 1 : bottom] if not _BLANK.match(line)), 2)
        return ProjectFile(text=text, document=document, start=bottom, end=bottom, indent=inner), []
    start = document.line("grading", "notebook") - 1
    key = _KEY.match(lines[start])
    if key is None:
        return None, [found(NAME, Code.YAML_FLOW, line=start + 1)]
    end = _end(lines, start)
    return ProjectFile(text=text, document=document, start=start, end=end, indent=len(key["indent"])), []


def _end(lines: Sequence[str], start: int) -> int:
    """Where the block that `start` opens ends; blank lines and comments of the next block are not its own."""
    own = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    for at in range(start + 1, len(lines)):
        indent = len(lines[at]) - len(lines[at].lstrip())
        if not _BLANK.match(lines[at]) and indent <= own:
            break
        if lines[at].strip() and indent > own:
            end = at + 1
    return end


def _normal(questions: Any) -> Any:
    """Questions with what the format fills in, so that one that leaves it out says the same."""
    if not isinstance(questions, list):
        return questions
    return [_normal_question(each) if isinstance(each, dict) else each for each in questions]


def _normal_question(question: dict[str, Any]) -> dict[str, Any]:
    checks = question.get("checks")
    filled = [
        {"points": 1, "expect": "solution", **check} if isinstance(check, dict) else check for check in checks or []
    ]
    limits = {"limits": question["limits"]} if question.get("limits") else {}
    rest = {key: value for key, value in question.items() if key not in ("limits", "checks")}
    return {"cell": question.get("id"), **rest, **limits, "checks": filled}


def _written(questions: Sequence[Mapping[str, Any]], indent: int) -> str:
    lines = ["notebook:", "  questions:"]
    for question in questions:
        lines += [f"    {line}" for line in _item(_question_lines(question))]
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _item(lines: Iterator[str]) -> list[str]:
    return [f"{'- ' if not at else '  '}{line}" for at, line in enumerate(lines)]


def _question_lines(question: Mapping[str, Any]) -> Iterator[str]:
    for key, value in question.items():
        if key == "checks":
            yield "checks:" if value else "checks: []"
            for check in value:
                yield from (f"  {line}" for line in _item(_check_lines(check)))
        else:
            yield f"{key}: {_flow(value)}"


def _check_lines(check: Mapping[str, Any]) -> Iterator[str]:
    for key, value in check.items():
        if key == "hint":
            yield "hint:"
            yield from (f"  {language}: {_scalar(text, '{}: {}')}" for language, text in value.items())
        else:
            yield f"{key}: {_flow(value) if isinstance(value, (dict, list)) else _scalar(value, '{}: {}')}"


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any, frame: str = "{{{}: {}, z: 0}}") -> str:
    """As YAML writes it: bare where that reads back as the same text in its place, else in quotes."""
    if isinstance(value, str) and value and "\n" not in value:
        read, problems = read_document("", frame.format("k", value))
        if (
            not problems
            and isinstance(read.value, dict)
            and read.value.get("k") == value
            and set(read.value) <= {"k", "z"}
        ):
            return value
    return json.dumps(value, ensure_ascii=False)
