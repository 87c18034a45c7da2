"""`choice`: one of several options is right."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import FIELD, Answer, one
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, Option, Options, unread
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.sound import expression_problems
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Id, Strict, TextOrSame, VaryingFile, Words

MOST_OPTIONS = 12


class OptionFile(Strict):
    """`right` is true, or a condition over the parameters. `feedback` says why the option is wrong."""

    id: Id
    text: TextOrSame
    right: bool | Words = False
    feedback: TextOrSame | None = None


OptionFiles = Annotated[tuple[OptionFile, ...], Field(strict=False, min_length=2, max_length=MOST_OPTIONS)]


class ChoicePart(Strict):
    options: OptionFiles
    shuffle: bool = True


class ChoiceFile(VaryingFile, ChoicePart):
    pass


def options_of(part: ChoicePart, posed: Posed) -> Mapping[str, OptionFile]:
    return posed.keyed(part.options, shuffle=part.shuffle)


def ask(part: ChoicePart, posed: Posed, *, several: bool = False) -> Options:
    found = options_of(part, posed)
    return Options(tuple(Option(key, posed.prose(each.text)) for key, each in found.items()), several)


def judge(part: ChoicePart, posed: Posed, answer: Answer) -> Judged:
    chosen = one(answer)
    options = options_of(part, posed)
    if not chosen:
        return unread(Code.ANSWER_EMPTY)
    if chosen not in options:
        return unread(Code.ANSWER_UNKNOWN_OPTION)
    option = options[chosen]
    if posed.holds(option.right):
        return Judged(score=1.0, chosen=(option.id,))
    feedback = (posed.prose(option.feedback),) if option.feedback is not None else ()
    return Judged(feedback=feedback, chosen=(option.id,))


def right(part: ChoicePart, posed: Posed) -> Answer:
    return {FIELD: next((key for key, each in options_of(part, posed).items() if posed.holds(each.right)), "")}


def wrong(part: ChoicePart, posed: Posed) -> Iterator[Wrong]:
    """Every other option than the one that is right. A second right one is thus found out."""
    answer = one(right(part, posed))
    for key, option in options_of(part, posed).items():
        if key != answer:
            yield Wrong(("options", part.options.index(option)), {FIELD: key})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    yield from option_problems(document, path)
    found = [document.get(*path, "options", at, "right") for at in range(len(document.items(*path, "options")))]
    if found and not any(found):
        yield problem(document.file, document.line(*path, "options"), Code.NO_RIGHT_OPTION)
    elif sum(each is True for each in found) > 1:
        second = [at for at, each in enumerate(found) if each is True][1]
        yield problem(document.file, document.line(*path, "options", second), Code.TWO_RIGHT_OPTIONS)


def option_problems(document: Document, path: Path) -> Iterator[Problem]:
    """Ids that repeat, conditions that mean nothing, and distractors that do not say why they are wrong."""
    yield from repeated(document, keyed(document, "id", *path, "options"))
    for at, option in enumerate(document.items(*path, "options")):
        here = (*path, "options", at)
        yield from expression_problems(document, (*here, "right"), path)
        if isinstance(option, dict) and option.get("right") is not True and "feedback" not in option:
            yield problem(document.file, document.line(*here), Code.NO_FEEDBACK, id=str(option.get("id", "?")))


def _part(posed: Posed) -> ChoiceFile:
    asked = posed.item.asked
    assert isinstance(asked, ChoiceFile)
    return asked


KIND = Kind(
    model=ChoiceFile,
    ask=lambda posed: ask(_part(posed), posed),
    judge=lambda posed, answer: judge(_part(posed), posed, answer),
    right=lambda posed: right(_part(posed), posed),
    wrong=lambda posed: wrong(_part(posed), posed),
    problems=problems,
)
