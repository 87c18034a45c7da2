"""Mentors, threads, a matching, challenges and opportunities of `bench.pages`."""

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from saem.apps.cohorts.models import Cohort, Enrolment
from saem.apps.partners.challenges.checklist import POINTS
from saem.apps.partners.models import (
    Booking,
    Challenge,
    ChallengeUse,
    MatchRow,
    MatchRun,
    Mentor,
    Opportunity,
    Pairing,
    Post,
    ReviewRequest,
    SignUp,
    Slot,
    TeamNeed,
    Vetting,
    VettingKind,
)
from saem.apps.partners.topics import TIMES, TOPICS
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import Team, TeamMentor

BATCH = 2000
DAY, HALF_HOUR = dt.timedelta(days=1), dt.timedelta(minutes=30)
REASONS = {
    "fit": {"points": 8, "topics": ["table"], "missing": [], "languages": ["ko"], "times": ["mon"], "wish": 0},
    "first_wish": None,
}
POSTS, SLOTS, SIGN_UPS = 60, 10, 30


@dataclass(frozen=True, kw_only=True)
class Partners:
    """The first team's mentor, a company with its speaker, and a matching that is given."""

    mentor: Mentor
    company: Institution
    speaker: User
    run: MatchRun
    challenge: int
    opportunity: int


def make_partners(
    cohort: Cohort, teams: Sequence[Team], members: Mapping[int, list[Enrolment]], *, mentors: int, staff: User
) -> Partners:
    company = Institution.objects.create(kind=InstitutionKind.COMPANY, name=f"회사 {cohort.pk}")
    speaker = User.objects.create_account(display_name="협력", email=f"speaker-{cohort.pk}@bench.invalid")
    grant(speaker, role=Role.PARTNER, scope=Scope.INSTITUTION, scope_id=company.pk)
    made = make_mentors(cohort, company, mentors)
    run = MatchRun.objects.create(
        cohort=cohort, first=cohort.starts_on, last=cohort.starts_on, state="given", given_by=staff,
        given_at=timezone.now(), teams=len(teams), mentors=len(made), matched=len(teams),
    )  # fmt: skip
    pairings = pair(run, teams, made)
    meet(pairings, made, members)
    facts = {"institution": company, "host": cohort.institution}
    return Partners(
        mentor=pairings[0].mentor,
        company=company,
        speaker=speaker,
        run=run,
        challenge=offer_challenges(facts, teams),
        opportunity=offer_opportunities(facts, [one.user for people in members.values() for one in people]),
    )


def make_mentors(cohort: Cohort, company: Institution, count: int) -> list[Mentor]:
    today, now = timezone.localdate(), timezone.now()
    users = User.objects.bulk_create(
        [User(display_name=f"멘토 {number}", email=f"m{number}-{cohort.pk}@bench.invalid") for number in range(count)]
    )
    made = Mentor.objects.bulk_create(
        Mentor(
            user=user, host=cohort.institution, home=company, places=5, topics=random.sample(list(TOPICS), 3),
            languages=["ko"], times=random.sample(list(TIMES), 3), declared_at=now,
        )
        for user in users
    )  # fmt: skip
    Vetting.objects.bulk_create(
        Vetting(mentor=one, kind=kind, holds_from=today - 100 * DAY, holds_until=today + 300 * DAY)
        for one in made
        for kind in VettingKind
    )
    return made


def pair(run: MatchRun, teams: Sequence[Team], mentors: Sequence[Mentor]) -> list[Pairing]:
    """Every team has one of the mentors in turn, and reasons why."""
    given = [(team, mentors[place % len(mentors)]) for place, team in enumerate(teams)]
    TeamNeed.objects.bulk_create([TeamNeed(team=team, topics=["table"]) for team in teams])
    TeamMentor.objects.bulk_create([TeamMentor(team=team, user=mentor.user) for team, mentor in given])
    MatchRow.objects.bulk_create(
        [MatchRow(run=run, team=team, mentor=mentor, reasons=REASONS) for team, mentor in given]
    )
    return Pairing.objects.bulk_create([Pairing(team=team, mentor=mentor, run=run) for team, mentor in given])


def meet(pairings: Sequence[Pairing], mentors: Sequence[Mentor], members: Mapping[int, list[Enrolment]]) -> None:
    """Long threads, half hours offered, a meeting and a review of every team; one of each waits for the first mentor."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    Post.objects.bulk_create(
        [
            Post(team_id=one.team_id, author=members[one.team_id][0].user, text="어제 잰 것을 보여 드릴게요. " * 5)
            for one in pairings
            for _again in range(POSTS if one is pairings[0] else POSTS // 10)
        ],
        BATCH,
    )
    slots = Slot.objects.bulk_create(
        [
            Slot(mentor=mentor, starts_at=(begin := now + DAY + n * HALF_HOUR), ends_at=begin + HALF_HOUR, where="방")
            for mentor in mentors
            for n in range(SLOTS)
        ],
        BATCH,
    )
    past = Slot.objects.bulk_create(
        [
            Slot(mentor=one.mentor, starts_at=(begin := now - (3 + n) * DAY - n * HALF_HOUR), ends_at=begin + HALF_HOUR)
            for n, one in enumerate(pairings)
        ],
        BATCH,
    )
    Booking.objects.bulk_create(
        [
            Booking(slot=slot, pairing=one, about="기준", minutes=30, reported_at=now, note="만났다")
            for slot, one in zip(past, pairings, strict=True)
        ],
        BATCH,
    )
    Booking.objects.create(slot=slots[0], pairing=pairings[0], about="틀린 날")
    due = timezone.localdate() + 3 * DAY
    ReviewRequest.objects.bulk_create(
        [ReviewRequest(pairing=one, text="표를 봐 주세요.", due_on=due) for one in pairings], BATCH
    )


def offer_challenges(facts: Mapping[str, Any], teams: Sequence[Team]) -> int:
    """One for two teams, all of them open; returns the newest."""
    count = len(teams) // 2
    made = Challenge.objects.bulk_create(
        Challenge(
            **facts, title=f"과제 {number}", problem="우리 학교에는 언제 비가 올까?", people="학교", topics=["table"],
            data_name="기록", data_url="https://data.example/", data_about="한 줄이 하루", licence="kogl-1",
            checklist=list(POINTS), contact_name="한협력", contact_email="a@bench.invalid", state="approved",
            decided_at=timezone.now(),
        )
        for number in range(count)
    )  # fmt: skip
    ChallengeUse.objects.bulk_create(
        [ChallengeUse(challenge=made[place % count], team=team) for place, team in enumerate(teams)]
    )
    return made[-1].pk


def offer_opportunities(facts: Mapping[str, Any], people: Sequence[User]) -> int:
    """One for ten people, all ahead, with people who signed up; returns one that the first pupil has signed up for."""
    now, count = timezone.now(), len(people) // 10
    made = Opportunity.objects.bulk_create(
        Opportunity(
            **facts, kind="talk", title=f"강연 {number}", about="일하는 모습을 봐요.", where="강당", topics=["table"],
            starts_at=now + (9 + number) * DAY, ends_at=now + (10 + number) * DAY, sign_up_until=now + (8 + number) * DAY,
            places=40, state="open", is_outside=False,
        )
        for number in range(count)
    )  # fmt: skip
    SignUp.objects.bulk_create(
        [SignUp(opportunity=one, user=user, state="going") for one in made for user in people[:SIGN_UPS]], BATCH
    )
    return made[0].pk
