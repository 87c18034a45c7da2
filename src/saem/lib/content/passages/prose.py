"""Markdown in MyST flavour, cut at the blocks of its outermost level."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from saem.lib.content.markdown.cells import is_cell, read_cell
from saem.lib.content.markdown.parser import parser
from saem.lib.content.passages.model import Kind, Passage

_KINDS = {
    "heading_open": Kind.HEADING,
    "paragraph_open": Kind.PARAGRAPH,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "dl_open": Kind.LIST,
    "table_open": Kind.TABLE,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "container_block_open": Kind.DIRECTIVE,
}
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")


def split_prose(text: str) -> tuple[Passage, ...]:
    """Joined again, the passages are the text, to the byte; what no block covers (definitions) is a passage, too."""
    front = _FRONT_MATTER.match(text)
    head = front.group() if front else ""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text[len(head) :])
    starts = sorted(dict(_starts(lines)).items())
    bounds = [*(start for start, _ in starts), len(lines)]
    # Blank lines at the beginning belong to what comes before them, else to the first passage.
    before = head + "".join(lines[: bounds[0]])
    passages = [_passage(Kind.FRONT_MATTER, before, "@front-matter")] if head else []
    for number, (start, (kind, name)) in enumerate(starts):
        raw = "".join(lines[start : bounds[number + 1]])
        passages.append(_passage(kind, raw if passages else before + raw, name))
    return tuple(passages) or ((_passage(Kind.OTHER, text),) if text else ())


def _passage(kind: Kind, raw: str, name: str = "") -> Passage:
    text = raw.strip("\n")
    return Passage(kind=kind, raw=raw, text=text, mark=f"{kind} {raw.rstrip()}", name=name)


def _starts(lines: list[str]) -> Iterator[tuple[int, tuple[Kind, str]]]:
    """The line, kind and name of each passage."""
    covered = 0
    for token in _blocks("".join(lines)):
        start, end = token.map or (0, 0)
        yield from _uncovered(lines, covered, start)
        name = read_cell(token).name if is_cell(token) else ""
        yield start, (_kind(token), name)
        # The parser does not count the line that closes a directive.
        closed = end < len(lines) and token.type == "container_block_open" and set(lines[end].strip()) == {":"}
        covered = max(covered, end + closed)
    yield from _uncovered(lines, covered, len(lines))


def _uncovered(lines: list[str], start: int, end: int) -> Iterator[tuple[int, tuple[Kind, str]]]:
    """Definitions of links and notes leave no token; each run of their lines is a passage."""
    for at in range(start, end):
        if lines[at].strip() and (at == start or not lines[at - 1].strip()):
            yield at, (Kind.OTHER, "")


def _blocks(body: str) -> list[Token]:
    """Outermost tokens that open something, in the order of their lines; nothing inside paragraphs is read."""
    md = parser()
    tokens: list[Token] = []
    md.block.parse(body, md, {}, tokens)
    opening = (token for token in tokens if token.level == 0 and token.nesting >= 0 and token.map)
    return sorted(opening, key=lambda token: (token.map or [0])[0])


def _kind(token: Token) -> Kind:
    if token.type == "fence" and token.info.strip().startswith("{") and not is_cell(token):
        return Kind.DIRECTIVE
    return _KINDS.get(token.type, Kind.OTHER)
