"""One item as a `qti-assessment-item`."""

from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import FEEDBACK, ITEM, SCORE
from saem.lib.content.exchange.qti.registry import WRITERS
from saem.lib.content.exchange.qti.sheets import Asked, Remark, Sheet, value, variable, when
from saem.lib.content.schema import Text

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
EXPLANATION = "explanation"
_HINT = {"ko": "힌트 {number}", "en": "Hint {number}"}


def item_xml(sheet: Sheet, name: str) -> str:
    """Score, remarks and hints are worked out by the item itself. `name` is its identifier."""
    item = sheet.posed.item
    asked = WRITERS[item.kind](sheet)
    hints = {f"hint-{number}": text for number, text in enumerate(item.asked.hints, start=1)}
    solved = tag("qti-gte", variable(SCORE), value("float", 1))
    remarks = (*asked.remarks, Remark(EXPLANATION, solved, item.asked.explanation))
    return HEAD + tag(
        "qti-assessment-item",
        asked.declaration,
        *(_button_declared(hint) for hint in hints),
        _outcome(SCORE, "single", "float", tag("qti-default-value", tag("qti-value", "0"))),
        _outcome(FEEDBACK, "multiple", "identifier"),
        _body(sheet, asked, list(hints)),
        _processing(asked, remarks, list(hints)),
        *(_shown(hint, text, sheet) for hint, text in hints.items()),
        *(_shown(each.name, each.text, sheet) for each in remarks),
        xmlns=ITEM,
        identifier=name,
        title=item.id,
        adaptive="false",
        time_dependent="false",
        **{"xml:lang": sheet.language},
    )


def _button_declared(hint: str) -> str:
    return tag("qti-response-declaration", identifier=hint, cardinality="single", base_type="boolean")


def _outcome(name: str, cardinality: str, base_type: str, *content: str) -> str:
    return tag("qti-outcome-declaration", *content, identifier=name, cardinality=cardinality, base_type=base_type)


def _body(sheet: Sheet, asked: Asked, hints: list[str]) -> str:
    prompt = tag("div", sheet.block(sheet.posed.item.asked.prompt))
    buttons = (
        tag(
            "p",
            tag("qti-end-attempt-interaction", response_identifier=hint, title=_HINT[sheet.language].format(number=at)),
        )
        for at, hint in enumerate(hints, start=1)
    )
    return tag("qti-item-body", prompt, asked.above, asked.interaction, *buttons)


def _processing(asked: Asked, remarks: tuple[Remark, ...], hints: list[str]) -> str:
    """A button that shows a hint is pressed alone: then nothing is scored."""
    scored = (asked.score, *(when(each.condition, _show(each.name)) for each in remarks))
    if not hints:
        return tag("qti-response-processing", *scored)
    branches = (
        tag("qti-response-else-if" if at else "qti-response-if", variable(hint), _show(hint))
        for at, hint in enumerate(hints)
    )
    otherwise = tag("qti-response-else", *scored)
    return tag("qti-response-processing", tag("qti-response-condition", *branches, otherwise))


def _show(name: str) -> str:
    more = tag("qti-multiple", variable(FEEDBACK), value("identifier", name))
    return tag("qti-set-outcome-value", more, identifier=FEEDBACK)


def _shown(name: str, text: Text, sheet: Sheet) -> str:
    content = tag("qti-content-body", sheet.block(text))
    return tag("qti-modal-feedback", content, outcome_identifier=FEEDBACK, identifier=name, show_hide="show")
