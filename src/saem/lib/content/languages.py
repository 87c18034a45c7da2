"""Whether a lesson says the same in both languages."""

import re
from collections.abc import Iterator, Mapping

from saem.lib.content.codes import Code
from saem.lib.content.markdown import LessonPage
from saem.lib.content.model import Html, Section
from saem.lib.content.problems import Problem, problem, warning
from saem.lib.content.schema import LANGUAGES

_PART = re.compile(r"<(?:p|li|dt|dd|table|figure|img|svg|pre|h3)[\s>]")


def differences(pages: Mapping[str, LessonPage], folder: str) -> Iterator[Problem]:
    """Only where both pages are there; a page that is missing is a problem of its own."""
    if set(pages) != set(LANGUAGES):
        return
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        there = {cell.name for cell in pages[other].cells}
        for cell in pages[language].cells:
            if cell.name and cell.name not in there:
                yield problem(
                    f"{folder}/{language}.md", cell.line, Code.CELLS_DIFFER, cell=cell.name, other=f"{other}.md"
                )
    yield from _order(pages, folder)
    yield from sections_differ(pages, f"{folder}/en.md")


def _order(pages: Mapping[str, LessonPage], folder: str) -> Iterator[Problem]:
    korean, english = ({cell.name: cell for cell in pages[language].cells} for language in LANGUAGES)
    shared = [name for name in korean if name in english]
    for expected, found in zip(shared, (name for name in english if name in korean), strict=True):
        if expected != found:
            yield problem(f"{folder}/en.md", english[found].line, Code.CELL_ORDER, cell=found, expected=expected)
            return
    for name in shared:
        ko, en = len(korean[name].hints), len(english[name].hints)
        if ko != en:
            yield warning(f"{folder}/en.md", english[name].line, Code.HINTS_DIFFER, cell=name, ko=ko, en=en)


def sections_differ(pages: Mapping[str, LessonPage], english_file: str) -> Iterator[Problem]:
    """Told of the English file: Korean is written first."""
    korean, english = (pages[language].headings for language in LANGUAGES)
    if [anchor for anchor, _ in korean] == [anchor for anchor, _ in english]:
        yield from _parts(pages, english_file)
        return
    apart = [line for (expected, _), (found, line) in zip(korean, english, strict=False) if expected != found]
    line = apart[0] if apart else max((line for _, line in english), default=1)
    yield problem(
        english_file, line, Code.SECTIONS_DIFFER,
        ko=len(korean), en=len(english),
        ko_ids=", ".join(anchor for anchor, _ in korean), en_ids=", ".join(anchor for anchor, _ in english),
    )  # fmt: skip


def _parts(pages: Mapping[str, LessonPage], english_file: str) -> Iterator[Problem]:
    """A paragraph, an entry of a list, a table or a picture that only one language has; how it is worded is free."""
    lines = dict(pages["en"].headings)
    english = {section.id: section for section in pages["en"].page.sections}
    for section in pages["ko"].page.sections:
        if section.id not in english:
            continue
        ko, en = _count(section), _count(english[section.id])
        if ko != en:
            params = {"section": english[section.id].title, "ko": ko, "en": en}
            yield warning(english_file, lines.get(section.id, 1), Code.PARTS_DIFFER, **params)


def _count(section: Section) -> int:
    return sum(len(_PART.findall(block.html)) for block in section.blocks if isinstance(block, Html))
