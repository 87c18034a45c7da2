"""The life of a job: fairness, the fence, failures, leases."""

import datetime as dt

import pytest
from django.db.models import F
from django.utils import timezone

from saem.apps.jobs import kinds, services
from saem.apps.jobs.claims import claim_next
from saem.apps.jobs.kinds import Effect, Kind
from saem.apps.jobs.models import Job, JobState, Worker
from saem.apps.jobs.queries import place_of, queue_state, unfinished_job, usual_seconds
from saem.lib.fleet import Claim, ClaimLostError

pytestmark = pytest.mark.django_db


def take(**facts) -> Claim | None:
    return claim_next(**{"worker": "w", "capabilities": ["cpu"], "kinds": ["probe", "other"], **facts})


def taken(**facts) -> Claim:
    claim = take(**facts)
    assert claim is not None
    return claim


def a_job(subject_id: int = 1, owner: str = "a", **facts) -> Job:
    return services.enqueue("probe", subject_id, owner_key=owner, **facts)


def job_of(claim: Claim) -> Job:
    return Job.objects.get(pk=claim.job_id)


def expire(claim: Claim) -> None:
    Job.objects.filter(pk=claim.job_id).update(lease_until=timezone.now() - dt.timedelta(seconds=1))


def nothing() -> Effect:
    return Effect(write=lambda: None)


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, int]]:
    """What the upper room was told about its subjects."""
    heard: list[tuple[str, int]] = []
    monkeypatch.setattr(kinds, "_kinds", {})
    monkeypatch.setattr(kinds, "_homes", {})
    kinds.register(
        Kind(
            name="probe",
            perform=lambda _parcel, _supply: b"",
            effect=lambda _claim, _result: nothing(),
            on_set_aside=lambda subject: heard.append(("set aside", subject)),
            on_retry=lambda subject: heard.append(("retry", subject)),
        )
    )
    return heard


def test_a_subject_that_waits_keeps_its_one_job():
    assert a_job(7).pk == a_job(7).pk
    services.finish(taken(), nothing())
    assert a_job(7).state == JobState.WAITING
    assert Job.objects.count() == 2


def test_fifty_jobs_of_one_student_do_not_starve_the_class():
    for number in range(50):
        a_job(number, "eager")
    for number in range(10):
        a_job(100 + number, f"pupil {number}")

    order = [taken().subject_id for _ in range(60)]

    assert order[0] == 0
    assert set(order[1:11]) == set(range(100, 110))
    assert order[11:] == list(range(1, 50))
    assert take() is None


def test_newcomers_who_keep_coming_do_not_hold_up_an_old_job():
    for number in range(3):
        a_job(number, "eager")
    Job.objects.update(
        due_at=F("due_at") - dt.timedelta(seconds=45), created_at=F("created_at") - dt.timedelta(seconds=45)
    )
    for newcomer in range(100, 110):
        a_job(newcomer, f"pupil {newcomer}")
    served = [taken().subject_id for _ in range(13)]
    assert served[:2] == [0, 1], "the second job was overtaken for thirty seconds only"
    assert served[-1] == 2


def test_work_of_a_lost_worker_comes_first_again():
    a_job(1, "a")
    lost = taken()
    for number in range(20):
        a_job(100 + number, f"pupil {number}")
    expire(lost)
    services.reap_expired()
    assert taken().subject_id == 1


def test_priority_capability_and_kind_decide_who_takes_what():
    a_job(1)
    urgent = a_job(2, "b", priority=5)
    gpu = a_job(3, "c", capability="gpu")
    services.enqueue("unknown", 4, owner_key="d")

    assert taken().job_id == urgent.pk
    assert taken(capabilities=["gpu"]).job_id == gpu.pk
    assert taken(capabilities=["gpu", "cpu"]).subject_id == 1
    assert take(capabilities=["gpu", "cpu"]) is None
    assert take(capabilities=[]) is None


def test_a_finished_job_and_its_effect_are_written_together():
    a_job()
    claim = taken()
    services.finish(claim, Effect(write=lambda: services.enqueue("other", 5, owner_key="x") and None))
    assert job_of(claim).state == JobState.DONE
    assert Job.objects.filter(kind="other").exists()


def test_an_effect_that_breaks_leaves_the_job_claimed():
    a_job()
    claim = taken()

    def breaks() -> None:
        services.enqueue("other", 5, owner_key="x")
        raise ValueError

    with pytest.raises(ValueError):
        services.finish(claim, Effect(write=breaks))
    assert job_of(claim).state == JobState.RUNNING
    assert not Job.objects.filter(kind="other").exists()


