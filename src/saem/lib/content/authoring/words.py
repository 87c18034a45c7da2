"""Cuts a Markdown cell into its languages and the words that only the solution has."""

import re
from dataclasses import dataclass

from saem.lib.content.authoring import marks
from saem.lib.content.authoring.codes import Code
from saem.lib.content.authoring.regions import Cut, Trouble

_HEADING = re.compile(r"^#{1,6}\s+(?:\d+(?:\.\d+)*[.)]\s*)?(?P<title>.+?)\s*#*$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_SIGNS = re.compile(r"[*_`]{1,2}(?=\S)|(?<=\S)[*_`]{1,2}")
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, kw_only=True)
class WordsCut(Cut):
    """`starter` has no entry for a language in which the cell does not exist."""

    doubts: tuple[Trouble, ...] = ()


def cut_words(source: str) -> WordsCut:
    shared: list[str] = []
    parts: dict[str, list[str]] = {}
    troubles, secret = [], []
    here = None
    if marks.belongs_in_code(source):
        troubles.append(Trouble(Code.MARK_IN_MARKDOWN, 1, {"text": marks.first_line(source)}))
    for number, line in enumerate(source.split("\n"), 1):
        mark = marks.PART.match(line)
        if marks.BEGIN.match(line) or marks.END.match(line):
            troubles.append(Trouble(Code.REGION_IN_MARKDOWN, number))
        elif mark is not None:
            here = "solution" if mark["name"].lower() in ("풀이", "solution") else mark["name"].lower()
            parts.setdefault(here, [])
        elif here is None:
            shared.append(line)
        else:
            parts[here].append(line)
            if here == "solution":
                secret.append((number, line))
    spoken = [language for language in marks.LANGUAGES if language in parts]
    starter = {
        language: _joined(shared, parts.get(language, []))
        for language in marks.LANGUAGES
        if language in parts or not (spoken or _only_solution(shared, parts))
    }
    solution = _joined(shared, parts.get("ko", []), parts.get("solution", []))
    return WordsCut(
        starter=starter,
        solution=solution,
        secret=tuple(secret),
        has_region="solution" in parts,
        troubles=tuple(troubles),
        doubts=tuple(_doubts(starter)),
    )


def _only_solution(shared: list[str], parts: dict[str, list[str]]) -> bool:
    return "solution" in parts and not "".join(shared).strip()


def _joined(*parts: list[str]) -> str:
    texts = ("\n".join(part).strip("\n") for part in parts)
    return "\n\n".join(text for text in texts if text.strip())


def _doubts(starter: dict[str, str]) -> list[Trouble]:
    """A cell that speaks to half of the students only."""
    if len(starter) == 1:
        missing = "en" if "ko" in starter else "ko"
        return [Trouble(Code.MISSING_LANGUAGE, 1, {"language": missing})]
    if starter and starter["ko"] == starter["en"] and _HANGUL.search(starter["en"]):
        return [Trouble(Code.MISSING_LANGUAGE, 1, {"language": "en"})]
    return []


def heading(text: str) -> str | None:
    """The last heading's words, without its number."""
    titles = [found["title"] for found in _HEADING.finditer(_FENCED.sub("", text))]
    return _SIGNS.sub("", titles[-1]).strip() if titles else None
