"""Who reads which application in a selection, the numbers they give, and every change of a number."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.applications import Application
from saem.apps.cohorts.models.selection import Selection


class Reviewer(models.Model):
    """Somebody who reads applications of one selection. `ties` are schools from which they read none."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviewing")
    limit = models.PositiveIntegerField(default=100)
    ties = models.JSONField(default=list)
    invited_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.user_id}"


class ConflictOfInterest(models.Model):
    """A reviewer said that they must not read this application. It stays said."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "application"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.application_id}"


class ReviewAssignment(models.Model):
    """One reading of one application in one stage. Without a reviewer it is what the office itself entered: a test.

    `revision` counts every saving; who saves names the one they saw, so that two pages cannot overwrite each other.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="readings")
    application = models.ForeignKey(Application, models.CASCADE, related_name="readings")
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, null=True, related_name="readings")
    stage = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    assigned_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    # Whoever dropped out or has a conflict: the reading does not count and is kept for the record.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "reviewer"],
                condition=models.Q(reviewer__isnull=False),
                name="reading_once",
            ),
            models.UniqueConstraint(
                fields=["application", "stage"], condition=models.Q(reviewer=None), name="reading_of_office_once"
            ),
        ]
        indexes = [
            models.Index(fields=["selection", "stage", "submitted_at"], name="reading_by_stage"),
            models.Index(fields=["reviewer", "stage", "submitted_at"], name="reading_by_reviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage} {self.reviewer_id}"


class ReviewScore(models.Model):
    """One number of a reading."""

    reading = models.ForeignKey(ReviewAssignment, models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=13, decimal_places=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.criterion}"


class ScoreSource(models.TextChoices):
    PAGE = "page", _("심사 화면")
    SHEET = "sheet", _("엑셀")
    APPEAL = "appeal", _("이의 신청")


class ScoreChange(models.Model):
    """Every change of every score: who, when, before, after, why. Rows are only ever added."""

    reading = models.ForeignKey(ReviewAssignment, models.PROTECT, related_name="changes")
    criterion = models.CharField(max_length=40)
    before = models.DecimalField(max_digits=13, decimal_places=4, null=True)
    after = models.DecimalField(max_digits=13, decimal_places=4, null=True)
    source = models.CharField(max_length=6, choices=ScoreSource.choices, default=ScoreSource.PAGE)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=ScoreSource.values), name="score_source_known")
        ]
        indexes = [models.Index(fields=["reading", "changed_at"], name="score_change_by_reading")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.criterion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the trail of scores only grows")
        super().save(*args, **kwargs)
