"""One `assessment-item` of QTI 2 or 3 as an item of ours, in the one language that it is written in."""

from dataclasses import dataclass

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.identifiers import own_id, spoken
from saem.lib.content.exchange.prose import Find, Prose
from saem.lib.content.exchange.qti.processing import When
from saem.lib.content.exchange.qti.registry import READERS
from saem.lib.content.exchange.qti.sources import Source
from saem.lib.content.exchange.xml import Element
from saem.lib.content.problems import Problem, problem, warning

_BUTTON = "end-attempt-interaction"
_INLINE = ("text-entry-interaction", "inline-choice-interaction")
_APART = frozenset({_BUTTON, "feedback-block", "feedback-inline", "modal-feedback", "template-block"})
_OUTSIDE = ("assessment-stimulus-ref", "rubric-block")


@dataclass(frozen=True)
class OneLanguage:
    """An item whose texts have one language only; `id` is the same for all languages of an item."""

    id: str
    file: str
    language: str
    entry: Entry


def read_item(file: str, root: Element, find: Find) -> tuple[OneLanguage | None, list[Problem]]:
    interactions = [each for each in root.walk() if each.name.endswith("-interaction") and each.name != _BUTTON]
    refused = _refusal(file, root, interactions)
    if refused is not None:
        return None, [refused]
    asked = interactions[0]
    language, exact = spoken(root.language, root.text)
    known = frozenset({asked.name}) if asked.name in _INLINE else frozenset()
    source = Source(file, root, asked, language, Prose(file, find, known))
    if not exact:
        source.tell(Code.OTHER_LANGUAGE, root, language=root.language)
    rest = READERS[asked.name](source)
    if rest is None:
        return None, source.problems
    entry = rest | _prompt(source) | _hints(source) | _explanation(source)
    for each in source.feedbacks.unused:
        source.tell(Code.FEEDBACK_LOST, each, text=each.text[:40])
    name = own_id(root.get("identifier").removesuffix(f".{language}").removesuffix(f"-{language}"), fallback="item")
    return OneLanguage(name, file, language, entry), [*source.problems, *source.prose.problems]


def _refusal(file: str, root: Element, interactions: list[Element]) -> Problem | None:
    """Why nothing of ours can be made of it."""
    template = root.first("template-declaration")
    if template is not None:
        return problem(file, template.line, Code.TEMPLATE)
    if len(interactions) > 1:
        return problem(file, interactions[1].line, Code.SEVERAL_INTERACTIONS, count=len(interactions))
    if not interactions or interactions[0].name not in READERS:
        line, name = (interactions[0].line, interactions[0].name) if interactions else (root.line, "–")
        return problem(file, line, Code.INTERACTION, name=name, known=", ".join(READERS))
    return None


def _prompt(source: Source) -> Entry:
    body = source.root.first("item-body")
    prompts = source.interaction.all("prompt")
    apart = _APART | (frozenset() if source.interaction.name in _INLINE else {source.interaction.name})
    for each in source.root.all(*_OUTSIDE):
        if each.get("view") != "candidate":
            source.problems.append(warning(source.file, each.line, Code.ELEMENT, name=each.name))
    kept = [_without(body, apart)] if body is not None else []
    written = source.words(*(each for part in (*kept, *prompts) for each in part.children))
    if not written[source.language]:
        source.tell(Code.NO_PROMPT)
        return {}
    return {"prompt": written}


def _without(element: Element, names: frozenset[str]) -> Element:
    """The element without what stands elsewhere in our item."""
    children = tuple(
        _without(each, names) if isinstance(each, Element) else each
        for each in element.children
        if not (isinstance(each, Element) and (each.name in names or _is_elsewhere(each)))
    )
    return Element(element.name, element.namespace, element.attributes, children, element.line)


def _is_elsewhere(element: Element) -> bool:
    outside = element.name in _OUTSIDE and element.get("view") != "candidate"
    return outside or (element.name == "span" and element.get("class") == "unit")


def _hints(source: Source) -> Entry:
    hints = [source.words(*each.children) for each in source.feedbacks.after_buttons()]
    return {"hints": hints} if hints else {}


def _explanation(source: Source) -> Entry:
    """What is shown to those who are right."""
    feedbacks = source.feedbacks
    right = source.right
    found = feedbacks.general(When.RIGHT) or (feedbacks.about(right[0]) if right else None)
    if found is None:
        source.tell(Code.NO_EXPLANATION, source.root)
        return {}
    return {"explanation": source.words(*found.children)}
