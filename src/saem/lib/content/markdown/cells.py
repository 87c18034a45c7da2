"""A fenced block that is a code cell: its options, its code, and the line where the code begins."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from saem.lib.content.codes import Code
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.python_code import broken
from saem.lib.content.schema import ID_PATTERN

_OPTION = re.compile(r"^:([A-Za-z][\w-]*):[ \t]*(.*)$")
_OPTIONS = ("name", "hint")
_LANGUAGES = ("", "python", "python3", "ipython3")


def is_cell(token: Token) -> bool:
    return token.type == "fence" and token.info.strip().startswith("{code-cell}")


@dataclass
class CellText:
    """One cell as it stands in its page. Lines count from 1 in the page's file."""

    name: str
    code: str
    line: int
    code_line: int
    language: str
    hints: list[str] = field(default_factory=list)
    unknown: list[tuple[str, int]] = field(default_factory=list)

    def problems(self, file: str) -> Iterator[Problem]:
        if not self.name:
            yield problem(file, self.line, Code.CELL_WITHOUT_NAME)
        elif not re.match(ID_PATTERN, self.name):
            yield problem(file, self.line, Code.BAD_ID, key="name", value=self.name)
        if self.language not in _LANGUAGES:
            yield problem(file, self.line, Code.CELL_LANGUAGE, language=self.language)
        for option, line in self.unknown:
            yield problem(file, line, Code.CELL_OPTION, option=option, **near(option, _OPTIONS))
        found = broken(self.code)
        if found is not None:
            yield problem(file, self.code_line + found.line - 1, Code.PYTHON_SYNTAX, detail=found.detail)


def read_cell(token: Token) -> CellText:
    fence_line = token.map[0] + 1 if token.map else 1
    cell = CellText(
        name="", code="", line=fence_line, code_line=fence_line + 1,
        language=token.info.strip().removeprefix("{code-cell}").strip().lower(),
    )  # fmt: skip
    lines = token.content.split("\n")
    while lines and (option := _OPTION.match(lines[0])):
        _take(cell, option[1], option[2].strip())
        lines.pop(0)
        cell.code_line += 1
    while lines and not lines[0].strip():
        lines.pop(0)
        cell.code_line += 1
    cell.code = "\n".join(lines).rstrip()
    return cell


def _take(cell: CellText, option: str, value: str) -> None:
    if option == "hint" and value:
        cell.hints.append(value)
    elif option == "name":
        cell.name = value
    else:
        cell.unknown.append((option, cell.code_line))
