"""The worlds that `bench.pages` measures: one program, a cohort that grows, cohorts of teams; one person per page."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import seed, team_pages, team_world
from bench.load import USERS, Visit
from bench.machine import machine, percentile
from bench.team_pages import Address
from bench.team_world import TeamWorld
from saem.apps.catalog.queries import program_of
from saem.apps.catalog.services import publish
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.people.models import Institution, InstitutionKind, Role, Scope, User
from saem.apps.people.services import grant
from saem.lib.sandbox import LocalSandbox

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Cost:
    """What one request of one reader takes in this process, once the page has been opened before."""

    queries: int
    cpu_ms: float


@dataclass(frozen=True)
class World:
    """The cohort under test and the people who look at it."""

    cohort: Cohort
    teacher: User
    staff: User


def build(program: Path) -> World:
    """Publish the program and open an empty cohort."""
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="bench")
    with LocalSandbox() as sandbox:
        version = publish(program, by=None, owner=office, sandbox=sandbox)
    cohort = Cohort.objects.create(institution=office, version=version, title="bench", starts_on=timezone.localdate())
    teacher = User.objects.create_account(display_name="교사", email="teacher@bench.invalid")
    staff = User.objects.create_account(display_name="담당", email="staff@bench.invalid")
    grant(staff, role=Role.STAFF, scope=Scope.COHORT, scope_id=cohort.pk)
    return World(cohort, teacher, staff)


def people(world: World) -> tuple[Classroom, Enrolment]:
    """The first class, taught by the world's teacher, and its first student."""
    room = world.cohort.classrooms.order_by("name")[0]
    grant(world.teacher, role=Role.TEACHER, scope=Scope.CLASSROOM, scope_id=room.pk)
    return room, room.enrolments.select_related("user").order_by("pk")[0]


def addresses(world: World) -> list[Address]:
    """(name, address, who opens it) of the pages of the main job."""
    room, student = people(world)
    program = program_of(world.cohort.version)
    lesson, project = next(iter(program.lessons)), next(iter(program.projects))
    submission = student.submissions.order_by("pk")[0]
    pupil = student.user
    return [
        ("home (student)", reverse("insight:home"), pupil),
        ("program", reverse("learning:program", args=[student.pk]), pupil),
        ("lesson", reverse("learning:lesson", args=[student.pk, lesson]), pupil),
        ("project", reverse("projects:project", args=[student.pk, project]), pupil),
        ("board", reverse("projects:board", args=[student.pk, project]), pupil),
        ("submission", reverse("projects:submission", args=[submission.pk]), pupil),
        ("class (teacher)", reverse("insight:classroom", args=[room.pk]), world.teacher),
        ("student (teacher)", reverse("insight:student", args=[room.pk, student.pk]), world.teacher),
        ("cohort (staff)", reverse("insight:cohort", args=[world.cohort.pk]), world.staff),
    ]


def query_counts(world: World, size: int) -> dict[str, Cost]:
    """Grow the cohort to `size` and count the queries of every page."""
    seed.grow(world.cohort, size)
    return counted(addresses(world))


def with_teams(world: World, *, teams: int, mentors: int, works: int) -> TeamWorld:
    """A further cohort of an office of its own, whose people have these teams, mentors and works."""
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name=f"bench {teams}")
    return team_world.build(world.cohort.version, office, teams=teams, mentors=mentors, works=works)


def counted(pages: Sequence[Address]) -> dict[str, Cost]:
    """What every page costs."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What autovacuum does in service within a minute of such growth.
            cursor.execute("ANALYZE")
    counts = {}
    for name, url, user in pages:
        client = Client(SERVER_NAME="127.0.0.1")
        if user is not None:
            client.force_login(user, backend=BACKEND)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            began = time.process_time()
            response = client.get(url)
            taken = time.process_time() - began
        assert response.status_code == 200, (url, response.status_code)
        counts[name] = Cost(len(captured), taken * 1000)
    return counts


def session_of(user: User | None) -> str:
    """A signed-in session, made without the sign-in page, whose rate limit is not under test; empty for nobody."""
    if user is None:
        return ""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def visits(pages: Sequence[Address]) -> list[Visit]:
    return [Visit(name, quote(url, safe="/?=&"), session_of(user)) for name, url, user in pages]


def team_addresses(world: TeamWorld) -> list[Address]:
    return team_pages.addresses(world)


def tables(counts: Mapping[int, Mapping[str, Cost]], measured: Mapping[str, list[float]], *, of: str) -> str:
    """Queries per size of the world, processor time of one request at the largest, and times of all; `of` is what is counted."""
    sizes = list(counts)
    head = "| page | " + " | ".join(f"queries at {size:,}" for size in sizes) + " | CPU ms | p50 ms | p95 ms |"
    lines = [machine(), "", head, "|---" * (len(sizes) + 4) + "|"]
    for name in counts[sizes[0]]:
        figures = " | ".join(str(counts[size][name].queries) for size in sizes)
        lines.append(
            f"| {name} | {figures} | {counts[sizes[-1]][name].cpu_ms:.0f} | {percentile(measured[name], 0.5):.0f} | {percentile(measured[name], 0.95):.0f} |"
        )
    everything = [value for values in measured.values() for value in values]
    lines.append(f"\n{USERS} concurrent users without a pause, {len(everything)} requests, at {sizes[-1]:,} {of}.")
    return "\n".join(lines)
