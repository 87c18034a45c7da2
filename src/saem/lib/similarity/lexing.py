"""Python's own tokens of a cell, or tolerant ones where it has none, without comments and layout."""

import io
import re
import tokenize
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    NAME = 1
    NUMBER = 2
    STRING = 3
    OPERATOR = 4
    END = 5  # of a statement


class Lexeme(NamedTuple):
    kind: Kind
    text: str
    line: int


_KINDS = {
    tokenize.NAME: Kind.NAME,
    tokenize.NUMBER: Kind.NUMBER,
    tokenize.STRING: Kind.STRING,
    tokenize.OP: Kind.OPERATOR,
    tokenize.NEWLINE: Kind.END,
}
# Every string ends somewhere, if only with the line or the text: no place is read twice.
_QUOTED = r"""'(?:[^'\\\n]|\\.)*(?:'|(?=\n)|\\?\Z)|"(?:[^"\\\n]|\\.)*(?:"|(?=\n)|\\?\Z)"""
_TOLERANT = re.compile(
    rf"""
      (?P<string>(?:[rRbBuUfFtT]{{1,2}})?(?:'''(?:[^'\\]|\\.|'(?!''))*(?:'''|\\?\Z)|\"\"\"(?:[^"\\]|\\.|"(?!""))*(?:\"\"\"|\\?\Z)|{_QUOTED}))
    | (?P<skip>\#[^\n]*|[ \t\f\r]+|\\\r?\n)
    | (?P<end>\n)
    | (?P<number>0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)
    | (?P<name>[^\W\d]\w*)
    | (?P<operator>\*\*=|//=|>>=|<<=|\.\.\.|!=|->|:=|\*\*|//|>>|<<|[-+*/%&|^=<>@]=|[-+*/%@&|^~<>()\[\]{{}},:.;=])
    | (?P<odd>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_SHELL = re.compile(r"^[ \t]*[%!?][^\n]*|^[^\n#'\"]*\?\??[ \t]*$", re.MULTILINE)
_FOREIGN_CELL = re.compile(r"\s*%%(?!time\b|timeit\b|capture\b|prun\b)")


def lexemes(cell: str) -> tuple[list[Lexeme], bool]:
    """The tokens of a cell, and whether Python's own tokenizer gave them.

    Lines for the notebook or its shell (`%`, `!`, `?`) are left out, and cells in another language wholly.
    """
    if _FOREIGN_CELL.match(cell):
        return [], True
    code = without_magic(cell)
    try:
        return list(_own(code)), True
    # Tabs and dedents that do not fit are SyntaxErrors; what has no end is a TokenError.
    except (tokenize.TokenError, SyntaxError, ValueError):
        return list(_tolerant(code)), False


def without_magic(cell: str) -> str:
    """The code without lines for the notebook; the other lines keep their numbers.

    A line is looked at only where a character says that it might be one.
    """
    code = cell.replace("\r\n", "\n").replace("\r", "\n")
    return _SHELL.sub("", code) if "%" in code or "!" in code or "?" in code else code


def _own(code: str) -> Iterator[Lexeme]:
    depth = 0
    for kind, text, (line, _), _, _ in tokenize.generate_tokens(io.StringIO(code).readline):
        name = tokenize.tok_name[kind]
        # Since Python 3.12 a formatted string comes in parts: one string all the same, so that indexes stay comparable.
        if name in {"FSTRING_START", "TSTRING_START"}:
            if not depth:
                yield Lexeme(Kind.STRING, text, line)
            depth += 1
        elif name in {"FSTRING_END", "TSTRING_END"}:
            depth -= 1
        elif name == "ERRORTOKEN" and text.strip():
            # After a quote that is never closed the tokenizer reads the line again from every quote: quadratic.
            raise SyntaxError(text)
        elif not depth and kind in _KINDS:
            yield Lexeme(_KINDS[kind], text, line)


def _tolerant(code: str) -> Iterator[Lexeme]:
    line, depth = 1, 0
    for found in _TOLERANT.finditer(code):
        kind, text = found.lastgroup or "odd", found.group()
        if kind == "end" and depth <= 0:
            yield Lexeme(Kind.END, "", line)
        elif kind not in {"skip", "odd", "end"}:
            depth = max(0, depth + (text in "([{") - (text in ")]}")) if kind == "operator" else depth
            yield Lexeme(Kind[kind.upper()], text, line)
        line += text.count("\n")
    yield Lexeme(Kind.END, "", line)
