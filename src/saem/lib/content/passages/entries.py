"""YAML, cut into entries and list items by its lines, so that comments and layout stay as they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import yaml

from saem.lib.content.documents import Parser, read_document
from saem.lib.content.passages.model import Kind, Passage

# What an item of a list is called by in our files.
_NAMES = ("id", "cell", "lesson", "project")
# For YAML these end a line, for everything that cuts by `\n` they do not.
_OTHER_BREAKS = "\x85\u2028\u2029"


def split_entries(text: str) -> tuple[str, tuple[Passage, ...]]:
    """The frame of the file and its passages; ("", ()) where it cannot be cut: broken, empty, or in brackets."""
    document, problems = read_document("", text)
    if problems or document.value is None or any(each in text for each in _OTHER_BREAKS):
        return "", ()
    cutting = _Cutting(text)
    return cutting.children(yaml.compose(text, Loader=Parser), 0, len(cutting.lines))


@dataclass(frozen=True)
class _Start:
    """Where a child begins: the line, comments above it included, and that of its own key or dash."""

    line: int
    own: int
    name: str
    value: yaml.Node


class _Cutting:
    """One file's lines."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.ends = [f"{line}\n" for line in self.lines[:-1]] + [self.lines[-1]]

    def children(self, node: yaml.Node | None, start: int, end: int, own: int = -1) -> tuple[str, tuple[Passage, ...]]:
        """What `node` holds between two lines; `own` is the line of its key or dash.

        What stands above the first child is a passage called "@head", unless that child shares the line of the dash.
        """
        starts = self._starts(node)
        if node is None or not starts:
            return "", ()
        first = start if starts[0].own == own else starts[0].line
        bounds = [first, *(each.line for each in starts[1:]), end]
        kind = Kind.ENTRY if isinstance(node, yaml.MappingNode) else Kind.ITEM
        head = [self._passage(Kind.HEAD, start, first, "@head")] if start < first else []
        parts = [self._parted(kind, found, bounds[number], bounds[number + 1]) for number, found in enumerate(starts)]
        return f"{kind} {node.start_mark.column}", (*head, *parts)

    def _parted(self, kind: Kind, found: _Start, start: int, end: int) -> Passage:
        whole = self._passage(kind, start, end, found.name)
        frame, children = self.children(found.value, start, end, found.own)
        # Children can stand among each other only below one and the same key or dash.
        return replace(whole, frame=f"{frame}\n{self.lines[found.own]}", children=children) if children else whole

    def _passage(self, kind: Kind, start: int, end: int, name: str) -> Passage:
        raw = "".join(self.ends[start:end])
        return Passage(kind=kind, raw=raw, text=raw.strip("\n"), mark=f"{kind} {raw.rstrip()}", name=name)

    def _starts(self, node: yaml.Node | None) -> list[_Start]:
        """Nothing unless every child begins a line of its own."""
        found = list(self._found(node))
        lines = [each.own for each in found]
        return found if lines == sorted(set(lines)) and all(each.line >= 0 for each in found) else []

    def _found(self, node: yaml.Node | None) -> Iterator[_Start]:
        if not isinstance(node, yaml.CollectionNode) or node.flow_style:
            return
        column = node.start_mark.column
        for child in node.value:
            key, value = child if isinstance(node, yaml.MappingNode) else (None, child)
            own = self._line_of(key, column) if key is not None else self._dash(value, column)
            name = key.value if isinstance(key, yaml.ScalarNode) else _name_of(value)
            yield _Start(line=self._above(own, column) if own >= 0 else -1, own=own, name=name, value=value)

    def _line_of(self, key: yaml.Node, column: int) -> int:
        """-1 for a key that does not stand where its mapping begins: behind a tag, or in several lines."""
        plain = isinstance(key, yaml.ScalarNode) and key.start_mark.column == column
        return int(key.start_mark.line) if plain else -1

    def _dash(self, item: yaml.Node, column: int) -> int:
        """The line of an item's dash, which may stand above the item."""
        for line in (item.start_mark.line, item.start_mark.line - 1):
            if self.lines[line][:column].strip() in ("", "-") and self.lines[line][column : column + 1] == "-":
                return int(line)
        return -1

    def _above(self, own: int, column: int) -> int:
        """Comments that stand right above a child, in its column, go with it."""
        line = own
        while line and self.lines[line - 1].startswith(" " * column + "#"):
            line -= 1
        return line


def _name_of(item: yaml.Node) -> str:
    if not isinstance(item, yaml.MappingNode):
        return ""
    named: Sequence[str] = [
        value.value for key, value in item.value if key.value in _NAMES and isinstance(value, yaml.ScalarNode)
    ]
    return named[0] if named else ""
