"""Submissions to projects, their verdicts, the board, and regrading."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.cohorts.models import Cohort, Enrolment


class SubmissionKind(models.TextChoices):
    PREDICTIONS = "predictions", _("예측 파일")
    NOTEBOOK = "notebook", _("노트북")
    SCRIPT = "script", _("파이썬 스크립트")
    FUNCTIONS = "functions", _("파이썬 함수")
    MODEL = "model", _("모델 코드")


class SubmissionState(models.TextChoices):
    RECEIVED = "received", _("받음")
    CHECKING = "checking", _("확인 중")
    SCORED = "scored", _("채점됨")
    REJECTED = "rejected", _("다시 내 주세요")
    FAULT = "fault", _("저희 쪽 문제")


PENDING = (SubmissionState.RECEIVED, SubmissionState.CHECKING)
# What uses up an attempt: a score, and what may still become one.
COUNTED = (*PENDING, SubmissionState.SCORED)


class Submission(models.Model):
    """One file that a student handed in. `token` comes with the form, so a double click is one submission."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="submissions")
    project = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=SubmissionKind.choices)
    token = models.UUIDField()
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SubmissionState.choices, default=SubmissionState.RECEIVED)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    # The verdict that counts now: the newest one. Kept here so that lists of submissions need no second look.
    verdict = models.ForeignKey("Verdict", models.SET_NULL, null=True, related_name="+")
    # Whose rule the grading at work now has taken; what is written must be by the rule that holds then.
    rule = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="+")
    # The student's own choice of what counts in the private part; without one the best public score does.
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "project"], condition=models.Q(is_final=True), name="submission_final_once"
            ),
            models.UniqueConstraint(fields=["enrolment", "token"], name="submission_once_per_form"),
            models.CheckConstraint(condition=models.Q(state__in=SubmissionState.values), name="submission_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=SubmissionKind.values), name="submission_kind_known"),
        ]
        indexes = [
            models.Index(fields=["enrolment", "project", "-created_at"], name="submission_by_student"),
            models.Index(fields=["state", "created_at"], name="submission_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.name}"

    @property
    def is_pending(self) -> bool:
        """Still on its way to a verdict."""
        return self.state in PENDING

    @property
    def tag(self) -> str:
        """How its state is marked on a page; a word always stands beside the colour."""
        return {SubmissionState.SCORED: "good", SubmissionState.REJECTED: "bad"}.get(
            SubmissionState(self.state), "wait"
        )


class SubmissionFile(models.Model):
    """The bytes of a submission, in their own table so that no list loads them."""

    submission = models.OneToOneField(Submission, models.CASCADE, related_name="file", primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.submission_id)


class Verdict(models.Model):
    """What grading said about a submission. A regrade adds a newer one; none is ever changed."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="verdicts")
    status = models.CharField(max_length=10)
    score = models.FloatField(default=0)
    max_score = models.FloatField(default=0)
    checks = models.JSONField(default=list)
    metrics = models.JSONField(default=dict)
    private_metrics = models.JSONField(default=dict)
    intervals = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    isolation = models.CharField(max_length=4)
    overhead_ms = models.FloatField(default=0)
    took_ms = models.FloatField(default=0)
    content_version = models.CharField(max_length=71)
    regrade = models.ForeignKey("Regrade", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=["scored", "rejected", "fault"]), name="verdict_status_known"
            )
        ]
        indexes = [models.Index(fields=["submission", "-created_at"], name="verdict_latest")]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.status} {self.score}/{self.max_score}"


class VerdictFigure(models.Model):
    """A figure that a notebook question drew, kept as PNG."""

    verdict = models.ForeignKey(Verdict, models.CASCADE, related_name="figures")
    question = models.CharField(max_length=60)
    png = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.verdict_id} {self.question}"


class BoardRow(models.Model):
    """A student's best public score in one project of one cohort. `low` and `high` bound it at 95 %."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="board")
    project = models.CharField(max_length=60)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="board")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    score = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    private_score = models.FloatField(null=True)
    submissions = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "project", "enrolment"], name="board_row_once")]
        indexes = [
            models.Index(fields=["cohort", "project", "score"], name="board_order"),
        ]

    def __str__(self) -> str:
        return f"{self.project} {self.enrolment_id} {self.score}"


class ProjectRun(models.Model):
    """A project in one cohort: whether the private part has been revealed, whose rule grades, the board's state.

    Whoever records a verdict, changes the rule or reveals locks this row first, so none of them overtakes another.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="project_runs")
    project = models.CharField(max_length=60)
    revealed_at = models.DateTimeField(null=True)
    # The version whose rule grades here since a regrade; empty while it is the cohort's own.
    graded_by = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    # Made anew by whoever changes a row of the board: what was counted under another stamp is out of date.
    board_stamp = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "project"], name="project_run_once")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.project}"


class RegradeState(models.TextChoices):
    GRADING = "grading", _("미리 채점하는 중")
    APPLYING = "applying", _("적용하는 중")
    APPLIED = "applied", _("적용함")


OPEN_REGRADES = (RegradeState.GRADING, RegradeState.APPLYING)


class Regrade(models.Model):
    """Everybody's work in one project graded once more, by the rule of `version`: first to look at, then for good."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="regrades")
    project = models.CharField(max_length=60)
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    # Whose rule it was before; the same one where only the grading is repeated.
    before = models.ForeignKey(Version, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RegradeState.choices, default=RegradeState.GRADING)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RegradeState.values), name="regrade_state_known"),
            models.UniqueConstraint(
                fields=["cohort", "project"],
                condition=models.Q(state__in=["grading", "applying"]),
                name="regrade_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.project} {self.state}"

    @property
    def is_same_rule(self) -> bool:
        return self.version_id == self.before_id


class RegradeItemState(models.TextChoices):
    WAITING = "waiting", _("기다리는 중")
    GRADED = "graded", _("채점됨")
    FAULT = "fault", _("저희 쪽 문제")
    APPLIED = "applied", _("적용함")


class RegradeItem(models.Model):
    """One submission in a regrade: what it had, what it gets, and the verdict until it is applied.

    `old` and `new` hold status, score, max_score and, of the board's metric, value, low and high; `checks` holds for
    each check whether it passed before and whether it passes now.
    """

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="items")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="regrade_items")
    state = models.CharField(max_length=8, choices=RegradeItemState.choices, default=RegradeItemState.WAITING)
    old = models.JSONField(default=dict)
    new = models.JSONField(default=dict)
    checks = models.JSONField(default=dict)
    is_changed = models.BooleanField(default=False)
    report = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regrade", "submission"], name="regrade_item_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=RegradeItemState.values), name="regrade_item_state_known"
            ),
        ]
        indexes = [models.Index(fields=["regrade", "state"], name="regrade_item_by_state")]

    def __str__(self) -> str:
        return f"{self.regrade_id} {self.submission_id} {self.state}"
