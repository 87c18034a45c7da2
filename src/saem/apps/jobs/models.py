"""The durable job record: the truth about work that is waiting, running, done or set aside."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.people.models import User


class JobState(models.TextChoices):
    WAITING = "waiting", _("기다리는 중")
    RUNNING = "running", _("처리 중")
    DONE = "done", _("끝남")
    DEAD = "dead", _("따로 빼 둠")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """One piece of work. `attempt` is the fence: an effect is written only while the claim of that attempt holds.

    `attempt` grows with every claim; `failures` counts only the claims that crashed or raised, so that a worker which
    was stopped politely, or a sandbox that was away, never brings a job nearer to being set aside.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(help_text="what the kind's handler works on, e.g. a submission")
    owner_key = models.CharField(max_length=60, help_text="whose work it is, for fairness")
    capability = models.CharField(max_length=16, default="cpu")
    priority = models.SmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, help_text="when its turn comes; later for who has much waiting")
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.WAITING)
    attempt = models.IntegerField(default=0)
    failures = models.SmallIntegerField(default=0)
    max_failures = models.SmallIntegerField(default=3)
    worker = models.CharField(max_length=80, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="", help_text="why it failed last, or was set aside")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="job_once_per_subject",
            ),
        ]
        indexes = [
            models.Index(
                fields=["capability", "-priority", "due_at", "id"],
                condition=models.Q(state="waiting"),
                name="job_next",
            ),
            models.Index(fields=["lease_until"], condition=models.Q(state="running"), name="job_lease"),
            models.Index(fields=["owner_key", "state"], name="job_by_owner"),
            models.Index(fields=["kind", "subject_id"], name="job_by_subject"),
            models.Index(fields=["state", "finished_at"], name="job_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id} ({self.state})"


class WorkerKey(models.Model):
    """What a machine without database credentials shows to be given work; kept as a hash, so it is shown once.

    A key takes only jobs of its capabilities, holds no more than `most_jobs` at a time, and ends when it is revoked.
    """

    name = models.CharField(max_length=40, unique=True)
    key_hash = models.CharField(max_length=64, unique=True)
    capabilities = models.CharField(max_length=80, default="cpu")
    most_jobs = models.PositiveSmallIntegerField(default=4)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_from = models.CharField(max_length=60, blank=True, default="")
    claimed = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0, help_text="reports that came late, or could not be accepted")

    def __str__(self) -> str:
        return self.name

    @property
    def worker_prefix(self) -> str:
        """Begins the name of every worker that came with this key; a host's own name never holds a slash."""
        return f"key-{self.pk}/"


class Worker(models.Model):
    """A worker process that is alive, as far as its heartbeat tells; for operators and for expected times."""

    name = models.CharField(max_length=80, unique=True)
    capabilities = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
