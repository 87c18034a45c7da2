"""A stranger's document, before anything is computed from it: plain JSON of bounded size that says each thing once.

A signature covers statements, not their spelling. The same statements may be spelt so that a reader of the JSON misses
them (a property by its full address, a node in two places, a context of one's own), so such spellings are refused.
"""

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Never

from saem.lib.credentials.errors import UnreadableError

from .contexts import CONTEXTS, CREDENTIALS, context

# A status list of a million badges takes some 180 kB; the largest honest badge carries its picture.
MOST_CHARACTERS = 1_000_000
MOST_VALUES = 3_000
DEEPEST = 20
LARGEST_NUMBER = 2**53
# What JSON-LD writes of a number: a 16th digit would not be signed.
SIGNED_DIGITS = 15
ENDORSED = {"id", "type", "endorsementComment", "digestMultibase"}
TERM = re.compile(r"[A-Za-z][A-Za-z0-9]*")


def screened(document: object) -> dict[str, Any]:
    """A copy of the document, numbers as JSON means them (2.0 is 2), its contexts known ones.

    `document` is bytes, text or what `json.loads` gave. Raises UnreadableError: `too_large`, `too_deep`, `not_json`,
    `not_an_object`, `repeated_key`, `repeated_id`, `odd_key`, `odd_value`, `blank_id`, `unknown_context`.
    """
    if isinstance(document, bytes | bytearray | str):
        document = _parsed(document)
    if not isinstance(document, Mapping):
        raise UnreadableError("not_an_object")
    found: dict[str, Any] = _Screen().copy(document, 0)
    if "@context" not in found:
        raise UnreadableError("unknown_context")
    return found


def screened_json(value: object) -> str:
    """Screened JSON as one text, whatever the order of its keys (RFC 8785 for what screening lets through)."""
    return json.dumps(_Screen().copy(value, 0), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _parsed(text: bytes | bytearray | str) -> Any:
    if len(text) > 4 * MOST_CHARACTERS:
        raise UnreadableError("too_large")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except RecursionError as error:
        raise UnreadableError("too_deep") from error
    except ValueError as error:
        raise UnreadableError("not_json") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableError("repeated_key")
    return found


def _refuse(constant: str) -> Never:
    raise UnreadableError("odd_value", constant)


class _Screen:
    """Counts what it has copied, over the whole document."""

    def __init__(self) -> None:
        self.characters = self.values = 0
        self.described: dict[str, dict[str, Any]] = {}

    def copy(self, value: object, depth: int) -> Any:
        self.values += 1
        if depth > DEEPEST:
            raise UnreadableError("too_deep")
        if self.values > MOST_VALUES:
            raise UnreadableError("too_large")
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return self._object(value, depth)
        if isinstance(value, list | tuple):
            return [self.copy(one, depth + 1) for one in value]
        return _scalar(value)

    def _text(self, text: str) -> str:
        self.characters += len(text)
        if self.characters > MOST_CHARACTERS:
            raise UnreadableError("too_large")
        if any("\ud800" <= letter <= "\udfff" for letter in text) and not text.isascii():
            raise UnreadableError("odd_value", "half of a character")
        return text

    def _object(self, value: Mapping[Any, Any], depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, one in value.items():
            if key == "@context":
                found[key] = _contexts(one)
            elif isinstance(key, str) and TERM.fullmatch(key):
                found[key] = self.copy(one, depth + 1)
            else:
                raise UnreadableError("odd_key", str(key)[:80])
        self._note_id(found)
        return found

    def _note_id(self, node: dict[str, Any]) -> None:
        """What is said of a node is said in one place, or word for word again; and every node has a name of its own."""
        name = node.get("id")
        if name is None:
            return
        if not isinstance(name, str) or name.startswith("_:"):
            raise UnreadableError("blank_id")
        if _is_endorsed(node):
            return
        if self.described.setdefault(name, node) != node:
            raise UnreadableError("repeated_id", name[:80])


def _is_endorsed(node: Mapping[str, Any]) -> bool:
    """An endorsement inside a badge speaks of a node that the badge describes, and says no more than this of it."""
    return node.get("type") == ["EndorsementSubject"] and set(node) <= ENDORSED


def _contexts(value: object) -> list[str]:
    """The contexts, if they are ours, that of credentials first, none twice."""
    urls = [value] if isinstance(value, str) else value
    if not isinstance(urls, list) or not urls or urls[0] != CREDENTIALS:
        raise UnreadableError("unknown_context")
    if any(not isinstance(url, str) or url not in CONTEXTS for url in urls) or len(set(urls)) != len(urls):
        raise UnreadableError("unknown_context")
    for url in urls:
        context(url)
    return list(urls)


def _scalar(value: object) -> bool | int | float:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float) and _is_exact(value):
        return int(value) if float(value).is_integer() else value
    raise UnreadableError("odd_value", type(value).__name__)


def _is_exact(number: float) -> bool:
    """Whether every program reads and signs the same number."""
    if abs(number) > LARGEST_NUMBER or not math.isfinite(number):
        return False
    return isinstance(number, int) or float(f"{number:.{SIGNED_DIGITS}g}") == number
