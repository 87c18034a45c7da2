"""Presses that a list kept while there was no network: each is taken once, or refused with a reason that is shown.

A phone sends its own time along with its presses, so that a wrong clock shifts nothing: a press happened as
long before the server's now as it did before the phone's.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from saem.apps.cohorts.models import AttendancePress, CrossingHow, Enrolment, Session
from saem.apps.cohorts.sessions.attending import cross
from saem.apps.cohorts.sessions.marking import Wanted, save_marks
from saem.apps.cohorts.sessions.rolls import Said, mark_meant
from saem.apps.people.models import User
from saem.lib.completion import Way

MOST_AT_ONCE = 1000
# What two clocks may differ by while a request travels.
TOLERANCE = dt.timedelta(seconds=60)
UNKNOWN, FUTURE, EARLY, CONFLICT, CANCELLED = (
    "press.unknown_person",
    "press.future",
    "press.too_early",
    "press.conflict",
    "press.cancelled",
)


class Press(BaseModel):
    """One press as the script sends it; `seen` is the revision of the mark that the page showed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    key: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9-]+$")
    enrolment: int
    choice: str = Field(max_length=10)
    late: str = Field(default="", max_length=10)
    early: str = Field(default="", max_length=10)
    excuse: str = Field(default="", max_length=200)
    note: str = Field(default="", max_length=1000)
    seen: int = 0
    at: AwareDatetime


class Batch(BaseModel):
    """What a phone sends: its own now, and its presses in order."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    now: AwareDatetime
    presses: list[Press] = Field(max_length=MOST_AT_ONCE)


@dataclass(frozen=True)
class Answer:
    """What became of a press: `refused` is a code of the message table, or nothing."""

    key: str
    enrolment: int
    refused: str = ""


def take(session: Session, batch: Batch, people: Mapping[int, Enrolment], *, by: User) -> list[Answer]:
    """Take presses in the order of their moments; `people` are those whom `by` may mark here."""
    now = timezone.now()
    skew = now - batch.now
    moments = {press.key: press.at + skew for press in batch.presses}
    known = _answered(batch.presses)
    return [
        known.get(press.key) or _take_one(session, press, people, by=by, at=moments[press.key], now=now)
        for press in sorted(batch.presses, key=lambda press: moments[press.key])
    ]


def _answered(presses: Sequence[Press]) -> dict[str, Answer]:
    rows = AttendancePress.objects.filter(key__in=[press.key for press in presses])
    return {row.key: Answer(row.key, row.enrolment_id, row.refused) for row in rows}


def _take_one(
    session: Session, press: Press, people: Mapping[int, Enrolment], *, by: User, at: dt.datetime, now: dt.datetime
) -> Answer:
    place = people.get(press.enrolment)
    if place is None:
        # Nobody of this list: there is no row to keep the answer with.
        return Answer(press.key, press.enrolment, UNKNOWN)
    try:
        with transaction.atomic():
            row = AttendancePress.objects.create(
                key=press.key,
                session=session,
                enrolment=place,
                choice=press.choice,
                pressed_at=at,
                pressed_by=by,
                received_at=now,
                refused=_untimely(session, at, now),
            )
            if not row.refused:
                row.refused = _carry_out(session, press, place, by=by, at=min(at, now))
                AttendancePress.objects.filter(pk=row.pk, refused="").update(refused=row.refused)
    except IntegrityError:
        # The same press arrived twice at once; the other one was taken.
        return _answered([press])[press.key]
    return Answer(press.key, place.pk, row.refused)


def _untimely(session: Session, at: dt.datetime, now: dt.datetime) -> str:
    if session.is_cancelled:
        return CANCELLED
    if at > now + TOLERANCE:
        return FUTURE
    day = timezone.localtime(session.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return EARLY if at < day else ""


def _carry_out(session: Session, press: Press, place: Enrolment, *, by: User, at: dt.datetime) -> str:
    if press.choice in (Way.IN.value, Way.OUT.value):
        cross(session, place, Way(press.choice), at=at, how=CrossingHow.OFFLINE, by=by, key=f"press:{press.key}")
        return ""
    said = Said.of(press.model_dump(include={"choice", "late", "early", "excuse", "note"}))
    meant = mark_meant(said, session, at=at)
    if meant.problem:
        return meant.problem
    wanted = Wanted(enrolment=place.pk, mark=meant.mark, note=said.note, seen=press.seen)
    return CONFLICT if save_marks(session, [wanted], by=by, at=at) else ""
