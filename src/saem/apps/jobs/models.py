"""The durable job record: the truth about work that is waiting, running, done or set aside."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("기다리는 중")
    RUNNING = "running", _("처리 중")
    DONE = "done", _("끝남")
    DEAD = "dead", _("따로 빼 둠")
    CANCELLED = "cancelled", _("취소됨")


UNFINISHED = (JobState.WAITING, JobState.RUNNING)


class Job(models.Model):
    """One piece of work. `attempt` is the fence: an effect is written only while the claim of that attempt holds.

    `attempt` grows with every claim; `failures` counts only the claims that crashed or raised, so that a worker which
    was stopped politely, or a sandbox that was away, never brings a job nearer to being set aside.
    """

    kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField(help_text="what the kind's handler works on, e.g. a submission")
    owner_key = models.CharField(max_length=60, help_text="whose work it is, for fairness")
    key = models.CharField(max_length=120, blank=True, default="", help_text="what a newer job may supersede")
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


class Worker(models.Model):
    """A worker process that is alive, as far as its heartbeat tells; for operators and for expected times."""

    name = models.CharField(max_length=80, unique=True)
    capabilities = models.CharField(max_length=80)
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
