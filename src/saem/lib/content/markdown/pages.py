"""A page's text into sections, and a brief's text into HTML."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it.token import Token

from saem.lib.content.codes import Code
from saem.lib.content.markdown.cells import CellText, is_cell, read_cell
from saem.lib.content.markdown.checks import PageChecks
from saem.lib.content.markdown.parser import parser
from saem.lib.content.markdown.places import Place
from saem.lib.content.markdown.sanitise import clean, clean_of_readers
from saem.lib.content.markdown.tokens import OPENING, anchor_problems, anchors, cuts_section, tidy
from saem.lib.content.model import Block, CodeCell, Html, Page, Section
from saem.lib.content.problems import Problem, problem

_WORDS = ("text", "code_inline", "softbreak", "image", "math_inline")


@dataclass(frozen=True)
class LessonPage:
    """`cells` and `headings` (id, line) keep the lines that comparing two languages needs."""

    page: Page
    cells: tuple[CellText, ...]
    headings: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Brief:
    html: str
    problems: tuple[Problem, ...]


def read_lesson_page(text: str, place: Place, *, title: str) -> LessonPage:
    """`title` names what stands before the first `##`."""
    tokens, env, problems = _parsed(text, place)
    cells = [read_cell(token) for token in tokens if is_cell(token)]
    for cell in cells:
        problems += cell.problems(place.file)
    problems += _repeated(cells, place.file)
    sections = tuple(draft.finished(env) for draft in _drafts(tokens, env, title))
    kept = tuple(section for section in sections if section.blocks or section.id != OPENING)
    headings = tuple((str(token.attrs["id"]), (token.map or [0])[0] + 1) for token in tokens if cuts_section(token))
    return LessonPage(Page(kept), tuple(cells), headings, tuple(problems))


def read_brief(text: str, place: Place) -> Brief:
    tokens, env, problems = _parsed(text, place)
    cells = [token for token in tokens if is_cell(token)]
    problems += [problem(place.file, read_cell(cell).line, Code.CELL_IN_BRIEF) for cell in cells]
    return Brief(_rendered(tokens, env), tuple(problems))


def read_prose(text: str, language: str) -> str:
    """Markdown that a reader has written, as safe HTML: no ids, no pictures, no way into a program."""
    tokens, env, _problems = _parsed(text, Place(file="", language=language, files=()))
    md = parser()
    return clean_of_readers(md.renderer.render(tokens, md.options, env)).strip()


def _parsed(text: str, place: Place) -> tuple[list[Token], dict[str, Any], list[Problem]]:
    env: dict[str, Any] = {"place": place, "counts": Counter()}
    tokens = parser().parse(text, env)
    tidy(tokens)
    checks = PageChecks(place, text, [anchor for anchor, _ in anchors(tokens)])
    return tokens, env, [*checks.run(tokens), *anchor_problems(tokens, place.file)]


def _rendered(tokens: Sequence[Token], env: dict[str, Any]) -> str:
    md = parser()
    return clean(md.renderer.render(tokens, md.options, env)).strip()


@dataclass
class _Draft:
    """A section that is being filled; `waiting` are tokens not yet rendered."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    waiting: list[Token] = field(default_factory=list)

    def add_cell(self, cell: CellText, env: dict[str, Any]) -> None:
        self.flush(env)
        self.blocks.append(CodeCell(id=cell.name, code=cell.code, hints=tuple(cell.hints), line=cell.code_line))

    def flush(self, env: dict[str, Any]) -> None:
        html = _rendered(self.waiting, env)
        self.waiting.clear()
        if html:
            self.blocks.append(Html(html))

    def finished(self, env: dict[str, Any]) -> Section:
        self.flush(env)
        return Section(self.id, self.title, tuple(self.blocks))


def _drafts(tokens: Sequence[Token], env: dict[str, Any], title: str) -> list[_Draft]:
    drafts = [_Draft(OPENING, title)]
    in_heading = False
    for index, token in enumerate(tokens):
        if cuts_section(token):
            in_heading = True
            drafts.append(_Draft(str(token.attrs["id"]), _plain(tokens[index + 1])))
        elif in_heading:
            in_heading = token.type != "heading_close"
        elif is_cell(token):
            drafts[-1].add_cell(read_cell(token), env)
        else:
            drafts[-1].waiting.append(token)
    return drafts


def _plain(inline: Token) -> str:
    """A heading's words without its marks: the progress strip shows them as plain text."""
    kept = (child for child in inline.children or [] if child.type in _WORDS)
    return "".join(child.content or " " for child in kept).strip()


def _repeated(cells: Sequence[CellText], file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for cell in cells:
        if cell.name and cell.name in first:
            yield problem(file, cell.line, Code.DUPLICATE_ID, id=cell.name, first_line=first[cell.name])
        first.setdefault(cell.name, cell.line)
