"""A content package: a zip of items, pictures and a manifest that names them."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import ITEM_TYPE, MANIFEST, PACKAGE, modern
from saem.lib.content.exchange.qti.writing import HEAD
from saem.lib.content.exchange.xml import Element, read_xml
from saem.lib.content.problems import Problem, problem

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
