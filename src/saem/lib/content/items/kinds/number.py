"""`number`: a number within a tolerance, in any of the units that are named."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import FIELD, Answer, one
from saem.lib.content.items.filling import write
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, NumberField, Prose, unread
from saem.lib.content.items.numerals import MAX_LETTERS, Quantity, read_quantity
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.sound import expression_problems
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Number, Strict, Text, TextOrSame, VaryingFile, Words

# As the checks of code have it: what differs by less than a millionth is the same.
SAME = 1e-6
PERCENT = 0.01


class Mistake(Strict):
    """A wrong number that is often given, and why it is wrong."""

    answer: Number
    feedback: Text


class NumberPart(Strict):
    """`units` gives each name that may be typed its size in the main unit: with `unit: m`, km is 1000."""

    answer: Number
    tolerance: Number = 0
    relative: float = Field(default=0, ge=0, le=1)
    unit: TextOrSame | None = None
    units: Mapping[Words, float] = Field(default_factory=dict)
    unit_required: bool = False
    mistakes: Annotated[tuple[Mistake, ...], Field(strict=False)] = ()


class NumberFile(VaryingFile, NumberPart):
    pass


def ask(part: NumberPart, posed: Posed) -> NumberField:
    unit = posed.prose(part.unit) if part.unit is not None else None
    return NumberField(unit, tuple(_sizes(part)))


def judge(part: NumberPart, posed: Posed, answer: Answer) -> Judged:
    text = one(answer)
    if not text[: MAX_LETTERS + 1].strip():
        return unread(Code.ANSWER_EMPTY)
    found = read_quantity(text)
    if found is None:
        return unread(Code.ANSWER_NOT_NUMBER, text=text[:40])
    size = _size(part, found)
    if size is None:
        known = ", ".join(_sizes(part))
        code = Code.ANSWER_UNKNOWN_UNIT if known else Code.ANSWER_NOT_NUMBER
        return unread(code, text=text[:40], unit=found.unit[:40], known=known)
    if part.unit_required and not found.unit:
        return unread(Code.ANSWER_UNIT_MISSING, known=", ".join(_sizes(part)))
    number = found.number * size
    if is_near(part, posed, number, part.answer):
        return Judged(score=1.0)
    return Judged(feedback=_feedback(part, posed, number), remarks=_remarks(part, posed, number))


def is_near(part: NumberPart, posed: Posed, number: float, wanted: Number) -> bool:
    expected = posed.number(wanted)
    allowed = max(posed.number(part.tolerance), part.relative * abs(expected))
    # The noise of binary fractions must not decide at the very edge of a tolerance.
    return abs(number - expected) <= allowed + SAME * max(allowed, abs(expected), SAME)


def _feedback(part: NumberPart, posed: Posed, number: float) -> tuple[Prose, ...]:
    found = (each for each in part.mistakes if is_near(part, posed, number, each.answer))
    return tuple(posed.prose(each.feedback) for each in found)[:1]


def _remarks(part: NumberPart, posed: Posed, number: float) -> tuple[Code, ...]:
    """What can be said without giving the answer away: the sign, or a share written as a percentage."""
    expected = posed.number(part.answer)
    if expected and is_near(part, posed, -number, part.answer):
        return (Code.ANSWER_SIGN,)
    if expected and any(is_near(part, posed, number * factor, part.answer) for factor in (100, PERCENT)):
        return (Code.ANSWER_HUNDREDFOLD,)
    return ()


def _size(part: NumberPart, found: Quantity) -> float | None:
    """How large one of the typed unit is; None for a unit that nobody named."""
    sizes = _sizes(part)
    if not found.unit:
        return 1.0
    if found.unit in sizes:
        return sizes[found.unit]
    folded = {name.casefold().replace(" ", ""): size for name, size in sizes.items()}
    if found.unit == "%":
        return folded.get("%", PERCENT)
    return folded.get(found.unit.casefold().replace(" ", ""))


def _sizes(part: NumberPart) -> dict[str, float]:
    main = (part.unit.ko, part.unit.en) if part.unit is not None else ()
    return {**dict.fromkeys(main, 1.0), **part.units}


def right(part: NumberPart, posed: Posed) -> Answer:
    typed = f"{posed.number(part.answer):.12g}"
    unit = next(iter(_sizes(part)), "") if part.unit_required else ""
    return {FIELD: f"{typed} {unit}".strip()}


def wrong(part: NumberPart, posed: Posed) -> Iterator[Wrong]:
    for at, mistake in enumerate(part.mistakes):
        unit = next(iter(_sizes(part)), "") if part.unit_required else ""
        yield Wrong(("mistakes", at), {FIELD: f"{posed.number(mistake.answer):.12g} {unit}".strip()})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    for key in ("answer", "tolerance"):
        yield from expression_problems(document, (*path, key), path)
    tolerance = document.get(*path, "tolerance")
    if isinstance(tolerance, (int, float)) and tolerance < 0:
        params = {"key": "tolerance", "value": tolerance, "low": 0, "high": "∞"}
        yield problem(document.file, document.line(*path, "tolerance"), Code.OUT_OF_RANGE, **params)
    for at in range(len(document.items(*path, "mistakes"))):
        yield from expression_problems(document, (*path, "mistakes", at, "answer"), path)
    for name, size in document.mapping(*path, "units").items():
        if isinstance(size, (int, float)) and not size > 0:
            yield problem(document.file, document.line(*path, "units", name), Code.UNIT_SIZE, unit=str(name))


def gives_away(part: NumberPart, posed: Posed) -> tuple[str, ...]:
    return (write(posed.number(part.answer), "ko"),)


def _part(posed: Posed) -> NumberFile:
    asked = posed.item.asked
    assert isinstance(asked, NumberFile)
    return asked


KIND = Kind(
    model=NumberFile,
    ask=lambda posed: ask(_part(posed), posed),
    judge=lambda posed, answer: judge(_part(posed), posed, answer),
    right=lambda posed: right(_part(posed), posed),
    wrong=lambda posed: wrong(_part(posed), posed),
    problems=problems,
    gives_away=lambda posed: gives_away(_part(posed), posed),
)
