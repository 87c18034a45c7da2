"""Which kind of item is which interaction. A kind that QTI cannot hold has no line among the first."""

from collections.abc import Mapping

from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.qti.kinds import chart, choice, matching, number, ordering, text
from saem.lib.content.exchange.qti.sheets import Write
from saem.lib.content.exchange.qti.sources import Read, Source

WRITERS: Mapping[str, Write] = {
    "chart": chart.write,
    "choice": choice.write_one,
    "choices": choice.write_several,
    "matching": matching.write,
    "number": number.write,
    "ordering": ordering.write,
    "text": text.write,
}
_NUMBERS = ("float", "integer")


def _read_entry(source: Source) -> Entry | None:
    return number.read(source) if source.declaration.get("base-type") in _NUMBERS else text.read(source)


READERS: Mapping[str, Read] = {
    "choice-interaction": choice.read,
    "inline-choice-interaction": choice.read,
    "match-interaction": matching.read,
    "order-interaction": ordering.read,
    "text-entry-interaction": _read_entry,
}
