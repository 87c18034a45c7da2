"""The session that `bench.checkin` measures, its participants, and their phones."""

import datetime as dt
import http.client
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from bench.machine import machine, percentile
from bench.page_world import session_of
from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.models import Classroom, Cohort, CompletionRules, Crossing, Enrolment, Session
from saem.apps.cohorts.sessions.codes import codes_now
from saem.apps.people.models import Institution, InstitutionKind, User
from saem.lib.completion import Way

CSRF = "b" * 32
CLASSES = 20
PAST, COMING = 6, 6
TWICE_EVERY = 10
THREADS = 120
RULES = """
format: 1
id: bench
rules:
  - id: ninety
    from: 2020-01-01
    condition: {kind: attendance, id: attendance, percent: 90}
"""


@dataclass(frozen=True)
class World:
    session: Session
    cookies: list[str]


def build(phones: int) -> World:
    """A cohort in the middle of its timetable; everybody has signed in."""
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="bench")
    program = Program.objects.create(slug="bench", owner=office)
    version = Version.objects.create(program=program, number=1, content_hash=f"sha256:{0:064d}", title_ko="측정")
    cohort = Cohort.objects.create(institution=office, version=version, title="bench", starts_on=timezone.localdate())
    CompletionRules.objects.create(cohort=cohort, number=1, text=RULES, sha256="")
    sessions = [a_session(cohort, day) for day in range(-PAST, COMING + 1)]
    rooms = [Classroom.objects.create(cohort=cohort, name=f"{number}반") for number in range(CLASSES)]
    cookies = []
    for number in range(phones):
        user = User.objects.create_account(display_name=f"학생 {number}")
        Enrolment.objects.create(classroom=rooms[number % CLASSES], user=user, nickname=user.display_name)
        cookies.append(session_of(user))
    return World(sessions[PAST], cookies)


def a_session(cohort: Cohort, day: int) -> Session:
    starts_at = timezone.now() + dt.timedelta(days=day, minutes=10)
    ends_at = starts_at + dt.timedelta(hours=2)
    return Session.objects.create(cohort=cohort, title=f"{day}", starts_at=starts_at, ends_at=ends_at)


@dataclass(frozen=True)
class Taken:
    """Milliseconds: from the link to the page with the button, from the press to the page with the time."""

    opened: float
    pressed: float


class Phone:
    """One participant's browser."""

    def __init__(self, address: str, cookie: str) -> None:
        self.address = address
        self.jar = {"sessionid": cookie, "csrftoken": CSRF}
        self.connection = http.client.HTTPConnection(address, timeout=120)

    def check_in(self, session: Session, *, twice: bool) -> Taken:
        link = reverse("sessions:scan", args=[session.pk, "in", codes_now(session, Way.IN).link])
        page = reverse("sessions:check", args=[session.pk, "in"])
        started = time.perf_counter()
        self.ask("GET", link, http.client.FOUND)
        self.ask("GET", page, http.client.OK)
        opened = time.perf_counter()
        other = threading.Thread(target=self.twin().press, args=(page,)) if twice else None
        if other is not None:
            other.start()
        self.press(page)
        if "recorded" not in self.ask("GET", page, http.client.OK):
            raise SystemExit("the page does not say that it was recorded")
        done = time.perf_counter()
        if other is not None:
            other.join()
        return Taken((opened - started) * 1000, (done - opened) * 1000)

    def twin(self) -> "Phone":
        """The same browser's second press, on a connection of its own."""
        twin = Phone(self.address, self.jar["sessionid"])
        twin.jar = dict(self.jar)
        return twin

    def press(self, page: str) -> None:
        self.ask("POST", page, http.client.FOUND, f"csrfmiddlewaretoken={CSRF}")

    def ask(self, method: str, url: str, wanted: int, body: str = "") -> str:
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items()),
            "Accept-Language": "ko",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection.request(method, url, body or None, headers)
        response = self.connection.getresponse()
        text = response.read().decode()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self.jar[name] = value
        if response.status != wanted and not (method == "POST" and response.status == http.client.OK):
            raise SystemExit(f"{method} {url} answered {response.status}")
        return text


def warm_up(address: str) -> None:
    """Until every process of the server has answered: what is measured is a morning, not the start of a server."""
    for _ask in range(24):
        connection = http.client.HTTPConnection(address, timeout=120)
        connection.request("GET", "/healthz")
        connection.getresponse().read()
        connection.close()


def check_in(world: World, address: str, *, seconds: float) -> list[Taken]:
    """Every phone comes at its own moment of the time, as people come through a door."""
    warm_up(address)
    rng = random.Random(7)
    moments = sorted(rng.uniform(0, seconds) for _phone in world.cookies)
    begun = time.perf_counter()

    def one(number: int) -> Taken:
        time.sleep(max(begun + moments[number] - time.perf_counter(), 0))
        phone = Phone(address, world.cookies[number])
        return phone.check_in(world.session, twice=number % TWICE_EVERY == 0)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(len(world.cookies))))


def table(world: World, taken: list[Taken], *, seconds: float) -> str:
    rows = Crossing.objects.filter(session=world.session)
    people = rows.values("enrolment").distinct().count()
    lines = [
        f"{machine()}, {connection.vendor}, {len(world.cookies)} phones in {seconds:.0f} s.",
        f"Check-ins kept: {rows.count()} of {len(world.cookies)}, of {people} people.",
        "",
        "| | p50 ms | p95 ms | longest ms |",
        "|---|---|---|---|",
    ]
    for name, times in (
        ("link → page with the button", [each.opened for each in taken]),
        ("press → page with the time", [each.pressed for each in taken]),
    ):
        lines.append(f"| {name} | {percentile(times, 0.5):.0f} | {percentile(times, 0.95):.0f} | {max(times):.0f} |")
    return "\n".join(lines)
