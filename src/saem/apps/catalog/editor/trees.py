"""A proposal's files, grouped as a person looks for them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from saem.apps.catalog.proposals.files import MAIN, Digests, bytes_of
from saem.lib.content.documents import Document, read_document
from saem.web.languages import language_of

WRITTEN = (".md", ".yaml", ".yml", ".py", ".txt", ".csv")
_STEPS = ("lessons", "projects")


@dataclass(frozen=True)
class File:
    """`short` is the name within its group."""

    name: str
    short: str

    @property
    def is_written(self) -> bool:
        """Whether the editor opens it: a notebook is JSON that nobody should write by hand, a picture no text."""
        return is_written(self.name)


@dataclass(frozen=True)
class Group:
    """A lesson, a project, the items, or the program's own files; `kind` is the folder above, "" for the program."""

    kind: str
    id: str
    title: str
    files: tuple[File, ...]


def is_written(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in WRITTEN


def groups_of(files: Digests, language: str) -> list[Group]:
    """The program first, then lessons and projects in the order of its steps, then items and the rest."""
    sheets = {name for name in files if name == MAIN or name.endswith(("/lesson.yaml", "/project.yaml"))}
    documents = {name: _document(name, data) for name, data in bytes_of(files, sheets).items()}
    order = _order(documents.get(MAIN))
    keyed = sorted(files, key=lambda name: (_rank(name, order), name))
    found = []
    for (kind, part), names in groupby(keyed, key=_home):
        title = _title(documents, kind, part, language)
        found.append(Group(kind, part, title, tuple(_files(kind, part, names))))
    return found


def _files(kind: str, part: str, names: Iterable[str]) -> Iterator[File]:
    prefix = "/".join(each for each in (kind, part) if each)
    for name in names:
        yield File(name, name.removeprefix(f"{prefix}/"))


def _home(name: str) -> tuple[str, str]:
    parts = name.split("/")
    if len(parts) == 1:
        return "", ""
    return (parts[0], parts[1]) if parts[0] in _STEPS and len(parts) > len(_STEPS) else (parts[0], "")


def _order(main: Document | None) -> list[tuple[str, str]]:
    steps = main.items("steps") if main is not None else []
    return [(f"{kind}s", str(name)) for step in steps if isinstance(step, dict) for kind, name in step.items()]


def _rank(name: str, order: list[tuple[str, str]]) -> tuple[int, int, tuple[str, str]]:
    home = _home(name)
    place = order.index(home) if home in order else len(order)
    first = {"": 0, "lessons": 1, "projects": 1, "items": 2}.get(home[0], 3)
    return first, place, home


def _title(documents: dict[str, Document], kind: str, part: str, language: str) -> str:
    name = f"{kind}/{part}/{kind.removesuffix('s')}.yaml" if part else MAIN if not kind else ""
    document = documents.get(name)
    return (document.text("title", language_of(language)) if document is not None else None) or part or kind


def _document(name: str, data: bytes) -> Document:
    return read_document(name, data.decode("utf-8", "replace"))[0]


def skills_of(files: Digests, language: str) -> list[tuple[str, str]]:
    """The skills of the program, by id with the title."""
    main = _document(MAIN, bytes_of(files, [MAIN]).get(MAIN, b""))
    ids = [(at, main.text("skills", at, "id")) for at in range(len(main.items("skills")))]
    named = [(each, main.text("skills", at, "title", language_of(language))) for at, each in ids if each]
    return [(each, title or each) for each, title in named]


def item_names_of(files: Digests) -> set[str]:
    """The ids of all items, in whatever file."""
    lists = {name for name in files if name.startswith("items/") and name.endswith(".yaml")}
    documents = [_document(name, data) for name, data in bytes_of(files, lists).items()]
    ids = (each.text(at, "id") for each in documents for at in range(len(each.items())))
    return {each for each in ids if each}
