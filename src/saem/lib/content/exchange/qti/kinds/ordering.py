"""`ordering`: an order interaction; lines that do not belong may be left out of it."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag, words
from saem.lib.content.exchange.qti.names import RESPONSE, identifier
from saem.lib.content.exchange.qti.sheets import CORRECT, Asked, Remark, Sheet, declared, scored_if, value, variable
from saem.lib.content.exchange.qti.sources import Source, ids_of
from saem.lib.content.exchange.xml import Element
from saem.lib.content.items.kinds.ordering import DEEPEST, STEP, LineFile, OrderingFile


def write(sheet: Sheet) -> Asked:
    """All or nothing: QTI has no points for lines that stand well among each other."""
    asked = sheet.posed.item.asked
    assert isinstance(asked, OrderingFile)
    lines: list[LineFile] = [*asked.lines, *asked.distractors]
    others = (tag("qti-match", variable(), _ordered(order)) for order in asked.orders()[1:])
    fewest = {"min_choices": 1, "max_choices": len(lines)} if asked.distractors else {}
    choices = (tag("qti-simple-choice", _shown(each, sheet), identifier=identifier(each.id)) for each in lines)
    return Asked(
        declaration=declared("ordered", "identifier", [identifier(each.id) for each in asked.lines]),
        interaction=tag("qti-order-interaction", *choices, response_identifier=RESPONSE, shuffle="true", **fewest),
        score=scored_if(CORRECT, *others),
        remarks=tuple(
            Remark(f"about-{each.id}", tag("qti-member", _named(each), variable()), each.feedback)
            for each in asked.distractors
        ),
    )


def _ordered(lines: list[LineFile]) -> str:
    return tag("qti-ordered", *map(_named, lines))


def _named(line: LineFile) -> str:
    return value("identifier", identifier(line.id))


def _shown(line: LineFile, sheet: Sheet) -> str:
    if line.text is not None:
        return sheet.line(line.text)
    margin = STEP * line.indent
    return tag("pre", words("\n".join(margin + each for each in (line.code or "").rstrip().split("\n"))))


def read(source: Source) -> Entry | None:
    choices = {each.get("identifier"): each for each in source.interaction.all("simple-choice")}
    ids = ids_of(list(choices.values()), "line")
    right = [each for each in source.correct if each in choices]
    if len(right) < 2:  # noqa: PLR2004  # one line has no order
        source.refuse(Code.NO_ANSWER)
        return None
    strays = []
    for name in (each for each in choices if each not in right):
        feedback = source.feedbacks.about(name)
        if feedback is None:
            source.tell(Code.NO_FEEDBACK, choices[name], id=ids[name])
        strays.append({"id": ids[name], **_line(source, choices[name]), **source.feedback(feedback)})
    also = [[ids[each] for each in order] for order in _other_orders(source) if sorted(order) == sorted(right)]
    lines = [{"id": ids[name], **_line(source, choices[name])} for name in right]
    return (
        {"kind": "ordering", "lines": lines}
        | ({"distractors": strays} if strays else {})
        | ({"also": also} if also else {})
    )


def _line(source: Source, choice: Element) -> Entry:
    """Code is what stands in `pre`; what it is moved in by counts in steps of four spaces."""
    code = choice.first("pre")
    if code is None or code.text != choice.text:
        return {"text": source.content(choice)}
    text = "".join(each for part in code.walk() for each in part.children if isinstance(each, str)).strip("\n").rstrip()
    margin = min((len(each) - len(each.lstrip()) for each in text.split("\n") if each.strip()), default=0)
    indent = min(margin // len(STEP), DEEPEST)
    lines = [each[indent * len(STEP) :] for each in text.split("\n")]
    return {"code": "\n".join(lines)} | ({"indent": indent} if indent else {})


def _other_orders(source: Source) -> list[list[str]]:
    rules = [rule.condition for rule in source.feedbacks.rules if rule.scores and rule.condition is not None]
    return [[each.text for each in found.all("base-value")] for rule in rules for found in rule.all("ordered")]
