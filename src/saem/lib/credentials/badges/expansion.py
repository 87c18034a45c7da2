"""JSON-LD expansion by pyld, without the network and without doing the same work for every badge again."""

from typing import Any

from pyld.context_resolver import ContextResolver
from pyld.jsonld import JsonLdProcessor

from saem.lib.credentials.errors import UnreadableError

from .contexts import context

# Combinations of types that badges meet are a few dozen; a stranger may try more.
MOST_KEPT = 500


class Expander(JsonLdProcessor):  # type: ignore[misc]  # pyld brings no types
    """pyld processes the context of a type anew for every node that has it: more than half of the time of a badge.

    What comes out depends on the arguments alone, and screened documents bring no contexts of their own, so it is kept.
    A term that nothing defines is refused: pyld would leave it out, and it would be unsigned.
    """

    def __init__(self) -> None:
        super().__init__(on_property_dropped=refuse_term)
        self.kept: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def _process_context(self, active_ctx: Any, local_ctx: Any, options: Any, *rest: Any, **more: Any) -> Any:
        if rest or "cycles" in more or "validate_scoped" in more:
            return super()._process_context(active_ctx, local_ctx, options, *rest, **more)
        key = (id(active_ctx), _name(local_ctx), *sorted(more.items()))
        if key not in self.kept:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            processed = super()._process_context(active_ctx, local_ctx, options, **more)
            # The contexts are kept, too: their names are where they lie, and nothing else may come to lie there.
            self.kept[key] = (processed, active_ctx, local_ctx)
        return self.kept[key][0]


def refuse_term(term: str | None) -> None:
    raise UnreadableError("undefined_term", str(term)[:80])


def _name(local: Any) -> object:
    if isinstance(local, list):
        return tuple(map(_name, local))
    return local if isinstance(local, str) else id(local)


def _load(url: str, _options: object = None) -> dict[str, Any]:
    """What pyld calls a document loader: it knows our contexts and no network."""
    kept = {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "tag": "static"}
    return {**kept, "document": context(url)}


EXPANDER = Expander()
# Without a base: pyld would make up an address for what is none.
OPTIONS = {"documentLoader": _load, "contextResolver": ContextResolver({}, _load), "base": None}
