"""`choice` and `choices`: a choice interaction."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import RESPONSE, identifier
from saem.lib.content.exchange.qti.processing import When
from saem.lib.content.exchange.qti.sheets import (
    CORRECT,
    MAPPED,
    Asked,
    Remark,
    Sheet,
    declared,
    mapped,
    scored_if,
    value,
    variable,
)
from saem.lib.content.exchange.qti.sources import Source, ids_of
from saem.lib.content.items.kinds.choice import ChoicePart, OptionFile


def write_one(sheet: Sheet) -> Asked:
    return write_part(_part(sheet), sheet)


def write_part(part: ChoicePart, sheet: Sheet) -> Asked:
    right = [identifier(each.id) for each in part.options if sheet.posed.holds(each.right)]
    return Asked(
        declaration=declared("single", "identifier", right[:1]),
        interaction=_interaction(part, sheet, most=1),
        score=scored_if(CORRECT),
        remarks=tuple(
            Remark(f"about-{each.id}", tag("qti-match", variable(), _named(each)), each.feedback)
            for each in part.options
            if each.feedback is not None and identifier(each.id) not in right
        ),
    )


def write_several(sheet: Sheet) -> Asked:
    """What is earned is as with us: the share that was found less the share that was chosen wrongly."""
    part = _part(sheet)
    right = [each for each in part.options if sheet.posed.holds(each.right)]
    wrong = [each for each in part.options if each not in right]
    points = {identifier(each.id): 1 / len(right) for each in right}
    points |= {identifier(each.id): -1 / len(wrong) for each in wrong}
    return Asked(
        declaration=declared("multiple", "identifier", [identifier(each.id) for each in right], mapped(points)),
        interaction=_interaction(part, sheet, most=0),
        score=MAPPED,
        remarks=tuple(
            Remark(f"about-{each.id}", _amiss(each, wanted=each in right), each.feedback)
            for each in part.options
            if each.feedback is not None
        ),
    )


def _part(sheet: Sheet) -> ChoicePart:
    asked = sheet.posed.item.asked
    assert isinstance(asked, ChoicePart)
    return asked


def _named(option: OptionFile) -> str:
    return value("identifier", identifier(option.id))


def _amiss(option: OptionFile, *, wanted: bool) -> str:
    chosen = tag("qti-member", _named(option), variable())
    return tag("qti-not", chosen) if wanted else chosen


def _interaction(part: ChoicePart, sheet: Sheet, *, most: int) -> str:
    options = (tag("qti-simple-choice", sheet.line(each.text), identifier=identifier(each.id)) for each in part.options)
    shuffle = str(part.shuffle).lower()
    return tag("qti-choice-interaction", *options, response_identifier=RESPONSE, shuffle=shuffle, max_choices=most)


def read(source: Source) -> Entry | None:
    options = source.interaction.all("simple-choice", "inline-choice")
    ids, right = ids_of(options, "option"), set(source.right) & {each.get("identifier") for each in options}
    if not right:
        source.refuse(Code.NO_ANSWER)
        return None
    several = source.declaration.get("cardinality") == "multiple"
    if not several and len(right) > 1:
        best = max(source.points, key=lambda each: source.points[each], default="")
        right = {best} if best in right else {min(right)}
        source.tell(Code.SCORING)
    written = []
    for each in options:
        name = each.get("identifier")
        amiss = When.NOT_ANSWERED if several and name in right else When.ANSWERED
        feedback = source.feedbacks.about(name, amiss) if several or name not in right else None
        if feedback is None and name not in right:
            source.tell(Code.NO_FEEDBACK, each, id=ids[name])
        sound = {"right": True} if name in right else {}
        written.append({"id": ids[name], "text": source.content(each)} | sound | source.feedback(feedback))
    kept = (
        source.interaction.get("shuffle", "false") == "true" or source.interaction.name == "inline-choice-interaction"
    )
    return {"kind": "choices" if several else "choice", "options": written} | ({} if kept else {"shuffle": False})
