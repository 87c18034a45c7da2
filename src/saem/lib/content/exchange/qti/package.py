"""A content package: a zip of items, pictures and a manifest that names them."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import ITEM_TYPE, MANIFEST, PACKAGE, free_id, modern
from saem.lib.content.exchange.qti.writing import HEAD
from saem.lib.content.exchange.xml import Element, read_xml
from saem.lib.content.problems import Problem, problem, warning

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg")
_ITEM_ROOT = "assessment-item"


@dataclass(frozen=True)
class Resource:
    """A file of the package: what it refers to, and what the manifest says of it, as XML."""

    name: str
    href: str
    files: tuple[str, ...] = ()
    metadata: str = ""


def manifest_xml(name: str, resources: list[Resource]) -> str:
    about = tag("metadata", tag("schema", "QTI Package"), tag("schemaversion", "3.0.0"))
    written = (
        tag(
            "resource",
            each.metadata,
            *(tag("file", href=href) for href in (each.href, *each.files)),
            identifier=each.name, type=ITEM_TYPE, href=each.href,
        )
        for each in resources
    )  # fmt: skip
    return HEAD + tag("manifest", about, tag("organizations"), tag("resources", *written), xmlns=PACKAGE, identifier=name)


@dataclass(frozen=True)
class Found:
    """An item of the package, and what the manifest says of it."""

    file: str
    root: Element
    resource: Element | None = None


def items_of(files: Mapping[str, bytes]) -> tuple[list[Found], list[Problem]]:
    """The items that the manifest names; without a manifest, every file that is one."""
    if MANIFEST not in files:
        return _loose_items(files)
    root, problems = read_xml(MANIFEST, files[MANIFEST])
    found: list[Found] = []
    for resource in modern(root).all("resource") if root is not None else ():
        if not resource.get("type").startswith("imsqti_item_"):
            continue
        href = posixpath.normpath(unquote(resource.get("href")))
        if href not in files:
            problems.append(problem(MANIFEST, resource.line, Code.NOT_IN_PACKAGE, name=resource.get("href")))
            continue
        item, more = read_xml(href, files[href])
        problems += more
        found += [Found(href, modern(item), resource)] if item is not None else []
    return found, problems


def _loose_items(files: Mapping[str, bytes]) -> tuple[list[Found], list[Problem]]:
    found, problems = [], []
    for name, data in files.items():
        if name.lower().endswith(".xml"):
            root, more = read_xml(name, data)
            problems += more
            if root is not None and modern(root).name == _ITEM_ROOT:
                found.append(Found(name, modern(root)))
    return found, problems


@dataclass
class Pictures:
    """Pictures of the package that come along, each once; `taken` gives their paths in our program."""

    files: Mapping[str, bytes]
    taken: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    _names: set[str] = field(default_factory=set)

    def find(self, file: str, href: str, element: Element) -> str:
        """The address for an item's text, "" where the picture does not come along."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(file), unquote(href)))
        suffix = posixpath.splitext(path)[1].lower()
        if path not in self.files or suffix not in PICTURES:
            self.problems.append(warning(file, element.line, Code.PICTURE, name=href[:80]))
            return ""
        if path not in self.taken:
            stem = posixpath.splitext(posixpath.basename(path))[0]
            self.taken[path] = f"images/{free_id(stem, fallback='picture', taken=self._names)}{suffix}"
        return f"../{self.taken[path]}"

    def copies(self) -> Iterator[tuple[str, bytes]]:
        yield from ((name, self.files[path]) for path, name in self.taken.items())
