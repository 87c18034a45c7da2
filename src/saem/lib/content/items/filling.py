"""Values written into a text: `{{recall:.2}}`."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from saem.lib.content.items.expressions import half_up
from saem.lib.content.schema import Text
from saem.lib.particles import PAIRS, with_particle

# `,` groups thousands, `.2` gives two places, `%` writes a share as a percentage; then a particle that fits: `:은는`.
_SPEC = r"(,?)(?:\.([0-9]))?(%?)"
_MARK = re.compile(rf"\{{\{{\s*([A-Za-z_]\w*)\s*(?::{_SPEC})?(?::({'|'.join(PAIRS)}))?\s*\}}\}}")
_ANY_MARK = re.compile(r"\{\{([^{}]*)\}\}")
SIGNIFICANT = 10


def fill(text: str, values: Mapping[str, Any], language: str) -> str:
    """The text with every `{{name}}` replaced; a name without a value stays as it is written."""

    def shown(found: re.Match[str]) -> str:
        if found[1] not in values:
            return found[0]
        places = int(found[3]) if found[3] else None
        text = write(values[found[1]], language, comma=bool(found[2]), places=places, percent=bool(found[4]))
        return _with_particle(text, found[5]) if found[5] and language == "ko" else text

    return _MARK.sub(shown, text)


def write(value: Any, language: str, *, comma: bool = False, places: int | None = None, percent: bool = False) -> str:
    """A value as a learner reads it: 0.3 and not 0.30000000000000004, 4 and not 4.0."""
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, list):
        return ", ".join(write(each, language, comma=comma, places=places, percent=percent) for each in value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    number = value * 100 if percent else value
    separator = "," if comma else ""
    exact = half_up(number, places) if places is not None else None
    return (_plain(number, separator) if exact is None else f"{exact:{separator}.{places}f}") + "%" * percent


def _with_particle(text: str, pair: str) -> str:
    """As it is read aloud: 7% is 칠 퍼센트."""
    read = f"{text}퍼센트" if text.endswith("%") else text
    return text + with_particle(read, pair).removeprefix(read)


def _plain(number: float, separator: str) -> str:
    exact = float(f"{number:.{SIGNIFICANT}g}")
    if exact == int(exact):
        return f"{int(exact):{separator}d}"
    decimals = max(0, SIGNIFICANT - 1 - math.floor(math.log10(abs(exact))))
    return f"{exact:{separator}.{decimals}f}".rstrip("0").rstrip(".")


def unfilled(text: str, known: Mapping[str, object] | tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Each `{{…}}` that nothing fills, with the line it stands on (counted from 1)."""
    for found in _ANY_MARK.finditer(text):
        exact = _MARK.fullmatch(found[0])
        if exact is None or exact[1] not in known:
            yield found[1].partition(":")[0].strip(), text.count("\n", 0, found.start()) + 1
