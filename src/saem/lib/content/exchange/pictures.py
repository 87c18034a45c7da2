"""Pictures that come along into a program, each once and under a name that a program may have."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.identifiers import free_id
from saem.lib.content.problems import Problem, warning
from saem.lib.content.schema import FILE_PATTERN

SUFFIXES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
FOLDER = "images"


@dataclass
class Pictures:
    """`files` are all there are; `into` is the folder of the program below which the pictures lie in `images`."""

    files: Mapping[str, bytes]
    into: str = ""
    problems: list[Problem] = field(default_factory=list)
    _paths: dict[str, str] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def take(self, file: str, line: int, href: str) -> str:
        """The path of the picture below `into`, "" where there is none that may come along, which is told of."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(href)))
        suffix = posixpath.splitext(path)[1].lower()
        if path not in self.files or suffix not in SUFFIXES:
            self.problems.append(warning(file, line, Code.PICTURE, name=href[:80]))
            return ""
        if path not in self._paths:
            self._paths[path] = f"{FOLDER}/{self._name(posixpath.basename(path))}"
        return self._paths[path]

    def _name(self, found: str) -> str:
        """The picture's own name where a program may have it."""
        if re.match(FILE_PATTERN, found) and found.casefold() not in self._names:
            self._names.add(found.casefold())
            return found
        stem, suffix = posixpath.splitext(found)
        return free_id(stem, fallback="picture", taken=self._names) + suffix.lower()

    def copies(self) -> Iterator[tuple[str, bytes]]:
        yield from ((f"{self.into}{name}", self.files[path]) for path, name in self._paths.items())
