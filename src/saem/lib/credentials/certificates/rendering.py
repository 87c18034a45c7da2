"""One document in, one PDF out: tagged for screen readers (PDF/UA-1), fit for archives (PDF/A-2a), reproducible."""

import datetime as dt
import threading
from functools import lru_cache
from pathlib import Path

import typst

from saem.lib.credentials.certificates.documents import Document
from saem.lib.credentials.certificates.errors import DocumentError, Fault
from saem.lib.credentials.certificates.glyphs import coverage
from saem.lib.credentials.certificates.payload import as_json, texts

TEMPLATES = Path(__file__).resolve().parent / "templates"
# A compiler serves one thread at a time, and two of them in two threads are no faster than one.
_TURN = threading.Lock()


def render(document: Document, *, fonts: Path) -> bytes:
    """The PDF of a document, set in the OTF and TTF files of the folder `fonts`.

    Raises DocumentError: FONTS where the folder has none, TYPESETTING where Typst refuses what the document holds.
    """
    data = as_json(document, coverage(fonts))
    try:
        with _TURN:
            pdf = _compiler(fonts).compile(
                input=TEMPLATES / document.template,
                format="pdf",
                sys_inputs={"data": data},
                pdf_standards=["a-2a", "ua-1"],
                timestamp=dt.datetime.combine(document.issued, dt.time(), dt.UTC),
            )
    except typst.TypstError as error:
        raise DocumentError(Fault.TYPESETTING, document.template, detail=error.message) from error
    assert isinstance(pdf, bytes)
    return pdf


def missing_signs(document: Document, *, fonts: Path) -> frozenset[str]:
    """The signs of a document that no font has, which `render` shows as □: to be told before anything is printed."""
    return frozenset().union(*(coverage(fonts).missing(text) for text in texts(document)))


@lru_cache(maxsize=4)
def _compiler(fonts: Path) -> typst.Compiler:
    """Kept, because a second document costs a third of the first. It reads nothing outside TEMPLATES and `fonts`."""
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    return typst.Compiler(root=TEMPLATES, font_paths=found, ignore_system_fonts=True)
