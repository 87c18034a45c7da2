"""`chart`: a small table drawn as a chart, with options or a number to be read from it."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field

from saem.lib.content.codes import Code
from saem.lib.content.documents import Document, Path
from saem.lib.content.items.answers import Answer
from saem.lib.content.items.expressions import evaluate
from saem.lib.content.items.filling import write
from saem.lib.content.items.kinds import choice, number
from saem.lib.content.items.kinds.choice import ChoicePart
from saem.lib.content.items.kinds.kind import Kind, Wrong
from saem.lib.content.items.kinds.number import NumberPart
from saem.lib.content.items.model import Ask, Chart, Judged, Prose, Series
from saem.lib.content.items.posing import Posed
from saem.lib.content.items.sound import expression_problems
from saem.lib.content.problems import Problem, problem
from saem.lib.content.schema import Number, Strict, Text, TextOrSame, VaryingFile, Words

MOST_POINTS = 40
# A list written out, or an expression over the parameters that gives one.
Numbers = Words | Annotated[tuple[Number, ...], Field(strict=False, min_length=2, max_length=MOST_POINTS)]
Labels = (
    Words | Annotated[tuple[int | float | TextOrSame, ...], Field(strict=False, min_length=2, max_length=MOST_POINTS)]
)


class SeriesFile(Strict):
    title: TextOrSame
    values: Numbers


class ChartPart(Strict):
    """`x` and `y` are the titles of the axes; `alt` says what is seen, for who cannot see it."""

    kind: Literal["bar", "line", "scatter"]
    x: Text
    y: Text
    labels: Labels
    series: Annotated[tuple[SeriesFile, ...], Field(strict=False, min_length=1, max_length=3)]
    alt: Text


class ChartFile(VaryingFile):
    """What is asked stands under `choice` or `number`, with the keys that those kinds have."""

    chart: ChartPart
    choice: ChoicePart | None = None
    number: NumberPart | None = None


def _asked(posed: Posed) -> ChartFile:
    asked = posed.item.asked
    assert isinstance(asked, ChartFile)
    return asked


def ask(posed: Posed) -> Ask:
    asked = _asked(posed)
    return choice.ask(asked.choice, posed) if asked.choice is not None else number.ask(_number(posed), posed)


def _number(posed: Posed) -> NumberPart:
    part = _asked(posed).number
    assert part is not None
    return part


def judge(posed: Posed, answer: Answer) -> Judged:
    asked = _asked(posed)
    if asked.choice is not None:
        return choice.judge(asked.choice, posed, answer)
    return number.judge(_number(posed), posed, answer)


def right(posed: Posed) -> Answer:
    asked = _asked(posed)
    return choice.right(asked.choice, posed) if asked.choice is not None else number.right(_number(posed), posed)


def wrong(posed: Posed) -> Iterator[Wrong]:
    asked = _asked(posed)
    key = "choice" if asked.choice is not None else "number"
    tried = choice.wrong(asked.choice, posed) if asked.choice is not None else number.wrong(_number(posed), posed)
    yield from (Wrong((key, *each.path), each.answer) for each in tried)


def drawn(posed: Posed) -> Chart:
    part = _asked(posed).chart
    labels = _list(part.labels, posed)
    numeric = all(isinstance(label, (int, float)) for label in labels)
    return Chart(
        kind=part.kind,
        x_title=posed.prose(part.x),
        y_title=posed.prose(part.y),
        labels=tuple(_label(label, posed) for label in labels),
        at=tuple(map(float, labels)) if numeric else None,
        series=tuple(
            Series(posed.prose(each.title), tuple(posed.number(value) for value in _list(each.values, posed)))
            for each in part.series
        ),
        alt=posed.prose(part.alt),
    )


def _list(written: str | tuple[Any, ...], posed: Posed) -> list[Any]:
    found = evaluate(written, posed.values) if isinstance(written, str) else written
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _label(label: Any, posed: Posed) -> Prose:
    return posed.prose(label if isinstance(label, Text) else Text(ko=write(label, "ko"), en=write(label, "en")))


def problems(document: Document, path: Path) -> Iterator[Problem]:
    asked = [key for key in ("choice", "number") if key in document.mapping(*path)]
    if len(asked) != 1:
        yield problem(document.file, document.line(*path), Code.CHART_QUESTION)
    if "choice" in asked:
        yield from choice.problems(document, (*path, "choice"))
    if "number" in asked:
        yield from number.problems(document, (*path, "number"))
    yield from expression_problems(document, (*path, "chart", "labels"), path)
    labels = document.items(*path, "chart", "labels")
    for at, series in enumerate(document.items(*path, "chart", "series")):
        here = (*path, "chart", "series", at, "values")
        yield from expression_problems(document, here, path)
        for place, _ in document.texts(*here):
            yield from expression_problems(document, place, path)
        values = document.items(*here)
        if labels and values and len(labels) != len(values):
            title = str(series.get("title") if isinstance(series, dict) else at)
            params = {"title": title[:40], "found": len(values), "expected": len(labels)}
            yield problem(document.file, document.line(*here), Code.CHART_SHAPE, **params)


KIND = Kind(model=ChartFile, ask=ask, judge=judge, right=right, wrong=wrong, problems=problems, chart=drawn)
