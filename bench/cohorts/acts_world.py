"""The made-up selection of `bench.cohorts.acts`, and its acts with a clock."""

import random
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import TypeVar

from django.db import connection
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import timezone

from bench.cohorts import call_world
from bench.cohorts.call_world import World, close, take
from saem.apps.cohorts.models import (
    Candidate,
    Offer,
    OfferState,
    ReviewAssignment,
    Reviewer,
    ReviewScore,
    RunState,
    SelectionRun,
    SheetKind,
)
from saem.apps.cohorts.selection import declaring
from saem.apps.cohorts.selection.handlers import RUNS
from saem.apps.cohorts.selection.loading import rules_of
from saem.apps.cohorts.selection.runs import RUN_JOB
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.services import finish
from saem.apps.people.models import Grant, Role, Scope, User
from saem.lib.fleet import Claim

REVIEWERS, LIMIT, CHUNK = 200, 150, 5000
Row = tuple[str, float, float]
Result = TypeVar("Result")


def build(people: int, seats: int) -> World:
    """Applications to a closed call, two readings each wanted, of people whom nobody has asked yet."""
    # A page that is named first imports every view: not a part of any act.
    reverse("selection:overview", args=[0])
    world = call_world.build(people, seats)
    data = call_world.rules(seats)
    for stage in data["stages"]:
        stage |= {"reviews": 2, "disagreement": 30}
    assert declaring.declare(world.call, by=world.staff, data=data, manner=call_world.MANNER, reason="two") == ()
    Grant.objects.create(
        user=world.staff, role=Role.STAFF, scope=Scope.INSTITUTION, scope_id=world.call.cohort.institution_id
    )
    take(world, SheetKind.APPLICATIONS, call_world.application_book(people))
    close(world)
    users = User.objects.bulk_create(
        [User(username=f"r{at}", display_name=f"심사{at}", email=f"r{at}@example.org") for at in range(REVIEWERS)]
    )
    Reviewer.objects.bulk_create(
        [
            Reviewer(selection=world.selection, user=user, limit=LIMIT, ties=[f"{at}중학교"])
            for at, user in enumerate(users)
        ]
    )
    return world


def read(stage: str) -> None:
    """Everybody hands everything in; this is no part of what is measured."""
    chance = random.Random(stage)
    readings = ReviewAssignment.objects.filter(stage=stage)
    numbers = [
        ReviewScore(reading_id=pk, criterion=name, value=Decimal(min(10, max(0, round(chance.gauss(6, 2))))))
        for pk in readings.values_list("pk", flat=True)
        for name in ("c1", "c2")
    ]
    ReviewScore.objects.bulk_create(numbers, batch_size=CHUNK)
    readings.update(submitted_at=timezone.now())


def timed(name: str, rows: list[Row], act: Callable[[], Result]) -> Result:
    wall, cpu = time.perf_counter(), time.process_time()
    found = act()
    rows.append((name, time.perf_counter() - wall, time.process_time() - cpu))
    return found


def measured(world: World) -> list[Row]:
    client, rows = Client(), list[Row]()
    client.force_login(world.staff)

    def address(name: str, *more: str) -> str:
        return reverse(f"selection:{name}", args=[world.call.pk, *more])

    def act(name: str, to: str, sent: dict[str, str] | None = None) -> None:
        answer = timed(f"{name}: the press", rows, lambda: client.post(to, sent or {}))
        assert answer.status_code == 302, answer.status_code
        halves(name, rows)
        run = SelectionRun.objects.latest("pk")
        assert run.state == RunState.DONE, (run.code, run.params)

    def page(name: str, to: str) -> None:
        for time_of in ("first", "second"):
            answer = timed(f"{name}, {time_of} time", rows, lambda: client.get(to))
            assert answer.status_code == 200, answer.status_code

    with override_settings(ALLOWED_HOSTS=["testserver"]):
        act("readings of stage 1 assigned", address("assign", "s1"))
        read("s1")
        act("points of stage 1", address("points", "s1"))
        page("page of stage 1", address("stage", "s1"))
        act("the draw", address("draw"), {"public_value": "1 2 3"})
        act("stage 1 settled", address("settle"))
        act("readings of stage 2 assigned", address("assign", "s2"))
        read("s2")
        act("stage 2 settled, with the preview", address("settle"))
        page("page of the preview", address("preview"))
        act("the preview again", address("preview"))
        act("published", address("publish"))
        page("page of the results", address("results"))
        check(world)
        decline()
        answer = timed(
            "a tenth has declined, seats passed on: the press", rows, lambda: client.post(address("pass_on"))
        )
        assert answer.status_code == 302, answer.status_code
    return rows


def halves(name: str, rows: list[Row]) -> None:
    """The jobs of one act: what each computes, and what it writes while the database is held."""
    for number, claim in enumerate(claims(), start=1):
        part = f"{name}: job {number}"
        effect = timed(f"{part} computed", rows, partial(RUNS.effect, claim, b""))
        timed(f"{part} written", rows, partial(finish, claim, effect))


def claims() -> Iterator[Claim]:
    while (claim := claim_next(worker="bench", capabilities=["cpu"], kinds=[RUN_JOB])) is not None:
        yield claim


def check(world: World) -> None:
    assert Candidate.objects.count() == world.people
    assert Offer.objects.count() == rules_of(world.selection).seats


def decline() -> None:
    """Every tenth gives the seat up, and nobody was asked in their place yet."""
    chosen = Offer.objects.order_by("pk").values_list("pk", flat=True)
    Offer.objects.filter(pk__in=list(chosen)[::10]).update(state=OfferState.DECLINED, answered_at=timezone.now())


def table(rows: list[Row]) -> str:
    lines = ["", f"| {connection.vendor} | s | CPU s |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {name} | {wall:.2f} | {cpu:.2f} |" for name, wall, cpu in rows)])
