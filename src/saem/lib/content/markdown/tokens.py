"""Changes made to a page's tokens between parsing and rendering."""

import re
from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from saem.lib.content.codes import Code
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import ID_PATTERN

OPENING = "start"
_ALIGNMENT = {"text-align:right": "n", "text-align:center": "c"}


def cuts_section(token: Token) -> bool:
    """Only a `##` of the page itself does; one within a list or a note is a plain heading."""
    return token.type == "heading_open" and token.level == 0 and token.tag == "h2"


def tidy(tokens: Sequence[Token]) -> None:
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            token.tag = "h2"
            tokens[index + 2].tag = "h2"
        elif token.type in ("th_open", "td_open"):
            _align(token)
        elif token.type == "paragraph_open":
            _free_figure(tokens[index : index + 3])
    _name_headings(tokens)


def _align(token: Token) -> None:
    """A class in place of the inline style, which the site's content policy forbids."""
    style = token.attrs.pop("style", None)
    if style in _ALIGNMENT:
        token.attrs["class"] = _ALIGNMENT[str(style)]


def _free_figure(paragraph: Sequence[Token]) -> None:
    """An image that stands alone and has a title becomes a figure, which no paragraph may hold."""
    children = paragraph[1].children or [] if len(paragraph) > 1 else []
    if len(children) == 1 and children[0].type == "image" and children[0].attrs.get("title"):
        children[0].meta["figure"] = True
        paragraph[0].hidden = paragraph[2].hidden = True


def _name_headings(tokens: Sequence[Token]) -> None:
    """An id that is the same in every language: the label above the heading, or its place in the order."""
    section, inner = 0, 0
    for index, token in enumerate(tokens):
        if token.type != "heading_open":
            continue
        if cuts_section(token):
            section, inner = section + 1, 0
        else:
            inner += 1
        token.attrs["id"] = f"s{section}-{inner}" if inner else f"s{section}"
        above = tokens[index - 1] if index else None
        if above is not None and above.type == "myst_target":
            token.attrs["id"] = above.content
            above.meta["taken"] = True


def anchors(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """Every id that a link of the page can name, with its line."""
    found = [(OPENING, 1)]
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open":
            found.append((str(token.attrs["id"]), line))
        elif token.type == "myst_target" and "taken" not in token.meta:
            found.append((token.content, line))
    return found


def anchor_problems(tokens: Sequence[Token], file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for anchor, line in anchors(tokens):
        if not re.match(ID_PATTERN, anchor):
            yield problem(file, line, Code.BAD_ID, key=f"({anchor})=", value=anchor)
        if anchor in first:
            yield problem(file, line, Code.DUPLICATE_ID, id=anchor, first_line=first[anchor])
        first.setdefault(anchor, line)
