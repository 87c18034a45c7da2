"""The minutes of one person in one session, as a declared policy counts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from saem.lib.completion.presence import AttendancePolicy, Crossing, Mark, Presence, Status, Treatment, Way
from saem.lib.completion.sessions import Session
from saem.lib.completion.spans import Span, length, merged, seconds_of, within, without

MINUTE = 60


class Oddity(StrEnum):
    """What somebody should look at; the minutes are counted all the same."""

    NO_CHECK_OUT = "no_check_out"
    OUT_WITHOUT_IN = "out_without_in"
    UNKNOWN_EXCUSE = "unknown_excuse"


@dataclass(frozen=True, kw_only=True)
class Attended:
    """Seconds of one session: `planned` for this person, `present` for certain, and the most that it can still be."""

    session: str
    planned: int
    present: int
    best: int
    excused: int = 0
    oddities: tuple[Oddity, ...] = ()


def attended(session: Session, presence: Presence, policy: AttendancePolicy, now: int) -> Attended:
    """Count one person in one session, as known at `now` (UTC seconds).

    Present is what nothing that follows can take away: time after `now` is not, nor what a missing check-out would
    undo. Both can still become so, unless a mark says that they will not. Who was marked absent before the end may
    still come.
    """
    mark = presence.mark
    if mark is None:
        if not presence.crossings and not presence.stretches:
            return _counted(session, (), policy, now)
        seen = _seen(session, presence, policy, now)
        here, hoped = (_forgiven(spans, session, policy) for spans in (seen.certain, seen.hoped))
        return _counted(session, here, policy, now, seen.oddities, hoped=hoped)
    if mark.status is Status.ABSENT:
        return _counted(session, (), policy, now)
    if mark.status is Status.EXCUSED:
        return _excused(session, mark, policy, now)
    return _marked(session, mark, policy, now)


def _marked(session: Session, mark: Mark, policy: AttendancePolicy, now: int) -> Attended:
    late, early = (
        0 if minutes <= policy.grace_minutes else minutes * MINUTE
        for minutes in (mark.late_minutes, mark.early_minutes)
    )
    if not late and not early:
        return _counted(session, session.spans, policy, now, open_to=session.spans)
    there = merged([Span(session.whole.start + late, session.whole.end - early)])
    here = within(session.spans, there)
    if not mark.excuse:
        return _counted(session, here, policy, now, open_to=here)
    treatment, oddities = _treatment(mark, policy)
    away = session.seconds - length(here)
    counted = _counted(session, here, policy, now, oddities, open_to=here)
    return _with_excuse(counted, away, treatment)


def _excused(session: Session, mark: Mark, policy: AttendancePolicy, now: int) -> Attended:
    treatment, oddities = _treatment(mark, policy)
    if treatment == "absent":
        return _with_excuse(_counted(session, (), policy, now, oddities), session.seconds, treatment)
    nothing = Attended(session=session.id, planned=session.seconds, present=0, best=0, oddities=oddities)
    return _with_excuse(nothing, session.seconds, treatment)


def _with_excuse(counted: Attended, away: int, treatment: Treatment) -> Attended:
    """`away` seconds are excused: they count as present, are not planned, or only noted."""
    credited = away if treatment == "present" else 0
    return Attended(
        session=counted.session,
        planned=counted.planned - (away if treatment == "not_planned" else 0),
        present=counted.present + credited,
        best=counted.best + credited,
        excused=away,
        oddities=counted.oddities,
    )


def _treatment(mark: Mark, policy: AttendancePolicy) -> tuple[Treatment, tuple[Oddity, ...]]:
    known = policy.excuses.get(mark.excuse)
    return (known, ()) if known is not None else (policy.other_excuses, (Oddity.UNKNOWN_EXCUSE,))


def _counted(
    session: Session,
    here: tuple[Span, ...],
    policy: AttendancePolicy,
    now: int,
    oddities: tuple[Oddity, ...] = (),
    *,
    hoped: tuple[Span, ...] | None = None,
    open_to: tuple[Span, ...] | None = None,
) -> Attended:
    """`here` counts up to now, and at best `hoped`; of what comes after, `open_to` can be attended (all by default)."""
    planned = session.seconds
    hoped = here if hoped is None else hoped
    if now >= session.whole.end:
        present = planned if here is session.spans else length(within(session.spans, here))
        best = present if hoped is here else length(within(session.spans, hoped))
    else:
        # Who has not come yet may still come within the grace and miss nothing.
        on_time = not hoped and now <= session.whole.start + policy.grace_minutes * MINUTE
        after = [Span(session.whole.start if on_time else now, session.whole.end)]
        present = length(without(within(session.spans, here), after))
        so_far = present if hoped is here else length(without(within(session.spans, hoped), after))
        best = so_far + length(within(session.spans if open_to is None else open_to, after))
    if policy.whole_minutes:
        present, best = present // MINUTE * MINUTE, best // MINUTE * MINUTE
    return Attended(session=session.id, planned=planned, present=present, best=best, oddities=oddities)


class _Seen(NamedTuple):
    """Merged spans of being there: for certain, and if a check-out that is still waited for comes."""

    certain: tuple[Span, ...]
    hoped: tuple[Span, ...]
    oddities: tuple[Oddity, ...]


def _seen(session: Session, presence: Presence, policy: AttendancePolicy, now: int) -> _Seen:
    """A second check-in changes nothing, nor does a check-out of who was not in, or one that comes too late."""
    last = session.whole.end + policy.check_out_minutes * MINUTE
    spans = [Span(seconds_of(start), seconds_of(end)) for start, end in presence.stretches]
    oddities: list[Oddity] = []
    since: int | None = None
    for at, way in _in_order(presence.crossings):
        if at > last:
            break
        if way is Way.IN:
            since = at if since is None else since
        elif since is None:
            oddities.append(Oddity.OUT_WITHOUT_IN)
        else:
            spans.append(Span(since, at))
            since = None
    hoped = list(spans)
    if since is not None:
        left = Span(since, _leaves(since, session, policy))
        spans.append(left)
        hoped.append(Span(since, session.whole.end) if now < last else left)
        oddities += [Oddity.NO_CHECK_OUT] if now >= last else []
    certain = merged(spans)
    return _Seen(certain, certain if hoped == spans else merged(hoped), tuple(dict.fromkeys(oddities)))


def _in_order(crossings: Iterable[Crossing]) -> list[tuple[int, Way]]:
    """At the same second one comes in before one goes out, so that neither is lost."""
    return sorted(
        ((seconds_of(each.at), each.way) for each in crossings), key=lambda each: (each[0], each[1] is Way.OUT)
    )


def _leaves(since: int, session: Session, policy: AttendancePolicy) -> int:
    """When somebody who never checks out is taken to leave."""
    if policy.missing_check_out == "until_end":
        return session.whole.end
    return since if policy.missing_check_out == "nothing" else since + policy.missing_check_out * MINUTE


def _forgiven(here: tuple[Span, ...], session: Session, policy: AttendancePolicy) -> tuple[Span, ...]:
    """Arriving or leaving within the grace is being on time."""
    grace = policy.grace_minutes * MINUTE
    there = within(here, [session.whole])
    if not grace or not there:
        return here
    first, last = there[0].start, there[-1].end
    start = session.whole.start if first - session.whole.start <= grace else first
    end = session.whole.end if session.whole.end - last <= grace else last
    return merged([*there, Span(start, first), Span(last, end)])
