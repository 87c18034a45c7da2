"""One item with one seed: its values, and what is made of texts, numbers and orders with them."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from saem.lib.content.items.draws import Draws
from saem.lib.content.items.expressions import evaluate
from saem.lib.content.items.filling import fill
from saem.lib.content.items.model import Prose
from saem.lib.content.items.parameters import MOST_TRIES, number_of, values_of
from saem.lib.content.model import Item
from saem.lib.content.schema import Text

Thing = TypeVar("Thing")
KEYS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Posed:
    item: Item
    seed: int
    tries: int = MOST_TRIES

    @cached_property
    def values(self) -> Mapping[str, Any]:
        return values_of(self.item.asked, self.seed, tries=self.tries)

    def prose(self, text: Text) -> Prose:
        return Prose(fill(text.ko, self.values, "ko"), fill(text.en, self.values, "en"), self.item.to_html)

    def words(self, text: str) -> str:
        """One text for both languages, filled."""
        return fill(text, self.values, "ko")

    def number(self, written: object) -> float:
        return number_of(written, self.values)

    def holds(self, written: bool | str) -> bool:
        return bool(evaluate(written, self.values)) if isinstance(written, str) else written

    def keyed(self, things: Sequence[Thing], name: str = "order", *, shuffle: bool = True) -> dict[str, Thing]:
        """The things in the order of this seed, by the keys that the form sends."""
        ordered = Draws(self.item.id, self.seed, name).shuffled(things) if shuffle else things
        return {KEYS[place]: thing for place, thing in enumerate(ordered)}
