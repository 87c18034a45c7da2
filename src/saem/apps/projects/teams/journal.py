"""The team's three lines of each week, and what each of them writes for the teacher alone."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from saem.apps.cohorts.queries import classrooms_taught_by
from saem.apps.people.models import User
from saem.apps.projects.models import LogEntry, Membership, Team, TeamReflection
from saem.apps.projects.teams.noting import note

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, kw_only=True)
class Lines:
    """What was done, what was learned, what comes next."""

    done: str
    learned: str
    plan: str


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def this_week() -> dt.date:
    return monday_of(timezone.localdate())


def written(team: Team, week: dt.date) -> LogEntry | None:
    """What stands for a week now."""
    return LogEntry.objects.filter(team=team, week=week).order_by("-number").first()


def weeks_of(team: Team) -> QuerySet[LogEntry]:
    """What stands for each week, the newest week first."""
    later = LogEntry.objects.filter(team=OuterRef("team"), week=OuterRef("week"), number__gt=OuterRef("number"))
    return LogEntry.objects.filter(~Exists(later), team=team).select_related("enrolment").order_by("-week")


def write_log(membership: Membership, *, week: dt.date, lines: Lines, seen: int) -> bool:
    """Write the lines of a week; False, and nothing is written, where a team-mate wrote some since `seen`."""
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=membership.team_id)
        last = written(team, week)
        if last is not None and Lines(done=last.done, learned=last.learned, plan=last.plan) == lines:
            return True
        number = last.number if last is not None else 0
        if number != seen:
            return False
        LogEntry.objects.create(team=team, week=week, number=number + 1, enrolment=membership.enrolment, **vars(lines))
        note("team.log_written", team, by=membership.enrolment.user, week=week.isoformat())
    return True


def reflection_of(membership: Membership) -> TeamReflection | None:
    """What somebody has written for the teacher."""
    return TeamReflection.objects.filter(team=membership.team_id, enrolment=membership.enrolment_id).first()


def reflections_seen_by(user: User, team: Team) -> QuerySet[TeamReflection]:
    """What everybody of a team wrote for the teachers of the class; to anybody else there is none."""
    taught = classrooms_taught_by(user).values("pk")
    found = TeamReflection.objects.filter(team=team, team__classroom__in=taught)
    return found.select_related("enrolment").order_by("enrolment__nickname")


def write_reflection(membership: Membership, *, text: str, seen: int) -> bool:
    """Write one's own reflection; False, and nothing is written, where another tab wrote since `seen`."""
    with transaction.atomic():
        team = Team.objects.select_for_update(of=("self",)).select_related("classroom").get(pk=membership.team_id)
        row = TeamReflection.objects.filter(team=team, enrolment=membership.enrolment).first()
        if row is not None and row.text == text:
            return True
        if (row.number if row is not None else 0) != seen:
            return False
        TeamReflection.objects.update_or_create(
            team=team,
            enrolment=membership.enrolment,
            defaults={"text": text, "number": seen + 1, "written_at": timezone.now()},
        )
        note("team.reflected", team, by=membership.enrolment.user)
    return True
