"""QTI 1.2.1, as Common Cartridge has it, put into the shape of the later versions."""

from collections.abc import Iterator

from saem.lib.content.exchange.html import read_html
from saem.lib.content.exchange.qti.names import FEEDBACK, RESPONSE, SCORE
from saem.lib.content.exchange.xml import XML, Element

ROOT = "questestinterop"
_SCORES = ("Set", "Add")


def items_of_first(root: Element) -> list[Element]:
    """Every item of a question bank or an assessment, as an `assessment-item`."""
    language = root.language or next((each.language for each in root.walk() if each.language), "")
    return [_item(each, language) for each in root.all("item")]


def _item(item: Element, language: str) -> Element:
    identifier = item.get("ident") or item.get("title")
    attributes = {"identifier": identifier, f"{{{XML}}}lang": item.language or language}
    body = _named("item-body", *_body(item), line=item.line)
    feedback = (_feedback(each) for each in item.all("itemfeedback"))
    children = (_declaration(item), body, _named("response-processing", *_conditions(item)), *feedback)
    return Element("assessment-item", attributes=attributes, children=children, line=item.line)


def _named(name: str, *children: Element | str, line: int = 1, **attributes: str) -> Element:
    named = {key.replace("_", "-"): value for key, value in attributes.items()}
    return Element(name, attributes=named, children=children, line=line)


def _body(item: Element) -> Iterator[Element]:
    """The question and what is asked; several responses stay several, for nobody to guess which one counts."""
    presentation = item.first("presentation") or item
    for each in _outside_responses(presentation):
        yield _material(each)
    for response in presentation.all("response-lid"):
        labels = (_option(each) for each in response.all("response-label"))
        render = response.first("render-choice")
        shuffled = str(render is not None and render.get("shuffle") == "Yes").lower()
        found = {"response_identifier": RESPONSE, "shuffle": shuffled}
        yield _named("choice-interaction", *labels, line=response.line, **found)
    for response in presentation.all("response-str"):
        # An essay has nothing that an answer is compared with.
        name = "text-entry-interaction" if item.first("varequal", "varsubstring") else "extended-text-interaction"
        yield _named("p", _named(name, line=response.line, response_identifier=RESPONSE), line=response.line)


def _outside_responses(element: Element) -> Iterator[Element]:
    for each in element.elements:
        if each.name == "material":
            yield each
        elif not each.name.startswith("response-"):
            yield from _outside_responses(each)


def _material(material: Element) -> Element:
    """Words, or HTML that is written as words."""
    parts = [
        child
        for text in material.all("mattext")
        for child in (
            read_html("".join(text.texts()), line=text.line).children
            if text.get("texttype") == "text/html"
            else text.children
        )
    ]
    return _named("div", *parts, line=material.line)


def _option(label: Element) -> Element:
    parts = (_material(each) for each in label.all("material"))
    return _named("simple-choice", *parts, line=label.line, identifier=label.get("ident"))


def _feedback(feedback: Element) -> Element:
    parts = (_material(each) for each in feedback.all("material"))
    return _named("modal-feedback", *parts, line=feedback.line, identifier=feedback.get("ident"))


def _declaration(item: Element) -> Element:
    several = any(each.get("rcardinality") == "Multiple" for each in item.all("response-lid"))
    textual = item.first("response-str") is not None
    right = [each for condition in _scoring(item) for each in _wanted(condition)]
    values = tuple(_named("value", each) for each in dict.fromkeys(right))
    cardinality = "multiple" if several else "single"
    base_type = "string" if textual else "identifier"
    correct = _named("correct-response", *values)
    found = {"identifier": RESPONSE, "cardinality": cardinality, "base_type": base_type}
    return _named("response-declaration", correct, line=item.line, **found)


def _scoring(item: Element) -> list[Element]:
    """Conditions that give points."""
    return [each for each in item.all("respcondition") if any(_points(found) for found in each.all("setvar"))]


def _points(setvar: Element) -> bool:
    try:
        return setvar.get("action", "Set") in _SCORES and float(setvar.text) > 0
    except ValueError:
        return False


def _wanted(element: Element) -> Iterator[str]:
    """Answers that a condition asks for, without those that it must not find."""
    for each in element.elements:
        if each.name in ("varequal", "varsubstring"):
            yield each.text
        elif each.name != "not":
            yield from _wanted(each)


def _conditions(item: Element) -> Iterator[Element]:
    """Each remark with the answers that show it, as later versions say it."""
    scoring = {id(each) for each in _scoring(item)}
    for condition in item.all("respcondition"):
        shown = [each.get("linkrefid") for each in condition.all("displayfeedback")]
        if not shown:
            continue
        if id(condition) in scoring:
            asked = _named("match", _variable(), _named("correct", identifier=RESPONSE))
        elif condition.first("other") is not None:
            asked = _named("lt", _named("variable", identifier=SCORE))
        else:
            values = (_named("match", _variable(), _named("base-value", each)) for each in _wanted(condition))
            asked = _named("or", *values)
        sets = (_set(name) for name in shown)
        yield _named("response-condition", _named("response-if", asked, *sets), line=condition.line)


def _variable() -> Element:
    return _named("variable", identifier=RESPONSE)


def _set(name: str) -> Element:
    return _named("set-outcome-value", _named("base-value", name, base_type="identifier"), identifier=FEEDBACK)
