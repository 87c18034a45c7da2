"""A QTI package, or one item, as items of ours to start from."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from saem.lib.content.archive import unzipped
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry, items_yaml
from saem.lib.content.exchange.identifiers import own_id
from saem.lib.content.exchange.model import Carried
from saem.lib.content.exchange.pictures import Pictures
from saem.lib.content.exchange.qti import metadata
from saem.lib.content.exchange.qti.package import items_of
from saem.lib.content.exchange.qti.reading import OneLanguage, read_item
from saem.lib.content.exchange.xml import Element
from saem.lib.content.problems import Problem, in_order, problem, warning
from saem.lib.content.schema import LANGUAGES

_ZIP = b"PK"
_ORDER = ("id", "kind", "skills", "difficulty", "minutes", "use", "tags", "prompt", "hints", "explanation")


class _DifferError(Exception):
    """Two files say that they are one item in two languages, and are not."""


def import_items(file: str, data: bytes) -> Carried:
    """`items/<name of the file>.yaml` and the pictures that the items show. Raises ArchiveError for an unsafe zip.

    What our format asks for and the file does not have is left out and told of: `saem check` will ask for it.
    """
    return items_from(file, unzipped(data) if data.startswith(_ZIP) else {file: data})


def items_from(file: str, files: Mapping[str, bytes], *, required: bool = True) -> Carried:
    """The same of files that are unpacked already; `required`: having no items is a problem."""
    found, problems = items_of(files)
    if required and not found and not problems:
        problems = [problem(file, 1, Code.NO_ITEMS)]
    pictures = Pictures(files)
    items: dict[str, dict[str, OneLanguage]] = {}
    for each in found:
        item, more = read_item(each.file, each.root, partial(_address, pictures, each.file))
        problems += more
        if item is not None:
            item.entry.update(metadata.read(each.resource))
            items.setdefault(item.id, {}).setdefault(item.language, item)
    entries = []
    for name, languages in items.items():
        entry, more = _joined(name, languages)
        entries.append(entry)
        problems += more
    written = {f"items/{own_id(file.rpartition('.')[0], fallback='imported')}.yaml": items_yaml(entries).encode()}
    return Carried((written if entries else {}) | dict(pictures.copies()), in_order([*problems, *pictures.problems]))


def _address(pictures: Pictures, file: str, href: str, element: Element) -> str:
    """As the text of an item says it, which stands in a folder beside `images`."""
    path = pictures.take(file, element.line, href)
    return f"../{path}" if path else ""


def _joined(name: str, languages: dict[str, OneLanguage]) -> tuple[Entry, list[Problem]]:
    """One item of the files that hold its languages."""
    first, *others = (languages[each] for each in LANGUAGES if each in languages)
    entry: Entry = first.entry
    problems: list[Problem] = []
    for other in others:
        try:
            entry = _merged(entry, other.entry)
        except _DifferError:
            problems.append(warning(other.file, 1, Code.LANGUAGES_DIFFER, item=name, other=first.file))
    problems += _missing(first, entry, [each for each in LANGUAGES if each not in languages])
    kept = {"id": name} | entry
    return {key: kept[key] for key in (*_ORDER, *kept) if key in kept}, problems


def _missing(first: OneLanguage, entry: Entry, languages: list[str]) -> Iterator[Problem]:
    for language in languages:
        yield warning(first.file, 1, Code.NO_TRANSLATION, item=first.id, language=language)
    if "skills" not in entry:
        yield warning(first.file, 1, Code.NO_SKILL, item=first.id)


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, dict) and isinstance(other, dict):
        if set(one) <= set(LANGUAGES) and set(other) <= set(LANGUAGES):
            return {**one, **other}
        if set(one) != set(other):
            raise _DifferError
        return {key: _merged(one[key], other[key]) for key in one}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return [_merged(each, beside) for each, beside in zip(one, other, strict=True)]
    if one != other:
        raise _DifferError
    return one
