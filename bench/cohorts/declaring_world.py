"""The made-up cohort of `bench.cohorts.declaring`, and its steps with a clock."""

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.completion import ruling
from saem.apps.cohorts.completion.deciding import facts_changed
from saem.apps.cohorts.completion.rounds import ROUND_JOB, under_way
from saem.apps.cohorts.models import (
    AssessmentScore,
    AttendanceMark,
    Classroom,
    Cohort,
    Completion,
    Enrolment,
    Session,
    Standing,
    new_join_code,
)
from saem.apps.jobs.database import DatabaseQueue
from saem.apps.jobs.kinds import kind_named
from saem.apps.people.models import Institution, InstitutionKind, User
from saem.lib.fleet import Stopping, Worker

A_CLASS, SESSIONS = 30, 15
RULES = """\
format: 1
id: bench
rules:
  - id: {name}
    from: 2020-01-01
    condition:
      kind: all
      id: everything
      of:
        - {{kind: attendance, id: attendance, percent: 80}}
        - {{kind: assessment, id: total, points: {points}, weights: [{{parts: {{assignment: 50, exam: 50}}}}]}}
"""


@dataclass
class World:
    cohort: Cohort
    staff: User


@dataclass
class Row:
    """Seconds on the clock and of the processor."""

    name: str
    wall: float
    cpu: float


def build(people: int) -> World:
    # A worker names its first page once, which imports every view: not a part of any batch.
    reverse("completion:own", args=[0])
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="교육청")
    program = Program.objects.create(slug="bench", owner=office)
    version = Version.objects.create(program=program, number=1, content_hash="sha256:0", title_ko="b", title_en="b")
    cohort = Cohort.objects.create(institution=office, version=version, title="b", starts_on=timezone.localdate())
    staff = User.objects.create_account(display_name="담당", email="staff@example.org")
    places = enrol(cohort, people)
    attend(cohort, places, staff)
    AssessmentScore.objects.bulk_create(
        [
            AssessmentScore(enrolment=one, part=part, points=Decimal(70), most=Decimal(100))
            for one in places
            for part in ("assignment", "exam")
        ]
    )
    return World(cohort, staff)


def enrol(cohort: Cohort, people: int) -> list[Enrolment]:
    rooms = Classroom.objects.bulk_create(
        [
            Classroom(cohort=cohort, name=f"{number + 1}반", join_code=new_join_code())
            for number in range(-(-people // A_CLASS))
        ]
    )
    users = User.objects.bulk_create([User(username=f"bench{at}", display_name=f"학생{at}") for at in range(people)])
    return Enrolment.objects.bulk_create(
        [Enrolment(classroom=rooms[at // A_CLASS], user=user, nickname=f"학생{at}") for at, user in enumerate(users)]
    )


def attend(cohort: Cohort, places: list[Enrolment], staff: User) -> None:
    start = timezone.now() - dt.timedelta(days=SESSIONS + 1)
    days = [start + dt.timedelta(days=day) for day in range(SESSIONS)]
    sessions = Session.objects.bulk_create(
        [Session(cohort=cohort, title="차시", starts_at=day, ends_at=day + dt.timedelta(hours=2)) for day in days]
    )
    AttendanceMark.objects.bulk_create(
        [
            AttendanceMark(session=session, enrolment=one, status="present", marked_by=staff)
            for session in sessions
            for one in places
        ],
        batch_size=1000,
    )


def timed(name: str, act: Callable[[], object]) -> Row:
    wall, cpu = time.perf_counter(), time.process_time()
    act()
    return Row(name, time.perf_counter() - wall, time.process_time() - cpu)


def measured(world: World) -> list[Row]:
    found: list[Row] = []
    for number, (points, what) in enumerate(((90, "nobody completes"), (60, "everybody completes"))):
        text = RULES.format(name=f"rule-{points}", points=points)
        found.append(timed(f"{what}: the press", lambda text=text, seen=number: declare(world, text, seen)))
        batches = work(world)
        found.append(Row(f"{what}: {len(batches)} batches", sum(b.wall for b in batches), sum(b.cpu for b in batches)))
        found.append(Row(f"{what}: the longest", max(b.wall for b in batches), max(b.cpu for b in batches)))
        check(world, f"rule-{points}", is_met=points < 70)
        found.append(timed(f"{what}: all in one transaction, nothing new", lambda: at_once(world)))
    Completion.objects.all().delete()
    Standing.objects.all().delete()
    found.append(timed("everybody completes: all in one transaction", lambda: at_once(world)))
    check(world, "rule-60", is_met=True)
    return found


def declare(world: World, text: str, seen: int) -> None:
    declared = ruling.declare(world.cohort, text, seen=seen, by=world.staff)
    assert declared.rules is not None, declared.problems


def work(world: World) -> list[Row]:
    """The jobs of the round, one after the other."""
    worker = Worker(
        DatabaseQueue(worker="bench", capabilities=["cpu"], kinds=[ROUND_JOB]),
        work_named=kind_named,
        stopping=Stopping(),
    )
    rows = []
    while under_way(world.cohort) is not None:
        rows.append(timed("batch", worker.do_next))
    return rows


def at_once(world: World) -> None:
    with transaction.atomic():
        ids = Enrolment.objects.filter(classroom__cohort=world.cohort).values_list("pk", flat=True)
        facts_changed(ids, by=world.staff)


def check(world: World, rule: str, *, is_met: bool) -> None:
    people = Enrolment.objects.filter(classroom__cohort=world.cohort).count()
    assert Standing.objects.filter(rule=rule).count() == people
    assert Completion.objects.count() == (people if is_met else 0)


def table(rows: list[Row]) -> str:
    lines = ["", f"| {connection.vendor} | s | CPU s |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {row.name} | {row.wall:.2f} | {row.cpu:.2f} |" for row in rows)])
