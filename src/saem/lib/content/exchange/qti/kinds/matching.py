"""`matching`: a match interaction of two sets."""

from saem.lib.content.exchange.codes import Code
from saem.lib.content.exchange.entries import Entry
from saem.lib.content.exchange.markup import tag
from saem.lib.content.exchange.qti.names import RESPONSE
from saem.lib.content.exchange.qti.processing import When
from saem.lib.content.exchange.qti.sheets import MAPPED, Asked, Remark, Sheet, declared, mapped, value, variable
from saem.lib.content.exchange.qti.sources import Source, ids_of
from saem.lib.content.exchange.xml import Element
from saem.lib.content.items.kinds.matching import MatchingFile

_SIDES = 2


def write(sheet: Sheet) -> Asked:
    """Each left side once, each right side as often as it likes; every pair is worth the same."""
    asked = sheet.posed.item.asked
    assert isinstance(asked, MatchingFile)
    rights = asked.rights()
    names = {text: f"right-{name}" for name, text in rights.items()}
    pairs = {each.id: f"left-{each.id} {names[each.right]}" for each in asked.pairs}

    def choice(name: str, text: str, most: int) -> str:
        return tag("qti-simple-associable-choice", text, identifier=name, match_max=most)

    left = (choice(f"left-{each.id}", sheet.line(each.left), 1) for each in asked.pairs)
    right = (choice(names[text], sheet.line(text), 0) for text in rights.values())
    sides = (tag("qti-simple-match-set", *left), tag("qti-simple-match-set", *right))
    worth = mapped(dict.fromkeys(pairs.values(), 1 / len(pairs)))
    return Asked(
        declaration=declared("multiple", "directedPair", list(pairs.values()), worth),
        interaction=tag(
            "qti-match-interaction", *sides, response_identifier=RESPONSE, shuffle="true", max_associations=len(pairs)
        ),
        score=MAPPED,
        remarks=tuple(
            Remark(f"about-{each.id}", _apart(pairs[each.id]), each.feedback)
            for each in asked.pairs
            if each.feedback is not None
        ),
    )


def _apart(pair: str) -> str:
    return tag("qti-not", tag("qti-member", value("directedPair", pair), variable()))


def read(source: Source) -> Entry | None:
    sets = source.interaction.all("simple-match-set")
    if len(sets) != _SIDES:
        source.refuse(Code.NO_ANSWER)
        return None
    lefts, rights = ({each.get("identifier"): each for each in side.all("simple-associable-choice")} for side in sets)
    partner: dict[str, str] = {}
    for pair in source.right:
        left, _, right = pair.partition(" ")
        if left in lefts and right in rights and partner.setdefault(left, right) != right:
            source.tell(Code.SCORING, lefts[left])
    if len(partner) < _SIDES:
        source.refuse(Code.NO_ANSWER)
        return None
    for name in lefts.keys() - partner.keys():
        source.tell(Code.SCORING, lefts[name])
    strays = [source.content(each) for name, each in rights.items() if name not in partner.values()]
    ids = ids_of([_without_side(lefts[name]) for name in lefts if name in partner], "pair")
    pairs = [
        {"id": ids[_plain(left)], "left": source.content(lefts[left]), "right": source.content(rights[partner[left]])}
        | source.feedback(source.feedbacks.about(f"{left} {partner[left]}", When.NOT_ANSWERED))
        for left in lefts
        if left in partner
    ]
    return {"kind": "matching", "pairs": pairs} | ({"distractors": strays} if strays else {})


def _plain(name: str) -> str:
    """The sides need different identifiers; ours say which side they are of."""
    return name.removeprefix("left-")


def _without_side(element: Element) -> Element:
    return Element(element.name, attributes={"identifier": _plain(element.get("identifier"))}, line=element.line)
