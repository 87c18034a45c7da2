"""An iCalendar feed (RFC 5545) of meetings that calendars can subscribe to and keep up to date."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from saem.lib.completion.errors import CalendarError

PRODUCT = "-//Saem//Sessions//EN"
OCTETS = 75
# In UTF-8 a byte of the form 10xxxxxx goes on with a letter that began before it.
_TOP_BITS, _GOES_ON = 0xC0, 0x80
_DAY = dt.timedelta(days=1)
# Controls are no part of a TEXT (section 3.3.11); a line's end is said with a backslash and an n.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """`uid` never changes; `sequence` grows with each change of what, when or where (section 3.8.7.4).

    `start` and `end` are aware, in one ZoneInfo zone or in UTC; `changed_at` is when it was written last.
    """

    uid: str
    start: dt.datetime
    end: dt.datetime
    changed_at: dt.datetime
    title: str
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    cancelled: bool = False

    def __post_init__(self) -> None:
        if any(moment.utcoffset() is None for moment in (self.start, self.end, self.changed_at)):
            raise CalendarError(f"{self.uid}: times need a zone")
        if self.end.astimezone(dt.UTC) < self.start.astimezone(dt.UTC):
            raise CalendarError(f"{self.uid}: ends before it begins")
        if not self.uid or _CONTROLS.search(self.uid + self.url) or re.search(r"\s", self.uid + self.url):
            raise CalendarError(f"{self.uid!r} and {self.url!r} cannot stand in a calendar")


def revised(before: Meeting, after: Meeting) -> Meeting:
    """`after` with the next sequence number where anything a reader must know changed, else with the old one.

    Raises CalendarError where the two are not one meeting.
    """
    if before.uid != after.uid:
        raise CalendarError(f"{before.uid} cannot become {after.uid}")
    same = replace(after, sequence=before.sequence, changed_at=before.changed_at)
    return same if same == before else replace(after, sequence=before.sequence + 1)


def calendar(name: str, meetings: Iterable[Meeting], *, refresh_hours: int = 1) -> bytes:
    """The feed as UTF-8, in the order of the meetings; cancelled ones stay in it, so that calendars learn of it."""
    events = tuple(meetings)
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"),
        # RFC 7986 names the first of each pair; the second is what older calendars read.
        *(f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"),
        *(f"REFRESH-INTERVAL;VALUE=DURATION:PT{refresh_hours}H", f"X-PUBLISHED-TTL:PT{refresh_hours}H"),
    ]
    for zone, moments in sorted(_zones(events).items()):
        lines += _timezone(ZoneInfo(zone), min(moments).year, max(moments).year)
    for event in events:
        lines += _event(event)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(meeting: Meeting) -> Iterator[str]:
    yield from ("BEGIN:VEVENT", f"UID:{meeting.uid}", f"DTSTAMP:{_utc(meeting.changed_at)}")
    yield from (f"LAST-MODIFIED:{_utc(meeting.changed_at)}", f"SEQUENCE:{meeting.sequence}")
    yield from (f"DTSTART{_moment(meeting.start)}", f"DTEND{_moment(meeting.end)}", f"SUMMARY:{_text(meeting.title)}")
    if meeting.place:
        yield f"LOCATION:{_text(meeting.place)}"
    if meeting.description:
        yield f"DESCRIPTION:{_text(meeting.description)}"
    if meeting.url:
        yield f"URL:{meeting.url}"
    yield f"STATUS:{'CANCELLED' if meeting.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _zones(meetings: Iterable[Meeting]) -> dict[str, list[dt.datetime]]:
    """The local moments in each named zone."""
    found: dict[str, list[dt.datetime]] = {}
    for meeting in meetings:
        for moment in (meeting.start, meeting.end):
            zone = _zone(moment)
            if zone:
                found.setdefault(zone, []).append(moment.replace(tzinfo=None))
    return found


def _zone(moment: dt.datetime) -> str:
    """The name of the moment's zone; "" where it is said in UTC.

    A clock reading that comes twice on a day of change could mean either of two moments, so it is said in UTC.
    """
    zone = moment.tzinfo
    key = zone.key if isinstance(zone, ZoneInfo) else ""
    twice = moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()
    return "" if twice or key in ("", "UTC", "Etc/UTC") else key


def _moment(moment: dt.datetime) -> str:
    zone = _zone(moment)
    return f";TZID={zone}:{moment:%Y%m%dT%H%M%S}" if zone else f":{_utc(moment)}"


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _timezone(zone: ZoneInfo, first: int, last: int) -> Iterator[str]:
    """A VTIMEZONE that is right from the year before `first` to the year after `last`: one part for each change."""
    start = dt.datetime(first - 1, 1, 1, tzinfo=dt.UTC)
    yield from ("BEGIN:VTIMEZONE", f"TZID:{zone.key}")
    local = start.astimezone(zone)
    yield from _observance(local, local.utcoffset() or dt.timedelta())
    for change in _changes(zone, start, dt.datetime(last + 2, 1, 1, tzinfo=dt.UTC)):
        before = (change - dt.timedelta(seconds=1)).astimezone(zone).utcoffset() or dt.timedelta()
        yield from _observance(change.astimezone(zone), before)
    yield "END:VTIMEZONE"


def _observance(local: dt.datetime, before: dt.timedelta) -> Iterator[str]:
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    # DTSTART is the clock's reading just before the change (section 3.6.5).
    onset = local.astimezone(dt.UTC).replace(tzinfo=None) + before
    yield from (f"BEGIN:{kind}", f"DTSTART:{onset:%Y%m%dT%H%M%S}", f"TZOFFSETFROM:{_offset(before)}")
    yield from (f"TZOFFSETTO:{_offset(local.utcoffset() or dt.timedelta())}", f"TZNAME:{local.tzname()}", f"END:{kind}")


def _changes(zone: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """Each UTC moment between the two at which the zone's offset becomes another."""
    while start < end:
        following = min(start + _DAY, end)
        if _offset_at(zone, start) != _offset_at(zone, following):
            yield _first_other(zone, start, following)
        start = following


def _first_other(zone: ZoneInfo, low: dt.datetime, high: dt.datetime) -> dt.datetime:
    """The first second in (low, high] that has the offset of `high`."""
    while high - low > dt.timedelta(seconds=1):
        middle = low + dt.timedelta(seconds=(high - low) // dt.timedelta(seconds=2))
        low, high = (low, middle) if _offset_at(zone, middle) == _offset_at(zone, high) else (middle, high)
    return high


def _offset_at(zone: ZoneInfo, moment: dt.datetime) -> dt.timedelta | None:
    return moment.astimezone(zone).utcoffset()


def _offset(offset: dt.timedelta) -> str:
    minutes, seconds = divmod(abs(int(offset.total_seconds())), 60)
    text = f"{'-' if offset < dt.timedelta() else '+'}{minutes // 60:02d}{minutes % 60:02d}"
    return text + (f"{seconds:02d}" if seconds else "")


def _text(text: str) -> str:
    """TEXT of section 3.3.11: backslash, semicolon and comma escaped, every kind of line end told by an n."""
    plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    escaped = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, a space before each but the first, no letter cut in two (3.1)."""
    raw, pieces, limit = line.encode(), [], OCTETS
    while len(raw) > limit:
        cut = limit
        while raw[cut] & _TOP_BITS == _GOES_ON:
            cut -= 1
        pieces.append(raw[:cut])
        raw, limit = raw[cut:], OCTETS - 1
    return b"\r\n ".join([*pieces, raw]) + b"\r\n"
