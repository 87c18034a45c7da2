"""Every kind of item. A new kind is one file in `kinds` and one line here, with its test."""

from collections.abc import Mapping

from saem.lib.content.items.kinds import choice, number, text
from saem.lib.content.items.kinds.kind import Kind

KINDS: Mapping[str, Kind] = {
    "choice": choice.KIND,
    "number": number.KIND,
    "text": text.KIND,
}
