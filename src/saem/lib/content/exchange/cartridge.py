"""IMS Common Cartridge: question banks as items, web pages as lessons to start from."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from saem.lib.content.archive import unzipped
from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.drafts import draft_lesson
from saem.lib.content.exchange.html import read_html
from saem.lib.content.exchange.identifiers import free_id
from saem.lib.content.exchange.model import Carried
from saem.lib.content.exchange.pictures import Pictures
from saem.lib.content.exchange.prose import Prose
from saem.lib.content.exchange.qti.importing import items_from
from saem.lib.content.exchange.qti.names import MANIFEST, modern
from saem.lib.content.exchange.xml import Element, read_xml
from saem.lib.content.problems import Problem, in_order, problem, warning

_PAGES = (".html", ".htm", ".xhtml")
# What a cartridge may hold beside them: links, discussions and tools of a platform, and files that pages show.
_SILENT = ("webcontent", "associatedcontent")


def import_cartridge(file: str, data: bytes) -> Carried:
    """Items and lessons of a `.imscc` or `.zip`. Raises ArchiveError for an unsafe one."""
    files = unzipped(data)
    if MANIFEST not in files:
        return Carried({}, (problem(file, 1, Code.NO_MANIFEST),))
    root, problems = read_xml(MANIFEST, files[MANIFEST])
    if root is None:
        return Carried({}, tuple(problems))
    items = items_from(file, files, required=False)
    written, more = _lessons(modern(root), files)
    problems += [*items.problems, *more, *_others(modern(root))]
    return Carried({**items.files, **written}, in_order(problems))


def _lessons(manifest: Element, files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    written: dict[str, bytes] = {}
    problems: list[Problem] = []
    taken: set[str] = set()
    for resource in manifest.all("resource"):
        name = posixpath.normpath(unquote(resource.get("href")))
        if not name.lower().endswith(_PAGES):
            continue
        if name not in files:
            problems.append(problem(MANIFEST, resource.line, Code.NOT_IN_PACKAGE, name=resource.get("href")))
            continue
        lesson = free_id(posixpath.splitext(posixpath.basename(name))[0], fallback="lesson", taken=taken)
        made, more = _page(name, files, lesson)
        written |= made
        problems += more
    return written, problems


def _page(name: str, files: Mapping[str, bytes], lesson: str) -> tuple[dict[str, bytes], list[Problem]]:
    try:
        text = files[name].decode("utf-8-sig")
    except UnicodeDecodeError:
        return {}, [problem(name, 1, Code.NOT_TEXT, name=name)]
    root = read_html(text)
    pictures = Pictures(files, into=f"lessons/{lesson}/")
    prose = Prose(name, lambda href, element: pictures.take(name, element.line, href))
    title = root.first("title")
    page = prose.markdown(*root.children) + "\n"
    made, problems = draft_lesson(name, lesson, title.text if title is not None else "", page)
    return made | dict(pictures.copies()), [*problems, *prose.problems, *pictures.problems]


def _others(manifest: Element) -> Iterator[Problem]:
    """Resources of a sort that a program does not have."""
    for resource in manifest.all("resource"):
        sort = resource.get("type")
        if not sort.startswith(("imsqti", *_SILENT)):
            yield warning(MANIFEST, resource.line, Code.RESOURCE, name=sort or "–")