def test_who_lost_the_claim_writes_nothing():
    a_job()
    late = taken()
    expire(late)
    assert services.reap_expired() == 1
    fresh = taken()
    written = []

    assert fresh.job_id == late.job_id
    for act in (
        lambda: services.finish(late, Effect(write=lambda: written.append("late"))),
        lambda: services.fail(late, reason="late"),
        lambda: services.release(late),
    ):
        with pytest.raises(ClaimLostError):
            act()
    assert not services.renew(late)
    assert services.renew(fresh)
    services.finish(fresh, Effect(write=lambda: written.append("fresh")))
    assert written == ["fresh"]
    with pytest.raises(ClaimLostError):
        services.finish(fresh, Effect(write=lambda: written.append("again")))
    assert written == ["fresh"]


def test_a_live_claim_is_not_reaped():
    a_job()
    taken()
    assert services.reap_expired() == 0


def test_a_poisoned_job_is_set_aside_with_a_reason_and_can_be_sent_again(told):
    job = a_job(9, max_failures=2)
    services.fail(taken(), reason="ValueError: " + "x" * 500)
    assert take(), "the first retry comes at once"
    expire(taken_again(job))
    services.reap_expired()

    job.refresh_from_db()
    assert (job.state, job.failures, job.reason) == (JobState.DEAD, 2, "worker_lost")
    assert told == [("set aside", 9)]
    assert services.retry(job.pk)
    assert not services.retry(job.pk)
    assert told == [("set aside", 9), ("retry", 9)]
    assert taken().subject_id == 9


def taken_again(job: Job) -> Claim:
    job.refresh_from_db()
    return Claim(job_id=job.pk, kind=job.kind, subject_id=job.subject_id, attempt=job.attempt)


def test_retry_gives_way_to_a_newer_job_of_the_same_subject(told):
    job = a_job(9, max_failures=1)
    services.fail(taken(), reason="broken")
    a_job(9)
    assert not services.retry(job.pk)
    assert told == [("set aside", 9)]


def test_failures_wait_longer_each_time():
    job = a_job(max_failures=5)
    services.fail(taken(), reason="1")
    services.fail(taken(), reason="2")
    assert take() is None
    job.refresh_from_db()
    assert 1 < (job.not_before - timezone.now()).total_seconds() <= 2


def test_a_released_job_has_not_failed():
    job = a_job(max_failures=1)
    for _ in range(3):
        services.release(taken())
    services.release(taken(), delay_s=60, reason="sandbox away")
    assert take() is None
    job.refresh_from_db()
    assert (job.failures, job.attempt, job.state) == (0, 4, JobState.WAITING)


def test_an_effect_may_set_the_job_aside(told):
    a_job(3)
    claim = taken()
    services.finish(claim, Effect(write=lambda: None, set_aside="checker_failed"))
    assert (job_of(claim).state, job_of(claim).reason) == (JobState.DEAD, "checker_failed")
    assert told == [], "the effect itself has told the subject"


def test_place_counts_what_comes_first_and_expects_from_recent_work():
    now = timezone.now()
    for number in range(40):
        Job.objects.create(
            kind="probe",
            subject_id=number,
            owner_key="x",
            state=JobState.DONE,
            started_at=now - dt.timedelta(seconds=2 if number else 500),
            finished_at=now - (dt.timedelta(seconds=0) if number else dt.timedelta(seconds=400)),
        )
    for name in ("w1", "w2"):
        services.report_worker(name, capabilities=["cpu"])
    services.report_worker("w3", capabilities=["gpu"])
    a_job(100, "a")
    taken()
    a_job(101, "a")
    mine = a_job(102, "b")
    a_job(103, "c")
    ahead_of_all = a_job(104, "d", priority=1)

    assert usual_seconds("probe") == pytest.approx(2.0)
    assert place_of(mine).ahead == 2, "the running one and the urgent one; not the second job of a"
    assert place_of(mine).expected_s == pytest.approx(4.0)
    assert place_of(ahead_of_all).ahead == 1
    running = unfinished_job("probe", 100)
    assert running is not None
    assert place_of(running).ahead == 0


def test_state_of_the_queue():
    a_job(1)
    a_job(2, "b")
    services.finish(taken(), nothing())
    services.report_worker("w", capabilities=["cpu"])
    Worker.objects.create(name="gone", capabilities="cpu", seen_at=timezone.now() - dt.timedelta(minutes=5))
    state = queue_state()
    assert (state.waiting, state.running, state.dead, state.done_last_hour) == (1, 0, 0, 1)
    assert [worker.name for worker in state.workers] == ["w"]
    assert 0 <= state.oldest_waiting_s < 60


def test_old_records_are_pruned_but_not_what_nobody_has_seen_to():
    long_ago = timezone.now() - dt.timedelta(days=60)
    for number, state in enumerate([JobState.DONE, JobState.DONE, JobState.DEAD]):
        Job.objects.create(kind="probe", subject_id=number, owner_key="x", state=state, finished_at=long_ago)
    Job.objects.create(kind="probe", subject_id=9, owner_key="x", state=JobState.DONE, finished_at=timezone.now())
    assert services.prune() == 2
    assert set(Job.objects.values_list("subject_id", flat=True)) == {2, 9}
