"""The items of a program as a QTI package."""

import re
from collections.abc import Iterator
from pathlib import Path

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.model import Carried
from saem.lib.content.exchange.qti import metadata
from saem.lib.content.exchange.qti.names import MANIFEST, identifier
from saem.lib.content.exchange.qti.package import Resource, manifest_xml
from saem.lib.content.exchange.qti.registry import WRITERS
from saem.lib.content.exchange.qti.sheets import Sheet
from saem.lib.content.exchange.qti.writing import item_xml
from saem.lib.content.items.kinds.chart import ChartFile
from saem.lib.content.items.kinds.number import NumberPart
from saem.lib.content.items.kinds.ordering import OrderingFile
from saem.lib.content.items.posing import Posed
from saem.lib.content.markdown import Place
from saem.lib.content.model import Item, Program
from saem.lib.content.problems import Problem, in_order, warning
from saem.lib.content.schema import LANGUAGES, VaryingFile

FOLDER = "items"
_PICTURE = re.compile(r'(?:src|href)="\.\./([^"]+)"')


def export_items(program: Program, folder: Path, *, variants: int = 1) -> Carried:
    """A file for each item and language; of an item that varies, one for each of the first `variants` seeds.

    `folder` is where the program was loaded from. The files make a package: `lib.content.zipped` packs them.
    """
    files: dict[str, bytes] = {}
    resources: list[Resource] = []
    problems: list[Problem] = []
    for item in program.items.values():
        problems += _losses(item, program, variants)
        for seed, language in _files_of(item, variants):
            name = identifier(f"{item.id}-v{seed + 1}" if _varies(item) else item.id)
            href = f"{FOLDER}/{name}.{language}.xml"
            place = Place(file=item.file, language=language, files=program.assets)
            written = item_xml(Sheet(Posed(item, seed), language, place), f"{name}.{language}")
            pictures = tuple(dict.fromkeys(_PICTURE.findall(written)))
            resources.append(Resource(f"{name}.{language}", href, pictures, metadata.written(item.asked)))
            files[href] = written.encode()
            files |= {each: (folder / each).read_bytes() for each in pictures}
    files[MANIFEST] = manifest_xml(identifier(program.id), resources).encode()
    return Carried(dict(sorted(files.items())), in_order(problems))


def _varies(item: Item) -> bool:
    return isinstance(item.asked, VaryingFile) and bool(item.asked.parameters)


def _files_of(item: Item, variants: int) -> Iterator[tuple[int, str]]:
    if item.kind in WRITERS:
        yield from ((seed, language) for seed in range(variants if _varies(item) else 1) for language in LANGUAGES)


def _losses(item: Item, program: Program, variants: int) -> Iterator[Problem]:
    asked = item.asked

    def lost(code: Code, *path: str, **params: object) -> Problem:
        line = program.line_of_key(item.file, item.place, *path)
        return warning(item.file, line, code, **{"item": item.id, **params})

    if item.kind not in WRITERS:
        yield lost(Code.ITEM_RUNS, "kind")
        return
    if _varies(item):
        yield lost(Code.VARIANTS_DRAWN, "parameters", count=variants)
    if item.kind == "chart":
        yield lost(Code.CHART_AS_TABLE, "chart")
    inner = asked.number if isinstance(asked, ChartFile) else None
    part = inner or asked
    if isinstance(part, NumberPart) and (part.units or part.unit_required):
        yield lost(Code.UNITS_LOST, *(["number"] if inner is not None else []), "units")
    if isinstance(asked, OrderingFile) and asked.indentation:
        yield lost(Code.INDENT_GIVEN, "indentation")
