"""Calendar feeds: a secret address that can be taken back, and what stands behind it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from saem.apps.cohorts.calls.links import hash_of, new_secret
from saem.apps.cohorts.models import CalendarLink, Cohort, Session
from saem.apps.cohorts.queries import cohorts_run_by
from saem.apps.cohorts.sessions.queries import own_sessions, sessions_of_cohort
from saem.apps.events.services import record
from saem.apps.people.models import User
from saem.lib.completion.calendars import Meeting, calendar

# What is long over is of no use in a calendar and would make every refresh heavier.
MOST_SESSIONS = 1000


def link_of(owner: User, cohort: Cohort | None) -> CalendarLink | None:
    """The link in force; of one's own sessions where no cohort is named."""
    return CalendarLink.objects.filter(owner=owner, cohort=cohort, revoked_at=None).first()


def new_link(owner: User, cohort: Cohort | None) -> str:
    """A fresh address, shown once; the one before opens nothing any more. Returns its token."""
    secret = new_secret()
    with transaction.atomic():
        # Two presses at once queue at the person; each takes the other's link back, and one is left.
        User.objects.select_for_update().get(pk=owner.pk)
        take_back(owner, cohort)
        link = CalendarLink.objects.create(sha256=secret.sha256, owner=owner, cohort=cohort)
        _note("calendar.opened", link)
    return secret.token


def take_back(owner: User, cohort: Cohort | None) -> bool:
    """Close the link in force; False where there is none."""
    with transaction.atomic():
        link = CalendarLink.objects.select_for_update().filter(owner=owner, cohort=cohort, revoked_at=None).first()
        if link is None:
            return False
        link.revoked_at = timezone.now()
        link.save(update_fields=["revoked_at"])
        _note("calendar.closed", link)
    return True


def link_by_token(token: str) -> CalendarLink | None:
    """The link in force with this token; a cohort's link closes by itself when its owner no longer runs the cohort."""
    link = CalendarLink.objects.filter(sha256=hash_of(token), revoked_at=None).select_related("owner", "cohort").first()
    if link is None or not link.owner.is_active:
        return None
    if link.cohort is not None and not cohorts_run_by(link.owner).filter(pk=link.cohort.pk).exists():
        return None
    return link


def feed_of(link: CalendarLink, *, site: str) -> bytes:
    """The calendar in the active language; `site` is the address that the meetings' pages stand under."""
    sessions = sessions_of_cohort(link.cohort) if link.cohort is not None else own_sessions(link.owner)
    newest = list(sessions.select_related("cohort", "classroom").order_by("-starts_at", "-pk")[:MOST_SESSIONS])
    name = link.cohort.local_title if link.cohort is not None else _("샘 시간표")
    return calendar(name, [meeting_of(session, site) for session in reversed(newest)])


def meeting_of(session: Session, site: str) -> Meeting:
    place = session.classroom.name if session.classroom is not None else session.cohort.local_title
    return Meeting(
        uid=f"{session.uid}@saem",
        start=timezone.localtime(session.starts_at),
        end=timezone.localtime(session.ends_at),
        changed_at=session.changed_at,
        title=f"{session.local_title} ({place})",
        place=session.room or (session.online_url and _("온라인")),
        description=session.online_url,
        url=session.online_url or f"{site}{reverse('sessions:mine')}",
        sequence=session.sequence,
        cancelled=session.is_cancelled,
    )


def _note(verb: str, link: CalendarLink) -> None:
    record(
        verb,
        actor=link.owner,
        object_kind="calendar_link",
        object_id=link.pk,
        cohort_id=link.cohort_id,
        facts={},
    )
