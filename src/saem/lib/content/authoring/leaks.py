"""Looks for lines of a solution in what students are given."""

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.names import parsed
from saem.lib.content.authoring.notebook import found
from saem.lib.content.problems import Problem

_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"\w+")
FEWEST_WORDS = 2
FEWEST_WORDS_OF_TEXT = 4
FEWEST_WORDS_OF_VALUE = 3
SHOWN = 60


def leaks(file: str, secret: Sequence[tuple[int, int, str]], starters: Mapping[str, bytes]) -> Iterator[Problem]:
    """`secret` are (cell, line, text) of solutions. Everything a starter holds is searched, not only its code."""
    places = [
        (language, number, f" {' '.join(tokens)} ")
        for language, data in starters.items()
        for number, text in _texts(json.loads(data))
        if (tokens := _tokens(text))
    ]
    for cell, line, text in secret:
        wanted = [f" {' '.join(_tokens(each))} " for each in _telling(text)]
        for language, number, given in places:
            if any(each in given for each in wanted):
                shown = text.strip()[:SHOWN]
                yield found(file, Code.LEAK, cell=cell, line=line, text=shown, language=language, starter_cell=number)
                break


def _telling(line: str) -> Iterator[str]:
    """The line, and what it assigns or returns, where they give something away."""
    if is_telling(line):
        yield line
    statement = _statement(line.strip())
    value = getattr(statement, "value", None)
    if isinstance(statement, (ast.Assign, ast.Return)) and isinstance(value, ast.expr):
        text = ast.unparse(value)
        if len(_WORD.findall(text)) >= FEWEST_WORDS_OF_VALUE:
            yield text


def _texts(tree: Any) -> Iterator[tuple[int, str]]:
    for number, cell in enumerate(tree["cells"], 1):
        yield number, "".join(cell["source"])
        rest = {key: value for key, value in cell.items() if key not in ("source", "id", "cell_type")}
        yield number, json.dumps(rest, ensure_ascii=False)


def _tokens(text: str) -> list[str]:
    """Letters, numbers and signs in order; how a text is quoted or spaced makes no difference."""
    return _TOKEN.findall(text.replace('"', "'"))


def is_telling(line: str) -> bool:
    """Whether a line says something of the answer: not an import, a bare name, `else:`, `plt.show()` or a gap."""
    text = line.strip()
    if text.startswith("#"):
        return len(_WORD.findall(text)) >= FEWEST_WORDS_OF_TEXT
    statement = _statement(text)
    if statement is None:
        return len(_WORD.findall(text)) > FEWEST_WORDS
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.Pass, ast.Break, ast.Continue)):
        return False
    value = getattr(statement, "value", None)
    if isinstance(statement, (ast.Assign, ast.Return)) and isinstance(value, ast.Constant) and value.value is ...:
        return False
    if isinstance(statement, ast.Expr) and isinstance(value, ast.Call) and not value.args and not value.keywords:
        return False
    return len(_WORD.findall(text)) >= FEWEST_WORDS and not isinstance(value, ast.Name)


def _statement(text: str) -> ast.stmt | None:
    tree = parsed(text)
    if tree is None:
        return None
    return tree.body[0] if tree.body else ast.Pass()
