"""Reasons as plain data: a code and its parameters, ready for JSON."""

from collections.abc import Iterable

MOST_REASONS = 20
MOST_OF_A_KIND = 5
LONGEST_VALUE = 60

Reason = dict[str, object]


def reason(code: str, **params: object) -> Reason:
    return {"code": code, "params": params}


def short(value: str) -> str:
    """A value of a hostile file as it may be quoted back: one line, not long."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def few(code: str, found: Iterable[dict[str, object]]) -> list[Reason]:
    """The first few of a kind, each with its row, and in every one how many there are in all."""
    every = list(found)
    return [reason(code, **params, count=len(every)) for params in every[:MOST_OF_A_KIND]]
