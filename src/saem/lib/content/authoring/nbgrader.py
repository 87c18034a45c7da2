"""Moves a notebook marked for nbgrader (cell metadata, schema 1 to 3) to our marks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from saem.lib.content.authoring import marks
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.composing import compose_region, compose_tests, name_from
from saem.lib.content.authoring.notebook import Cell, found
from saem.lib.content.problems import Problem

_HIDDEN_TESTS = re.compile(r"^\s*#+\s*(?:BEGIN|END) HIDDEN TESTS\s*$")
_SCHEME_BEGIN = re.compile(r"^\s*=+ BEGIN MARK SCHEME =+\s*$")
_SCHEME_END = re.compile(r"^\s*=+ END MARK SCHEME =+\s*$")


def is_marked(cells: Sequence[Cell]) -> bool:
    return any(isinstance(cell.metadata.get("nbgrader"), dict) for cell in cells)


def moved(file: str, cells: Sequence[Cell]) -> tuple[list[Cell], list[Problem]]:
    """The same cells under our marks; warnings say what a person has to grade as before."""
    asked = set(_tested(cells))
    result, problems = [], []
    for cell in cells:
        meta = _meta(cell)
        if by_hand(meta):
            problems.append(found(file, Code.HAND_GRADED, cell=cell.number))
        result.append(replace(cell, source=_source(cell, meta, asked=cell.number in asked)))
    return result, problems


def _meta(cell: Cell) -> Mapping[str, Any]:
    meta = cell.metadata.get("nbgrader")
    return meta if isinstance(meta, dict) else {}


def by_hand(meta: Mapping[str, Any]) -> bool:
    return bool(meta.get("task") or (meta.get("grade") and meta.get("solution")))


def _tests(cell: Cell) -> bool:
    meta = _meta(cell)
    return cell.kind == "code" and bool(meta.get("grade")) and not meta.get("solution")


def _tested(cells: Iterable[Cell]) -> Iterator[int]:
    """The cells whose solution a test follows before the next solution: those are questions for us."""
    last = None
    for cell in cells:
        if cell.kind == "code" and _meta(cell).get("solution") and not _meta(cell).get("grade"):
            last = cell.number
        elif _tests(cell) and last is not None:
            yield last


def _source(cell: Cell, meta: Mapping[str, Any], *, asked: bool) -> str:
    name = name_from(str(meta.get("grade_id", "")), cell.number)
    if cell.kind != "code":
        return words_with_answer(cell.lines, whole=bool(meta.get("solution"))) if by_hand(meta) else cell.source
    if _tests(cell):
        tests = "\n".join(line for line in cell.lines if not _HIDDEN_TESTS.match(line))
        return compose_tests(name, meta.get("points", 1), tests)
    if not meta.get("solution"):
        return cell.source
    body = cell.source if any(marks.BEGIN.match(line) for line in cell.lines) else compose_region(cell.source)
    return f"# 문항: {name}\n{body}" if asked else body


def words_with_answer(lines: Sequence[str], *, whole: bool) -> str:
    """What stands in a region or a mark scheme moves below, into the part that only the solution has.

    `whole`: without such marks the whole cell is the answer.
    """
    given: list[str] = []
    secret: list[str] = []
    inside = marked = False
    for line in lines:
        if marks.BEGIN.match(line) or _SCHEME_BEGIN.match(line):
            inside = marked = True
        elif marks.END.match(line) or _SCHEME_END.match(line):
            inside = False
        else:
            (secret if inside else given).append(line)
    if not marked and whole:
        given, secret = [], list(lines)
    elif not marked:
        return "\n".join(lines)
    return "\n".join([*given, "<!-- 풀이 -->", *secret]).strip("\n")
