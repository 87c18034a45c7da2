"""`text`: a word or a short phrase, compared without regard to spaces, capitals and width."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.items.answers import FIELD, Answer, one
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, TextField, unread
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.spelling import MAX_LETTERS, nearly, normal
from saem.lib.content.schema import Strict, Text, VaryingFile, Words

Accepted = Annotated[tuple[Words, ...], Field(strict=False, min_length=1)]


class TextMistake(Strict):
    """Wrong answers that are often given, and why they are wrong."""

    answers: Accepted
    feedback: Text


class TextFile(VaryingFile):
    """`answers` are all that is accepted, in either language. `case` and `spaces`: whether these count."""

    answers: Accepted
    case: bool = False
    spaces: bool = False
    mistakes: Annotated[tuple[TextMistake, ...], Field(strict=False)] = ()


def _part(posed: Posed) -> TextFile:
    asked = posed.item.asked
    assert isinstance(asked, TextFile)
    return asked


def judge(posed: Posed, answer: Answer) -> Judged:
    part, typed = _part(posed), one(answer)
    if len(typed) > MAX_LETTERS:
        return unread(Code.ANSWER_TOO_LONG, limit=MAX_LETTERS)
    found = normal(typed, case=part.case, spaces=part.spaces)
    if not found:
        return unread(Code.ANSWER_EMPTY)
    accepted = _normal(posed, part.answers)
    if found in accepted:
        return Judged(score=1.0)
    known = next((each for each in part.mistakes if found in _normal(posed, each.answers)), None)
    if known is not None:
        return Judged(feedback=(posed.prose(known.feedback),))
    close = any(nearly(found, each) for each in accepted)
    return Judged(remarks=(Code.ANSWER_NEARLY,) if close else ())


def _normal(posed: Posed, texts: tuple[str, ...]) -> tuple[str, ...]:
    part = _part(posed)
    return tuple(normal(posed.words(each), case=part.case, spaces=part.spaces) for each in texts)


def wrong(posed: Posed) -> Iterator[Wrong]:
    for at, mistake in enumerate(_part(posed).mistakes):
        for place, text in enumerate(mistake.answers):
            yield Wrong(("mistakes", at, "answers", place), {FIELD: posed.words(text)})


KIND = Kind(
    model=TextFile,
    ask=lambda _posed: TextField(),
    judge=judge,
    right=lambda posed: {FIELD: posed.words(_part(posed).answers[0])},
    wrong=wrong,
    gives_away=lambda posed: tuple(posed.words(each) for each in _part(posed).answers),
)
