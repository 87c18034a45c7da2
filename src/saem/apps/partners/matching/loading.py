"""Reads what a matching is computed from: teams without a mentor, the institution's mentors, what staff have set."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from saem.apps.cohorts.models import Classroom, Cohort
from saem.apps.partners.mentors.clearance import clearances_of
from saem.apps.partners.models import FixedPair, MatchRun, Mentor, MentorConflict, Pairing, TeamNeed
from saem.apps.people.models import Grant, Role, Scope
from saem.apps.projects.models import Membership, Team
from saem.lib import matching as lib


@dataclass(frozen=True)
class Input:
    """Frozen lists for `lib.matching`, and the pairs that are not up to it. Ids are those of the rows, as text."""

    teams: tuple[lib.Team, ...]
    mentors: tuple[lib.Mentor, ...]
    period: lib.Period
    fixed: Mapping[int, int]


def teams_in(cohort: Cohort) -> QuerySet[Team]:
    """Teams at work in a cohort, in the order in which they were formed: the order that ends ties."""
    return Team.objects.working().filter(classroom__cohort=cohort).select_related("classroom").order_by("pk")


def teams_without(cohort: Cohort) -> QuerySet[Team]:
    return teams_in(cohort).exclude(pk__in=Pairing.objects.filter(until=None).values("team"))


def mentors_for(cohort: Cohort) -> QuerySet[Mentor]:
    """Mentors of the cohort's institution who said what they promise, in the order in which they came."""
    here = Mentor.objects.here().filter(host=cohort.institution_id)
    return here.exclude(declared_at=None).select_related("user", "home").order_by("pk")


def loads_of(mentors: Iterable[Mentor]) -> Counter[int]:
    """How many teams each has now, and is set for by hand, wherever they are."""
    pks = [mentor.pk for mentor in mentors]
    open_pairs = Pairing.objects.filter(mentor__in=pks, until=None, team__closed_at=None)
    loads = Counter(open_pairs.values_list("mentor", flat=True))
    fixed = FixedPair.objects.filter(mentor__in=pks, team__closed_at=None)
    # One that was given is counted as a pair already.
    paired = Pairing.objects.filter(until=None).values("team")
    loads.update(fixed.exclude(team__in=paired).values_list("mentor", flat=True))
    return loads


def read(run: MatchRun) -> Input:
    """A handful of queries, whatever the number of teams."""
    teams, mentors = list(teams_without(run.cohort)), list(mentors_for(run.cohort))
    known = {mentor.pk for mentor in mentors}
    fixed = {
        team: mentor
        for team, mentor in FixedPair.objects.filter(team__in=teams).values_list("team", "mentor")
        if mentor in known
    }
    barred, needs = conflicts_of(teams, mentors), needs_of(teams)
    free = [team for team in teams if team.pk not in fixed]
    return Input(
        tuple(team_of(team, needs.get(team.pk), barred[team.pk], known) for team in free),
        tuple(mentors_of(mentors, run)),
        lib.Period(run.first, run.last),
        fixed,
    )


def needs_of(teams: Iterable[Team]) -> dict[int, TeamNeed]:
    return {need.team_id: need for need in TeamNeed.objects.filter(team__in=[team.pk for team in teams])}


def team_of(team: Team, need: TeamNeed | None, barred: Iterable[int], known: set[int]) -> lib.Team:
    """A wish for somebody who is not a mentor here any more is passed over."""
    if need is None:
        return lib.Team(id=str(team.pk), languages=frozenset({"ko"}), barred=texts(barred))
    return lib.Team(
        id=str(team.pk),
        topics=frozenset(need.topics),
        languages=frozenset(need.languages),
        times=frozenset(need.times),
        wishes=tuple(str(pk) for pk in dict.fromkeys(need.wishes) if pk in known),
        barred=texts(barred),
    )


def mentors_of(mentors: list[Mentor], run: MatchRun) -> Iterable[lib.Mentor]:
    clearances, loads = clearances_of(mentors), loads_of(mentors)
    for mentor in mentors:
        span = clearances[mentor.pk].around(run.first)
        yield lib.Mentor(
            id=str(mentor.pk),
            places=mentor.places,
            has=loads[mentor.pk],
            topics=frozenset(mentor.topics),
            languages=frozenset(mentor.languages),
            times=frozenset(mentor.times),
            vetted_from=span.first if span else None,
            vetted_until=span.last if span else None,
        )


def conflicts_of(teams: list[Team], mentors: list[Mentor]) -> dict[int, set[int]]:
    """Mentors whom a team must not have: declared ones, and who is in it, or teaches its class or cohort."""
    barred: dict[int, set[int]] = defaultdict(set)
    rows = MentorConflict.objects.filter(team__in=teams, mentor__in=mentors)
    for team, mentor in rows.values_list("team", "mentor"):
        barred[team].add(mentor)
    by_user = {mentor.user_id: mentor.pk for mentor in mentors}
    members = Membership.objects.current().filter(team__in=teams, enrolment__user__in=by_user)
    for team, user in members.values_list("team", "enrolment__user"):
        barred[team].add(by_user[user])
    taught = taught_by(by_user, {team.classroom_id: team.classroom for team in teams})
    for one in teams:
        barred[one.pk] |= {by_user[user] for user in taught[one.classroom_id]}
    return barred


def taught_by(users: Iterable[int], classrooms: Mapping[int, Classroom]) -> dict[int, set[int]]:
    """Who of `users` teaches each of these classes."""
    held: dict[tuple[str, int], set[int]] = defaultdict(set)
    grants = Grant.objects.filter(user__in=list(users), role=Role.TEACHER)
    for scope, place, user in grants.values_list("scope", "scope_id", "user"):
        held[scope, place].add(user)
    return {
        pk: held[Scope.CLASSROOM, pk] | held[Scope.COHORT, classroom.cohort_id] for pk, classroom in classrooms.items()
    }


def texts(pks: Iterable[int]) -> frozenset[str]:
    return frozenset(str(pk) for pk in pks)
