"""`text`: a text entry whose response is a word or a short phrase."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import RESPONSE
from saem.lib.content.exchange.qti.processing import When
from saem.lib.content.exchange.qti.sheets import MAPPED, Asked, Remark, Sheet, declared, mapped, value, variable
from saem.lib.content.exchange.qti.sources import Source
from saem.lib.content.items.kinds.text import TextFile


def write(sheet: Sheet) -> Asked:
    """Every accepted word with a point. QTI compares letter by letter; only capitals need not count."""
    asked, posed = sheet.posed.item.asked, sheet.posed
    assert isinstance(asked, TextFile)
    answers = [posed.words(each) for each in asked.answers]
    strict = str(asked.case).lower()
    points = mapped(dict.fromkeys(answers, 1.0), case_sensitive=strict)

    def typed(words: str) -> str:
        return tag("qti-string-match", variable(), value("string", words), case_sensitive=strict)

    remarks = []
    for at, each in enumerate(asked.mistakes, start=1):
        wrong = [typed(posed.words(text)) for text in each.answers]
        condition = wrong[0] if len(wrong) == 1 else tag("qti-or", *wrong)
        remarks.append(Remark(f"mistake-{at}", condition, each.feedback))
    return Asked(
        declaration=declared("single", "string", answers[:1], points),
        interaction=tag("p", tag("qti-text-entry-interaction", response_identifier=RESPONSE)),
        score=MAPPED,
        remarks=tuple(remarks),
    )


def read(source: Source) -> Entry | None:
    scored = [
        each for rule in source.feedbacks.rules if rule.when is When.ANSWERED and rule.scores for each in rule.values
    ]
    full = max(source.points.values(), default=0)
    best = [key for key, points in source.points.items() if points == full and points > 0]
    answers = list(dict.fromkeys(each for each in [*source.correct, *best, *scored] if each.strip()))
    if not answers:
        source.refuse(Code.NO_ANSWER)
        return None
    if any(0 < points < full for points in source.points.values()):
        source.tell(Code.SCORING)
    mistakes = [
        {"answers": list(values), **source.feedback(element)}
        for values, element in source.feedbacks.answers(without=set(answers))
    ]
    entries = source.declaration.all("map-entry")
    strict = bool(entries) and all(each.get("case-sensitive") == "true" for each in entries)
    return (
        {"kind": "text", "answers": answers}
        | ({"case": True} if strict else {})
        | ({"mistakes": mistakes} if mistakes else {})
    )
