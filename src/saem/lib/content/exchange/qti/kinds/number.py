"""`number`: a text entry whose response is a number."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag, words
from saem.lib.content.exchange.qti.names import RESPONSE
from saem.lib.content.exchange.qti.sheets import Asked, Remark, Sheet, declared, number, scored_if, value, variable
from saem.lib.content.exchange.qti.sources import Source
from saem.lib.content.exchange.xml import Element
from saem.lib.content.items.kinds.number import NumberPart


def write(sheet: Sheet) -> Asked:
    asked = sheet.posed.item.asked
    assert isinstance(asked, NumberPart)
    return write_part(asked, sheet)


def write_part(part: NumberPart, sheet: Sheet) -> Asked:
    """Numbers within the tolerance, in the main unit, which stands behind the field."""
    posed, expected = sheet.posed, sheet.posed.number(part.answer)
    field = tag("qti-text-entry-interaction", response_identifier=RESPONSE)
    unit = (
        " " + tag("span", words(sheet.posed.prose(part.unit).in_(sheet.language)), class_="unit")
        if part.unit is not None
        else ""
    )
    return Asked(
        declaration=declared("single", "float", [number(expected)]),
        interaction=tag("p", field, unit),
        score=scored_if(_equal(part, sheet, expected, tag("qti-correct", identifier=RESPONSE))),
        remarks=tuple(
            Remark(f"mistake-{at}", _near(part, sheet, posed.number(each.answer)), each.feedback)
            for at, each in enumerate(part.mistakes, start=1)
        ),
    )


def _near(part: NumberPart, sheet: Sheet, found: float) -> str:
    return _equal(part, sheet, found, value("float", number(found)))


def _equal(part: NumberPart, sheet: Sheet, around: float, other: str) -> str:
    allowed = number(max(sheet.posed.number(part.tolerance), part.relative * abs(around)))
    exact = {"tolerance_mode": "exact"}
    about = {"tolerance_mode": "absolute", "tolerance": f"{allowed} {allowed}"}
    return tag("qti-equal", variable(), other, **(about if allowed != "0" else exact))


def read(source: Source) -> Entry | None:
    answers = [found for each in source.right if (found := _number(each)) is not None]
    if not answers:
        source.refuse(Code.NO_ANSWER)
        return None
    if len(answers) > 1:
        source.tell(Code.SCORING)
    mistakes = [
        {"answer": wrong, **source.feedback(element)}
        for values, element in source.feedbacks.answers(without=set(source.right))
        for each in values
        if (wrong := _number(each)) is not None
    ]
    unit = next((each for each in source.root.all("span") if each.get("class") == "unit"), None)
    return (
        {"kind": "number", "answer": answers[0]}
        | _tolerance(source)
        | ({"unit": {source.language: unit.text}} if unit is not None else {})
        | ({"mistakes": mistakes} if mistakes else {})
    )


def _tolerance(source: Source) -> Entry:
    """Of the comparison with the right answer; QTI counts a relative one in percent."""
    equal = next((each for each in source.root.all("equal") if _is_about_answer(each, source.right)), None)
    if equal is None or equal.get("tolerance-mode", "exact") == "exact":
        return {}
    found = [abs(each) for part in equal.get("tolerance").split() if (each := _number(part)) is not None]
    if not found:
        source.tell(Code.SCORING, equal)
        return {}
    if len(set(found)) > 1:
        source.tell(Code.SCORING, equal)
    relative = equal.get("tolerance-mode") == "relative"
    return {"relative": min(1.0, max(found) / 100)} if relative else {"tolerance": max(found)}


def _is_about_answer(equal: Element, right: list[str]) -> bool:
    values = [each.text for each in equal.all("base-value")]
    return equal.first("correct") is not None or any(each in right for each in values)


def _number(text: str) -> float | int | None:
    try:
        found = float(text)
    except ValueError:
        return None
    if found - found != 0:
        return None
    return int(found) if found.is_integer() else found
