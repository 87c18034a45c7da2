"""Expanded JSON-LD as RDF statements (JSON-LD 1.1 API, section 8): the part of JSON-LD that screening lets through."""

import re
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from saem.lib.credentials.errors import UnreadableError

from .canonical import Quad

IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
# Canonical N-Quads (RDF 1.2 N-Quads, section 5) write every other control character by its number.
ESCAPED = str.maketrans({chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | ESCAPES)


def statements(expanded: Sequence[Mapping[str, Any]]) -> list[Quad]:
    """All statements of these nodes.

    Raises UnreadableError: `relative_address` for an id or type that is no address, which JSON-LD would leave out, and
    `bad_json_ld` for values that have no place in a badge.
    """
    writer = _Writer()
    for node in expanded:
        writer.node(node, "")
    return writer.quads


class _Writer:
    def __init__(self) -> None:
        self.quads: list[Quad] = []
        self.numbers = count()

    def node(self, node: Mapping[str, Any], graph: str) -> str:
        """Write what is said of a node in this graph; returns its term."""
        subject = _iri(node["@id"]) if "@id" in node else self._blank()
        for kind in node.get("@type", ()):
            self.quads.append((subject, f"<{RDF}type>", _iri(kind), graph))
        for name, values in node.items():
            if name == "@graph":
                for inner in values:
                    self.node(inner, subject)
            elif not name.startswith("@"):
                self._property(subject, _iri(name), values, graph)
            elif name not in {"@id", "@type"}:
                raise UnreadableError("bad_json_ld", name)
        return subject

    def _property(self, subject: str, predicate: str, values: Sequence[Mapping[str, Any]], graph: str) -> None:
        for value in values:
            self.quads.append((subject, predicate, self._thing(value, graph), graph))

    def _thing(self, value: Mapping[str, Any], graph: str) -> str:
        if "@value" in value:
            return _literal(value)
        if "@list" in value:
            return self._list(value["@list"], graph)
        return self.node(value, graph)

    def _list(self, values: Sequence[Mapping[str, Any]], graph: str) -> str:
        rest = f"<{RDF}nil>"
        for value in reversed(values):
            cell, thing = self._blank(), self._thing(value, graph)
            self.quads += [(cell, f"<{RDF}first>", thing, graph), (cell, f"<{RDF}rest>", rest, graph)]
            rest = cell
        return rest

    def _blank(self) -> str:
        return f"_:n{next(self.numbers)}"


def _iri(address: str) -> str:
    if not IRI.fullmatch(address):
        raise UnreadableError("relative_address", address[:80])
    return f"<{address}>"


def _literal(value: Mapping[str, Any]) -> str:
    content, kind = value["@value"], value.get("@type")
    if not set(value) <= {"@value", "@type"} or kind == "@json":
        raise UnreadableError("bad_json_ld", "literal")
    text, natural = _lexical(content)
    datatype = _iri(kind or natural)
    quoted = f'"{text.translate(ESCAPED)}"'
    return quoted if datatype == f"<{XSD}string>" else f"{quoted}^^{datatype}"


def _lexical(content: str | bool | float) -> tuple[str, str]:
    """How RDF writes a JSON value, and the datatype that it has where nothing else is said (section 8.2.2)."""
    if isinstance(content, str):
        return content, f"{XSD}string"
    if isinstance(content, bool):
        return str(content).lower(), f"{XSD}boolean"
    if isinstance(content, int):
        return str(content), f"{XSD}integer"
    mantissa, exponent = f"{content:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}", f"{XSD}double"
