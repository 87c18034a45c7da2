"""`ordering`: lines of code or steps to be put in order (a Parsons problem), with lines that do not belong."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.context import keyed, repeated
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import FIELD, MAX_LETTERS, Answer, one, several
from saem.lib.content.items.draws import Draws
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.model import Judged, Line, Lines, unread
from saem.lib.content.items.posing import KEYS, Posed
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Id, ItemFile, Strict, Text, TextOrSame, Words

MOST_LINES = 20
DEEPEST = 8
STEP = "    "


class LineFile(Strict):
    """A line that belongs: `code`, or a step in words as `text`. `indent` counts steps of four spaces."""

    id: Id
    code: Words | None = None
    text: TextOrSame | None = None
    indent: int = Field(default=0, ge=0, le=DEEPEST)


class StrayFile(LineFile):
    """A line that does not belong."""

    feedback: Text


class OrderingFile(ItemFile):
    """`lines` in the right order; `also` are other orders that are right. `indentation`: whether it is asked for."""

    lines: Annotated[tuple[LineFile, ...], Field(strict=False, min_length=2, max_length=MOST_LINES)]
    distractors: Annotated[tuple[StrayFile, ...], Field(strict=False, max_length=10)] = ()
    also: Annotated[tuple[Annotated[tuple[Id, ...], Field(strict=False)], ...], Field(strict=False)] = ()
    indentation: bool = False

    def orders(self) -> list[list[LineFile]]:
        by_id = {line.id: line for line in self.lines}
        return [list(self.lines), *([by_id[name] for name in order if name in by_id] for order in self.also)]


# What makes two lines the same, whatever their ids: lines that read alike may change places.
Token = tuple[str, str, int]
Placed = tuple[LineFile, int]


def _part(posed: Posed) -> OrderingFile:
    asked = posed.item.asked
    assert isinstance(asked, OrderingFile)
    return asked


def _token(line: LineFile, indent: int) -> Token:
    return line.code or "", line.text.ko if line.text is not None else "", indent


def _right_orders(part: OrderingFile) -> list[list[Token]]:
    return [[_token(line, line.indent * part.indentation) for line in order] for order in part.orders()]


def _shown(posed: Posed) -> Mapping[str, LineFile]:
    """The lines by key in the order of this seed, which is never a right one."""
    part = _part(posed)
    found: list[LineFile] = Draws(posed.item.id, posed.seed, "order").shuffled([*part.lines, *part.distractors])
    for _ in found:
        belonging = [_token(line, line.indent * part.indentation) for line in found if line in part.lines]
        if belonging not in _right_orders(part):
            break
        found = [*found[1:], found[0]]
    return dict(zip(KEYS, found, strict=False))


def ask(posed: Posed) -> Lines:
    part = _part(posed)

    def line(key: str, found: LineFile) -> Line:
        text = posed.prose(found.text) if found.text is not None else None
        # Where indentation is not asked for it is given, and helps.
        margin = "" if part.indentation else STEP * found.indent
        return Line(key, "\n".join(margin + each for each in (found.code or "").rstrip().split("\n")).rstrip(), text)

    return Lines(tuple(line(key, found) for key, found in _shown(posed).items()), part.indentation)


def judge(posed: Posed, answer: Answer) -> Judged:
    part, shown = _part(posed), _shown(posed)
    written = _written(answer) or _numbered(answer, shown)
    if isinstance(written, Judged):
        return written
    if not written:
        return unread(Code.ANSWER_EMPTY)
    if any(key not in shown for key, _ in written):
        return unread(Code.ANSWER_UNKNOWN_OPTION)
    if len({key for key, _ in written}) < len(written):
        return unread(Code.ANSWER_TWICE)
    placed = [(shown[key], indent) for key, indent in written]
    found = [_token(line, indent * part.indentation) for line, indent in placed]
    strays = [line for line, _ in placed if isinstance(line, StrayFile)]
    return Judged(
        score=max(_likeness(found, order) for order in _right_orders(part)),
        feedback=tuple(posed.prose(line.feedback) for line in strays),
        remarks=_remarks(part, found),
        chosen=tuple(line.id for line, _ in placed),
    )


def _written(answer: Answer) -> list[tuple[str, int]]:
    """`a:0`, `b:1` in order, sent as one text or as several."""
    texts = several(answer)
    if sum(map(len, texts)) > MAX_LETTERS:
        return [("", 0)]
    parts = [part for part in re.split(r"[\s,]+", " ".join(texts)) if part]
    return [(key, _whole(indent)) for key, _, indent in (part.partition(":") for part in parts)]


def _numbered(answer: Answer, shown: Mapping[str, LineFile]) -> list[tuple[str, int]] | Judged:
    """`place-a: 2`: what a form without script sends."""
    typed = {key: one(answer, f"place-{key}").strip() for key in shown}
    used = {key: text for key, text in typed.items() if text}
    strange = next((text for text in used.values() if not re.fullmatch(r"[0-9]{1,3}", text, re.ASCII)), None)
    if strange is not None:
        return unread(Code.ANSWER_NOT_NUMBER, text=strange[:40])
    if len({int(text) for text in used.values()}) < len(used):
        return unread(Code.ANSWER_SAME_PLACE)
    order = sorted(used, key=lambda key: int(used[key]))
    return [(key, _whole(one(answer, f"indent-{key}"))) for key in order]


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]", text.strip()[:2], re.ASCII) else 0


def _likeness(found: Sequence[Token], order: Sequence[Token]) -> float:
    """The longest common subsequence, as a share of the longer of both: 1 only where they are the same."""
    lengths = [0] * (len(order) + 1)
    for token in found:
        above = 0
        for place, other in enumerate(order, start=1):
            above, lengths[place] = (
                lengths[place],
                above + 1 if token == other else max(lengths[place], lengths[place - 1]),
            )
    return lengths[-1] / max(len(found), len(order))


def _remarks(part: OrderingFile, found: Sequence[Token]) -> tuple[Code, ...]:
    def flat(tokens: Sequence[Token]) -> list[tuple[str, str]]:
        return [(code, text) for code, text, _ in tokens]

    orders = _right_orders(part)
    only_indented = list(found) not in orders and flat(found) in [flat(order) for order in orders]
    return (Code.ANSWER_INDENT,) if only_indented else ()


def right(posed: Posed) -> Answer:
    return {FIELD: _sent(posed, [(line, line.indent) for line in _part(posed).lines])}


def _sent(posed: Posed, placed: Sequence[Placed]) -> tuple[str, ...]:
    keys = {line.id: key for key, line in _shown(posed).items()}
    asked = _part(posed).indentation
    return tuple(f"{keys[line.id]}:{indent}" if asked else keys[line.id] for line, indent in placed)


def wrong(posed: Posed) -> Iterator[Wrong]:
    """With each line that does not belong, without the last one, and flat where indentation counts."""
    part = _part(posed)
    sound: list[Placed] = [(line, line.indent) for line in part.lines]
    for at, stray in enumerate(part.distractors):
        yield Wrong(("distractors", at), {FIELD: _sent(posed, [*sound, (stray, stray.indent)])})
        yield Wrong(("distractors", at), {FIELD: _sent(posed, [(stray, stray.indent), *sound[1:]])})
    yield Wrong(("lines",), {FIELD: _sent(posed, sound[:-1])})
    if part.indentation and any(line.indent for line in part.lines):
        yield Wrong(("indentation",), {FIELD: _sent(posed, [(line, 0) for line, _ in sound])})


def problems(document: Document, path: Path) -> Iterator[Problem]:
    ids = [*keyed(document, "id", *path, "lines"), *keyed(document, "id", *path, "distractors")]
    yield from repeated(document, ids)
    for place, name in ids:
        line = document.mapping(*place[:-1])
        if ("code" in line) == ("text" in line):
            yield problem(document.file, document.line(*place), Code.LINE_SHAPE, id=name)
    belonging = [name for _, name in keyed(document, "id", *path, "lines")]
    for at in range(len(document.items(*path, "also"))):
        order = [name for _, name in document.texts(*path, "also", at)]
        off = [name for name in (*belonging, *order) if order.count(name) != 1 or name not in belonging]
        if off:
            yield problem(document.file, document.line(*path, "also", at), Code.ALSO_SHAPE, missing=off[0])


KIND = Kind(model=OrderingFile, ask=ask, judge=judge, right=right, wrong=wrong, problems=problems)
