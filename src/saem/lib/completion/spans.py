"""Stretches of time as whole UTC seconds, so that no clock change can lengthen or shorten them."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open: seconds since 1970 in UTC, from `start` up to `end`; empty where `end` is not later."""

    start: int
    end: int


def seconds_of(moment: dt.datetime) -> int:
    """UTC seconds of an aware moment, the part of a second left out.

    Subtracting two moments of one zone would give the difference of their clocks, an hour wrong over a clock change.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return int(moment.timestamp() // 1)


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, overlapping and touching ones joined, empty ones left out."""
    found: list[Span] = []
    for span in sorted(spans):
        if span.end <= span.start:
            continue
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def within(spans: Iterable[Span], limits: Iterable[Span]) -> tuple[Span, ...]:
    """What both have; each of the two must be merged."""
    limits = tuple(limits)
    shared = (Span(max(span.start, limit.start), min(span.end, limit.end)) for span in spans for limit in limits)
    return tuple(span for span in shared if span.start < span.end)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> tuple[Span, ...]:
    """What is left of merged `spans` where `holes` are cut out."""
    left = tuple(spans)
    for hole in holes:
        sides = (
            side
            for span in left
            for side in (Span(span.start, min(span.end, hole.start)), Span(max(span.start, hole.end), span.end))
        )
        left = merged(side for side in sides if side.start < side.end)
    return left


def length(spans: Iterable[Span]) -> int:
    """Seconds in all; the spans must be merged."""
    return sum(end - start for start, end in spans)
