"""`matching`: to each thing on the left belongs one on the right."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import Answer, one
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, Option, Pairs, unread
from saem.lib.content.items.posing import Posed
from saem.lib.content.problems import Problem
from saem.lib.content.schema import Id, ItemFile, Strict, Text, TextOrSame

FIELD = "match-{key}"
MOST = 12


class PairFile(Strict):
    """`feedback` is shown to those who give the left side another partner."""

    id: Id
    left: TextOrSame
    right: TextOrSame
    feedback: Text | None = None


class MatchingFile(ItemFile):
    """Pairs may share a right side; `distractors` are right sides that belong to none."""

    pairs: Annotated[tuple[PairFile, ...], Field(strict=False, min_length=2, max_length=MOST)]
    distractors: Annotated[tuple[TextOrSame, ...], Field(strict=False, max_length=MOST)] = ()

    def rights(self) -> dict[str, Text]:
        """Every right side once, by the id of the first pair it belongs to."""
        found: dict[str, Text] = {}
        strays = ((f"distractor-{at}", text) for at, text in enumerate(self.distractors, start=1))
        for name, text in (*((pair.id, pair.right) for pair in self.pairs), *strays):
            if text not in found.values():
                found[name] = text
        return found


def _part(posed: Posed) -> MatchingFile:
    asked = posed.item.asked
    assert isinstance(asked, MatchingFile)
    return asked


def _lefts(posed: Posed) -> Mapping[str, PairFile]:
    return posed.keyed(_part(posed).pairs, "left")


def _rights(posed: Posed) -> Mapping[str, tuple[str, Text]]:
    """Id and text of each right side by its key."""
    return posed.keyed(list(_part(posed).rights().items()), "right")


def ask(posed: Posed) -> Pairs:
    return Pairs(
        left=tuple(Option(key, posed.prose(pair.left)) for key, pair in _lefts(posed).items()),
        right=tuple(Option(key, posed.prose(text)) for key, (_, text) in _rights(posed).items()),
    )


def judge(posed: Posed, answer: Answer) -> Judged:
    lefts, rights = _lefts(posed), _rights(posed)
    sent = {key: one(answer, FIELD.format(key=key)) for key in lefts}
    missing = sum(not key for key in sent.values())
    if missing:
        code = Code.ANSWER_EMPTY if missing == len(lefts) else Code.ANSWER_INCOMPLETE
        return unread(code, left=missing)
    if any(key not in rights for key in sent.values()):
        return unread(Code.ANSWER_UNKNOWN_OPTION)
    apart = [pair for key, pair in lefts.items() if rights[sent[key]][1] != pair.right]
    return Judged(
        score=1 - len(apart) / len(lefts),
        feedback=tuple(posed.prose(pair.feedback) for pair in apart if pair.feedback is not None),
        chosen=tuple(f"{pair.id}={rights[sent[key]][0]}" for key, pair in lefts.items()),
    )


def right(posed: Posed) -> dict[str, str]:
    keys = {text: key for key, (_, text) in _rights(posed).items()}
    return {FIELD.format(key=key): keys[pair.right] for key, pair in _lefts(posed).items()}


def wrong(posed: Posed) -> Iterator[Wrong]:
    """Each left side with every right side that is not its own."""
    sound, pairs = right(posed), _part(posed).pairs
    for field, pair in zip(sound, _lefts(posed).values(), strict=True):
        for key, (_, text) in _rights(posed).items():
            if text != pair.right:
                yield Wrong(("pairs", pairs.index(pair)), {**sound, field: key})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    yield from repeated(document, keyed(document, "id", *path, "pairs"))


KIND = Kind(model=MatchingFile, ask=ask, judge=judge, right=right, wrong=wrong, problems=problems)
