"""The pupils that `bench.practice` measures, and how they answer."""

import http.client
import random
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

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


def pressed(enrolment: Enrolment, address: str) -> list[float]:
    """Milliseconds from sending an answer to the last byte of the page that the browser is led to."""
    bench = bench_for(enrolment.user, enrolment.pk)
    url = reverse("practice:item", args=[enrolment.pk])
    connection = http.client.HTTPConnection(address, timeout=60)
    headers = {
        "Cookie": f"sessionid={session_of(enrolment.user)}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def send(method: str, body: str = "") -> int:
        connection.request(method, url, body or None, headers)
        response = connection.getresponse()
        response.read()
        return response.status

    def press(action: str, practice: PracticeState, **more: str) -> None:
        fields = {"action": action, "item": practice.item, "seed": practice.seed, "token": str(uuid4())}
        if send("POST", urlencode({"csrfmiddlewaretoken": CSRF, **fields, **more})) != http.client.FOUND:
            raise SystemExit(f"{action} was refused")

    taken: list[float] = []
    for _answer in range(ANSWERS + WARM_UP):
        send("GET")
        practice = PracticeState.objects.get(enrolment=enrolment)
        text = answer_of(bench, practice, is_right=True)
        started = time.perf_counter()
        press("answer", practice, answer=text)
        if send("GET") != http.client.OK:
            raise SystemExit("the page was refused")
        taken.append((time.perf_counter() - started) * 1000)
        press("next", practice)
    return taken[WARM_UP:]


def table(items: int, inside_ms: tuple[list[float], list[float]], pressed_ms: list[float]) -> str:
    rows = [
        ("update and next item, in the service", inside_ms[0]),
        ("the same, CPU of the process", inside_ms[1]),
        ("POST of an answer to the page after it", pressed_ms),
    ]
    lines = [f"{machine()}, {items:,} items, n = {ANSWERS}", "", "| | p50 ms | p95 ms |", "|---|---|---|"]
    lines += [f"| {name} | {percentile(ms, 0.5):.1f} | {percentile(ms, 0.95):.1f} |" for name, ms in rows]
    return "\n".join(lines)
