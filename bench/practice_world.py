"""The pupils that `bench.practice` measures, and how they answer."""

import http.client
import random
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone

from bench.machine import machine, percentile
from bench.page_world import session_of
from saem.apps.catalog.services import publish
from saem.apps.cohorts.models import Classroom, Cohort, Enrolment
from saem.apps.learning.models import PracticeState
from saem.apps.learning.practice import services
from saem.apps.learning.practice.queries import Bench, bench_for
from saem.apps.people.models import Institution, InstitutionKind, User
from saem.lib.content.items import right_answer
from saem.lib.sandbox import LocalSandbox

ANSWERS, WARM_UP = 300, 20
SHARE_RIGHT = 0.75
CSRF = "b" * 32


def build(program: Path) -> list[Enrolment]:
    """Publish the program and enrol two pupils."""
    office = Institution.objects.create(kind=InstitutionKind.OFFICE, name="bench")
    with LocalSandbox() as sandbox:
        version = publish(program, by=None, owner=office, sandbox=sandbox)
    cohort = Cohort.objects.create(institution=office, version=version, title="bench", starts_on=timezone.localdate())
    room = Classroom.objects.create(cohort=cohort, name="1")
    users = [User.objects.create_account(display_name=f"학생 {at}") for at in range(2)]
    return [Enrolment.objects.create(classroom=room, user=user, nickname=user.display_name) for user in users]


def answer_of(bench: Bench, practice: PracticeState, *, is_right: bool) -> str:
    (text,) = right_answer(bench.items[practice.item], practice.seed).values()
    return str(text) if is_right else "1"


def inside(enrolment: Enrolment) -> tuple[list[float], list[float]]:
    """Milliseconds, and those of this process's CPU, of an answer taken in with the choice of the next item."""
    bench = bench_for(enrolment.user, enrolment.pk)
    rng = random.Random(4)
    taken: list[float] = []
    worked: list[float] = []
    while len(taken) < ANSWERS + WARM_UP:
        practice = services.give(bench)
        item, seed = practice.item, practice.seed
        if rng.random() > SHARE_RIGHT:
            fields = {"answer": [answer_of(bench, practice, is_right=False)]}
            services.answer(bench, token=uuid4(), item=item, seed=seed, fields=fields)
            services.give_up(bench, item, seed)
        else:
            fields = {"answer": [answer_of(bench, practice, is_right=True)]}
            began, started = time.process_time(), time.perf_counter()
            done = services.answer(bench, token=uuid4(), item=item, seed=seed, fields=fields)
            taken.append((time.perf_counter() - started) * 1000)
            worked.append((time.process_time() - began) * 1000)
            assert done.practice.why["next"]
        services.go_on(bench, item, seed)
    return taken[WARM_UP:], worked[WARM_UP:]


class Browser:
    """One pupil's connection to the server."""

    def __init__(self, enrolment: Enrolment, address: str) -> None:
        self.enrolment = enrolment
        self.bench = bench_for(enrolment.user, enrolment.pk)
        self._url = reverse("practice:item", args=[enrolment.pk])
        self._connection = http.client.HTTPConnection(address, timeout=60)
        self._headers = {
            "Cookie": f"sessionid={session_of(enrolment.user)}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def look(self) -> PracticeState:
        """Open the page."""
        if self._send("GET") != http.client.OK:
            raise SystemExit("the page was refused")
        return PracticeState.objects.get(enrolment=self.enrolment)

    def press(self, action: str, practice: PracticeState, **more: str) -> None:
        fields = {"action": action, "item": practice.item, "seed": practice.seed, "token": str(uuid4())}
        if self._send("POST", urlencode({"csrfmiddlewaretoken": CSRF, **fields, **more})) != http.client.FOUND:
            raise SystemExit(f"{action} was refused")

    def answer(self, practice: PracticeState) -> float:
        """Milliseconds from sending a right answer to the last byte of the page that the browser is led to."""
        text = answer_of(self.bench, practice, is_right=True)
        started = time.perf_counter()
        self.press("answer", practice, answer=text)
        if self._send("GET") != http.client.OK:
            raise SystemExit("the page was refused")
        return (time.perf_counter() - started) * 1000

    def wait_for_server(self) -> None:
        """A file of the pages: it is served once a worker has started, and needs none of the site's code."""
        self._connection.request("GET", static("dist/app.js"))
        self._connection.getresponse().read()

    def _send(self, method: str, body: str = "") -> int:
        self._connection.request(method, self._url, body or None, self._headers)
        response = self._connection.getresponse()
        response.read()
        return response.status


def first(enrolment: Enrolment, address: str) -> tuple[float, float]:
    """Milliseconds of the first page of practice that a server gives, and of the first answer it takes in."""
    browser = Browser(enrolment, address)
    browser.wait_for_server()
    started = time.perf_counter()
    practice = browser.look()
    opened = (time.perf_counter() - started) * 1000
    answered = browser.answer(practice)
    browser.press("next", practice)
    return opened, answered


def pressed(enrolment: Enrolment, address: str) -> list[float]:
    """Milliseconds of many answers, one after the other."""
    browser = Browser(enrolment, address)
    taken: list[float] = []
    for _answer in range(ANSWERS + WARM_UP):
        practice = browser.look()
        taken.append(browser.answer(practice))
        browser.press("next", practice)
    return taken[WARM_UP:]


def table(
    items: int, inside_ms: tuple[list[float], list[float]], first_ms: tuple[float, float], pressed_ms: list[float]
) -> str:
    rows = [
        ("update and next item, in the service", inside_ms[0]),
        ("the same, CPU of the process", inside_ms[1]),
        ("POST of an answer to the page after it", pressed_ms),
    ]
    lines = [f"{machine()}, {items:,} items, n = {ANSWERS}", "", "| | p50 ms | p95 ms |", "|---|---|---|"]
    lines += [f"| {name} | {percentile(ms, 0.5):.1f} | {percentile(ms, 0.95):.1f} |" for name, ms in rows]
    opened, answered = first_ms
    lines.append(
        f"\nThe first page of practice after a start of the server: {opened:.0f} ms; its answer: {answered:.0f} ms."
    )
    return "\n".join(lines)
