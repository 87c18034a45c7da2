"""LaTeX to MathML, on the server: no script, and a screen reader can read it."""

import re
from functools import lru_cache

from latex2mathml.converter import convert

_UNKNOWN = re.compile(r">\\([A-Za-z]+)<")


class MathError(ValueError):
    """The formula is not LaTeX that we know; the message says what is wrong with it, in English."""


@lru_cache(maxsize=4096)
def to_mathml(tex: str, *, block: bool) -> str:
    if not tex.strip():
        raise MathError("empty")
    if not _is_balanced(tex):
        raise MathError("{ }")
    try:
        return str(convert(tex, display="block" if block else "inline"))
    # The converter lets its own IndexError and the like out for some broken input.
    except Exception as error:
        name = type(error).__name__.removesuffix("Error")
        raise MathError(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)) from error


def unknown_commands(tex: str) -> tuple[str, ...]:
    """Commands that would be shown as they are written, because the converter does not know them."""
    try:
        return tuple(dict.fromkeys(_UNKNOWN.findall(to_mathml(tex, block=False))))
    except MathError:
        return ()


def _is_balanced(tex: str) -> bool:
    depth = 0
    for mark in re.findall(r"(?<!\\)(?:\\\\)*([{}])", tex):
        depth += 1 if mark == "{" else -1
        if depth < 0:
            return False
    return depth == 0
