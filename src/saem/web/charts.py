"""Where things stand in a chart, in per cent of its own width, so that it is drawn anew on every screen."""

from collections.abc import Sequence
from dataclasses import dataclass

# Charts keep this much free on both sides, for the halves of dots and words at the ends.
MARGIN = 4.0
# Two words closer than this (in per cent of the width of a phone) would touch: the second goes a line lower.
NEAR = 26.0
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
    """A named value on a chart, such as a baseline; words near the edge are written inwards."""

    label: str
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


def place(named: Sequence[tuple[str, float]], scale: Scale, *, top: int) -> tuple[Mark, ...]:
    """Put each word below its value, on the first line where it touches no other."""
    rows: list[float] = []
    marks = []
    for label, value in sorted(named, key=lambda pair: pair[1]):
        x = scale.at(value)
        row = next((i for i, taken in enumerate(rows) if x - taken >= NEAR), len(rows))
        rows[row : row + 1] = [x]
        marks.append(Mark(label=label, value=value, x=x, y=top + row * ROW_HEIGHT, anchor=anchor(x)))
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
