"""The planned timetable: sessions with breaks, said in a zone's clock and counted in UTC."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from saem.lib.completion.errors import PlanError
from saem.lib.completion.spans import Span, length, merged, seconds_of, within, without

SEOUL = "Asia/Seoul"


@dataclass(frozen=True, kw_only=True)
class Session:
    """Aware moments; breaks are no planned time. A cancelled session is planned for nobody."""

    id: str
    start: dt.datetime
    end: dt.datetime
    breaks: tuple[tuple[dt.datetime, dt.datetime], ...] = ()
    cancelled: bool = False

    def __post_init__(self) -> None:
        if self.start.utcoffset() is None or self.end.utcoffset() is None:
            raise PlanError(f"{self.id}: times need a zone")
        if self.end.astimezone(dt.UTC) < self.start.astimezone(dt.UTC):
            raise PlanError(f"{self.id}: ends before it begins")

    @cached_property
    def whole(self) -> Span:
        """From the first to the last second, breaks included."""
        return Span(seconds_of(self.start), seconds_of(self.end))

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The planned time, merged; none where the session was cancelled."""
        if self.cancelled:
            return ()
        holes = merged(Span(seconds_of(start), seconds_of(end)) for start, end in self.breaks)
        return without(merged([self.whole]), holes)

    @cached_property
    def seconds(self) -> int:
        return length(self.spans)


@dataclass(frozen=True)
class Overlap:
    """Two sessions that are planned at the same time: nobody can attend both."""

    first: str
    second: str
    seconds: int


def session_on(
    session: str,
    day: dt.date,
    start: dt.time,
    end: dt.time,
    *,
    breaks: Iterable[tuple[dt.time, dt.time]] = (),
    zone: str = SEOUL,
) -> Session:
    """A session by the clock on the wall of `zone`; an end before the start is on the next day.

    A time that comes twice on the day of a clock change is the first of the two. Raises PlanError for a time that the
    change leaves out, and for a zone nobody knows.
    """
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise PlanError(f"{session}: no zone {zone}") from error

    def moment(clock: dt.time) -> dt.datetime:
        return _moment(session, day + dt.timedelta(days=int(end < start and clock < start)), clock, place)

    pauses = tuple((moment(first), moment(last)) for first, last in breaks)
    return Session(id=session, start=moment(start), end=moment(end), breaks=pauses)


def _moment(session: str, day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    found = dt.datetime.combine(day, clock.replace(fold=0), tzinfo=zone)
    if found.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != found.replace(tzinfo=None):
        raise PlanError(f"{session}: the clocks of {zone.key} leave out {found:%Y-%m-%d %H:%M}")
    return found


def overlaps(sessions: Iterable[Session]) -> tuple[Overlap, ...]:
    """Every pair that shares planned time, in the order of the timetable."""
    found: list[Overlap] = []
    running: list[Session] = []
    for session in sorted(sessions, key=lambda each: (each.whole, each.id)):
        running = [each for each in running if each.whole.end > session.whole.start]
        shared = [(each, length(within(each.spans, session.spans))) for each in running]
        found += [Overlap(each.id, session.id, seconds) for each, seconds in shared if seconds]
        running.append(session)
    return tuple(found)
