"""What is at hand when an item is written as QTI: one variant in one language."""

from collections.abc import Callable
from dataclasses import dataclass

from saem.lib.content.exchange.markup import line, markup, tag, words
from saem.lib.content.exchange.qti.names import RESPONSE, SCORE
from saem.lib.content.items.posing import Posed
from saem.lib.content.markdown import Place
from saem.lib.content.schema import Text

# Items lie in a folder of the package, and pictures in another beside it.
ROOT = "../"


@dataclass(frozen=True)
class Sheet:
    posed: Posed
    language: str
    place: Place

    def block(self, text: Text) -> str:
        return markup(self.posed.prose(text).in_(self.language), self.place, root=ROOT)

    def line(self, text: Text) -> str:
        return line(self.posed.prose(text).in_(self.language), self.place, root=ROOT)


@dataclass(frozen=True)
class Remark:
    """What is shown where `condition` (XML) holds; `name` is its identifier."""

    name: str
    condition: str
    text: Text


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a kind has to say in QTI, as XML: `score` sets SCORE, `above` stands between prompt and answer."""

    declaration: str
    interaction: str
    score: str
    remarks: tuple[Remark, ...] = ()
    above: str = ""


Write = Callable[[Sheet], Asked]


def variable(name: str = RESPONSE) -> str:
    return tag("qti-variable", identifier=name)


def value(base_type: str, text: object) -> str:
    return tag("qti-base-value", words(str(text)), base_type=base_type)


def number(found: float) -> str:
    return f"{found:.12g}"


def declared(cardinality: str, base_type: str, right: list[str], *more: str) -> str:
    correct = tag("qti-correct-response", *(tag("qti-value", words(each)) for each in right))
    return tag(
        "qti-response-declaration", correct, *more, identifier=RESPONSE, cardinality=cardinality, base_type=base_type
    )


def mapped(entries: dict[str, float], *, default: float = 0, **of_each: str) -> str:
    """Points by answer, at least 0 and at most 1 altogether."""
    written = (
        tag("qti-map-entry", map_key=key, mapped_value=number(points), **of_each) for key, points in entries.items()
    )
    return tag("qti-mapping", *written, lower_bound=0, upper_bound=1, default_value=number(default))


MAPPED = tag("qti-set-outcome-value", tag("qti-map-response", identifier=RESPONSE), identifier=SCORE)
CORRECT = tag("qti-match", variable(), tag("qti-correct", identifier=RESPONSE))


def scored_if(*conditions: str) -> str:
    """One point where any of the conditions holds."""
    condition = conditions[0] if len(conditions) == 1 else tag("qti-or", *conditions)
    return when(condition, tag("qti-set-outcome-value", value("float", 1), identifier=SCORE))


def when(condition: str, *then: str) -> str:
    return tag("qti-response-condition", tag("qti-response-if", condition, *then))
