"""Reasons as plain data: a code and its parameters, ready for JSON."""

from collections.abc import Iterable

MOST_REASONS = 20
MOST_OF_A_KIND = 5
LONGEST_VALUE = 60
LONGEST_QUOTED = 400

Reason = dict[str, object]


def reason(code: str, **params: object) -> Reason:
    return {"code": code, "params": params}


def clean(text: str, most: int) -> str:
    """Text of a stranger that any database can store: no control characters, no halves of characters, not long."""
    kept = "".join(sign for sign in text[:most] if sign >= " " or sign in "\n\t")
    return kept.encode("utf-8", "replace").decode()


def short(value: str) -> str:
    """A value of a hostile file as it may be quoted back: one short line."""
    line = " ".join(clean(value, LONGEST_QUOTED).split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def few(code: str, found: Iterable[dict[str, object]]) -> list[Reason]:
    """The first few of a kind, each with its row, and in every one how many there are in all."""
    every = list(found)
    return [reason(code, **params, count=len(every)) for params in every[:MOST_OF_A_KIND]]
