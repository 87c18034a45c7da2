"""What students and operators see of the queue."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from saem.apps.jobs.models import UNFINISHED, Job, JobState, Worker

RECENT_JOBS = 30
UNMEASURED_JOB_S = 1.0


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a job stands: how many come before it, and about when it will be done."""

    ahead: int
    expected_s: float


def unfinished_job(kind: str, subject_id: int) -> Job | None:
    """The job that still works on this subject."""
    return Job.objects.filter(kind=kind, subject_id=subject_id, state__in=UNFINISHED).first()


def place_of(job: Job) -> Place:
    """The place of a waiting or running job; three queries whatever the length of the queue."""
    usual_s = usual_seconds(job.kind)
    if job.state == JobState.RUNNING:
        return Place(ahead=0, expected_s=usual_s)
    before = Q(priority__gt=job.priority) | Q(priority=job.priority, due_at__lt=job.due_at)
    before |= Q(priority=job.priority, due_at=job.due_at, pk__lt=job.pk)
    ahead = Job.objects.filter(
        Q(state=JobState.RUNNING) | (Q(state=JobState.WAITING) & before), capability=job.capability
    ).count()
    workers = sum(job.capability in worker.capabilities.split() for worker in workers_alive())
    return Place(ahead=ahead, expected_s=usual_s * (1 + ahead / max(workers, 1)))


def usual_seconds(kind: str) -> float:
    """The mean time from start to finish of the last jobs of a kind."""
    recent = Job.objects.filter(state=JobState.DONE, kind=kind, started_at__isnull=False).order_by("-finished_at")
    times = [
        (finished - started).total_seconds()
        for started, finished in recent.values_list("started_at", "finished_at")[:RECENT_JOBS]
        if started and finished
    ]
    return sum(times) / len(times) if times else UNMEASURED_JOB_S


def workers_alive() -> QuerySet[Worker]:
    """Workers whose heartbeat came within the last lease."""
    return Worker.objects.filter(
        seen_at__gte=timezone.now() - dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)
    ).order_by("name")


@dataclass(frozen=True, kw_only=True)
class QueueState:
    """The queue at a glance."""

    waiting: int
    running: int
    dead: int
    done_last_hour: int
    oldest_waiting_s: float
    workers: tuple[Worker, ...]
    usual_s: dict[str, float]


def queue_state() -> QueueState:
    now = timezone.now()
    # What is planned for the night does not wait yet.
    is_waiting = Q(state=JobState.WAITING, created_at__lte=now)
    facts = Job.objects.filter(state__in=[*UNFINISHED, JobState.DEAD]).aggregate(
        waiting=Count("pk", filter=is_waiting),
        running=Count("pk", filter=Q(state=JobState.RUNNING)),
        dead=Count("pk", filter=Q(state=JobState.DEAD)),
        oldest=Min("created_at", filter=is_waiting),
    )
    recent = Job.objects.filter(state=JobState.DONE, finished_at__gte=now - dt.timedelta(hours=1))
    done = dict(recent.values_list("kind").annotate(number=Count("pk")).order_by())
    return QueueState(
        waiting=facts["waiting"],
        running=facts["running"],
        dead=facts["dead"],
        done_last_hour=sum(done.values()),
        oldest_waiting_s=(now - facts["oldest"]).total_seconds() if facts["oldest"] else 0.0,
        workers=tuple(workers_alive()),
        usual_s={kind: usual_seconds(kind) for kind in sorted(done)},
    )


def jobs_in_state(state: JobState) -> QuerySet[Job]:
    """For the operators' lists: the newest first."""
    order = {JobState.WAITING: "created_at", JobState.RUNNING: "started_at"}.get(state, "-finished_at")
    return Job.objects.filter(state=state).order_by(order, "pk")
