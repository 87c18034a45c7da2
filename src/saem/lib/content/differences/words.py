"""Which words of a text have changed; Korean by eojeol, for a particle means nothing without its word."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from saem.lib.content.differences.model import Change, Words

_TOKEN = re.compile(r"\w+|[^\S\n]+|\n|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# Matching takes up to the product of both lengths: beyond this, lines are compared, then nothing.
MAX_PRODUCT = 250_000


def compare_words(before: str, after: str) -> tuple[Words, ...]:
    """Runs in reading order; the kept and added ones joined are `after`, the kept and removed ones `before`."""
    for pieces in (_TOKEN, _LINE):
        left, right = pieces.findall(before), pieces.findall(after)
        if len(left) * len(right) <= MAX_PRODUCT:
            return tuple(_joined(_bridged(_runs(left, right))))
    return tuple(_joined([(Change.REMOVED, before), (Change.ADDED, after)]))


def _runs(left: list[str], right: list[str]) -> Iterator[tuple[Change, str]]:
    for tag, i, next_i, j, next_j in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Change.KEPT, "".join(left[i:next_i])
        else:
            yield Change.REMOVED, "".join(left[i:next_i])
            yield Change.ADDED, "".join(right[j:next_j])


def _bridged(runs: Iterable[tuple[Change, str]]) -> Iterator[tuple[Change, str]]:
    """A lone space or sign between two changed words belongs to both: else every other word would be struck out."""
    found = list(runs)
    for at, (change, text) in enumerate(found):
        if change is Change.KEPT and 0 < at < len(found) - 1 and not re.search(r"\w|\n", text):
            yield Change.REMOVED, text
            yield Change.ADDED, text
        else:
            yield change, text


def _joined(runs: Iterable[tuple[Change, str]]) -> Iterator[Words]:
    """Between two kept runs first all that went, then all that came."""
    waiting = {Change.REMOVED: "", Change.ADDED: ""}
    for change, text in [*runs, (Change.KEPT, "")]:
        if change is not Change.KEPT:
            waiting[change] += text
            continue
        yield from (Words(each, held) for each, held in waiting.items() if held)
        waiting = dict.fromkeys(waiting, "")
        if text:
            yield Words(Change.KEPT, text)
