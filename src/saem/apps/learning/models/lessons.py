"""What a student did in lessons: one row per code cell, one per lesson."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Enrolment


class RunStatus(models.TextChoices):
    """How the last run of a cell ended; empty while it has not been run. Values follow the sandbox's statuses."""

    NONE = "", _("아직")
    OK = "ok", _("실행됨")
    ERROR = "error", _("오류")
    TIMEOUT = "timeout", _("시간 초과")
    MEMORY = "memory", _("메모리 초과")
    OUTPUT = "output", _("출력 초과")
    SIGNAL = "signal", _("멈춤")


class RunnableCode(models.Model):
    """Code that somebody types and runs: no text of theirs is lost, and what it said last stays beside it."""

    code = models.TextField()
    # Grows with every change of the code, so that an old tab cannot silently overwrite a newer one.
    revision = models.PositiveIntegerField(default=0)
    # What a reset or another tab replaced; its writer can bring it back.
    kept_code = models.TextField(blank=True, default="")
    # The code of the last run: what a lost session is rebuilt from, whatever was typed since.
    ran_code = models.TextField(blank=True, default="")
    status = models.CharField(max_length=8, choices=RunStatus.choices, blank=True, default=RunStatus.NONE)
    output = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    ran_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def is_changed_since_run(self) -> bool:
        return bool(self.status) and self.code != self.ran_code


class CellRecord(RunnableCode):
    """A student's code in one cell, how it last ran, and whether its checks have passed."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="cells")
    lesson = models.CharField(max_length=60)
    cell = models.CharField(max_length=60)
    runs = models.PositiveIntegerField(default=0)
    checks = models.JSONField(default=list)
    error_code = models.CharField(max_length=60, blank=True, default="")
    error_params = models.JSONField(default=dict)
    failures_in_row = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson", "cell"], name="cell_record_once"),
            models.CheckConstraint(condition=models.Q(status__in=RunStatus.values), name="cell_status_known"),
        ]
        indexes = [
            models.Index(
                fields=["enrolment", "failing_since"],
                condition=models.Q(failing_since__isnull=False),
                name="cell_stuck",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson}/{self.cell}"


class LessonProgress(models.Model):
    """How far a student is in one lesson; what the home page and the class grid read."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="lessons")
    lesson = models.CharField(max_length=60)
    opened_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)
    section = models.CharField(max_length=80, blank=True, default="")
    exercises_passed = models.PositiveSmallIntegerField(default=0)
    exercises_total = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "lesson"], name="lesson_progress_once")]
        indexes = [models.Index(fields=["enrolment", "-last_at"], name="lesson_latest")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson}"


class RunClaim(models.Model):
    """Says that a student's cell is running. The row is the lock: one per student, across tabs and servers.

    `until` frees it when a server dies half-way.
    """

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, primary_key=True, related_name="run_claim")
    token = models.UUIDField()
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.token}"
