"""Every kind of item. A new kind is one file in `kinds` and one line here, with its test."""

from collections.abc import Mapping

from saem.lib.content.items.kinds import chart, choice, choices, code, matching, number, ordering, text
from saem.lib.content.items.kinds.kind import Kind

KINDS: Mapping[str, Kind] = {
    "chart": chart.KIND,
    "choice": choice.KIND,
    "choices": choices.KIND,
    "code": code.KIND,
    "matching": matching.KIND,
    "number": number.KIND,
    "ordering": ordering.KIND,
    "text": text.KIND,
}
