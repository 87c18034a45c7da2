"""The symbols that are compared: what a team chose (names, constants, words, layout) is gone, what the code does
stays.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from saem.lib.similarity.lexing import Kind, Lexeme, lexemes, without_magic
from saem.lib.similarity.names import Names
from saem.lib.similarity.works import Work

MOST_CHARACTERS = 256 * 1024
MOST_TOKENS = 50_000
MOST_CELLS = 2_000

NAME, NUMBER, STRING, TRUTH = "v", "0", "s", "b"
_CONSTANTS = {Kind.NUMBER: NUMBER, Kind.STRING: STRING}
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Symbols:
    """A work's symbols with their cells and lines, all from 1. `is_cut`: the work was longer than is read.

    `broken` are the cells that are no Python and were read tolerantly.
    """

    texts: tuple[str, ...]
    cells: tuple[int, ...]
    lines: tuple[int, ...]
    is_cut: bool
    broken: tuple[int, ...]


def symbols(work: Work) -> Symbols:
    """All cells in one row, so that cells which were split or merged are the same."""
    cells, is_cut = _within(work.cells)
    read = [lexemes(cell) for cell in cells]
    names = Names()
    for cell, (tokens, _) in zip(cells, read, strict=True):
        names.read(without_magic(cell), tokens)
    found = [
        (text, number, line)
        for number, (tokens, _) in enumerate(read, start=1)
        for text, line in _symbols(tokens, names)
    ]
    kept = found[:MOST_TOKENS]
    texts, numbers, lines = zip(*kept, strict=True) if kept else ((), (), ())
    broken = tuple(number for number, (_, is_python) in enumerate(read, start=1) if not is_python)
    return Symbols(texts, numbers, lines, is_cut or len(found) > MOST_TOKENS, broken)


def _within(cells: Sequence[str]) -> tuple[list[str], bool]:
    kept, room = [], MOST_CHARACTERS
    for cell in cells[:MOST_CELLS]:
        kept.append(cell[:room])
        room -= len(kept[-1])
    return kept, sum(map(len, cells)) > MOST_CHARACTERS or len(cells) > MOST_CELLS


def _symbols(tokens: Sequence[Lexeme], names: Names) -> Iterator[tuple[str, int]]:
    for statement in _statements(tokens):
        # Imports come in any order and everywhere; a string alone is a comment.
        if statement[0].text in {"import", "from"} or all(token.kind is Kind.STRING for token in statement):
            continue
        yield from _statement(statement, names)


def _statements(tokens: Sequence[Lexeme]) -> Iterator[list[Lexeme]]:
    statement: list[Lexeme] = []
    depth = 0
    for token in tokens:
        depth = max(0, depth + (token.text in _OPEN) - (token.text in _CLOSE))
        if token.kind is not Kind.END and not (token.text == ";" and not depth):
            statement.append(token)
        elif statement:
            yield statement
            statement = []
    if statement:
        yield statement


def _statement(statement: Sequence[Lexeme], names: Names) -> Iterator[tuple[str, int]]:
    before, depth = "", 0
    for place, token in enumerate(statement):
        depth += (token.text in _OPEN) - (token.text in _CLOSE)
        after = statement[place + 1].text if place + 1 < len(statement) else ""
        # A comma before a bracket is layout, and strings side by side are one.
        is_layout = token.text == "," and after in _CLOSE
        is_more = token.kind is Kind.STRING and place > 0 and statement[place - 1].kind is Kind.STRING
        if not is_layout and not is_more:
            is_keyword = depth > 0 and after == "=" and before in {"(", ","}
            yield _symbol(token, before, names, is_keyword=is_keyword), token.line
        before = token.text


def _symbol(token: Lexeme, before: str, names: Names, *, is_keyword: bool) -> str:
    if token.kind is not Kind.NAME:
        return _CONSTANTS.get(token.kind, token.text)
    # Python reads names in this form (PEP 3131), so that other letters disguise nothing.
    name = token.text if token.text.isascii() else unicodedata.normalize("NFKC", token.text)
    if name in {"True", "False"}:
        return TRUTH
    if before == ".":
        return NAME if name in names.members else name
    if is_keyword:
        return NAME if name in names.parameters else name
    return names.imported.get(name, name) if names.is_foreign(name) else NAME
