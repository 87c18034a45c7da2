"""A content package: a zip of items, pictures and a manifest that names them."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.first import ROOT, items_of_first
from saem.lib.content.exchange.qti.names import ITEM_TYPE, MANIFEST, PACKAGE, modern
from saem.lib.content.exchange.qti.writing import HEAD
from saem.lib.content.exchange.xml import Element, read_xml
from saem.lib.content.problems import Problem, problem

_ITEM_ROOT = "assessment-item"
# Those of QTI 2 and 3, and the question banks and assessments of Common Cartridge.
_ITEM_TYPES = ("imsqti_item_", "imsqti_xmlv1")


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
    return HEAD + tag(
        "manifest", about, tag("organizations"), tag("resources", *written), xmlns=PACKAGE, identifier=name
    )


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
        if not resource.get("type").startswith(_ITEM_TYPES):
            continue
        href = posixpath.normpath(unquote(_href(resource)))
        if href not in files:
            problems.append(problem(MANIFEST, resource.line, Code.NOT_IN_PACKAGE, name=_href(resource)))
            continue
        more, told = _items_in(href, files[href], resource)
        found += more
        problems += told
    return found, problems


def _href(resource: Element) -> str:
    """Cartridges leave it to the file that the resource lists."""
    listed = resource.first("file")
    return resource.get("href") or (listed.get("href") if listed is not None else "")


def _items_in(file: str, data: bytes, resource: Element | None = None) -> tuple[list[Found], list[Problem]]:
    """The item that a file is, or the items that it holds."""
    root, problems = read_xml(file, data)
    now = modern(root) if root is not None else None
    if now is None or now.name not in (_ITEM_ROOT, ROOT):
        return [], problems
    items = items_of_first(now) if now.name == ROOT else [now]
    return [Found(file, each, resource) for each in items], problems


def _loose_items(files: Mapping[str, bytes]) -> tuple[list[Found], list[Problem]]:
    found: list[Found] = []
    problems: list[Problem] = []
    for name, data in files.items():
        if name.lower().endswith(".xml"):
            more, told = _items_in(name, data)
            found += more
            problems += told
    return found, problems
