"""Every change of a job's state. Whoever holds a claim passes the fence; nobody else's effect is written."""

import datetime as dt
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from saem.apps.jobs.claims import lease_end
from saem.apps.jobs.kinds import Effect, kind_named, nightly_kinds
from saem.apps.jobs.models import UNFINISHED, Job, JobState, Worker
from saem.apps.jobs.wakeups import announce
from saem.lib.fleet import Claim, ClaimLostError

REASON_LENGTH = 200
BATCH = 500
# How long a failed job waits before it is tried again: once at once, then with growing patience.
RETRY_DELAYS = (0.0, 2.0, 10.0)
# What each unfinished job of an owner puts off the owner's next one by.
HANDICAP = dt.timedelta(seconds=30)
# Of the few and short jobs whose page somebody of the staff is looking at: they do not queue behind a class's gradings.
LOOKED_AT = 1
# The hour, in the site's time zone, at which the night's work begins.
NIGHT = 3


def enqueue(
    kind: str,
    subject_id: int,
    *,
    owner_key: str,
    capability: str = "cpu",
    priority: int = 0,
    max_failures: int = 3,
) -> Job:
    """Add a job inside the caller's transaction; a subject that already waits or runs keeps its one job."""
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                subject_id=subject_id,
                owner_key=owner_key,
                capability=capability,
                priority=priority,
                due_at=_turn_of(owner_key),
                max_failures=max_failures,
            )
    except IntegrityError:
        return Job.objects.get(kind=kind, subject_id=subject_id, state__in=UNFINISHED)
    announce(capability)
    return job


def enqueue_many(
    kind: str, subjects: Iterable[int], *, owner_key: str, capability: str = "cpu", priority: int = 0
) -> None:
    """Add a job for each of many subjects that have none, inside the caller's transaction; their order is theirs."""
    Job.objects.bulk_create(
        [
            Job(kind=kind, subject_id=subject, owner_key=owner_key, capability=capability, priority=priority)
            for subject in subjects
        ],
        batch_size=BATCH,
    )
    announce(capability)


def keep_nightly() -> None:
    """See to it that every nightly kind has a job for the coming night, or one at work; called again and again.

    So whatever became of last night's job (done, set aside, lost with a restored backup), there is one for tonight.
    A planned job counts as made when its time comes: till then nothing waits for a worker.
    """
    kinds = set(nightly_kinds())
    if not kinds:
        return
    kinds -= set(Job.objects.filter(kind__in=kinds, state__in=UNFINISHED).values_list("kind", flat=True))
    night = next_night()
    for kind in sorted(kinds):
        # Two workers may come here at once: the second one's is refused by the constraint.
        with suppress(IntegrityError), transaction.atomic():
            Job.objects.create(
                kind=kind, subject_id=0, owner_key=kind, created_at=night, due_at=night, not_before=night
            )


def next_night() -> dt.datetime:
    """The next NIGHT o'clock of the site's time zone."""
    now = timezone.localtime()
    night = now.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return night if night > now else night + dt.timedelta(days=1)


def withdraw(kind: str, subjects: Collection[int] | QuerySet[Any, int]) -> None:
    """Take back the jobs of these subjects that are not done; a worker that is at one of them has lost its claim."""
    Job.objects.filter(kind=kind, subject_id__in=subjects).exclude(state=JobState.DONE).delete()


def _turn_of(owner_key: str) -> dt.datetime:
    """When an owner's next job has its turn: now, or later by a handicap for each that is unfinished.

    So the fiftieth job of one student waits behind the first ones of a class, but is overtaken only by what comes
    within its handicap, and never starves. (Rounds counted per owner would let newcomers hold it up for ever.)
    """
    unfinished = Job.objects.filter(owner_key=owner_key, state__in=UNFINISHED).count()
    return timezone.now() + unfinished * HANDICAP


def renew(claim: Claim) -> bool:
    """Hold on to a claim for another lease; False when it is lost."""
    return _held(claim).update(lease_until=lease_end()) == 1


