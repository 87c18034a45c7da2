"""Moves a notebook marked for `otter assign` (format v1: raw or Markdown cells around each question) to our marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.composing import compose_region, compose_tests, name_from
from saem.lib.content.authoring.notebook import Cell, found
from saem.lib.content.problems import Problem

_BORDER = re.compile(r"^\s*#\s*(?P<edge>BEGIN|END)\s+(?P<what>QUESTION|SOLUTION|PROMPT|TESTS|PLUGIN)\b", re.IGNORECASE)
_CONFIG = re.compile(r"^\s*#\s*ASSIGNMENT CONFIG\b", re.IGNORECASE)
_LINE = re.compile(r"^(?P<code>.*?)\s*#\s*SOLUTION(?P<gone>\s+NO PROMPT)?\s*$")
_BEGIN = re.compile(r"^\s*#\s*BEGIN SOLUTION(?P<gone>\s+NO PROMPT)?\s*$")
_END = re.compile(r"^\s*#\s*END SOLUTION\s*$")
_PROMPT_BEGIN = re.compile(r'^\s*"""\s*#\s*BEGIN PROMPT\s*$')
_PROMPT_END = re.compile(r'^\s*"""\s*;?\s*#\s*END PROMPT\s*$')
_TEST_CONFIG = re.compile(
    r'^\s*(?:#\s*HIDDEN\s*\n|"""\s*#\s*BEGIN TEST CONFIG\s*\n(?P<yaml>.*?)\n\s*"""\s*;?\s*#\s*END TEST CONFIG\s*\n)',
    re.DOTALL,
)
_TARGET = re.compile(r"^(?P<head>\s*(?:return|[\w.\[\]'\", ]+(?<![=!<>])=(?!=)))")


@dataclass
class _Question:
    name: str
    points: Any = None
    manual: bool = False
    tests: list[Cell] = field(default_factory=list)


def is_marked(cells: Sequence[Cell]) -> bool:
    return any(_border(cell) == ("BEGIN", "QUESTION") for cell in cells)


def moved(file: str, cells: Sequence[Cell]) -> tuple[list[Cell], list[Problem]]:
    result: list[Cell] = []
    problems: list[Problem] = []
    question: _Question | None = None
    inside = ""
    for cell in cells:
        border = _border(cell)
        if border is not None:
            edge, what = border
            inside = what if edge == "BEGIN" else ""
            if border == ("BEGIN", "QUESTION"):
                question = _read_question(cell)
                if question.manual:
                    problems.append(found(file, Code.HAND_GRADED, cell=cell.number))
            elif border == ("END", "QUESTION") and question is not None:
                result += _tests(question)
                question = None
        elif inside == "TESTS" and question is not None:
            question.tests.append(cell)
        elif not (inside == "PROMPT" or (cell.kind == "raw" and _CONFIG.match(cell.source))):
            result.append(_moved(cell, question, inside))
    return result, problems


def _border(cell: Cell) -> tuple[str, str] | None:
    mark = _BORDER.match(cell.source) if cell.kind in ("raw", "markdown") else None
    return (mark["edge"].upper(), mark["what"].upper()) if mark else None


def _read_question(cell: Cell) -> _Question:
    config = _yaml("\n".join(line for line in cell.lines if not _BORDER.match(line) and not line.startswith("```")))
    name = name_from(str(config.get("name", "")), cell.number)
    return _Question(name, points=config.get("points"), manual=bool(config.get("manual")))


def _yaml(text: str) -> dict[str, Any]:
    try:
        read = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def _moved(cell: Cell, question: _Question | None, inside: str) -> Cell:
    if cell.kind != "code":
        return replace(cell, source=f"<!-- 풀이 -->\n{cell.source}") if inside == "SOLUTION" else cell
    body = "\n".join(_code(cell.lines))
    if inside == "SOLUTION" and body == cell.source:
        body = compose_region(body)
    asks = inside == "SOLUTION" and question is not None and not question.manual
    return replace(cell, source=f"# 문항: {question.name}\n{body}" if asks and question else body)


def _code(lines: Sequence[str]) -> Iterator[str]:
    """Regions and marked lines of theirs as regions of ours."""
    gone, prompting = False, False
    for line in lines:
        indent = line[: len(line) - len(line.lstrip())]
        begin, marked = _BEGIN.match(line), _LINE.match(line)
        if _PROMPT_BEGIN.match(line) or _PROMPT_END.match(line):
            prompting = bool(_PROMPT_BEGIN.match(line))
            if prompting:
                yield f"{indent}# 풀이 시작"
            else:
                yield f"{indent}# 풀이 끝"
        elif prompting:
            text = line.lstrip()
            yield f"{indent}# 대신: {text}" if text else "# 대신:"
        elif begin:
            gone = bool(begin["gone"])
            yield f"{indent}# 풀이 시작"
        elif _END.match(line):
            if gone:
                yield f"{indent}# 대신 없음"
            gone = False
            yield f"{indent}# 풀이 끝"
        elif marked:
            target = _TARGET.match(marked["code"])
            instead = f"# 대신: {target['head'].strip()} ..." if target else "# 대신: ..."
            yield from (f"{indent}# 풀이 시작", marked["code"])
            yield f"{indent}{'# 대신 없음' if marked['gone'] else instead}"
            yield f"{indent}# 풀이 끝"
        else:
            yield line


def _tests(question: _Question) -> Iterator[Cell]:
    """Points of the question are shared by its tests, as otter does where a test has none of its own."""
    if question.manual:
        return
    count = len(question.tests)
    for at, cell in enumerate(question.tests):
        config = _TEST_CONFIG.match(cell.source + "\n")
        own = _yaml(config["yaml"]) if config and config["yaml"] else {}
        points = own.get("points", _share(question.points, at, count))
        code = (cell.source + "\n")[config.end() :] if config else cell.source
        yield replace(cell, source=compose_tests(f"{question.name}-{at + 1}", points, code))


def _share(points: Any, at: int, count: int) -> Any:
    if isinstance(points, list):
        return points[at] if at < len(points) else 1
    return round(points / count, 4) if isinstance(points, (int, float)) and count > 1 else points
