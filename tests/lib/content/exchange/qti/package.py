"""Items of a tiny program as a QTI package, and packages that are written by hand."""

import io
import zipfile
from pathlib import Path
from typing import Any

from saem.lib.content import Program, load
from saem.lib.content.archive import zipped
from saem.lib.content.documents import read_document
from saem.lib.content.exchange import Carried, export_items, import_items
from tests.lib.content.folders import write_program
from tests.lib.content.items.authored import FILE

ITEM = """\
<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="rows" title="Rows"
  adaptive="false" time-dependent="false" xml:lang="en">
  {declarations}
  <qti-item-body>{body}</qti-item-body>
  <qti-response-processing>{processing}</qti-response-processing>
  {after}
</qti-assessment-item>
"""
CHOICE = """\
<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
  <qti-correct-response><qti-value>A</qti-value></qti-correct-response>
</qti-response-declaration>"""
OPTIONS = """\
<qti-choice-interaction response-identifier="RESPONSE" shuffle="true" max-choices="1">
  <qti-prompt>What is one row?</qti-prompt>
  <qti-simple-choice identifier="A">A day</qti-simple-choice>
  <qti-simple-choice identifier="B">A month</qti-simple-choice>
</qti-choice-interaction>"""


def item(body: str = OPTIONS, *, declarations: str = CHOICE, processing: str = "", after: str = "") -> bytes:
    return ITEM.format(declarations=declarations, body=body, processing=processing, after=after).encode()


def program_of(folder: Path, text: str, **files: str | bytes) -> Program:
    loaded = load(write_program(folder, **{FILE: text}, **files))
    assert loaded.program is not None, loaded.problems
    return loaded.program


def exported(folder: Path, text: str, *, variants: int = 1, **files: str | bytes) -> Carried:
    return export_items(program_of(folder, text, **files), folder / "tiny", variants=variants)


def there_and_back(folder: Path, text: str, **files: str | bytes) -> tuple[Program, Program, Carried]:
    """The program as written, the program with its items out of QTI, and what was said on the way back."""
    before = program_of(folder / "before", text, **files)
    out = export_items(before, folder / "before/tiny")
    back = import_items("basics.zip", zipped(out.files.items()))
    after = load(write_program(folder / "after", **files | dict(back.files)))
    assert after.program is not None, after.problems
    return before, after.program, back


def entries(carried: Carried) -> list[dict[str, Any]]:
    """The items of the one file that was written."""
    text = next(data for name, data in carried.files.items() if name.endswith(".yaml")).decode()
    document, problems = read_document("items.yaml", text)
    assert not problems
    return list(document.value)


def imported(data: bytes, name: str = "bank.xml") -> tuple[dict[str, Any], Carried]:
    carried = import_items(name, data)
    return entries(carried)[0], carried


def told(carried: Carried) -> list[str]:
    return [each.code.removeprefix("exchange.") for each in carried.problems]


def package(*files: tuple[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return data.getvalue()
