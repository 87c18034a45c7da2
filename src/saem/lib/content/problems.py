"""A problem in a program: where it is, what it is, and how grave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum

MAX_NAMES_SHOWN = 8


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """`file` is relative to the program's folder with `/` between parts; `line` counts from 1.

    `code` (a `Code`, or one of a room beside or above) and `remedy` name entries of the message table; both are
    filled from `params`.
    """

    file: str
    line: int
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def remedy(self) -> str:
        return f"{self.code}.near" if "suggestion" in self.params else f"{self.code}.remedy"

    @property
    def order(self) -> tuple[str, int, str, str]:
        return (self.file, self.line, self.code, repr(sorted(self.params.items())))


def problem(file: str, line: int, code: StrEnum, **params: object) -> Problem:
    return Problem(file=file, line=line, code=code, params=params)


def warning(file: str, line: int, code: StrEnum, **params: object) -> Problem:
    return Problem(file=file, line=line, code=code, params=params, severity=Severity.WARNING)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file, line, code; each once, so that two runs on one folder print the same."""
    return tuple({found.order: found for found in sorted(problems, key=lambda each: each.order)}.values())


def near(name: str, known: Iterable[str]) -> dict[str, str]:
    """Params for a name nobody knows: `known` for the remedy, and `suggestion` where one comes close."""
    names = list(known)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    shown = close + [each for each in names if each not in close]
    known_text = ", ".join(shown[:MAX_NAMES_SHOWN]) + (" …" if len(shown) > MAX_NAMES_SHOWN else "")
    return {"known": known_text or "-"} | ({"suggestion": close[0]} if close else {})
