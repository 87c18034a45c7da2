"""`code`: a piece of Python that the checks of a lesson's exercise judge once it has been run."""

from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.context import code_problems, keyed, repeated, unknown
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import FIELD, MAX_LETTERS, Answer, one
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import CodeField, Judged, unread
from saem.lib.content.items.posing import Posed
from saem.lib.content.problems import Problem
from saem.lib.content.schema import FileName, Id, ItemFile, Text, Words, WrongAnswer


class CodeFile(ItemFile):
    """`setup` runs first and is shown; `start` is what the learner begins with. The rest is as in an exercise."""

    setup: str = ""
    start: str = ""
    data: dict[FileName, Id] = Field(default_factory=dict)
    checks: Annotated[tuple[Mapping[str, Any], ...], Field(strict=False, min_length=1)]
    solution: Words
    wrong: Annotated[tuple[WrongAnswer, ...], Field(strict=False, min_length=1)]


def _part(posed: Posed) -> CodeFile:
    asked = posed.item.asked
    assert isinstance(asked, CodeFile)
    return asked


def judge(_posed: Posed, answer: Answer) -> Judged:
    """Only what can be said before the code is run: a form must not bring its own results."""
    code = one(answer)
    if len(code) > MAX_LETTERS:
        return unread(Code.ANSWER_TOO_LONG, limit=MAX_LETTERS)
    return unread(Code.ANSWER_NEEDS_RUN if code.strip() else Code.ANSWER_EMPTY)


def judge_run(posed: Posed, passed: Collection[str]) -> Judged:
    """What a run is worth whose checks of these ids passed; `chosen` are the checks that failed."""
    checks = _part(posed).checks
    points = [float(check.get("points", 1)) for check in checks]
    failed = [check for check in checks if check["id"] not in passed]
    earned = sum(worth for worth, check in zip(points, checks, strict=True) if check["id"] in passed)
    hints = (check["hint"] for check in failed if isinstance(check.get("hint"), Mapping))
    return Judged(
        score=earned / max(sum(points), 1.0) if failed else 1.0,
        feedback=tuple(posed.prose(Text(ko=str(hint["ko"]), en=str(hint["en"]))) for hint in hints),
        chosen=tuple(str(check["id"]) for check in failed),
    )


def wrong(posed: Posed) -> Iterator[Wrong]:
    for at, each in enumerate(_part(posed).wrong):
        yield Wrong(("wrong", at), {FIELD: each.code})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    checks = keyed(document, "id", *path, "checks")
    yield from repeated(document, checks)
    for key in ("setup", "start", "solution"):
        yield from code_problems(document, *path, key)
    for at in range(len(document.items(*path, "wrong"))):
        here = (*path, "wrong", at)
        yield from code_problems(document, *here, "code")
        yield from unknown(document, document.texts(*here, "fails"), [name for _, name in checks], Code.UNKNOWN_CHECK)


KIND = Kind(
    model=CodeFile,
    ask=lambda posed: CodeField(_part(posed).setup, _part(posed).start, _part(posed).data),
    judge=judge,
    right=lambda posed: {FIELD: _part(posed).solution},
    wrong=wrong,
    problems=problems,
    runs=True,
)
