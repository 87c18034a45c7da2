"""A YAML file as values that remember the line of every key."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from saem.lib.content.codes import Code
from saem.lib.content.problems import Problem, problem

Path = tuple[str | int, ...]
MAX_DEPTH = 60

# The C parser is ten times faster; a PyYAML built without it still works.
Parser: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(Parser):  # type: ignore[misc]  # the base is chosen at import
    """YAML 1.2 core scalars only: `no` stays a word, 2012-01-01 a text, and 12:30 is not 750."""

    yaml_implicit_resolvers: Mapping[str, object] = {}


_SCALARS = {
    "bool": (r"^(?:true|True|false|False)$", list("tTfF")),
    "int": (r"^[-+]?(?:0|[1-9][0-9]{0,30})$", list("-+0123456789")),
    "float": (
        r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$|^[-+]?[0-9]+[eE][-+]?[0-9]+$|^[-+]?\.inf$|^\.nan$",
        list("-+0123456789."),
    ),
    "null": (r"^(?:~|null|Null|)$", ["~", "n", "N", ""]),
}
for _name, (_pattern, _first) in _SCALARS.items():
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_name}", re.compile(_pattern), _first)


@dataclass(frozen=True, kw_only=True)
class Document:
    """`lines` holds the line of each key or list item, `bodies` the line where each text itself begins."""

    file: str
    value: Any = None
    lines: Mapping[Path, int] = field(default_factory=dict)
    bodies: Mapping[Path, int] = field(default_factory=dict)

    def line(self, *path: str | int) -> int:
        """Of the path, or of the nearest thing above it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def body_line(self, *path: str | int) -> int:
        return self.bodies.get(path, self.line(*path))

    def get(self, *path: str | int) -> Any:
        """The value there, or None: a file that is wrong elsewhere can still be looked at."""
        found = self.value
        for part in path:
            if isinstance(found, dict):
                found = found.get(part)
            elif isinstance(found, list) and isinstance(part, int) and 0 <= part < len(found):
                found = found[part]
            else:
                return None
        return found

    def text(self, *path: str | int) -> str | None:
        found = self.get(*path)
        return found if isinstance(found, str) else None

    def items(self, *path: str | int) -> list[Any]:
        found = self.get(*path)
        return found if isinstance(found, list) else []

    def mapping(self, *path: str | int) -> dict[Any, Any]:
        found = self.get(*path)
        return found if isinstance(found, dict) else {}

    def texts(self, *path: str | int) -> Iterator[tuple[Path, str]]:
        """Each text of the list at `path`, with its own path."""
        for index, each in enumerate(self.items(*path)):
            if isinstance(each, str):
                yield (*path, index), each


def split_path(dotted: str) -> Path:
    """Reads "grading.notebook.questions.0" as ("grading", "notebook", "questions", 0)."""
    return tuple(int(part) if part.isdecimal() else part for part in dotted.split(".") if part)


class _Reading:
    """Turns composed nodes into values, noting lines and what is not allowed."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Path, int] = {}
        self.bodies: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, path: Path) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(path, line)
        # An alias hands out the same node twice; nine lines of aliases can stand for a billion values.
        if id(node) in self.seen:
            self.problems.append(problem(self.file, self.lines[path], Code.YAML_ALIAS))
            return None
        self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._item(child, (*path, index)) for index, child in enumerate(node.value)]
        self.bodies[path] = line + 1 if getattr(node, "style", None) in ("|", ">") else line
        return _scalar(node)

    def _item(self, node: yaml.Node, path: Path) -> Any:
        if id(node) not in self.seen:
            self.lines[path] = node.start_mark.line + 1
        return self.value(node, path)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
            here = (*path, key)
            if key in found:
                self.problems.append(problem(self.file, line, Code.DUPLICATE_KEY, key=key, first_line=self.lines[here]))
                continue
            self.lines[here] = line
            found[key] = self.value(value_node, here)
        return found


def _scalar(node: yaml.Node) -> Any:
    text, tag = node.value, node.tag.rpartition(":")[2]
    if tag == "bool":
        return text.lower() == "true"
    if tag == "int":
        return int(text)
    if tag == "float":
        return float(text.replace(".inf", "inf").replace(".nan", "nan"))
    return None if tag == "null" else text


def read_document(file: str, text: str) -> tuple[Document, list[Problem]]:
    """Never raises; a file that is not YAML gives an empty document and says why."""
    reading = _Reading(file)
    loader = None
    try:
        if _is_too_deep(text):
            return Document(file=file), [problem(file, 1, Code.YAML_SYNTAX, detail="too deeply nested")]
        loader = _Loader(text)
        node = loader.get_single_node()
        value = reading.value(node, ()) if node is not None else None
    except yaml.YAMLError as error:
        return Document(file=file), [_syntax_problem(file, text, error)]
    except (RecursionError, ValueError) as error:
        return Document(file=file), [problem(file, 1, Code.YAML_SYNTAX, detail=str(error))]
    finally:
        if loader is not None:
            loader.dispose()
    return Document(file=file, value=value, lines=reading.lines, bodies=reading.bodies), reading.problems


def _is_too_deep(text: str) -> bool:
    """The C composer recurses without a limit: a hundred thousand brackets would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


def _syntax_problem(file: str, text: str, error: yaml.YAMLError) -> Problem:
    # A bracket that is never closed is noticed far below; the author looks for where it opens.
    opened = str(getattr(error, "context", "")).startswith("while parsing a flow")
    mark = getattr(error, "context_mark" if opened else "problem_mark", None)
    line = mark.line + 1 if mark is not None else 1
    lines = text.splitlines()
    # The parser often stumbles one line after the tab that made it stumble.
    for at in (line, line - 1):
        if 0 < at <= len(lines) and re.match(r"[ -]*\t", lines[at - 1]):
            return problem(file, at, Code.YAML_TAB)
    detail = str(getattr(error, "problem", None) or error).splitlines()[0]
    return problem(file, min(line, max(len(lines), 1)), Code.YAML_SYNTAX, detail=detail)
