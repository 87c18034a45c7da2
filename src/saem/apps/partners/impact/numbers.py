"""What a partner promised, gave and reached, counted; of few people no number is shown."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from saem.apps.partners.contact.hours import Month, month_of
from saem.apps.partners.models import (
    Booking,
    Challenge,
    ChallengeUse,
    Mentor,
    MentorPromise,
    Opportunity,
    OpportunityState,
    Pairing,
    ReviewRequest,
    SignUp,
    SignUpState,
)
from saem.apps.people.models import Institution
from saem.apps.projects.models import Membership

MONTHS = 12
# Fewer people than these could be told apart.
FEWEST = 5


@dataclass(frozen=True)
class MonthRow:
    """Minutes of one month: what mentors promise of it, and what they gave, by meetings and reviews."""

    first: dt.date
    promised: int
    met: int
    reviewed: int

    @property
    def used(self) -> int:
        return self.met + self.reviewed


@dataclass(frozen=True, kw_only=True)
class Impact:
    """Everything on a partner's page."""

    mentors: int
    teams: int
    learners: int
    meetings: int
    reviews: int
    minutes: int
    challenges: int
    challenge_teams: int
    opportunities: int
    came: int
    months: list[MonthRow]

    @property
    def promised_now(self) -> int:
        return self.months[0].promised if self.months else 0

    @property
    def used_now(self) -> int:
        return self.months[0].used if self.months else 0


def hidden(number: int) -> int | None:
    """A count of people, or None where it is too small to show; nobody is nobody."""
    return number if number == 0 or number >= FEWEST else None


def impact_of(partner: Institution, today: dt.date | None = None) -> Impact:
    """A dozen queries, however much was done."""
    today = today or timezone.localdate()
    mentors = list(Mentor.objects.filter(home=partner).exclude(declared_at=None))
    met = Booking.objects.filter(slot__mentor__home=partner, minutes__gt=0)
    reviewed = ReviewRequest.objects.filter(pairing__mentor__home=partner, minutes__gt=0)
    teams = Pairing.objects.filter(mentor__home=partner).values("team")
    own = Challenge.objects.filter(institution=partner)
    offered = Opportunity.objects.filter(institution=partner, state=OpportunityState.OPEN)
    totals = met.aggregate(number=Count("pk"), minutes=Sum("minutes"))
    read = reviewed.aggregate(number=Count("pk"), minutes=Sum("minutes"))
    return Impact(
        mentors=sum(mentor.left_at is None for mentor in mentors),
        teams=Pairing.objects.filter(mentor__home=partner).values("team").distinct().count(),
        learners=Membership.objects.filter(team__in=teams).values("enrolment").distinct().count(),
        meetings=totals["number"],
        reviews=read["number"],
        minutes=(totals["minutes"] or 0) + (read["minutes"] or 0),
        challenges=own.exclude(decided_at=None).filter(Q(state="approved") | Q(state="closed")).count(),
        challenge_teams=ChallengeUse.objects.filter(challenge__in=own).values("team").distinct().count(),
        opportunities=offered.filter(ends_at__lt=timezone.now()).count(),
        came=SignUp.objects.filter(opportunity__in=offered, state=SignUpState.GOING, came=True).count(),
        months=list(months_of(mentors, met.annotate(moment=F("slot__starts_at")), reviewed, today)),
    )


def months_of(
    mentors: list[Mentor], met: QuerySet[Booking], reviewed: QuerySet[ReviewRequest], today: dt.date
) -> Iterator[MonthRow]:
    """The last twelve months, this one first; before anybody promised anything there is nothing to tell."""
    promised = promises_of(mentors)
    by_meeting = by_month(met.order_by().annotate(month=TruncMonth("moment")).values_list("month", "minutes"))
    by_review = by_month(reviewed.order_by().annotate(month=TruncMonth("answered_at")).values_list("month", "minutes"))
    month = month_of(today)
    for _number in range(MONTHS):
        minutes = sum(promised_in(mentor, promised[mentor.pk], month) for mentor in mentors)
        key = (month.year, month.month)
        row = MonthRow(month.first, minutes, by_meeting[key], by_review[key])
        if row.promised or row.used:
            yield row
        month = month_of(month.first - dt.timedelta(days=1))


def by_month(rows: Iterable[tuple[Any, int | None]]) -> Counter[tuple[int, int]]:
    found: Counter[tuple[int, int]] = Counter()
    for moment, minutes in rows:
        found[moment.year, moment.month] += minutes or 0
    return found


def promises_of(mentors: Iterable[Mentor]) -> dict[int, list[MentorPromise]]:
    """Every promise of many mentors, the newest first, in one query."""
    found: dict[int, list[MentorPromise]] = {mentor.pk: [] for mentor in mentors}
    for promise in MentorPromise.objects.filter(mentor__in=list(found)):
        found[promise.mentor_id].append(promise)
    return found


def promised_in(mentor: Mentor, promises: Iterable[MentorPromise], month: Month) -> int:
    """Minutes of a month: what was promised last in it, or before it; nothing once they had left."""
    left = timezone.localtime(mentor.left_at).date() if mentor.left_at else None
    if left is not None and left < month.first:
        return 0
    made = (each for each in promises if timezone.localtime(each.since).date() <= month.last)
    return next((each.minutes for each in made), 0)
