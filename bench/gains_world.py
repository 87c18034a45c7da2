"""The learners that `bench.gains` measures: made-up diagnoses, twelve answers each, in classes of 25."""

import datetime as dt
import http.client
import random
import time
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.machine import machine, percentile
from bench.page_world import BACKEND, World, build, people, session_of
from bench.seed import BATCH, CLASS_SIZE, classrooms
from saem.apps.cohorts.models import Enrolment
from saem.apps.jobs.models import Job
from saem.apps.jobs.worker import drain
from saem.apps.learning.diagnosis.bank import DiagnosisBank, diagnosis_items
from saem.apps.learning.diagnosis.queries import bank_for
from saem.apps.learning.diagnosis.rescoring import score
from saem.apps.learning.itembank import calibrations
from saem.apps.learning.models import Calibration, Diagnosis, DiagnosisMoment
from saem.apps.people.models import User

__all__ = ["build", "grow", "measured", "query_counts", "rescoring", "table"]

ITEMS, REQUESTS, WARM_UP = 12, 100, 10
PAGES = ("cohort", "class")


def grow(world: World, students: int) -> None:
    """Bring the cohort to so many students with both diagnoses."""
    random.seed(students)
    version = world.cohort.version
    with transaction.atomic():
        calibrations.complete(version.program_id, diagnosis_items(version))
    bank = bank_for(version)
    existing = Enrolment.objects.filter(classroom__cohort=world.cohort).count()
    numbers = range(existing, students)
    rooms = classrooms(world.cohort, students)
    users = User.objects.bulk_create(
        [User(username=f"bench-{n}", display_name=f"학생 {n}", email=None) for n in numbers], BATCH
    )
    enrolments = Enrolment.objects.bulk_create(
        [
            Enrolment(classroom=rooms[n // CLASS_SIZE], user=user, nickname=f"학생 {n:05d}")
            for n, user in zip(numbers, users, strict=True)
        ],
        BATCH,
    )
    rows = [row for enrolment in enrolments for row in _diagnoses(world, enrolment, bank)]
    Diagnosis.objects.bulk_create(rows, BATCH)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # What autovacuum does in service within a minute of such growth.
            cursor.execute("ANALYZE")


def _diagnoses(world: World, enrolment: Enrolment, bank: DiagnosisBank) -> list[Diagnosis]:
    """Two finished diagnoses; the second one goes better."""
    found = []
    for moment, days, share in ((DiagnosisMoment.BEFORE, 60, 0.45), (DiagnosisMoment.AFTER, 5, 0.65)):
        ended = timezone.now() - dt.timedelta(days=days)
        row = Diagnosis(enrolment=enrolment, version=world.cohort.version, moment=moment, started_at=ended)
        row.finished_at = ended
        row.given = [_entry(item, share, bank) for item in random.sample(sorted(bank.items), ITEMS)]
        score(row, bank.parameters, bank.calibration)
        found.append(row)
    return found


def _entry(item: str, share: float, bank: DiagnosisBank) -> dict[str, Any]:
    asked = {"item": item, "seed": random.randrange(2**31), "token": str(uuid.uuid4()), "at": "2026-10-01T00:00:00Z"}
    return {**asked, **bank.parameters[item].as_json(), "chance": share, "score": float(random.random() < share)}


def _addresses(world: World) -> dict[str, tuple[str, User]]:
    room, _student = people(world)
    return {
        "cohort": (reverse("insight:cohort_gains", args=[world.cohort.pk]), world.staff),
        "class": (reverse("insight:classroom_gains", args=[room.pk]), world.teacher),
    }


def query_counts(world: World) -> dict[str, int]:
    counts = {}
    for name, (url, user) in _addresses(world).items():
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user, backend=BACKEND)
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == http.client.OK, (url, response.status_code)
        counts[name] = len(captured)
    return counts


def measured(world: World, address: str, counts: Mapping[str, int]) -> list[tuple[str, int, list[float]]]:
    """(page, queries, milliseconds of each request)."""
    return [
        (name, counts[name], _times(address, url, session_of(user))) for name, (url, user) in _addresses(world).items()
    ]


def _times(address: str, url: str, session: str) -> list[float]:
    reader = http.client.HTTPConnection(address, timeout=60)
    taken = []
    for _request in range(REQUESTS + WARM_UP):
        started = time.perf_counter()
        reader.request("GET", url, headers={"Cookie": f"sessionid={session}"})
        response = reader.getresponse()
        response.read()
        taken.append((time.perf_counter() - started) * 1000)
        if response.status != http.client.OK:
            raise SystemExit("the page was refused")
    return taken[WARM_UP:]


def table(rows: Sequence[tuple[int, str, int, list[float]]]) -> str:
    lines = [f"{machine()}, {connection.vendor}, n = {REQUESTS}", ""]
    lines += ["| students | page | queries | p50 ms | p95 ms |", "|---|---|---|---|---|"]
    lines += [
        f"| {size:,} | {page} | {queries} | {percentile(ms, 0.5):.0f} | {percentile(ms, 0.95):.0f} |"
        for size, page, queries, ms in rows
    ]
    return "\n".join(lines)


def rescoring(world: World) -> str:
    """How long it takes one worker to score everybody again by a new calibration."""
    before = calibrations.newest_calibration(world.cohort.version.program_id)
    assert before is not None
    items = {item: kept | {"difficulty": kept["difficulty"] + 0.1} for item, kept in before.items.items()}
    with transaction.atomic():
        Calibration.objects.create(program=before.program, number=before.number + 1, items=items)
        calibrations.request_rescoring()
    jobs = Job.objects.filter(kind=calibrations.RESCORE).count()
    started = time.perf_counter()
    drain()
    took = time.perf_counter() - started
    assert not calibrations.outdated().exists()
    return f"\n{Diagnosis.objects.count():,} results by a new calibration: {jobs} jobs, {took:.1f} s of one worker."
