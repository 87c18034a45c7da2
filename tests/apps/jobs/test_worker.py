"""The worker: how each way in which work can end settles its claim."""

import os
import signal
import threading

import pytest
from django.db import OperationalError

from saem.apps.events.models import Event
from saem.apps.events.services import record
from saem.apps.jobs import kinds, services
from saem.apps.jobs.heartbeat import Heartbeat
from saem.apps.jobs.kinds import Claim, Effect, Kind
from saem.apps.jobs.models import Job, JobState, Worker
from saem.apps.jobs.stopping import Interrupted, Stopping
from saem.apps.jobs.wakeups import new_waiter
from saem.apps.jobs.worker import Worker as WorkerLoop
from saem.apps.jobs.worker import drain

pytestmark = pytest.mark.django_db


class AwayError(Exception):
    pass


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_homes", {})
    monkeypatch.setattr("saem.apps.jobs.worker.REST_S", 0.0)
    # The test's own transaction lives in the connection that the worker would open anew.
    monkeypatch.setattr("saem.apps.jobs.worker.connection.close", lambda: None)


def given(work, **facts) -> Job:
    kinds.register(Kind(name="probe", work=work, unavailable=(AwayError,)))
    return services.enqueue("probe", 5, owner_key="a", **facts)


def happened(claim: Claim) -> Effect:
    return Effect(
        write=lambda: record("probed", actor=None, object_kind="probe", object_id=claim.subject_id) and None,
    )


def raises(error: BaseException):
    def work(_claim: Claim) -> Effect:
        raise error

    return work


def settled(job: Job) -> tuple[str, int]:
    job.refresh_from_db()
    return job.state, job.failures


def test_work_is_done_and_its_effect_written_once():
    job = given(happened)
    assert drain() == 1
    assert settled(job) == (JobState.DONE, 0)
    assert Event.objects.filter(verb="probed", object_id="5").count() == 1


def test_an_error_counts_and_is_tried_again_until_set_aside():
    job = given(raises(ValueError("bad")), max_failures=1)
    assert drain() == 1
    assert settled(job) == (JobState.DEAD, 1)
    assert job.reason == "ValueError: bad"


def test_an_effect_that_cannot_be_written_counts_as_a_failure():
    def broken() -> None:
        record("half", actor=None, object_kind="probe", object_id=5)
        raise ValueError("half")

    job = given(lambda _claim: Effect(write=broken), max_failures=1)
    drain()
    assert settled(job) == (JobState.DEAD, 1)
    assert not Event.objects.exists()


@pytest.mark.parametrize("trouble", [AwayError("no sandbox"), OperationalError("database gone")])
def test_trouble_of_the_platform_is_not_the_jobs_failure(trouble):
    job = given(raises(trouble), max_failures=1)
    drain()
    assert settled(job) == (JobState.WAITING, 0)
    assert job.reason.startswith(type(trouble).__name__)


def test_a_database_that_restarts_while_the_effect_is_written_costs_nothing():
    tries = []

    def flaky(claim: Claim) -> Effect:
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
    def overtaken(claim: Claim) -> Effect:
        Job.objects.filter(pk=claim.job_id).update(attempt=claim.attempt + 1)
        return happened(claim)

    job = given(overtaken)
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
    def long_work(claim: Claim) -> Effect:
        os.kill(os.getpid(), signal.SIGTERM)
        return happened(claim)

    job = given(long_work, max_failures=1)
    WorkerLoop(capabilities=["cpu"], stopping=stopping).do_next()
    assert stopping.event.is_set()
    assert settled(job) == (JobState.WAITING, 0)
    assert job.worker == ""
    assert not Event.objects.exists()


def test_a_signal_never_interrupts_the_writing_of_an_effect(stopping):
    def write() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        record("probed", actor=None, object_kind="probe", object_id=5)

    job = given(lambda _claim: Effect(write=write))
    WorkerLoop(capabilities=["cpu"], stopping=stopping).do_next()
    assert stopping.event.is_set()
    assert settled(job) == (JobState.DONE, 0)


def test_after_the_wish_to_stop_no_slow_work_begins(stopping):
    stopping.event.set()
    with pytest.raises(Interrupted), stopping.interruptible():
        pytest.fail("work began")


def test_the_heartbeat_renews_what_is_held_and_says_it_is_alive():
    job = given(happened)
    claim = Claim(job_id=job.pk, kind="probe", subject_id=5, attempt=0)
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING)
    heartbeat = Heartbeat(worker="w", capabilities=["cpu", "gpu"])
    with heartbeat.holding(claim):
        heartbeat._beat()
    job.refresh_from_db()
    assert job.lease_until is not None
    assert Worker.objects.get().capabilities == "cpu gpu"


def test_a_waiter_returns_at_once_when_asked_to_stop():
    waiter = new_waiter()
    stop = threading.Event()
    stop.set()
    waiter.wait(stop)
    waiter.close()
