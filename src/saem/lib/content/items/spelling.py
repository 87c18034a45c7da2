"""Short answers compared as a teacher compares them: spaces, width and the composition of Hangul do not count."""

import re
import unicodedata

MAX_LETTERS = 300
SHORTEST_NEAR = 4
_AROUND = " \t\r\n.,!?;:'\"‘’“”`()[]「」『』。"
_ENDING = re.compile(r"(?:입니다|이에요|예요)$")


def normal(text: str, *, case: bool = False, spaces: bool = False) -> str:
    """`case` and `spaces`: whether these count. The result is for comparing, not for showing."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(each for each in plain if unicodedata.category(each) not in ("Cf", "Cc") or each in "\t\n\r ")
    plain = _ENDING.sub("", plain.strip(_AROUND)).strip(_AROUND)
    plain = re.sub(r"\s+", " " if spaces else "", plain)
    return plain if case else plain.casefold()


def nearly(one: str, other: str) -> bool:
    """Whether one letter was missed, added, changed or swapped; Hangul counts by its jamo. Both are normal already."""
    left, right = (unicodedata.normalize("NFD", each) for each in (one, other))
    if left == right or min(len(left), len(right)) < SHORTEST_NEAR or abs(len(left) - len(right)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    rest, other_rest = left[start:], right[start:]
    swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    changed = rest[1:] == other_rest[1:]
    return changed or swapped or rest[1:] == other_rest or rest == other_rest[1:]
