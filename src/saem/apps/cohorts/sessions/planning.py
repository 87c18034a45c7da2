"""What staff and teachers do to the timetable: plan, change, cancel. Each act, its event and its notices are one."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from saem.apps.cohorts.completion.rounds import people_changed
from saem.apps.cohorts.models import Classroom, Cohort, Session
from saem.apps.cohorts.sessions.queries import audience_of
from saem.apps.cohorts.sessions.telling import tell_cancelled, tell_changed, tell_planned
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.errors import SaemError
from saem.lib.completion import Session as Planned
from saem.lib.completion import overlaps

# What a participant or a calendar must hear of (RFC 5545, 3.8.7.4); a new English title alone is among them.
TOLD = ("title", "title_en", "starts_at", "ends_at", "breaks", "room", "online_url")


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """What a session is to be: its texts, and the planned times with their breaks."""

    title: str
    title_en: str = ""
    room: str = ""
    online_url: str = ""
    times: Planned

    def facts(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "title_en": self.title_en,
            "room": self.room,
            "online_url": self.online_url,
            "starts_at": self.times.start,
            "ends_at": self.times.end,
        }


def plan(cohort: Cohort, classroom: Classroom | None, meetings: Sequence[Meeting], *, by: User) -> list[Session]:
    """Plan one session or a series. What stands already in the same place at the same time is left as it is."""
    with transaction.atomic():
        # Two presses at once queue here, and the second finds what the first made.
        Cohort.objects.select_for_update().get(pk=cohort.pk)
        standing = set(
            cohort.sessions.filter(classroom=classroom, cancelled_at=None).values_list("starts_at", "ends_at", "title")
        )
        new = [
            _session(cohort, classroom, meeting, by)
            for meeting in meetings
            if (meeting.times.start.astimezone(dt.UTC), meeting.times.end.astimezone(dt.UTC), meeting.title)
            not in standing
        ]
        made = Session.objects.bulk_create(new)
        if made:
            note("session.planned", made[0], by=by, sessions=[session.pk for session in made])
            tell_planned(made)
            plan_changed(made[0], by=by)
    return made


def _session(cohort: Cohort, classroom: Classroom | None, meeting: Meeting, by: User) -> Session:
    session = Session(cohort=cohort, classroom=classroom, created_by=by, **meeting.facts())
    session.pauses = meeting.times.breaks
    return session


def change(session: Session, meeting: Meeting, *, by: User, seen: int) -> bool:
    """Change a session; False where nothing is different. `seen` is the sequence number that the page showed.

    Raises SaemError where a colleague has changed it since.
    """
    with transaction.atomic():
        row = locked(session)
        if row.sequence != seen:
            raise SaemError("session.changed_by_other", status=409)
        before = {name: getattr(row, name) for name in TOLD}
        for name, value in meeting.facts().items():
            setattr(row, name, value)
        row.pauses = meeting.times.breaks
        if before == {name: getattr(row, name) for name in TOLD}:
            return False
        raise_sequence(row)
        note("session.changed", row, by=by, before=_plain(before))
        if not row.is_over:
            tell_changed(row)
        plan_changed(row, by=by)
    return True


def cancel(session: Session, *, by: User) -> None:
    """Cancel a session: it is planned for nobody any more, and calendars show it struck out. Twice changes nothing."""
    with transaction.atomic():
        row = locked(session)
        if row.is_cancelled:
            return
        row.cancelled_at = timezone.now()
        raise_sequence(row)
        note("session.cancelled", row, by=by)
        if not row.is_over:
            tell_cancelled(row)
        plan_changed(row, by=by)


def restore(session: Session, *, by: User) -> None:
    """Take a cancellation back."""
    with transaction.atomic():
        row = locked(session)
        if not row.is_cancelled:
            return
        row.cancelled_at = None
        raise_sequence(row)
        note("session.restored", row, by=by)
        if not row.is_over:
            tell_changed(row)
        plan_changed(row, by=by)


def raise_sequence(row: Session) -> None:
    row.sequence, row.changed_at = row.sequence + 1, timezone.now()
    row.save()


def plan_changed(session: Session, *, by: User) -> None:
    """The planned total of everybody in the audience is another one now."""
    ids = list(audience_of(session).values_list("pk", flat=True))
    people_changed(session.cohort, ids, by=by)


def clashes(sessions: Sequence[Session]) -> dict[int, list[Session]]:
    """Of one class's sessions, those that share planned time with another one, with the others."""
    by_id = {str(session.pk): session for session in sessions}
    found: dict[int, list[Session]] = {}
    for pair in overlaps(session.as_planned() for session in sessions):
        found.setdefault(by_id[pair.first].pk, []).append(by_id[pair.second])
        found.setdefault(by_id[pair.second].pk, []).append(by_id[pair.first])
    return found


def locked(session: Session) -> Session:
    return Session.objects.select_for_update(of=("self",)).select_related("cohort", "classroom").get(pk=session.pk)


def note(verb: str, session: Session, *, by: User | None, **facts: object) -> None:
    record(
        verb,
        actor=by,
        object_kind="session",
        object_id=session.pk,
        cohort_id=session.cohort_id,
        facts=facts,
    )


def _plain(values: Mapping[str, Any]) -> dict[str, object]:
    return {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in values.items()}
