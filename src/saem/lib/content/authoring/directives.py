"""Reads the comment lines `# key: value` below the mark of a question or a check."""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.regions import Trouble
from saem.lib.content.documents import read_document

# A Korean key gives Korean words, an English key English ones; the rest means the same in both.
WORDS = {"제목": ("title", "ko"), "title": ("title", "en"), "힌트": ("hint", "ko"), "hint": ("hint", "en")}
QUESTION_KEYS = {
    "시간": "wall_s", "time": "wall_s",
    "메모리": "memory_mb", "memory": "memory_mb",
    "칸": "cell", "cell": "cell",
    "설정": "options", "options": "options",
}  # fmt: skip
CHECK_KEYS = {
    "오차": "tolerance", "tolerance": "tolerance",
    "그림": "figure", "figure": "figure",
    "함수": "python", "function": "python",
    "값": "values", "values": "values",
    "예측": "predict", "predict": "predict",
    "입력": "input", "input": "input",
    "정답": "against", "against": "against",
    "열": "column", "column": "column",
    "지표": "metric", "metric": "metric",
    "이상": "at_least", "at least": "at_least",
    "이하": "at_most", "at most": "at_most",
    "설정": "options", "options": "options",
}  # fmt: skip
NUMBERS = ("wall_s", "memory_mb", "tolerance", "at_least", "at_most")
_LINE = re.compile(r"^#\s?(?P<key>[^\W\d_]+(?: [^\W\d_]+)?)\s*:\s*(?P<value>.*?)\s*$")
_MORE = re.compile(r"^#\s{2,}(?P<text>\S.*?)\s*$")
_NUMBER = re.compile(r"^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


@dataclass(kw_only=True)
class Header:
    """`texts` are {"title": {"ko": …}}; `values` the other keys; `length` how many lines were read.

    `options` are keys of the format that have no words here: `# 설정: {weight: 2}` gives them as they are.
    """

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    values: dict[str, str | float | int] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    length: int = 0
    troubles: list[Trouble] = field(default_factory=list)


def read_header(lines: list[str], keys: Mapping[str, str], *, start: int, strict: bool) -> Header:
    """Reads down to the first line that is none of ours; `start` is the number of the first line.

    Where `strict`, every comment must be ours: below a check nobody else reads them.
    """
    header = Header()
    last: tuple[str, str] | None = None
    for number, line in enumerate(lines, start):
        more = _MORE.match(line)
        if more and last:
            header.texts[last[0]][last[1]] += f" {more['text']}"
        elif not line.startswith("#"):
            break
        else:
            written = _LINE.match(line)
            key = written["key"].lower() if written else line.strip("# ")
            if key not in WORDS and key not in keys:
                if not strict and not _is_close(key, keys):
                    break
                header.troubles.append(Trouble(Code.UNKNOWN_DIRECTIVE, number, _near(key, keys)))
                last = None
            else:
                last = _take(header, key, written["value"] if written else "", keys, number)
        header.length += 1
    return header


def _take(header: Header, key: str, value: str, keys: Mapping[str, str], number: int) -> tuple[str, str] | None:
    """Note one line; returns which text further lines continue."""
    if key in WORDS:
        name, language = WORDS[key]
        texts = header.texts.setdefault(name, {})
        if language in texts:
            header.troubles.append(Trouble(Code.DUPLICATE_DIRECTIVE, number, {"key": key}))
        texts[language] = value
        header.lines.setdefault(name, number)
        return name, language
    name = keys[key]
    if name in header.values:
        header.troubles.append(Trouble(Code.DUPLICATE_DIRECTIVE, number, {"key": key}))
    header.lines[name] = number
    if name == "options":
        read, wrong = read_document("", value)
        if wrong or not isinstance(read.value, dict):
            header.troubles.append(Trouble(Code.BAD_OPTIONS, number, {"value": value}))
        else:
            header.options |= read.value
    elif name in NUMBERS:
        amount = number_in(value)
        if amount is None:
            header.troubles.append(Trouble(Code.BAD_NUMBER, number, {"key": key, "value": value}))
        else:
            header.values[name] = amount
    else:
        header.values[name] = value
    return None


def number_in(text: str) -> float | int | None:
    """The number that a text begins with; a unit may follow."""
    found = _NUMBER.match(text)
    if found is None:
        return None
    return float(found[0]) if set(found[0]) & set(".eE") else int(found[0])


def incomplete(header: Header, own_line: int) -> Iterator[Trouble]:
    """Words that are there in one language only, or empty."""
    for name, texts in header.texts.items():
        for language in ("ko", "en"):
            if not texts.get(language, "").strip():
                key = next(word for word, place in WORDS.items() if place == (name, language))
                yield Trouble(Code.MISSING_WORDS, header.lines.get(name, own_line), {"key": key})


def _is_close(key: str, keys: Mapping[str, str]) -> bool:
    return " " not in key and bool(difflib.get_close_matches(key, [*WORDS, *keys], n=1, cutoff=0.5))


def _near(key: str, keys: Mapping[str, str]) -> dict[str, object]:
    close = difflib.get_close_matches(key, [*WORDS, *keys], n=1, cutoff=0.5)
    return {"key": key[:40], "known": ", ".join([*WORDS, *keys]), **({"suggestion": close[0]} if close else {})}
