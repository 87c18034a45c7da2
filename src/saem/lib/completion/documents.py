"""A YAML or JSON file as values that remember the line of every key."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from saem.lib.completion.problems import Code, Problem

Path = tuple[str | int, ...]
MAX_DEPTH, MAX_LETTERS = 40, 500_000


class _Loader(yaml.SafeLoader):
    """YAML 1.2 core scalars without floats: a number with a point stays as written, so that 89.95 is exactly that."""

    yaml_implicit_resolvers: dict[Any, Any] = {}


for _name, _pattern, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^(?:0|-?[1-9][0-9]{0,17})$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), list(_first))


@dataclass(frozen=True, kw_only=True)
class Document:
    """`lines` holds the line of each key and list item."""

    file: str
    value: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """Of the path, or of the nearest thing above it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def known_path(self, loc: Path) -> Path:
        """The parts of a validator's path that the file has too; it also names the branches it tried."""
        path: Path = ()
        for part in loc:
            path = (*path, part) if (*path, part) in self.lines else path
        return path


def read_document(file: str, text: str) -> tuple[Document, list[Problem]]:
    """Never raises; a file that is neither YAML nor JSON gives an empty document and says why."""
    if len(text) > MAX_LETTERS:
        return Document(file=file), [_syntax(file, 1, "too large")]
    reading = _Reading(file)
    try:
        plain = _without_tabs(text)
        depth = _depth(plain)
        if depth > MAX_DEPTH:
            return Document(file=file), [_syntax(file, 1, "too deeply nested")]
        node = yaml.compose(plain, Loader=_Loader)
        value = reading.value(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        detail = str(getattr(error, "problem", None) or error).splitlines()[0]
        return Document(file=file), [_syntax(file, mark.line + 1 if mark is not None else 1, detail)]
    return Document(file=file, value=value, lines=reading.lines), reading.problems


def _without_tabs(text: str) -> str:
    """JSON may indent with tabs, which YAML forbids; none of JSON's texts can hold one."""
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text.replace("\t", " ")


def _depth(text: str) -> int:
    """How deep it goes; the composer recurses without a limit."""
    depth = deepest = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        deepest = max(deepest, depth)
        if deepest > MAX_DEPTH:
            break
    return deepest


def _syntax(file: str, line: int, detail: str) -> Problem:
    return Problem(file=file, line=line, code=Code.RULES_SYNTAX, params={"detail": detail})


class _Reading:
    """Turns composed nodes into values, noting lines and what is not allowed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        # An alias hands out the same node twice; nine lines of aliases can stand for a billion values.
        if id(node) in self.seen:
            self.problems.append(Problem(file=self.file, line=self.lines[path], code=Code.RULES_ALIAS))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            here = (*path, key)
            if key in found:
                params = {"key": key, "first_line": self.lines[here]}
                self.problems.append(Problem(file=self.file, line=line, code=Code.DUPLICATE_KEY, params=params))
                continue
            self.lines[here] = line
            found[key] = self.value(value_node, here)
        return found


def _scalar(node: yaml.Node) -> Any:
    kind = node.tag.rpartition(":")[2]
    if kind == "bool":
        return node.value == "true"
    if kind == "int":
        return int(node.value)
    return None if kind == "null" else node.value
