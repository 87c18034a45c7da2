"""What a teacher writes of people in a session: marks, never lost in silence, each change kept."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.models import AttendanceMark, Crossing, RecordChange, Session
from saem.apps.cohorts.sessions.planning import locked, note
from saem.apps.people.models import User
from saem.lib.completion import Mark, Status, Way

MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be written of one person; without `seen`, the revision shown, it is written over all."""

    enrolment: int
    mark: Mark | None
    note: str = ""
    seen: int | None = None


def save_marks(session: Session, wanted: Iterable[Wanted], *, by: User, at: dt.datetime | None = None) -> list[int]:
    """Write marks and return the people whose mark somebody else changed since the page was made: theirs stand.

    The same mark again changes nothing.
    """
    with transaction.atomic():
        # Whoever writes marks of this session queues here.
        locked(session)
        asked = list(wanted)
        rows = {row.enrolment_id: row for row in session.marks.filter(enrolment__in=[one.enrolment for one in asked])}
        different = [one for one in asked if not _stands(rows.get(one.enrolment), one)]
        conflicts = [one for one in different if one.seen is not None and one.seen != revision_of(rows, one.enrolment)]
        writable = [one for one in different if one not in conflicts]
        if writable:
            _write(session, writable, rows, by=by, at=at or timezone.now())
    return [one.enrolment for one in conflicts]


def revision_of(rows: Mapping[int, AttendanceMark], enrolment: int) -> int:
    return rows[enrolment].revision if enrolment in rows else 0


def _stands(row: AttendanceMark | None, one: Wanted) -> bool:
    """Whether exactly this is written already."""
    if row is None:
        return one.mark is None and not one.note
    return row.as_mark() == one.mark and row.note == one.note


def _write(
    session: Session, wanted: Sequence[Wanted], rows: Mapping[int, AttendanceMark], *, by: User, at: dt.datetime
) -> None:
    people = [one.enrolment for one in wanted]
    after = [_row(session, one, rows.get(one.enrolment), by=by, at=at) for one in wanted]
    AttendanceMark.objects.bulk_create(
        after,
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=[
            *("status", "late_minutes", "early_minutes", "excuse", "note"),
            *("marked_by", "marked_at", "revision"),
        ],
    )
    RecordChange.objects.bulk_create(
        RecordChange(
            enrolment_id=one.enrolment,
            subject="mark",
            field=f"session:{session.pk}",
            before=said(rows[one.enrolment].as_mark()) if one.enrolment in rows else "",
            after=said(one.mark),
            reason=one.note,
            changed_by=by,
        )
        for one in wanted
    )
    note("attendance.marked", session, by=by, people=len(people))
    facts_changed(people, by=by)


def _row(session: Session, one: Wanted, before: AttendanceMark | None, *, by: User, at: dt.datetime) -> AttendanceMark:
    mark = one.mark
    return AttendanceMark(
        session=session,
        enrolment_id=one.enrolment,
        status=mark.status.value if mark else "",
        late_minutes=mark.late_minutes if mark else 0,
        early_minutes=mark.early_minutes if mark else 0,
        excuse=mark.excuse if mark else "",
        note=one.note,
        marked_by=by,
        marked_at=at,
        revision=before.revision + 1 if before else 1,
    )


def said(mark: Mark | None) -> str:
    """A mark as the record of changes keeps it: plain, the same in every language."""
    if mark is None:
        return ""
    minutes = [f"late={mark.late_minutes}"] if mark.late_minutes else []
    minutes += [f"early={mark.early_minutes}"] if mark.early_minutes else []
    return " ".join([mark.status.value, *minutes, *([f"excuse={mark.excuse}"] if mark.excuse else [])])


def mark_said(text: str) -> Mark | None:
    """The mark that `said` wrote."""
    if not text:
        return None
    status, *rest = text.split(" ", 1)
    # What an office calls an excuse may hold spaces; it stands last.
    minutes, _sign, excuse = "".join(rest).partition("excuse=")
    numbers = {name: int(number) for name, number in (part.split("=") for part in minutes.split())}
    return Mark(
        status=Status(status), late_minutes=numbers.get("late", 0), early_minutes=numbers.get("early", 0), excuse=excuse
    )


def mark_everybody(
    session: Session, people: Collection[int], crossings: Mapping[int, list[Crossing]], *, by: User
) -> int:
    """Everybody without a mark was present (모두 출석); who checked in late or out early keeps those minutes."""
    rows = {row.enrolment_id: row for row in session.marks.filter(enrolment__in=people)}
    wanted = [
        Wanted(enrolment=person, mark=mark_of(session, crossings.get(person, [])), seen=revision_of(rows, person))
        for person in people
        if person not in rows or not rows[person].status
    ]
    return len(wanted) - len(save_marks(session, wanted, by=by))


def mark_of(session: Session, crossings: Sequence[Crossing]) -> Mark:
    """The mark that says what somebody's crossings say of coming late and leaving early."""
    came = next((each.happened_at for each in crossings if each.way == Way.IN.value), session.starts_at)
    left = crossings[-1].happened_at if crossings and crossings[-1].way == Way.OUT.value else session.ends_at
    return Mark(
        status=Status.PRESENT,
        late_minutes=minutes_between(session.starts_at, came, session),
        early_minutes=minutes_between(left, session.ends_at, session),
    )


def minutes_between(first: dt.datetime, last: dt.datetime, session: Session) -> int:
    """Whole minutes, begun ones counted, within the session's length."""
    length = -((session.starts_at - session.ends_at) // MINUTE)
    return min(max(-((first - last) // MINUTE), 0), length)


def with_minutes(mark: Mark, session: Session, *, choice: str, at: dt.datetime) -> Mark | None:
    """A tap on `late` or `early` without a number means now; None where that is not during the session."""
    if choice not in ("late", "early") or mark.late_minutes or mark.early_minutes:
        return mark
    if not session.starts_at < at < session.ends_at:
        return None
    if choice == "late":
        return replace(mark, late_minutes=minutes_between(session.starts_at, at, session))
    return replace(mark, early_minutes=minutes_between(at, session.ends_at, session))
