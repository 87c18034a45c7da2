"""Where things stand in a chart, in per cent of its own width, so that it is drawn anew on every screen."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

# Charts keep this much free on both sides, for the halves of dots and words at the ends.
MARGIN = 4.0
# Roughly how many per cent of a phone's width one wide letter takes, and how much words keep between them.
LETTER, GAP = 4.2, 2.0
ROW_HEIGHT = 18


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Maps values between low and high onto the free part of the width."""

    low: float
    high: float

    def at(self, value: float) -> float:
        span = self.high - self.low
        share = (value - self.low) / span if span else 0.5
        return round(MARGIN + min(1.0, max(0.0, share)) * (100 - 2 * MARGIN), 2)


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A named value on a chart, such as a baseline; words near the edge are written inwards.

    `shown` is the label as it is drawn, cut where it is wider than a phone.
    """

    label: str
    shown: str
    value: float
    x: float
    y: int
    anchor: str


@dataclass(frozen=True, kw_only=True)
class Band:
    """One own value with its uncertainty, among named others."""

    x: float
    left: float
    width: float
    anchor: str
    marks: tuple[Mark, ...]
    height: int


def anchor(x: float) -> str:
    return "start" if x < 16 else "end" if x > 84 else "middle"  # noqa: PLR2004  # a word is about a third of a phone wide


def half_width(text: str) -> float:
    """Half of a text's width in per cent of a phone's; Hangul and the like are wide letters."""
    return sum(1.0 if ord(letter) > 0x2E7F else 0.6 for letter in text) * LETTER / 2  # noqa: PLR2004  # where they begin


def extent(text: str, x: float) -> tuple[float, float, str]:
    """From where to where a text reaches that is written at x, and its anchor: in the middle, or inwards at an edge."""
    half = half_width(text)
    if half <= min(x, 100 - x):
        return x - half, x + half, "middle"
    return (x, x + 2 * half, "start") if x <= 50 else (x - 2 * half, x, "end")  # noqa: PLR2004  # per cent


def fitting(label: str, number: str, x: float) -> str:
    """The label as it is written at x with its number: cut where a phone is too narrow for all of it."""
    room = max(x, 100 - x, 2 * min(x, 100 - x))
    cuts = (label, *(f"{label[:kept].rstrip()}…" for kept in range(len(label) - 1, 0, -1)))
    return next((cut for cut in cuts if 2 * half_width(f"{cut} {number}") <= room), "…")


def place(named: Sequence[tuple[str, float]], scale: Scale, *, top: int) -> tuple[Mark, ...]:
    """Put each word below its value, on the first line where it touches no other."""
    rows: list[float] = []
    marks = []
    for label, value in sorted(named, key=lambda pair: pair[1]):
        x = scale.at(value)
        shown = fitting(label, f"{value:g}", x)
        start, end, side = extent(f"{shown} {value:g}", x)
        row = next((i for i, taken in enumerate(rows) if start - taken >= GAP), len(rows))
        rows[row : row + 1] = [end]
        marks.append(Mark(label=label, shown=shown, value=value, x=x, y=top + row * ROW_HEIGHT, anchor=side))
    return tuple(marks)


def band(
    *,
    value: float,
    low: float | None = None,
    high: float | None = None,
    marks: Sequence[tuple[str, float]] = (),
    start: float | None = None,
    end: float | None = None,
) -> Band:
    """Lay out a value, the interval low…high around it, and named marks, on an axis from start to end.

    Without start and end the axis spans everything that is drawn, with a tenth of it free on both sides.
    """
    low, high = value if low is None else low, value if high is None else high
    drawn = [value, low, high, *(number for _, number in marks)]
    room = (max(drawn) - min(drawn)) * 0.1 or abs(value) * 0.1 or 1.0
    scale = Scale(low=min(drawn) - room if start is None else start, high=max(drawn) + room if end is None else end)
    placed = place(marks, scale, top=62)
    left = scale.at(low)
    return Band(
        x=scale.at(value),
        left=left,
        width=round(scale.at(high) - left, 2),
        anchor=anchor(scale.at(value)),
        marks=placed,
        height=max((mark.y for mark in placed), default=44) + 6,
    )


@dataclass(frozen=True, kw_only=True)
class Trend:
    """A line through values in order, the last one marked."""

    points: str
    x: float
    y: float


def trend(values: Sequence[float], *, height: float = 32.0) -> Trend | None:
    """Lay out a line through the values; higher values stand higher. None where there are fewer than two."""
    if len(values) < 2:  # noqa: PLR2004  # one point is no line
        return None
    across = Scale(low=0, high=len(values) - 1)
    upward = Scale(low=min(values), high=max(values))
    spots = [(across.at(i), round(height - upward.at(value) / 100 * height, 2)) for i, value in enumerate(values)]
    return Trend(points=" ".join(f"{x},{y}" for x, y in spots), x=spots[-1][0], y=spots[-1][1])


# A plot's own measures: pixels from the top, and per cent of the width kept free for the words of the upward axis.
TOP, FLOOR = 10.0, 200.0
LEFT, RIGHT = 14.0, 96.0
MOST_TICKS = 6
MOST_ROWS = 4
OPACITIES = (1, 0.55, 0.25)
DASHES = ("", "6 4", "2 3")
KINDS = ("bar", "line", "scatter")


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A named place on an axis; `y` is where the word of a place along x stands."""

    label: str
    at: float
    y: float = 0.0
    anchor: str = "middle"


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    opacity: float


