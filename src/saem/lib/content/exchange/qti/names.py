"""Names of QTI: the versions' spellings of one element, identifiers, and which language a file is in."""

import re

from saem.lib.content.exchange.markup import MATHML
from saem.lib.content.exchange.xml import Element
from saem.lib.content.schema import LANGUAGES

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
ITEM_TYPE = "imsqti_item_xmlv3p0"
MANIFEST = "imsmanifest.xml"
RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_HANGUL = re.compile(r"[가-힣]")


def modern(root: Element) -> Element:
    """`choiceInteraction` of QTI 2 and `qti-choice-interaction` of QTI 3 both as `choice-interaction`."""
    if root.namespace == MATHML:
        return root
    return Element(
        name=_CAMEL.sub("-", root.name.removeprefix("qti-")).lower(),
        namespace=root.namespace,
        attributes={_modern_attribute(key): value for key, value in root.attributes.items()},
        children=tuple(modern(each) if isinstance(each, Element) else each for each in root.children),
        line=root.line,
    )


def _modern_attribute(key: str) -> str:
    return key if key.startswith("{") else _CAMEL.sub("-", key).lower()


def identifier(name: str) -> str:
    """An id of ours as an identifier of QTI, which does not begin with a digit."""
    return f"_{name}" if name[:1].isdigit() else name


def own_id(found: str, *, fallback: str) -> str:
    """An identifier of anybody's as an id of ours."""
    plain = re.sub(r"[^a-z0-9_]+", "-", found.lower())
    return re.sub(r"[-_]{2,}", "-", plain).strip("-_")[:50].rstrip("-_") or fallback


def free_id(found: str, *, fallback: str, taken: set[str]) -> str:
    name = base = own_id(found, fallback=fallback)
    count = 1
    while name in taken:
        count += 1
        name = f"{base[:46]}-{count}"
    taken.add(name)
    return name


def spoken(declared: str, text: str) -> tuple[str, bool]:
    """The language of ours for `xml:lang`, and whether it is really that one; undeclared, the letters decide."""
    short = declared.lower().partition("-")[0]
    if short in LANGUAGES:
        return short, True
    return ("ko" if _HANGUL.search(text) else "en"), not short
