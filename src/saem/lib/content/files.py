"""Which files belong to a program, and what is wrong with them before anybody reads them."""

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from saem.lib.content.codes import Code
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.schema import FILE_PATTERN

MAX_FILE_BYTES = 5 * 1024 * 1024
# Folders whose files learners may be sent; everything else holds answers or settings.
ASSET_FOLDERS = ("images", "files")
_STEP_FOLDERS = ("lessons", "projects")


def belongs(name: str) -> bool:
    """False for what editors and systems leave behind: hidden files, caches, back-ups."""
    return not (
        name.startswith(".")
        or name in ("__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini")
        or name.endswith((".pyc", "~"))
    )


def is_asset(path: str) -> bool:
    """Whether a learner may be sent this file of the program (a path with `/` between parts)."""
    parts = path.split("/")
    if len(parts) > 1 and parts[0] in ASSET_FOLDERS:
        return True
    within_step = len(parts) >= len(("lessons", "first-look", "images", "map.svg"))
    return within_step and parts[0] in _STEP_FOLDERS and parts[2] in ASSET_FOLDERS


def walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """Every file that belongs, as (relative name, path), in an order that no file system changes."""
    found: list[tuple[str, Path]] = []
    for root, folders, names in os.walk(folder, followlinks=False):
        here = Path(root)
        links = [name for name in folders if (here / name).is_symlink()]
        folders[:] = [name for name in folders if belongs(name) and name not in links]
        paths = [here / name for name in (*names, *links) if belongs(name)]
        found += [(path.relative_to(folder).as_posix(), path) for path in paths]
    yield from sorted(found)


@dataclass(frozen=True)
class Files:
    """A program's folder, listed once; `refused` are files that are there but may not be read."""

    folder: Path
    paths: Mapping[str, Path] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    def __contains__(self, name: object) -> bool:
        """A refused file is there: it has a problem of its own, and nobody should be told that it is missing."""
        return name in self.paths or name in self.refused

    def can_read(self, name: str) -> bool:
        return name in self.paths

    def under(self, prefix: str) -> tuple[str, ...]:
        """Names of the files below a folder, which is given without its last `/`."""
        return tuple(name for name in self.paths if name.startswith(f"{prefix}/"))

    def folders(self, prefix: str) -> tuple[str, ...]:
        """Names of the folders directly below a folder."""
        parts = (name.removeprefix(f"{prefix}/").split("/") for name in self.under(prefix))
        return tuple(dict.fromkeys(each[0] for each in parts if len(each) > 1))

    def read(self, name: str) -> bytes:
        return self.paths[name].read_bytes() if name in self.paths else b""

    def text(self, name: str) -> tuple[str | None, list[Problem]]:
        """The text of a file that must be there and be UTF-8; a byte order mark is dropped."""
        if name not in self.paths:
            return None, [] if name in self.refused else [self.missing(name)]
        try:
            text = self.read(name).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            return None, [problem(name, line, Code.NOT_UTF8, name=name)]
        return text.replace("\r\n", "\n").replace("\r", "\n"), []

    def missing(self, name: str, *, file: str | None = None, line: int = 1) -> Problem:
        """`file` and `line`: where the name is asked for, if not simply by the format."""
        folder, _, last = name.rpartition("/")
        beside = [each.rpartition("/")[2] for each in self.paths if each.rpartition("/")[0] == folder]
        return problem(file or name, line, Code.MISSING_FILE, name=name, **near(last, beside))


def list_files(folder: Path) -> tuple[Files, list[Problem]]:
    problems: list[Problem] = []
    paths: dict[str, Path] = {}
    refused: set[str] = set()
    folded: dict[str, str] = {}
    for name, path in walk(folder):
        problems += _name_problems(name, folded)
        found = _file_problem(name, path)
        if found is None:
            paths[name] = path
        else:
            refused.add(name)
            problems.append(found)
    return Files(folder=folder, paths=paths, refused=frozenset(refused)), problems


def _name_problems(name: str, folded: dict[str, str]) -> Iterator[Problem]:
    """Names that another system would lose: `Map.svg` beside `map.svg`, spaces, two ways to write 한글."""
    if not all(re.match(FILE_PATTERN, part) for part in name.split("/")):
        yield problem(unicodedata.normalize("NFC", name), 1, Code.FILE_NAME, name=name.rpartition("/")[2])
    other = folded.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other != name:
        yield problem(name, 1, Code.CASE_CLASH, name=name, other=other)


def _file_problem(name: str, path: Path) -> Problem | None:
    try:
        if path.is_symlink():
            return problem(name, 1, Code.SYMLINK, name=name)
        if not path.is_file():
            return problem(name, 1, Code.UNREADABLE, name=name)
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            megabytes = round(size / 1024 / 1024, 1)
            return problem(name, 1, Code.HUGE_FILE, name=name, size=megabytes, limit=MAX_FILE_BYTES // 1024 // 1024)
        with path.open("rb"):
            return None
    except OSError:
        return problem(name, 1, Code.UNREADABLE, name=name)
