"""Which remark an item of QTI shows when: read from its response processing, as far as that is of a usual form."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from saem.lib.content.exchange.qti.names import SCORE
from saem.lib.content.exchange.xml import Element

_SHOWN = ("modal-feedback", "feedback-inline", "feedback-block")
_COMPARED = ("match", "equal", "equal-rounded", "string-match", "member", "contains")


class When(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    HINT = "hint"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Rule:
    """`values` are the answers that are asked after, or the button that is pressed; `sets` are the names of remarks."""

    when: When
    values: tuple[str, ...]
    sets: tuple[str, ...]
    scores: bool = False
    condition: Element | None = None


@dataclass
class Feedbacks:
    """The remarks of an item. What nobody asked for is left in `unused`."""

    root: Element
    response: str
    rules: list[Rule] = field(init=False)
    shown: dict[str, Element] = field(init=False)
    used: set[str] = field(init=False, default_factory=set)
    _by_answer: dict[tuple[When, str], str] = field(init=False, default_factory=dict)
    _by_result: dict[When, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.rules = list(_rules(self.root, self.response))
        self.shown = {
            each.get("identifier"): each
            for each in self.root.all(*_SHOWN)
            if each.get("show-hide", "show") == "show" and each.text
        }
        for rule in self.rules:
            name = next((each for each in rule.sets if each in self.shown), None)
            if name is not None:
                self._by_result.setdefault(rule.when, name)
                for value in rule.values:
                    self._by_answer.setdefault((rule.when, value), name)

    def about(self, value: str, when: When = When.ANSWERED) -> Element | None:
        """For those who gave (or did not give) this answer; by itself a remark has the name of its answer."""
        own = self._by_answer.get((when, value), value if when is When.ANSWERED else "")
        return self._take(own) or (self.general(When.WRONG) if when is When.ANSWERED else None)

    def general(self, when: When) -> Element | None:
        """For all whose answer is right, or wrong."""
        return self._take(self._by_result.get(when, ""))

    def after_buttons(self) -> list[Element]:
        """Hints, in the order of the buttons that show them."""
        order = [each.get("response-identifier") for each in self.root.all("end-attempt-interaction")]
        rules = [rule for rule in self.rules if rule.when is When.HINT]
        rules.sort(key=lambda rule: order.index(rule.values[0]))
        return [found for rule in rules for name in rule.sets if (found := self._take(name)) is not None]

    def answers(self, without: set[str]) -> list[tuple[tuple[str, ...], Element]]:
        """Answers that somebody says something about, other than these."""
        found = []
        for rule in self.rules:
            values = tuple(each for each in rule.values if each not in without)
            if rule.when is When.ANSWERED and values:
                elements = [element for name in rule.sets if (element := self._take(name)) is not None]
                found += [(values, elements[0])] if elements else []
        return found

    @property
    def unused(self) -> list[Element]:
        return [element for name, element in self.shown.items() if name not in self.used]

    def _take(self, name: str) -> Element | None:
        found = self.shown.get(name)
        if found is not None:
            self.used.add(name)
        return found


def _rules(root: Element, response: str) -> Iterator[Rule]:
    buttons = {each.get("response-identifier") for each in root.all("end-attempt-interaction")}
    for condition in root.all("response-condition"):
        before = When.UNKNOWN
        for branch in condition.elements:
            sets = [each for each in branch.elements if each.name == "set-outcome-value"]
            named = tuple(
                each.text for part in sets for each in part.all("base-value") if each.get("base-type") == "identifier"
            )
            scores = any(each.get("identifier") == SCORE for each in sets)
            asked = branch.elements[0] if branch.elements else None
            if branch.name == "response-else":
                yield Rule(When.WRONG if before is When.RIGHT else When.UNKNOWN, (), named, scores)
            elif asked is not None:
                before, values = _reading(asked, response, buttons)
                yield Rule(before, values, named, scores, asked)


def _reading(asked: Element, response: str, buttons: set[str]) -> tuple[When, tuple[str, ...]]:
    variables = {each.get("identifier") for each in asked.walk() if each.name == "variable"}
    values = tuple(each.text for each in asked.walk() if each.name == "base-value")
    if asked.name == "variable" and variables <= buttons:
        return When.HINT, tuple(variables)
    if asked.name == "not" and asked.elements:
        inner, values = _reading(asked.elements[0], response, buttons)
        turned = {When.ANSWERED: When.NOT_ANSWERED, When.RIGHT: When.WRONG, When.WRONG: When.RIGHT}
        return turned.get(inner, When.UNKNOWN), values
    if SCORE in variables:
        return (When.RIGHT if asked.name in ("gte", "gt", "equal", "match") else When.WRONG), ()
    if response not in variables:
        return When.UNKNOWN, ()
    if any(each.name == "correct" for each in asked.walk()):
        return When.RIGHT, values
    compares = asked.name in _COMPARED or (
        asked.name == "or" and all(each.name in _COMPARED for each in asked.elements)
    )
    return (When.ANSWERED, values) if compares and values else (When.UNKNOWN, ())
