"""Reads the cells that ask and the cells that check into the `questions` of the program format."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from saem.lib.content.authoring import marks
from saem.lib.content.authoring.assertions import Surroundings, read_body
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.directives import CHECK_KEYS, QUESTION_KEYS, Header, incomplete, number_in, read_header
from saem.lib.content.authoring.notebook import Cell, found
from saem.lib.content.problems import Problem

Words = Mapping[str, str]
KINDS = ("predict", "figure", "python")
ORDER = (
    "value", "call", "cases", "expect", "tolerance", "python", "values",
    "predict", "input", "against", "column", "metric", "at_least", "at_most", "figure",
)  # fmt: skip
# As lib.grading has it: ids stand in file names, in pages and in talk.
ID = re.compile(r"^[A-Za-z0-9가-힣][A-Za-z0-9가-힣_-]{0,63}$")


@dataclass(kw_only=True)
class Question:
    """`first` is the number of the first line of the students' own code in its cell."""

    id: str
    cell: int
    tag: str
    first: int
    title: Words
    limits: Mapping[str, float | int] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    checks: list["Check"] = field(default_factory=list)

    def names(self) -> set[str]:
        """What the checks look at."""
        kinds = [check.kind for check in self.checks]
        return {name for kind in kinds for name in [kind.get("value"), *kind.get("values", [])] if name}

    def as_data(self) -> dict[str, Any]:
        limits = {"limits": dict(self.limits)} if self.limits else {}
        checks = [check.as_data(self.title) for check in self.checks]
        return {"id": self.id, "title": dict(self.title), "cell": self.tag, **limits, **self.options, "checks": checks}


@dataclass(kw_only=True)
class Check:
    """`function` is code for checks.py, with what it imports."""

    id: str
    cell: int
    line: int
    points: float | int
    kind: dict[str, Any]
    texts: Mapping[str, Words]
    options: Mapping[str, Any] = field(default_factory=dict)
    function: str = ""
    imports: tuple[str, ...] = ()

    def as_data(self, title: Words) -> dict[str, Any]:
        kind = {key: self.kind[key] for key in ORDER if key in self.kind}
        hint = {"hint": dict(self.texts["hint"])} if "hint" in self.texts else {}
        return {
            "id": self.id,
            "title": dict(self.texts.get("title", title)),
            **kind,
            **self.options,
            "points": self.points,
            **hint,
        }


def read_question(file: str, cell: Cell, title: Words) -> tuple[Question, list[Problem]]:
    """`title` are the words of the heading above, for a question without words of its own."""
    mark = marks.QUESTION.match(marks.first_line(cell.source))
    if mark is None:
        name, header, first = cell.question or "", Header(), 1
    else:
        name = mark["id"]
        above = next(at for at, line in enumerate(cell.lines) if line.strip()) + 1
        header = read_header(cell.lines[above:], QUESTION_KEYS, start=above + 1, strict=False)
        first = above + header.length + 1
    own = dict(header.texts.get("title", title))
    problems = [found(file, each.code, cell=cell.number, line=each.line, **each.params) for each in header.troubles]
    problems += [
        found(file, each.code, cell=cell.number, line=each.line, **each.params) for each in incomplete(header, 1)
    ]
    if not ID.match(name):
        problems.append(found(file, Code.BAD_ID, cell=cell.number, id=name))
    if not own:
        problems.append(found(file, Code.MISSING_TITLE, cell=cell.number, id=name))
    limits = {key: header.values[key] for key in ("wall_s", "memory_mb") if key in header.values}
    tag = str(header.values.get("cell", name))
    question = Question(
        id=name, cell=cell.number, tag=tag, first=first, title=own, options=header.options,
        limits=limits,  # type: ignore[arg-type]  # both are numbers
    )  # fmt: skip
    return question, problems


def read_checks(file: str, cell: Cell, known: Surroundings) -> tuple[list[Check], list[Problem]]:
    """Every check of one cell; each begins at its own mark."""
    lines = cell.lines
    starts = [at for at, line in enumerate(lines) if marks.CHECK.match(line)]
    checks, problems = [], []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        check, more = _read_check(file, cell.number, lines[start:end], start + 1, known)
        problems += more
        if check is not None:
            checks.append(check)
    return checks, problems


def _read_check(
    file: str, cell: int, lines: list[str], line: int, known: Surroundings
) -> tuple[Check | None, list[Problem]]:
    mark = marks.CHECK.match(lines[0])
    rest = marks.CHECK_REST.match(mark["rest"]) if mark else None
    name = rest["id"] if rest else ""
    if rest is None or not ID.match(name):
        return None, [found(file, Code.BAD_ID, cell=cell, line=line, id=mark["rest"] if mark else "")]
    points = number_in(rest["points"]) if rest["points"] else 1
    header = read_header(lines[1:], CHECK_KEYS, start=line + 1, strict=True)
    first = 1 + header.length
    body = read_body("\n".join(lines[first:]), name, known, line=line + first)
    kind, doubled = _kind(header, body.kind)
    troubles = [*header.troubles, *incomplete(header, line)]
    # Directives that already say what is checked need no code below them.
    troubles += [each for each in body.troubles if each.code is not Code.CHECK_EMPTY or not kind]
    problems = [found(file, each.code, cell=cell, line=each.line, **each.params) for each in troubles]
    problems += [
        found(file, code, cell=cell, line=line, id=name) for code in _wrong_kind(header, kind, doubled=doubled)
    ]
    if points is None:
        problems.append(found(file, Code.BAD_NUMBER, cell=cell, line=line, key="점", value=rest["points"]))
    check = Check(
        id=name, cell=cell, line=line, points=points or 0, kind=kind, texts=header.texts, options=header.options,
        function=body.function if "python" not in header.values else "", imports=body.imports,
    )  # fmt: skip
    return check, problems


def _kind(header: Header, from_code: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    """The keys of the check, and whether directives and code ask for two things at once."""
    said = {key: header.values[key] for key in ORDER if key in header.values}
    if "figure" in said:
        said["figure"] = True
    if "values" in said:
        said["values"] = [name.strip() for name in str(said["values"]).split(",") if name.strip()]  # type: ignore[assignment]  # a list from here on
    doubled = any(kind in said for kind in KINDS) and bool(from_code)
    return {**from_code, **said}, doubled


def _wrong_kind(header: Header, kind: Mapping[str, Any], *, doubled: bool) -> Iterator[Code]:
    if doubled or sum(each in header.values for each in KINDS) > 1:
        yield Code.CHECK_TWO_KINDS
    elif kind and not any(each in kind for each in ("value", "call", *KINDS)):
        yield Code.CHECK_EMPTY
