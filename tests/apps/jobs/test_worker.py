"""The worker: how each way in which work can end settles its claim."""

import os
import signal
import threading
from dataclasses import replace

import pytest
from django.db import OperationalError
from django.db.models import F

from saem.apps.events.models import Event
from saem.apps.events.services import record
from saem.apps.jobs import kinds, services
from saem.apps.jobs.database import DatabaseQueue
from saem.apps.jobs.kinds import Effect, Kind
from saem.apps.jobs.models import Job, JobState, Worker
from saem.apps.jobs.wakeups import new_waiter
from saem.apps.jobs.worker import drain, new_worker
from saem.lib.fleet import Claim, Interrupted, Parcel, Stopping
from saem.lib.fleet.heartbeat import Heartbeat

pytestmark = pytest.mark.django_db


class AwayError(Exception):
    pass


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_homes", {})
    monkeypatch.setattr("saem.lib.fleet.worker.REST_S", 0.0)
    # The test's own transaction lives in the connection that the worker would open anew.
    monkeypatch.setattr("saem.apps.jobs.database.connection.close", lambda: None)


def given(effect=None, *, perform=None, **facts) -> Job:
    perform = perform or (lambda _parcel, _supply: b"done")
    kinds.register(Kind(name="probe", perform=perform, effect=effect or happened, unavailable=(AwayError,)))
    return services.enqueue("probe", 5, owner_key="a", **facts)


def happened(claim: Claim, _result: bytes = b"") -> Effect:
    return Effect(
        write=lambda: record("probed", actor=None, object_kind="probe", object_id=claim.subject_id) and None,
    )


def raises(error: BaseException):
    def perform(_parcel: Parcel, _supply) -> bytes:
        raise error

    return perform


def settled(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.failures


def test_work_is_done_and_its_effect_written_once():
    job = given()
    assert drain() == 1
    assert settled(job) == (JobState.DONE, 0)
    assert Event.objects.filter(verb="probed", object_id="5").count() == 1


def test_an_error_counts_and_is_tried_again_until_set_aside():
    job = given(perform=raises(ValueError("bad")), max_failures=1)
    assert drain() == 1
    assert settled(job) == (JobState.DEAD, 1)
    assert job.reason == "ValueError: bad"


def test_an_effect_that_cannot_be_written_counts_as_a_failure():
    def broken() -> None:
        record("half", actor=None, object_kind="probe", object_id=5)
        raise ValueError("half")

    job = given(lambda _claim, _result: Effect(write=broken), max_failures=1)
    drain()
    assert settled(job) == (JobState.DEAD, 1)
    assert not Event.objects.exists()


def test_trouble_of_the_platform_is_not_the_jobs_failure():
    job = given(perform=raises(AwayError("no sandbox")), max_failures=1)
    drain()
    assert settled(job) == (JobState.WAITING, 0)
    assert job.reason.startswith("AwayError")


def test_a_database_that_goes_away_while_the_parcel_is_packed_is_not_the_jobs_failure(monkeypatch):
    def gone(_claim: Claim) -> Parcel:
        raise OperationalError("database gone")

    job = given(max_failures=1)
    monkeypatch.setattr("saem.apps.jobs.kinds._kinds", {"probe": replace(kinds._kinds["probe"], pack=gone)})
    drain()
    assert settled(job) == (JobState.WAITING, 0)
    assert job.reason.startswith("OperationalError")


def test_the_three_steps_hand_on_what_they_made(monkeypatch):
    seen = []
    kind = Kind(
        name="probe",
        pack=lambda claim: Parcel(facts={"n": claim.subject_id}, data=b"file", supply="s"),
        supply=lambda _claim: b"large",
        perform=lambda parcel, supply: parcel.data + b"+" + supply(),
        effect=lambda claim, result: seen.append(result) or happened(claim),
    )
    kinds.register(kind)
    services.enqueue("probe", 5, owner_key="a")
    assert drain() == 1
    assert seen == [b"file+large"]


def test_a_database_that_restarts_while_the_effect_is_written_costs_nothing():
    tries = []

    def flaky(claim: Claim, _result: bytes) -> Effect:
        def write() -> None:
            tries.append(1)
            if len(tries) < 3:
                raise OperationalError("restarting")
            happened(claim).write()

        return Effect(write=write)

    job = given(flaky)
    drain()
    assert settled(job) == (JobState.DONE, 0)
    assert Event.objects.filter(verb="probed").count() == 1


def test_a_job_taken_over_meanwhile_is_left_to_the_other_worker():
    def overtaken(_parcel: Parcel, _supply) -> bytes:
        Job.objects.update(attempt=F("attempt") + 1)
        return b""

    job = given(perform=overtaken)
    drain()
    assert settled(job) == (JobState.RUNNING, 0)
    assert not Event.objects.exists()


@pytest.fixture
def stopping():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    wish = Stopping()
    wish.listen()
    yield wish
    for number, handler in zip((signal.SIGTERM, signal.SIGINT), before, strict=True):
        signal.signal(number, handler)


def test_a_signal_puts_the_job_in_hand_back(stopping):
    def long_work(_parcel: Parcel, _supply) -> bytes:
        os.kill(os.getpid(), signal.SIGTERM)
        return b""

    job = given(perform=long_work, max_failures=1)
    new_worker(["cpu"], stopping).do_next()
    assert stopping.event.is_set()
    assert settled(job) == (JobState.WAITING, 0)
    assert job.worker == ""
    assert not Event.objects.exists()


def test_a_signal_never_interrupts_the_writing_of_an_effect(stopping):
    def write() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        record("probed", actor=None, object_kind="probe", object_id=5)

    job = given(lambda _claim, _result: Effect(write=write))
    new_worker(["cpu"], stopping).do_next()
    assert stopping.event.is_set()
    assert settled(job) == (JobState.DONE, 0)


def test_after_the_wish_to_stop_no_slow_work_begins(stopping):
    stopping.event.set()
    with pytest.raises(Interrupted), stopping.interruptible():
        pytest.fail("work began")


def test_the_heartbeat_renews_what_is_held_and_says_it_is_alive():
    job = given()
    claim = Claim(job_id=job.pk, kind="probe", subject_id=5, attempt=0)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    heartbeat = Heartbeat(DatabaseQueue(worker="w", capabilities=["cpu", "gpu"]))
    with heartbeat.holding(claim):
        heartbeat.beat()
    job.refresh_from_db()
    assert job.lease_until is not None
    assert Worker.objects.get().capabilities == "cpu gpu"


def test_a_waiter_returns_at_once_when_asked_to_stop():
    waiter = new_waiter(["cpu"])
    stop = threading.Event()
    stop.set()
    waiter.wait(stop)
    waiter.close()
