"""A document as the JSON that its template reads: data only, never Typst source."""

import dataclasses
import json
from datetime import date

from saem.lib.credentials.certificates.documents import Document
from saem.lib.credentials.certificates.glyphs import Coverage
from saem.lib.credentials.certificates.parts import Proof
from saem.lib.credentials.certificates.pictures import Picture
from saem.lib.credentials.certificates.qrcodes import qr_svg

# Where a line break of the author's is kept; elsewhere it is a space.
_PARAGRAPHS = frozenset({"statement", "summary", "introduction", "text"})


def as_json(document: Document, coverage: Coverage) -> str:
    """What `kit.typ` finds as `data`; `families` are the fonts that a template may fall back to."""
    data = _plain(document, coverage)
    return json.dumps({**data, "families": sorted(coverage.families)}, ensure_ascii=False)


def texts(value: object) -> list[str]:
    """Every text of a document that is set in type."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts(item)]
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in texts(getattr(value, field.name))]
    return []


def _plain(value: object, coverage: Coverage) -> dict[str, object]:
    plain = {
        field.name: _value(field.name, getattr(value, field.name), coverage)
        for field in dataclasses.fields(value)  # type: ignore[arg-type]  # only dataclasses come here
    }
    return {**plain, "qr": qr_svg(value.address)} if isinstance(value, Proof) else plain


def _value(name: str, value: object, coverage: Coverage) -> object:
    match value:
        case str():
            text = coverage.fitted(value).strip()
            return text if name in _PARAGRAPHS else text.replace("\n", " ")
        case date():
            return value.isoformat()
        case tuple():
            return [_value(name, item, coverage) for item in value]
        case Picture():
            return {"svg": value.svg(), "alt": coverage.fitted(value.alt)}
        case _ if dataclasses.is_dataclass(value):
            return _plain(value, coverage)
        case _:
            return value
