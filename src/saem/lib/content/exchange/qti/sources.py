"""What is at hand when an item of QTI is read: one file, in one language."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.identifiers import free_id
from saem.lib.content.exchange.prose import Prose
from saem.lib.content.exchange.qti.processing import Feedbacks
from saem.lib.content.exchange.xml import Element
from saem.lib.content.problems import Problem, problem, warning

Words = dict[str, str]


@dataclass
class Source:
    """`interaction` is the one that is asked; what is read from it goes through `prose`, which tells of losses."""

    file: str
    root: Element
    interaction: Element
    language: str
    prose: Prose
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def declaration(self) -> Element:
        name = self.interaction.get("response-identifier")
        found = (each for each in self.root.all("response-declaration") if each.get("identifier") == name)
        return next(found, Element("response-declaration", line=self.interaction.line))

    @cached_property
    def feedbacks(self) -> Feedbacks:
        return Feedbacks(self.root, self.interaction.get("response-identifier"))

    @property
    def correct(self) -> list[str]:
        found = self.declaration.first("correct-response")
        return [each.text for each in found.all("value")] if found is not None else []

    @property
    def points(self) -> dict[str, float]:
        """What single answers are worth where the file says so."""
        return {each.get("map-key"): _float(each.get("mapped-value")) for each in self.declaration.all("map-entry")}

    @property
    def right(self) -> list[str]:
        """The answers that are right; those that earn points where none is called correct."""
        return self.correct or [key for key, points in self.points.items() if points > 0]

    def words(self, *children: Element | str) -> Words:
        return {self.language: self.prose.markdown(*children)}

    def content(self, element: Element) -> Words:
        """What an option says, without a remark that stands inside it."""
        return self.words(*(each for each in element.children if not _is_feedback(each)))

    def feedback(self, element: Element | None) -> dict[str, Words]:
        return {"feedback": self.words(*element.children)} if element is not None else {}

    def tell(self, code: Code, element: Element | None = None, **params: object) -> None:
        line = (element or self.interaction).line
        self.problems.append(warning(self.file, line, code, **params))

    def refuse(self, code: Code, **params: object) -> None:
        self.problems.append(problem(self.file, self.interaction.line, code, **params))


Read = Callable[[Source], Entry | None]


def ids_of(elements: list[Element], fallback: str) -> dict[str, str]:
    """Our id of each element by its identifier."""
    taken: set[str] = set()
    return {
        each.get("identifier"): free_id(each.get("identifier"), fallback=f"{fallback}-{at}", taken=taken)
        for at, each in enumerate(elements, start=1)
    }


def _is_feedback(child: Element | str) -> bool:
    return isinstance(child, Element) and child.name == "feedback-inline"


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
