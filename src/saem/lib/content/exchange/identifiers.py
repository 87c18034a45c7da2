"""Names of elsewhere as ids of ours, and which of our languages a text is in."""

import re

from saem.lib.content.schema import LANGUAGES

_HANGUL = re.compile(r"[가-힣]")


def own_id(found: str, *, fallback: str) -> str:
    """Anybody's name as an id of ours."""
    plain = re.sub(r"[^a-z0-9_]+", "-", found.lower())
    return re.sub(r"[-_]{2,}", "-", plain).strip("-_")[:50].rstrip("-_") or fallback


def free_id(found: str, *, fallback: str, taken: set[str]) -> str:
    """The same, which nothing else has; it is taken from now on."""
    name = base = own_id(found, fallback=fallback)
    count = 1
    while name in taken:
        count += 1
        name = f"{base[:46]}-{count}"
    taken.add(name)
    return name


def spoken(declared: str, text: str) -> tuple[str, bool]:
    """The language of ours for `xml:lang`, and whether it is really that one; undeclared, the letters decide."""
    short = declared.lower().partition("-")[0]
    if short in LANGUAGES:
        return short, True
    return ("ko" if _HANGUL.search(text) else "en"), not short
