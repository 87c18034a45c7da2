"""Our pages as MyST that Jupyter Book reads: the same text, with what is ours alone put into its directives."""

import re
from collections.abc import Iterator, Mapping

from markdown_it.token import Token

from saem.lib.content.exchange.book.labels import LABELS
from saem.lib.content.markdown.cells import is_cell, read_cell
from saem.lib.content.markdown.parser import parser
from saem.lib.content.schema import Exercise

FRONT = "---\nfile_format: mystnb\nkernelspec:\n  name: python3\n  display_name: Python 3\n  language: python\n---\n\n"
_LINK = re.compile(r"\]\((lesson|project):([a-z0-9_-]+)\)")
_BOX = re.compile(r"^(?P<colons>:{3,})\{(?P<kind>note|tip|warning|think)\}[ \t]*(?P<title>.*)$")
_CLASS = {"think": "tip"}
PAGES = {"lesson": "lessons/{id}/lesson.md", "project": "projects/{id}/brief.md"}


def page(text: str, title: str, language: str, exercises: Mapping[str, Exercise]) -> str:
    """A page of a lesson or a brief, under its title; exercises say what is checked, and hold no solution."""
    lines = text.split("\n")
    cells = {token.map[0]: token for token in parser().parse(text, {}) if is_cell(token) and token.map}
    written: list[str] = []
    fenced = _fenced(text)
    at = 0
    while at < len(lines):
        if at in cells:
            written += _cell(cells[at], language, exercises)
            at = (cells[at].map or [0, at + 1])[1]
            continue
        written += [lines[at]] if at in fenced else _line(lines[at])
        at += 1
    return f"{FRONT}# {title}\n\n" + "\n".join(written).strip("\n") + "\n"


def _fenced(text: str) -> set[int]:
    """Lines of code that is only shown, which stay as they are."""
    blocks = (token.map for token in parser().parse(text, {}) if token.type in ("fence", "code_block"))
    return {line for found in blocks if found for line in range(*found)}


def _line(line: str) -> list[str]:
    box = _BOX.match(line)
    if box is not None:
        kind, title = box["kind"], box["title"]
        if title or kind in _CLASS:
            name = title or kind.capitalize()
            return [f"{box['colons']}{{admonition}} {name}", f":class: {_CLASS.get(kind, kind)}"]
    # Every page lies two folders deep.
    return [_LINK.sub(lambda found: f"](../../{PAGES[found[1]].format(id=found[2])})", line)]


def _cell(token: Token, language: str, exercises: Mapping[str, Exercise]) -> Iterator[str]:
    cell, words = read_cell(token), LABELS[language]
    fence = token.markup
    yield f"{fence}{{code-cell}} python"
    yield f":name: {cell.name}"
    yield ""
    yield from (*cell.code.split("\n"), fence)
    exercise = exercises.get(cell.name)
    if exercise is not None:
        yield from ("", f":::{{admonition}} {words['checks']}", ":class: note")
        yield from (f"- {_title(check, language)}" for check in exercise.checks)
        yield ":::"
    for number, hint in enumerate(cell.hints, start=1):
        yield from ("", f":::{{dropdown}} {words['hint'].format(number=number)}", hint, ":::")


def _title(check: Mapping[str, object], language: str) -> str:
    title = check.get("title")
    return str(title.get(language, "")) if isinstance(title, Mapping) else ""