@dataclass(frozen=True, kw_only=True)
class Dot:
    x: float
    y: float
    series: int


@dataclass(frozen=True, kw_only=True)
class Key:
    """How one series is told from the others without colour."""

    title: str
    series: int
    points: str = ""

    @property
    def opacity(self) -> float:
        return OPACITIES[self.series % len(OPACITIES)]

    @property
    def dashes(self) -> str:
        return DASHES[self.series % len(DASHES)]


@dataclass(frozen=True, kw_only=True)
class Plot:
    """Series against one axis: bars, lines with dots, or dots alone."""

    kind: str
    x_title: str
    y_title: str
    height: int
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    keys: tuple[Key, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    left: float = LEFT
    words_end: float = LEFT - 2
    floor: float = FLOOR
    floor_end: float = FLOOR + 5

    @property
    def lines(self) -> tuple[Key, ...]:
        return self.keys if self.kind == "line" else ()


def plot(
    *,
    kind: str,
    labels: Sequence[str],
    at: Sequence[float] | None,
    series: Sequence[tuple[str, Sequence[float]]],
    x_title: str = "",
    y_title: str = "",
) -> Plot:
    """Lay out a chart of kind bar, line or scatter; `at` are the places of the labels where those are numbers."""
    values = [value for _, each in series for value in each]
    low, high, step = rounded_span(min([0.0, *values] if kind == "bar" else values), max(values))
    spots = _spots(kind, len(labels), at)

    def height_of(value: float) -> float:
        return round(FLOOR - (value - low) / (high - low) * (FLOOR - TOP), 1)

    dots = [
        Dot(x=x, y=height_of(value), series=number)
        for number, (_, each) in enumerate(series)
        for x, value in zip(spots, each, strict=False)
    ]
    x_ticks = _x_ticks(labels, spots, thin=at is not None)
    count = round((high - low) / step)
    return Plot(
        kind=kind,
        x_title=x_title,
        y_title=y_title,
        height=int(max((tick.y for tick in x_ticks), default=FLOOR) + 8),
        x_ticks=x_ticks,
        y_ticks=tuple(Tick(label=f"{low + step * i:,.10g}", at=height_of(low + step * i)) for i in range(count + 1)),
        keys=tuple(
            Key(
                title=title,
                series=number,
                points=" ".join(f"{dot.x},{dot.y}" for dot in dots if dot.series == number),
            )
            for number, (title, _) in enumerate(series)
        ),
        bars=_bars(dots, len(series), len(labels), height_of(0)) if kind == "bar" else (),
        dots=() if kind == "bar" else tuple(dots),
    )


def rounded_span(low: float, high: float) -> tuple[float, float, float]:
    """Round ends and a round step of an axis that holds low and high: 1, 2 or 5 times a power of ten."""
    span = high - low or abs(high) or 1.0
    power = 10.0 ** math.floor(math.log10(span / (MOST_TICKS - 1)))
    step = next(power * size for size in (1, 2, 5, 10, 20) if span / (power * size) <= MOST_TICKS - 1)
    start, end = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return start, end if end > start else start + step, step


def _spots(kind: str, count: int, at: Sequence[float] | None) -> list[float]:
    """Where the labels stand: in slots of equal width, or where their numbers are."""
    if at is None or kind == "bar" or min(at) == max(at):
        slot = (RIGHT - LEFT) / count
        return [round(LEFT + slot * (place + 0.5), 2) for place in range(count)]
    room = (RIGHT - LEFT) * 0.04
    share = (RIGHT - LEFT - 2 * room) / (max(at) - min(at))
    return [round(LEFT + room + (each - min(at)) * share, 2) for each in at]


def _bars(dots: Sequence[Dot], series: int, count: int, zero: float) -> tuple[Bar, ...]:
    width = (RIGHT - LEFT) / count * 0.7 / series
    return tuple(
        Bar(
            x=round(dot.x + width * (dot.series - series / 2), 2),
            y=min(dot.y, zero),
            width=round(width, 2),
            height=round(abs(dot.y - zero), 1),
            opacity=OPACITIES[dot.series % len(OPACITIES)],
        )
        for dot in dots
    )


def _x_ticks(labels: Sequence[str], spots: Sequence[float], *, thin: bool) -> tuple[Tick, ...]:
    """Words below the axis, a line lower where they would touch; numbers too close to another are left out."""
    ends = [-100.0]
    ticks = []
    for label, x in sorted(zip(labels, spots, strict=True), key=lambda pair: pair[1]):
        half = half_width(label)
        start, side = x - half, "middle"
        if x + half > 100:  # noqa: PLR2004  # per cent
            start, side = x - 2 * half, "end"
        row = next((number for number, end in enumerate(ends) if start > end), len(ends))
        if row >= (1 if thin else MOST_ROWS):
            continue
        ends[row : row + 1] = [start + 2 * half]
        ticks.append(Tick(label=label, at=x, y=FLOOR + 20 + row * ROW_HEIGHT, anchor=side))
    return tuple(ticks)
