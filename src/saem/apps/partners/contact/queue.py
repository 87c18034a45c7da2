"""What waits for a mentor, in the order in which it should be done, with the minutes it takes."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from saem.apps.partners.contact.hours import HALF_HOUR
from saem.apps.partners.contact.queries import pairings_in_contact
from saem.apps.partners.models import Booking, Mentor, ReviewRequest
from saem.apps.people.models import User
from saem.apps.projects.models import MilestoneStatus, TeamMilestone

GATE_DAYS, GATE_MINUTES, REPORT_MINUTES = 5, 10, 2
SOON = dt.timedelta(days=14)


@dataclass(frozen=True)
class Task:
    """One thing to do. `kind` is report, meeting, review or gate; `place` is what its page is named by."""

    due_at: dt.datetime
    kind: str
    team: str
    team_id: int
    place: int
    words: str
    minutes: int

    @property
    def is_late(self) -> bool:
        return self.due_at < timezone.now()


def queue_of(user: User) -> list[Task]:
    """Late things first, for they are due first; what cannot be done before its hour (a meeting) stands at it."""
    tasks = [*reports(user), *meetings(user), *reviews(user), *gates(user)]
    return sorted(tasks, key=lambda task: (task.due_at, task.kind, task.place))


def meetings(user: User) -> list[Task]:
    now = timezone.now()
    rows = Booking.objects.filter(
        pairing__in=pairings_in_contact(user), cancelled_at=None, reported_at=None, slot__ends_at__gt=now
    ).filter(slot__starts_at__lt=now + SOON)
    return [
        Task(one.slot.starts_at, "meeting", one.pairing.team.name, one.pairing.team_id, one.pk, one.about, HALF_HOUR)
        for one in rows.select_related("slot", "pairing__team")
    ]


def reports(user: User) -> list[Task]:
    """Meetings that are over and of which nothing is written, also of pairs that have parted: hours were given."""
    rows = Booking.objects.filter(
        slot__mentor__in=Mentor.objects.here().filter(user_id=user.pk),
        cancelled_at=None,
        reported_at=None,
        slot__ends_at__lte=timezone.now(),
    )
    return [
        Task(one.slot.ends_at, "report", one.pairing.team.name, one.pairing.team_id, one.pk, "", REPORT_MINUTES)
        for one in rows.select_related("slot", "pairing__team")
    ]


def reviews(user: User) -> list[Task]:
    rows = ReviewRequest.objects.filter(
        pairing__in=pairings_in_contact(user), answered_at=None, cancelled_at=None
    ).select_related("pairing__team")
    return [
        Task(end_of(one.due_on), "review", one.pairing.team.name, one.pairing.team_id, one.pk, one.text, HALF_HOUR)
        for one in rows
    ]


def gates(user: User) -> list[Task]:
    """Stages that the mentor's teams have handed in."""
    teams = pairings_in_contact(user).values("team")
    rows = TeamMilestone.objects.filter(team__in=teams, status=MilestoneStatus.WAITING).select_related("team")
    wait = dt.timedelta(days=GATE_DAYS)
    return [
        Task(one.since + wait, "gate", one.team.name, one.team_id, one.pk, one.milestone, GATE_MINUTES) for one in rows
    ]


def end_of(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 59), timezone.get_current_timezone())
