"""The made-up cohort of `bench.projects.mentors`, and its steps with a clock."""

import datetime as dt
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment, new_join_code
from saem.apps.partners.matching import asking, runs
from saem.apps.partners.models import MatchInput, MatchRun, Mentor, Pairing, TeamNeed, Vetting, VettingKind
from saem.apps.partners.topics import TIMES, TOPICS
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from saem.apps.projects.models import Membership, Team

DAY = dt.timedelta(days=1)
A_TEAM, TEAMS_A_CLASS, WHY_NOT = 3, 8, 200
FEWEST_PLACES, MOST_PLACES = 1, 5


@dataclass(frozen=True)
class World:
    cohort: Cohort
    staff: User


@dataclass(frozen=True)
class Row:
    """A step with what it took."""

    name: str
    wall_s: float
    cpu_s: float
    queries: int


def build(teams: int, mentors: int) -> World:
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="교육청")
    program = Program.objects.create(slug="bench", owner=office)
    version = Version.objects.create(
        program=program,
        number=1,
        content_hash="sha256:bench",
        title_ko="b",
        title_en="b",
        summary_ko="b",
        summary_en="b",
    )
    today = timezone.localdate()
    cohort = Cohort.objects.create(institution=office, version=version, title="1기", title_en="1", starts_on=today)
    staff = User.objects.create_account(display_name="최담당", email="staff@example.org")
    grant(staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=office.pk)
    rng = random.Random(7)
    people = make_mentors(office, mentors, rng)
    make_teams(cohort, teams, people, rng)
    return World(cohort, staff)


def make_mentors(host: Institution, count: int, rng: random.Random) -> list[Mentor]:
    """Every twentieth one's check ends too early."""
    today = timezone.localdate()
    users = User.objects.bulk_create(
        User(display_name=f"멘토 {number}", email=f"m{number}@example.org") for number in range(count)
    )
    made = Mentor.objects.bulk_create(
        Mentor(
            user=user,
            host=host,
            places=rng.randint(FEWEST_PLACES, MOST_PLACES),
            topics=rng.sample(list(TOPICS), rng.randint(1, 4)),
            languages=rng.choices([["ko"], ["ko", "en"], ["en"]], [6, 3, 1])[0],
            times=rng.sample(list(TIMES), rng.randint(2, 5)),
            declared_at=timezone.now(),
        )
        for user in users
    )
    Vetting.objects.bulk_create(
        Vetting(
            mentor=mentor, kind=kind, holds_from=today - DAY, holds_until=today + (20 if place % 20 == 0 else 300) * DAY
        )
        for place, mentor in enumerate(made)
        for kind in VettingKind
    )
    return made


def make_teams(cohort: Cohort, count: int, mentors: list[Mentor], rng: random.Random) -> None:
    """Wishes crowd on the first mentors."""
    rooms = Classroom.objects.bulk_create(
        Classroom(cohort=cohort, name=f"{number}반", join_code=new_join_code())
        for number in range(count // TEAMS_A_CLASS + 1)
    )
    teams = Team.objects.bulk_create(
        Team(classroom=rooms[number // TEAMS_A_CLASS], project="rain", name=f"모둠 {number}") for number in range(count)
    )
    users = User.objects.bulk_create(User(display_name=f"학생 {number}") for number in range(count * A_TEAM))
    enrolments = Enrolment.objects.bulk_create(
        Enrolment(classroom_id=teams[place // A_TEAM].classroom_id, user=user, nickname=f"학생 {place}")
        for place, user in enumerate(users)
    )
    Membership.objects.bulk_create(
        Membership(team=teams[place // A_TEAM], project="rain", enrolment=one, role="data")
        for place, one in enumerate(enrolments)
    )
    TeamNeed.objects.bulk_create(
        TeamNeed(
            team=team,
            topics=rng.sample(list(TOPICS), rng.randint(1, 3)),
            languages=rng.choices([["ko"], ["en"], ["ko", "en"]], [8, 1, 1])[0],
            times=rng.sample(list(TIMES), rng.randint(2, 4)),
            wishes=[mentor.pk for mentor in rng.sample(mentors[: max(3, len(mentors) // 5)], 3)],
        )
        for team in teams
    )


def measured(world: World) -> list[Row]:
    today = timezone.localdate()
    run: list[MatchRun] = []
    rows = [
        timed(
            "the press", lambda: run.append(runs.ask(world.cohort, first=today, last=today + 60 * DAY, by=world.staff))
        )
    ]
    write: list[Callable[[], None]] = []
    rows.append(timed("read, match, explain (no transaction)", lambda: write.append(runs.compute(run[0].pk))))
    rows.append(timed("write the result", write[0]))
    found = MatchRun.objects.select_related("cohort").get(pk=run[0].pk)
    size = len(bytes(MatchInput.objects.get(run=found).data)) // 1000
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(world.staff)
    page = reverse("partners:match_run", args=[world.cohort.pk, found.pk])
    rows.append(timed(f"the page of the result ({found.matched} of {found.teams} matched)", lambda: client.get(page)))
    rows.append(timed(f"why not: the first question ({size} kB read)", lambda: why_not(found, 1)))
    rows.append(timed(f"why not: {WHY_NOT} further pairs", lambda: why_not(found, WHY_NOT)))
    runs.give(found, by=world.staff)
    rows.append(timed("give the first 50, told", runs.compute(found.pk)))
    rows.append(timed("give the others, told", lambda: give_all(found.pk)))
    assert Pairing.objects.filter(until=None).count() == found.matched
    return rows


def why_not(run: MatchRun, count: int) -> None:
    rng = random.Random(count)
    rows = list(run.rows.select_related("team"))
    mentors = list(Mentor.objects.values_list("pk", flat=True))
    for _number in range(count):
        asking.answer(run, rng.choice(rows), rng.choice(mentors))


def give_all(pk: int) -> None:
    while MatchRun.objects.get(pk=pk).state == "giving":
        runs.compute(pk)()


def timed(name: str, act: Callable[[], object]) -> Row:
    with CaptureQueriesContext(connection) as queries:
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        return Row(name, time.perf_counter() - wall, time.process_time() - cpu, len(queries))


def table(rows: list[Row]) -> str:
    lines = ["| step | wall s | CPU s | queries |", "|---|---|---|---|"]
    lines += [f"| {row.name} | {row.wall_s:.2f} | {row.cpu_s:.2f} | {row.queries} |" for row in rows]
    return "\n".join(lines)
