"""`choices`: several options may be right, and all of them are asked for."""

from collections.abc import Iterator

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import FIELD, Answer, several
from saem.lib.content.items.kinds.choice import ChoicePart, ask, option_problems, options_of
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, unread
from saem.lib.content.items.posing import Posed
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import VaryingFile


class ChoicesFile(VaryingFile, ChoicePart):
    pass


def _part(posed: Posed) -> ChoicesFile:
    asked = posed.item.asked
    assert isinstance(asked, ChoicesFile)
    return asked


def judge(posed: Posed, answer: Answer) -> Judged:
    """Found options less false ones, each as a share: all of them chosen, or none, is worth nothing."""
    options = options_of(_part(posed), posed)
    chosen = set(several(answer))
    if not chosen:
        return unread(Code.ANSWER_EMPTY)
    if not chosen <= set(options):
        return unread(Code.ANSWER_UNKNOWN_OPTION)
    wanted = {key for key, option in options.items() if posed.holds(option.right)}
    amiss = [option for key, option in options.items() if (key in chosen) != (key in wanted)]
    hits = len(chosen & wanted) / max(1, len(wanted))
    alarms = len(chosen - wanted) / max(1, len(options) - len(wanted))
    return Judged(
        score=max(0.0, hits - alarms) if amiss else 1.0,
        feedback=tuple(posed.prose(option.feedback) for option in amiss if option.feedback is not None),
        chosen=tuple(sorted(options[key].id for key in chosen)),
    )


def right(posed: Posed) -> Answer:
    return {FIELD: [key for key, each in options_of(_part(posed), posed).items() if posed.holds(each.right)]}


def wrong(posed: Posed) -> Iterator[Wrong]:
    """Each option on the other side: a distractor chosen too, a right one left out."""
    sound, part = set(several(right(posed))), _part(posed)
    for key, option in options_of(part, posed).items():
        yield Wrong(("options", part.options.index(option)), {FIELD: sorted(sound ^ {key})})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    yield from option_problems(document, path)
    found = [document.get(*path, "options", at, "right") for at in range(len(document.items(*path, "options")))]
    if found and not any(found):
        yield problem(document.file, document.line(*path, "options"), Code.NO_RIGHT_OPTION)


KIND = Kind(
    model=ChoicesFile,
    ask=lambda posed: ask(_part(posed), posed, several=True),
    judge=judge,
    right=right,
    wrong=wrong,
    problems=problems,
)
