"""Planned minutes: breaks, clock changes, midnight, and times that cannot be."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saem.lib.completion.errors import PlanError
from saem.lib.completion.sessions import Session, overlaps, session_on
from saem.lib.completion.spans import Span, length, merged, seconds_of, within, without
from tests.lib.completion.facts_of import clock, session

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)


@pytest.mark.parametrize(
    ("planned", "minutes"),
    [
        (session("a", "10:00", "12:00"), 120),
        (session("a", "09:00", "18:00", "12:00-13:00", "15:00-15:10"), 470),
        (session("a", "10:00", "12:00", "11:00-11:30", "11:20-11:40"), 80),
        (session("a", "10:00", "12:00", "09:30-10:15", "11:50-12:30"), 95),
        (session("a", "10:00", "10:00"), 0),
        (session("a", "10:00", "12:00", "10:00-12:00"), 0),
        (session("a", "22:00", "01:30"), 210),
        (session("a", "22:00", "01:30", "23:50-00:10"), 190),
        (session("a", "22:00", "06:00", day=SPRING - dt.timedelta(days=1), zone=BERLIN), 420),
        (session("a", "22:00", "06:00", day=AUTUMN - dt.timedelta(days=1), zone=BERLIN), 540),
        (session("a", "01:00", "04:00", day=SPRING, zone=BERLIN), 120),
        (session("a", "01:00", "04:00", day=AUTUMN, zone=BERLIN), 240),
        (session("a", "01:00", "04:00", "01:30-03:30", day=SPRING, zone=BERLIN), 60),
        (session("a", "10:00", "12:00", day=SPRING, zone=BERLIN), 120),
    ],
)
def test_planned_minutes(planned: Session, minutes: int):
    assert planned.seconds == minutes * 60


def test_the_clock_of_the_zone_says_when():
    assert session("a", "10:00", "12:00").start.astimezone(dt.UTC).hour == 1
    assert session("a", "10:00", "12:00", day=SPRING, zone=BERLIN).start.astimezone(dt.UTC).hour == 8
    assert session("a", "10:00", "12:00", day=AUTUMN, zone=BERLIN).start.astimezone(dt.UTC).hour == 9


@pytest.mark.parametrize("start", ["02:00", "02:30"])
def test_a_time_that_the_clock_leaves_out(start: str):
    with pytest.raises(PlanError, match="leave out"):
        session("a", start, "04:00", day=SPRING, zone=BERLIN)


def test_what_cannot_be():
    with pytest.raises(PlanError, match="no zone"):
        session_on("a", SPRING, clock("10:00"), clock("11:00"), zone="Asia/Seol")
    with pytest.raises(PlanError, match="need a zone"):
        Session(id="a", start=dt.datetime(2026, 1, 1, 10), end=dt.datetime(2026, 1, 1, 11))  # noqa: DTZ001
    late = session("a", "10:00", "12:00")
    with pytest.raises(PlanError, match="before it begins"):
        Session(id="a", start=late.end, end=late.start)
    with pytest.raises(ValueError, match="time zone"):
        seconds_of(dt.datetime(2026, 1, 1))  # noqa: DTZ001


def test_a_cancelled_session_is_planned_for_nobody():
    planned = session()
    assert Session(id="a", start=planned.start, end=planned.end, cancelled=True).seconds == 0


def test_overlaps_of_the_timetable():
    a, b, c = session("a", "10:00", "12:00"), session("b", "11:30", "13:00"), session("c", "12:00", "14:00")
    found = overlaps([c, b, a])
    assert [(each.first, each.second, each.seconds // 60) for each in found] == [("a", "b", 30), ("b", "c", 60)]
    assert overlaps([a, c]) == ()


SPANS = st.lists(st.builds(Span, st.integers(0, 40), st.integers(0, 40)), max_size=8)


@given(SPANS, SPANS)
def test_spans_are_sets_of_seconds(first: list[Span], second: list[Span]):
    def seconds(spans: tuple[Span, ...]) -> set[int]:
        return {second for span in spans for second in range(span.start, span.end)}

    one, other = merged(first), merged(second)
    assert seconds(one) == seconds(tuple(first))
    assert length(one) == len(seconds(one))
    assert seconds(within(one, other)) == seconds(one) & seconds(other)
    assert seconds(without(one, other)) == seconds(one) - seconds(other)
    assert all(left.end < right.start for left, right in pairwise(one))
