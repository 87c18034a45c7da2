"""Names of QTI: namespaces, the versions' spellings of one element, identifiers."""

import re

from saem.lib.content.exchange.markup import MATHML
from saem.lib.content.exchange.xml import Element

ITEM = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
PACKAGE = "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
ITEM_TYPE = "imsqti_item_xmlv3p0"
MANIFEST = "imsmanifest.xml"
RESPONSE, SCORE, FEEDBACK = "RESPONSE", "SCORE", "FEEDBACK"
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def modern(root: Element) -> Element:
    """`choiceInteraction` of QTI 2 and `qti-choice-interaction` of QTI 3 both as `choice-interaction`."""
    if root.namespace == MATHML:
        return root
    return Element(
        name=_CAMEL.sub("-", root.name.removeprefix("qti-")).lower().replace("_", "-"),
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
