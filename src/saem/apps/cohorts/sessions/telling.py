"""What participants are told of the timetable, in both languages; call inside the transaction of the act."""

from collections.abc import Iterable, Mapping

from django.urls import reverse

from saem.apps.cohorts.models import Enrolment, Session
from saem.apps.cohorts.sessions.queries import audience_of
from saem.apps.notices.moments import when_of
from saem.apps.notices.services import Telling, notify_many


def title_of(session: Session) -> dict[str, str]:
    return {"ko": session.title, "en": session.title_en or session.title}


def tell_planned(sessions: Iterable[Session]) -> None:
    """One notice for all sessions that were planned at once; they share their audience."""
    planned = list(sessions)
    first = planned[0]
    facts = {"session": title_of(first), "when": when_of(first.starts_at), "count": len(planned)}
    _tell(audience_of(first), "session.planned", f"session:{first.pk}:planned", facts)


def tell_changed(session: Session) -> None:
    facts = {
        "session": title_of(session),
        "when": when_of(session.starts_at),
        "room": session.room,
        "online": bool(session.online_url),
    }
    _tell(audience_of(session), "session.changed", f"session:{session.pk}:{session.sequence}", facts)


def tell_cancelled(session: Session) -> None:
    facts = {"session": title_of(session), "when": when_of(session.starts_at)}
    _tell(audience_of(session), "session.cancelled", f"session:{session.pk}:{session.sequence}", facts)


def _tell(people: Iterable[Enrolment], kind: str, key: str, facts: Mapping[str, object]) -> None:
    path = reverse("sessions:mine")
    recipients = {each.user_id: each.user for each in _with_users(people)}
    notify_many(kind, [Telling(recipient=user, facts=facts, path=path, key=key) for user in recipients.values()])


def _with_users(people: Iterable[Enrolment]) -> Iterable[Enrolment]:
    return people.select_related("user") if hasattr(people, "select_related") else people
