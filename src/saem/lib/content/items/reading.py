"""Reads `items/*.yaml`, each a list of items."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from saem.lib.content.codes import Code
from saem.lib.content.competencies import tag_problems
from saem.lib.content.context import Context, unknown
from saem.lib.content.documents import Document, Path
from saem.lib.content.errors import ContentError
from saem.lib.content.items.filling import fill, unfilled
from saem.lib.content.items.parameters import values_of
from saem.lib.content.items.registry import KINDS
from saem.lib.content.items.sound import expression_problems, parameters_of
from saem.lib.content.markdown import Place, read_brief
from saem.lib.content.model import Item
from saem.lib.content.problems import Problem, near, problem
from saem.lib.content.schema import LANGUAGES, ItemFile, VaryingFile
from saem.lib.content.validation import validate

FOLDER = "items"
SUFFIX = ".yaml"
# Below these keys stand words for charts, forms and values, which are shown as they are.
_PLAIN = ("chart", "unit", "parameters", "checks")
# Where one text stands for both languages, the key above it has the Markdown.
_MARKDOWN = (*LANGUAGES, "text", "feedback")


def read_items(context: Context) -> tuple[dict[str, Item], dict[str, Document], list[Problem]]:
    """The items by id, and the documents they stand in; an item that is wrong is left out and told of."""
    items: dict[str, Item] = {}
    documents: dict[str, Document] = {}
    problems: list[Problem] = []
    first: dict[str, str] = {}
    for file in context.files.under(FOLDER):
        if not file.endswith(SUFFIX):
            continue
        document, found = context.document(file)
        problems += found
        if document is None or (document.value is None and found):
            continue
        documents[file] = document
        if not isinstance(document.value, list):
            problems.append(problem(file, 1, Code.ITEMS_NOT_LIST, name=file))
        for at in range(len(document.items())):
            problems += _repeated(document, at, first)
            item, found = _read_item(document, at, context)
            problems += found
            items |= {item.id: item} if item is not None else {}
    return items, documents, problems


def _repeated(document: Document, at: int, first: dict[str, str]) -> Iterator[Problem]:
    """An id is one item's in all files: the records of learners hang on it."""
    name, line = document.text(at, "id"), document.line(at, "id")
    if name is None:
        return
    if name in first:
        yield problem(document.file, line, Code.ITEM_TWICE, id=name, first=first[name])
    first.setdefault(name, f"{document.file}:{line}")


def _read_item(document: Document, at: int, context: Context) -> tuple[Item | None, list[Problem]]:
    name = document.text(at, "kind")
    kind = KINDS.get(name or "")
    if name is None or kind is None:
        return None, list(_kind_problems(document, at, name))
    asked, problems = validate(kind.model, document, under=(at,))
    problems += _name_problems(document, at, context)
    found = [*_parameter_problems(document, at), *kind.problems(document, (at,))]
    problems += found
    places = {language: context.place(document.file, language) for language in LANGUAGES}
    problems += _text_problems(document, at, asked, places, sound=not found)
    if asked is None:
        return None, problems
    return Item(asked=asked, file=document.file, place=at, to_html=partial(_to_html, places)), problems


def _to_html(places: Mapping[str, Place], text: str, language: str) -> str:
    return read_brief(text, places[language]).html


def _kind_problems(document: Document, at: int, name: str | None) -> Iterator[Problem]:
    if name is None:
        code = Code.MISSING_KEY if isinstance(document.get(at), dict) else Code.NOT_MAPPING
        yield problem(document.file, document.line(at), code, key="kind" if code is Code.MISSING_KEY else str(at + 1))
    else:
        yield problem(document.file, document.line(at, "kind"), Code.UNKNOWN_ITEM_KIND, name=name, **near(name, KINDS))


def _name_problems(document: Document, at: int, context: Context) -> Iterator[Problem]:
    yield from unknown(document, document.texts(at, "skills"), context.skills, Code.UNKNOWN_SKILL)
    yield from tag_problems(document, at)
    found: list[tuple[Path, str]] = [
        ((at, "data", name), source) for name, source in document.mapping(at, "data").items() if isinstance(source, str)
    ]
    yield from unknown(document, found, context.sources, Code.UNKNOWN_SOURCE)


def _parameter_problems(document: Document, at: int) -> Iterator[Problem]:
    for name in document.mapping(at, "parameters"):
        here: Path = (at, "parameters", name)
        yield from expression_problems(document, here, (at,), until=name)
        if isinstance(document.get(*here), dict):
            for end in ("low", "high"):
                yield from expression_problems(document, (*here, end), (at,), until=name)
            yield from _drawn_problems(document, here)
    for place in range(len(document.items(at, "where"))):
        yield from expression_problems(document, (at, "where", place), (at,))


def _drawn_problems(document: Document, path: Path) -> Iterator[Problem]:
    keys = set(document.mapping(*path))
    if ("one_of" in keys) == bool({"low", "high"} & keys) or len({"low", "high"} & keys) == 1:
        yield problem(document.file, document.line(*path), Code.DRAWN_SHAPE, name=str(path[-1]))


def _text_problems(
    document: Document, at: int, asked: ItemFile | None, places: Mapping[str, Place], *, sound: bool
) -> Iterator[Problem]:
    """What is wrong with the Markdown of every text, read with the values of one variant in it."""
    varies = isinstance(asked, VaryingFile)
    values = _some_values(asked) if asked is not None and sound else {}
    for path, text in _texts(document, (at,)):
        if varies:
            yield from _unfilled(document, path, text)
        if path[-1] in _MARKDOWN and not any(key in _PLAIN for key in path):
            language = str(path[-1]) if path[-1] in LANGUAGES else LANGUAGES[0]
            for found in read_brief(fill(text, values, language), places[language]).problems:
                yield replace(found, line=document.body_line(*path) + found.line - 1)


def _unfilled(document: Document, path: Path, text: str) -> Iterator[Problem]:
    known = tuple(parameters_of(document, path))
    for name, line in unfilled(text, known):
        there = document.body_line(*path) + line - 1
        yield problem(document.file, there, Code.UNKNOWN_PARAMETER, **{"name": name, **near(name, known)})


def _some_values(asked: ItemFile) -> Mapping[str, object]:
    """Those of the first variant; that there is none is for the rehearsal to say."""
    try:
        return values_of(asked, 0)
    except ContentError:
        return {}


def _texts(document: Document, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text below a path, wherever it stands."""
    found = document.get(*path)
    if isinstance(found, str):
        yield path, found
    for part in found if isinstance(found, dict) else range(len(document.items(*path))):
        yield from _texts(document, (*path, part))