def finish(claim: Claim, effect: Effect) -> None:
    """End the claim and write its effect, both or neither; raises ClaimLostError when somebody else may be at it."""
    with transaction.atomic():
        # The fence goes first: it locks the job row, so nobody can take the job over while the effect is written.
        ended = _held(claim).update(
            state=JobState.DEAD if effect.set_aside else JobState.DONE,
            finished_at=timezone.now(),
            lease_until=None,
            reason=effect.set_aside[:REASON_LENGTH],
        )
        if ended != 1:
            raise ClaimLostError(claim)
        effect.write()


def fail(claim: Claim, *, reason: str) -> None:
    """Count a failure: the job waits for another try, or is set aside when it has had its tries."""
    with transaction.atomic():
        job = _held(claim).select_for_update().first()
        if job is None:
            raise ClaimLostError(claim)
        _count_failure(job, reason=reason, pause_s=RETRY_DELAYS[min(job.failures, len(RETRY_DELAYS) - 1)])
    announce(claim.capability)


def release(claim: Claim, *, delay_s: float = 0.0, reason: str = "") -> None:
    """Put a job back without counting a failure: the worker stops, or the platform is not able just now."""
    released = _held(claim).update(
        state=JobState.WAITING,
        worker="",
        lease_until=None,
        # Its turn had come: nobody who came later goes before it.
        due_at=F("created_at"),
        not_before=timezone.now() + dt.timedelta(seconds=delay_s),
        reason=reason[:REASON_LENGTH],
    )
    if released != 1:
        raise ClaimLostError(claim)
    announce(claim.capability)


def reap_expired() -> int:
    """Take jobs back from workers that no longer renew; returns how many."""
    with transaction.atomic():
        expired = Job.objects.select_for_update(skip_locked=True).filter(
            state=JobState.RUNNING, lease_until__lt=timezone.now()
        )
        jobs = list(expired)
        for job in jobs:
            # The lease was pause enough.
            _count_failure(job, reason="worker_lost", pause_s=0.0)
    for capability in {job.capability for job in jobs}:
        announce(capability)
    return len(jobs)


def retry(job_id: int) -> bool:
    """An operator sends a job that was set aside back into the queue; False when it is not there to be sent."""
    try:
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.DEAD).first()
            if job is None:
                return False
            job.state, job.failures, job.finished_at = JobState.WAITING, 0, None
            job.not_before = timezone.now()
            job.save(update_fields=["state", "failures", "not_before", "finished_at"])
            kind = kind_named(job.kind)
            if kind is not None:
                kind.on_retry(job.subject_id)
    except IntegrityError:
        # The subject was handed in again meanwhile: its newer job is on its way.
        return False
    announce(job.capability)
    return True


def report_worker(name: str, *, capabilities: Iterable[str]) -> None:
    """A worker says that it is alive."""
    Worker.objects.update_or_create(
        name=name, defaults={"capabilities": " ".join(capabilities), "seen_at": timezone.now()}
    )


def forget_worker(name: str) -> None:
    Worker.objects.filter(name=name).delete()


def prune(*, keep: dt.timedelta = dt.timedelta(days=30), limit: int = 1000) -> int:
    """Delete records of work long done, a batch at a time; what was set aside stays until somebody has seen to it."""
    long_ago = timezone.now() - keep
    old = Job.objects.filter(state=JobState.DONE, finished_at__lt=long_ago)
    Worker.objects.filter(seen_at__lt=timezone.now() - dt.timedelta(hours=1)).delete()
    return Job.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:limit])).delete()[0]


def _held(claim: Claim) -> QuerySet[Job]:
    return Job.objects.filter(pk=claim.job_id, state=JobState.RUNNING, attempt=claim.attempt)


def _count_failure(job: Job, *, reason: str, pause_s: float) -> None:
    """Inside a transaction that holds `job`: back to waiting after a pause, or set aside."""
    now = timezone.now()
    job.failures += 1
    job.reason, job.worker, job.lease_until = reason[:REASON_LENGTH], "", None
    if job.failures < job.max_failures:
        job.state, job.not_before = JobState.WAITING, now + dt.timedelta(seconds=pause_s)
        # Its turn had come: nobody who came later goes before it.
        job.due_at = job.created_at
    else:
        job.state, job.finished_at = JobState.DEAD, now
        kind = kind_named(job.kind)
        if kind is not None:
            kind.on_set_aside(job.subject_id)
    changed = ("failures", "reason", "worker", "lease_until", "state", "due_at", "not_before", "finished_at")
    job.save(update_fields=changed)
