"""An item's variant as a form shows it, and what that form sends back."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from saem.apps.learning.cleaning import clean_code
from saem.apps.learning.prose import Reading
from saem.lib.content.items import (
    Answer,
    Ask,
    Chart,
    CodeField,
    Line,
    Lines,
    NumberField,
    Option,
    Options,
    Pairs,
    TextField,
    Variant,
)
from saem.web import charts

# One letter more than any kind reads, so that the library still sees that an answer is too long.
MAX_LETTERS = 20_001
MAX_VALUES = 100
MAX_FIELDS = 80
_FIELDS = re.compile(r"answer|(?:place|indent|match)-[a-z0-9]")
DEEPEST = 8
FEWEST_ROWS, MOST_ROWS = 6, 24


def answer_of(data: QueryDict) -> dict[str, list[str]]:
    """The fields of an answer among all that was sent, cut to what a form can hold; JSON and a database can keep it."""
    names = [name for name in data if _FIELDS.fullmatch(name)][:MAX_FIELDS]
    return {name: [_kept(value) for value in data.getlist(name)[:MAX_VALUES]] for name in names}


def _kept(value: str) -> str:
    return clean_code(value[:MAX_LETTERS])


@dataclass(frozen=True)
class OptionView:
    key: str
    html: SafeString
    is_chosen: bool = False


@dataclass(frozen=True)
class LineView:
    """One line of an ordering; `place` and `indent` are what was sent for it."""

    key: str
    code: str
    html: SafeString
    place: str = ""
    indent: str = "0"


@dataclass(frozen=True)
class PairView:
    """One left side, and the right sides to choose from. A select holds plain words, hence `text`."""

    key: str
    html: SafeString
    rights: tuple[OptionView, ...]

    @property
    def name(self) -> str:
        return f"match-{self.key}"


@dataclass(frozen=True)
class ChartView:
    plot: charts.Plot
    alt: str
    table: Mapping[str, object]


@dataclass(frozen=True)
class AskView:
    """What `practice/_ask.html` draws. `kind` is choice, choices, number, text, ordering, matching or code."""

    kind: str
    prompt: SafeString
    options: tuple[OptionView, ...] = ()
    unit: SafeString = field(default_factory=SafeString)
    typed: str = ""
    lines: tuple[LineView, ...] = ()
    has_indents: bool = False
    pairs: tuple[PairView, ...] = ()
    setup: str = ""
    files: tuple[str, ...] = ()
    chart: ChartView | None = None

    @property
    def places(self) -> range:
        return range(1, len(self.lines) + 1)

    @property
    def indents(self) -> range:
        return range(DEEPEST + 1)

    @property
    def rows(self) -> int:
        return min(max(self.typed.count("\n") + 1, FEWEST_ROWS), MOST_ROWS)


def ask_view(variant: Variant, reading: Reading, typed: Answer | None = None) -> AskView:
    """The form of a variant; `typed` is what was sent before and stays in it."""
    typed = typed or {}
    return AskView(
        prompt=reading.html(variant.prompt),
        chart=chart_view(variant.chart, reading) if variant.chart is not None else None,
        **_parts(variant.ask, reading, typed),
    )


def _parts(ask: Ask, reading: Reading, typed: Answer) -> dict[str, Any]:
    match ask:
        case Options():
            chosen = _sent(typed, "answer")
            options = tuple(_option(each, reading, chosen) for each in ask.options)
            return {"kind": "choices" if ask.several else "choice", "options": options}
        case NumberField():
            return {"kind": "number", "unit": reading.line(ask.unit), "typed": _last(typed, "answer")}
        case TextField():
            return {"kind": "text", "typed": _last(typed, "answer")}
        case Lines():
            lines = tuple(_line(each, reading, typed) for each in ask.lines)
            return {"kind": "ordering", "lines": lines, "has_indents": ask.indents}
        case Pairs():
            return {"kind": "matching", "pairs": tuple(_pair(each, ask, reading, typed) for each in ask.left)}
        case CodeField():
            code = _last(typed, "answer") or ask.start
            return {"kind": "code", "setup": ask.setup, "typed": code, "files": tuple(ask.data)}


def _option(option: Option, reading: Reading, chosen: list[str]) -> OptionView:
    return OptionView(option.key, reading.line(option.text), option.key in chosen)


def _line(line: Line, reading: Reading, typed: Answer) -> LineView:
    place, indent = _last(typed, f"place-{line.key}"), _last(typed, f"indent-{line.key}") or "0"
    return LineView(line.key, line.code, reading.line(line.text), place, indent)


def _pair(left: Option, ask: Pairs, reading: Reading, typed: Answer) -> PairView:
    chosen = _sent(typed, f"match-{left.key}")
    return PairView(
        left.key,
        reading.line(left.text),
        tuple(_option(each, reading, chosen) for each in ask.right),
    )


def _sent(typed: Answer, name: str) -> list[str]:
    found = typed.get(name, [])
    return [found] if isinstance(found, str) else list(found)


def _last(typed: Answer, name: str) -> str:
    found = _sent(typed, name)
    return found[-1] if found else ""


def chart_view(chart: Chart, reading: Reading) -> ChartView:
    """The chart to be read, and its numbers as the table that `_data_table.html` draws."""
    labels = [reading.text(each) for each in chart.labels]
    series = [(reading.text(each.title), each.values) for each in chart.series]
    plot = charts.plot(
        kind=chart.kind,
        labels=labels,
        at=chart.at,
        series=series,
        x_title=reading.text(chart.x_title),
        y_title=reading.text(chart.y_title),
    )
    rows = [[label, *(values[place] for _, values in series)] for place, label in enumerate(labels)]
    columns = [reading.text(chart.x_title), *(title for title, _ in series)]
    return ChartView(plot, reading.text(chart.alt), {"columns": columns, "rows": rows, "total": len(rows)})
