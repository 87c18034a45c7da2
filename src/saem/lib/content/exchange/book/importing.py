"""A book, a page or a notebook as lessons of ours to start from."""

import posixpath
import re
from collections.abc import Iterator, Mapping

from saem.lib.content.documents import Document, read_document
from saem.lib.content.errors import NotebookError
from saem.lib.content.exchange.book.lessons import Reading
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.drafts import draft_lesson
from saem.lib.content.exchange.identifiers import free_id
from saem.lib.content.exchange.model import Carried
from saem.lib.content.exchange.pictures import Pictures
from saem.lib.content.notebooks import read_notebook
from saem.lib.content.problems import Problem, in_order, problem

PAGES = (".md", ".ipynb")
TABLES = ("myst.yml", "_toc.yml")


def import_book(files: Mapping[str, bytes]) -> Carried:
    """A folder `lessons/<id>` for each page: its text in the language that it has, and what `lesson.yaml` can say.

    `files` are those of a book by name, or one page alone. What is missing is told of; `saem check` asks for it.
    """
    names, problems = _in_order(files)
    written: dict[str, bytes] = {}
    taken: set[str] = set()
    for name in names:
        stem = posixpath.splitext(posixpath.basename(name))[0]
        # In books of ours every page has the name of its kind, and its folder is what it is called.
        told = posixpath.basename(posixpath.dirname(name)) if stem in ("lesson", "index", "brief") else ""
        lesson = free_id(told or stem, fallback="lesson", taken=taken)
        text, more = _text(name, files[name])
        problems += more
        if text is not None:
            made, more = _lesson(name, text, lesson, files)
            written |= made
            problems += more
    if not names:
        problems.append(problem("", 1, Code.NO_PAGES))
    return Carried(written, in_order(problems))


def _in_order(files: Mapping[str, bytes]) -> tuple[list[str], list[Problem]]:
    """As the book's table of contents has them, or by name where there is none."""
    pages = [name for name in files if name.lower().endswith(PAGES)]
    table = next((name for name in TABLES if name in files), None)
    if table is None:
        return sorted(pages), []
    document, problems = read_document(table, files[table].decode("utf-8", "replace"))
    named: list[str] = []
    for said, line in _named(document, ()):
        page = next((each for each in (said, *(said + suffix for suffix in PAGES)) if each in pages), None)
        if page is None:
            problems.append(problem(table, line, Code.NOT_IN_PACKAGE, name=said))
        elif page not in named:
            named.append(page)
    return named or sorted(pages), problems


def _named(document: Document, path: tuple[str | int, ...]) -> Iterator[tuple[str, int]]:
    """Every `file:` (and `root:`) of either kind of table of contents, with its line."""
    found = document.get(*path)
    if isinstance(found, dict):
        for key, value in found.items():
            if key in ("file", "root") and isinstance(value, str):
                yield posixpath.normpath(value), document.line(*path, key)
            else:
                yield from _named(document, (*path, key))
    elif isinstance(found, list):
        for at in range(len(found)):
            yield from _named(document, (*path, at))


def _text(name: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """A page's MyST; of a notebook, its cells written as MyST."""
    if name.lower().endswith(".ipynb"):
        try:
            return _myst(data), []
        except NotebookError as error:
            return None, [problem(name, 1, error.code, **error.params)]
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n"), []
    except UnicodeDecodeError:
        return None, [problem(name, 1, Code.NOT_TEXT, name=name)]


def _myst(data: bytes) -> str:
    parts = []
    for cell in read_notebook(data):
        if cell.is_code and cell.source.strip():
            fence = "`" * max([3, *(len(each) + 1 for each in re.findall(r"`{3,}", cell.source))])
            parts.append(f"{fence}{{code-cell}} python\n{cell.source.strip(chr(10))}\n{fence}")
        elif cell.kind == "markdown":
            parts.append(cell.source.strip("\n"))
    return "\n\n".join(parts) + "\n"


def _lesson(name: str, text: str, lesson: str, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    pictures = Pictures(files, into=f"lessons/{lesson}/")
    reading = Reading(name, pictures)
    page = reading.page(text)
    made, problems = draft_lesson(name, lesson, reading.title, page)
    return made | dict(pictures.copies()), [*problems, *reading.problems, *pictures.problems]
