"""The feed by RFC 5545: what another program reads in it, and the octets themselves."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import icalendar
import pytest

from saem.lib.completion.calendars import Meeting, calendar, revised
from saem.lib.completion.errors import CalendarError
from tests.lib.completion.facts_of import at

WRITTEN = dt.datetime(2026, 2, 1, 3, 4, 5, tzinfo=dt.UTC)


def meeting(
    uid: str = "session-1@saem.example", start: dt.datetime | None = None, hours: int = 2, **more: object
) -> Meeting:
    start = start or at("10:00")
    end = (start.astimezone(dt.UTC) + dt.timedelta(hours=hours)).astimezone(start.tzinfo)
    return Meeting(**{"uid": uid, "start": start, "end": end, "changed_at": WRITTEN, "title": "첫 만남", **more})  # type: ignore[arg-type]


def events(feed: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(feed).walk("VEVENT"))


def test_another_program_reads_what_was_meant():
    told = meeting(
        title="인공지능, 첫걸음; \\끝",
        place="3층 강의실",
        description="노트북\n충전기",
        url="https://saem.example/s/1",
        sequence=3,
    )
    (event,) = events(calendar("딥러닝 기수", [told]))
    assert str(event["SUMMARY"]) == told.title
    assert str(event["LOCATION"]) == told.place
    assert str(event["DESCRIPTION"]) == told.description
    assert (str(event["UID"]), int(event["SEQUENCE"]), str(event["STATUS"])) == (told.uid, 3, "CONFIRMED")
    assert event["DTSTART"].dt == told.start
    assert event["DTEND"].dt == told.end
    assert event["DTSTAMP"].dt == WRITTEN
    assert "Asia/Seoul" in event["DTSTART"].to_ical().decode() or event["DTSTART"].params["TZID"] == "Asia/Seoul"


def test_a_cancelled_meeting_stays_and_says_so():
    first = meeting()
    last = revised(first, replace(first, cancelled=True))
    (event,) = events(calendar("x", [last]))
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)


def test_the_sequence_grows_with_each_change_and_only_then():
    first = meeting(sequence=4)
    written_again = replace(first, sequence=0, changed_at=WRITTEN + dt.timedelta(days=1))
    assert revised(first, written_again) == first
    for change in ({"title": "둘째 만남"}, {"place": "x"}, {"start": at("09:00")}, {"cancelled": True}):
        assert revised(first, replace(written_again, **change)).sequence == 5
    with pytest.raises(CalendarError):
        revised(first, replace(first, uid="other"))


def test_lines_are_folded_at_75_octets_between_letters():
    title = "가" * 24 + "a" + "나" * 60 + "😀" * 30
    feed = calendar("x", [meeting(title=title)])
    lines = feed.split(b"\r\n")
    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()
    (event,) = events(feed)
    assert str(event["SUMMARY"]) == title


@pytest.mark.parametrize("letters", range(60, 80))
def test_folding_loses_nothing_at_any_length(letters: int):
    (event,) = events(calendar("x", [meeting(title="b" * letters + "가,")]))
    assert str(event["SUMMARY"]) == "b" * letters + "가,"


def test_nobody_writes_lines_of_their_own():
    feed = calendar("a\r\nX-EVIL:1", [meeting(title="b\rX-EVIL:1\nX-EVIL:2\x00\x1b")])
    assert not any(line.startswith(b"X-EVIL") for line in feed.split(b"\r\n"))


ZONES = [
    ("Asia/Seoul", dt.datetime(2026, 3, 2, 10)),  # noqa: DTZ001
    ("Europe/Berlin", dt.datetime(2026, 3, 28, 10)),  # noqa: DTZ001
    ("Europe/Berlin", dt.datetime(2026, 3, 29, 3)),  # noqa: DTZ001
    ("Europe/Berlin", dt.datetime(2026, 7, 1, 10)),  # noqa: DTZ001
    ("Europe/Berlin", dt.datetime(2026, 10, 25, 2, 30)),  # noqa: DTZ001
    ("Europe/Berlin", dt.datetime(2026, 10, 25, 2, 30, fold=1)),  # noqa: DTZ001
    ("America/New_York", dt.datetime(2026, 12, 1, 23)),  # noqa: DTZ001
    ("Asia/Kathmandu", dt.datetime(2026, 5, 1, 9)),  # noqa: DTZ001
    ("UTC", dt.datetime(2026, 5, 1, 9)),  # noqa: DTZ001
]


@pytest.mark.parametrize(("zone", "local"), ZONES)
def test_times_in_any_zone(zone: str, local: dt.datetime):
    start = local.replace(tzinfo=ZoneInfo(zone))
    (event,) = events(calendar("x", [meeting(start=start)]))
    assert event["DTSTART"].dt.astimezone(dt.UTC) == start.astimezone(dt.UTC)
    assert event["DTEND"].dt.astimezone(dt.UTC) == start.astimezone(dt.UTC) + dt.timedelta(hours=2)


@pytest.mark.parametrize(("zone", "local"), ZONES[:-1])
def test_the_zone_that_is_written_is_the_zone(zone: str, local: dt.datetime):
    """Of a name that nobody knows, a reader has the written rules alone: the offsets must be those of the zone."""
    start = local.replace(tzinfo=ZoneInfo(zone), fold=0)
    twice = start.utcoffset() != start.replace(fold=1).utcoffset()
    # A reader keeps what it learnt of a name, so each case has a name of its own.
    feed = calendar("x", [meeting(start=start)]).replace(zone.encode(), f"Known/Nowhere-{local:%m%d%H}".encode())
    (event,) = events(feed)
    assert event["DTSTART"].dt.utcoffset() == (dt.timedelta() if twice else start.utcoffset())


def test_every_change_of_the_years_is_there():
    feed = calendar("x", [meeting(start=dt.datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/Berlin")))]).decode()
    assert "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST" in feed
    assert "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET" in feed
    assert feed.count("BEGIN:VTIMEZONE") == 1
    seoul = calendar("x", [meeting()]).decode()
    assert seoul.count("BEGIN:STANDARD") == 1
    assert "TZOFFSETTO:+0900" in seoul
    assert "BEGIN:VTIMEZONE" not in calendar("x", [meeting(start=WRITTEN)]).decode()


def test_the_feed_as_a_whole():
    feed = calendar("기수", [meeting("a"), meeting("b")], refresh_hours=6)
    read = icalendar.Calendar.from_ical(feed)
    assert (str(read["VERSION"]), str(read["METHOD"]), str(read["X-WR-CALNAME"])) == ("2.0", "PUBLISH", "기수")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in feed
    assert [str(event["UID"]) for event in events(feed)] == ["a", "b"]
    assert events(calendar("x", [])) == []


@pytest.mark.parametrize(
    "wrong",
    [{"uid": ""}, {"uid": "a\r\nb"}, {"uid": "a b"}, {"url": "https://x/\n"}, {"end": at("09:00")},
     {"start": dt.datetime(2026, 1, 1)}],  # noqa: DTZ001
)  # fmt: skip
def test_meetings_that_cannot_be(wrong: dict[str, object]):
    with pytest.raises(CalendarError):
        meeting(**wrong)  # type: ignore[arg-type]
