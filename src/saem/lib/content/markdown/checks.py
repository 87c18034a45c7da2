"""What can be wrong on a page, found in its tokens."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from markdown_it.token import Token

from saem.lib.content.codes import Code
from saem.lib.content.markdown.cells import is_cell
from saem.lib.content.markdown.formulas import MathError, to_mathml, unknown_commands
from saem.lib.content.markdown.labels import ADMONITIONS
from saem.lib.content.markdown.places import Kind, Place
from saem.lib.content.markdown.rules import directive, is_comment
from saem.lib.content.problems import Problem, near, problem, warning

_ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|form|style|link|meta|base)\b|<[^>]*\son\w+\s*=|(?:javascript|vbscript)\s*:",
    re.IGNORECASE,
)
_BLOCKS = (*ADMONITIONS, "code-cell")
_LINK_CODES = {
    Kind.NO_FILE: Code.MISSING_LINK,
    Kind.PRIVATE: Code.PRIVATE_FILE,
    Kind.SCHEME: Code.LINK_SCHEME,
    Kind.NO_STEP: Code.MISSING_STEP_LINK,
}
_IMAGE_CODES = {
    Kind.NO_FILE: Code.MISSING_IMAGE,
    Kind.PRIVATE: Code.PRIVATE_FILE,
    Kind.OUTSIDE: Code.OUTSIDE_IMAGE,
    Kind.SCHEME: Code.LINK_SCHEME,
    Kind.STEP: Code.MISSING_IMAGE,
    Kind.NO_STEP: Code.MISSING_IMAGE,
    Kind.ANCHOR: Code.MISSING_IMAGE,
}


class PageChecks:
    """`ids` are the anchors that the page has."""

    def __init__(self, place: Place, text: str, ids: Sequence[str]) -> None:
        self.place = place
        self.lines = text.split("\n")
        self.ids = ids

    def run(self, tokens: Sequence[Token]) -> Iterator[Problem]:
        for token in tokens:
            line = token.map[0] + 1 if token.map else 1
            if token.type == "inline":
                yield from self._inline(token, token.map or [0, 1])
            elif token.type == "fence":
                yield from self._fence(token, line)
            elif token.type == "container_block_open":
                yield from self._container(token, line)
            elif token.type in ("math_block", "math_block_label"):
                yield from self._math(token.content, line)
            elif token.type == "html_block" and not is_comment(token):
                yield self._html(token.content, line)
            elif token.type == "heading_open" and token.markup in ("#", "="):
                yield warning(self.place.file, line, Code.TITLE_IN_PAGE)

    def _fence(self, token: Token, line: int) -> Iterator[Problem]:
        first, last = token.map or [0, 1]
        closing = self.lines[last - 1].lstrip(" >\t").rstrip() if last <= len(self.lines) else ""
        if last - 1 == first or not closing or set(closing) != {token.markup[0]}:
            yield problem(self.place.file, line, Code.UNCLOSED_BLOCK, mark=token.markup)
        if is_cell(token):
            if token.level:
                yield problem(self.place.file, line, Code.NESTED_CELL)
            return
        name, _ = directive(token.info)
        if token.info.strip().startswith("{"):
            yield problem(self.place.file, line, Code.UNKNOWN_BLOCK, name=name, **near(name, _BLOCKS))

    def _container(self, token: Token, line: int) -> Iterator[Problem]:
        name, _ = directive(token.info)
        if name not in ADMONITIONS:
            yield problem(self.place.file, line, Code.UNKNOWN_BLOCK, name=name, **near(name, ADMONITIONS))
        end = token.map[1] if token.map else 0
        closing = self.lines[end].lstrip(" >\t").rstrip() if end < len(self.lines) else ""
        if set(closing) != {":"}:
            yield problem(self.place.file, line, Code.UNCLOSED_BLOCK, mark=token.markup)

    def _inline(self, token: Token, lines: list[int]) -> Iterator[Problem]:
        children = token.children or []
        for child in children:
            if child.type == "image":
                yield from self._image(child, lines)
            elif child.type == "link_open":
                yield from self._link(child, lines)
            elif child.type in ("math_inline", "math_inline_double"):
                yield from self._math(child.content, self._line(lines, child.content))
            elif child.type == "html_inline" and not is_comment(child):
                yield self._html(child.content, self._line(lines, child.content))
            elif child.type == "text" and "**" in child.content:
                yield warning(self.place.file, self._line(lines, "**"), Code.STRAY_ASTERISKS)
        yield from self._split_asterisks(children, lines)

    def _html(self, html: str, line: int) -> Problem:
        """No tag gets through; one that would run or load something is somebody's mistake, or worse."""
        active = _ACTIVE.search(html)
        if active is None:
            return warning(self.place.file, line, Code.RAW_HTML)
        tag = " ".join(active[0].lstrip("<").split())
        return problem(self.place.file, line + html.count("\n", 0, active.start()), Code.ACTIVE_HTML, tag=tag)

    def _split_asterisks(self, children: Sequence[Token], lines: list[int]) -> Iterator[Problem]:
        """Marks that found no partner stay behind as single texts, two in a row."""
        if any(first.content == second.content == "*" for first, second in pairwise(children)):
            yield warning(self.place.file, self._line(lines, "**"), Code.STRAY_ASTERISKS)

    def _image(self, token: Token, lines: list[int]) -> Iterator[Problem]:
        source = str(token.attrs.get("src", ""))
        line = self._line(lines, source)
        code = _IMAGE_CODES.get(self.place.target(source).kind)
        if code is not None:
            yield problem(self.place.file, line, code, path=source)
        if not token.content.strip():
            yield problem(self.place.file, line, Code.MISSING_ALT, path=source)

    def _link(self, token: Token, lines: list[int]) -> Iterator[Problem]:
        href = str(token.attrs.get("href", ""))
        line = self._line(lines, href)
        target = self.place.target(href)
        if target.kind in _LINK_CODES:
            yield problem(self.place.file, line, _LINK_CODES[target.kind], path=href)
        elif target.kind is Kind.ANCHOR and href[1:] not in self.ids:
            yield problem(
                self.place.file, line, Code.MISSING_ANCHOR, **{"anchor": href[1:], **near(href[1:], self.ids)}
            )

    def _math(self, tex: str, line: int) -> Iterator[Problem]:
        try:
            to_mathml(tex.strip(), block=False)
        except MathError as error:
            yield problem(self.place.file, line, Code.BAD_MATH, tex=tex.strip()[:60], detail=str(error))
            return
        for command in unknown_commands(tex.strip()):
            yield warning(self.place.file, line, Code.UNKNOWN_MATH, command=f"\\{command}")

    def _line(self, lines: list[int], text: str) -> int:
        """A paragraph has one position; the line is the first of its lines that holds the text."""
        for number in range(lines[0], min(lines[1], len(self.lines))):
            if text and text in self.lines[number]:
                return number + 1
        return lines[0] + 1
