"""What a project's result must be for a badge, and who reached it with what."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.models.batches import Batch, BatchPart, ItemState
from saem.apps.cohorts.models import Cohort, Enrolment


class Level(models.TextChoices):
    SHARE = "share", _("점수가 정한 비율 이상")
    BASELINE = "baseline", _("기준 모델보다 나음")


class Goal(models.Model):
    """A level that a project's result must reach for a badge (달성 기준). The level never changes; the words may.

    `percent` is the share of all points that a `share` asks for, else 0; `baseline` the id of the one that must be
    beaten, else empty.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="badge_goals")
    project = models.CharField(max_length=60)
    level = models.CharField(max_length=8, choices=Level.choices)
    percent = models.PositiveSmallIntegerField(default=0)
    baseline = models.CharField(max_length=60, blank=True)
    # Whoever reaches it is given the badge without anybody's press.
    is_automatic = models.BooleanField(default=False)
    # No badge is given for it any more; those that were given go on holding.
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="share", percent__gte=1, percent__lte=100, baseline="")
                | (models.Q(level="baseline", percent=0) & ~models.Q(baseline="")),
                name="badge_goal_level_whole",
            ),
            models.UniqueConstraint(
                fields=["cohort", "project", "level", "percent", "baseline"],
                condition=models.Q(closed_at=None),
                name="badge_goal_open_once",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "project"], name="badge_goal_by_project")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.project} {self.level}"


class Earning(models.Model):
    """One person reached a goal with one submission and was given its badge. `facts` is what the badge says of it."""

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="earnings")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="earnings")
    submission = models.ForeignKey("projects.Submission", models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField()
    earned_at = models.DateTimeField(default=timezone.now)
    # Since when no submission reaches the level any more (a regrade); the badge holds until somebody takes it back.
    fell_at = models.DateTimeField(null=True)
    # When the badge was taken back; then another may be given.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "enrolment"], condition=models.Q(ended_at=None), name="earning_in_force_once"
            )
        ]
        indexes = [models.Index(fields=["goal", "fell_at"], name="earning_by_fall")]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.enrolment_id}"


class GoalItem(models.Model):
    """One person in a batch of a goal's badges. `code` is a message code that says why there is none."""

    part = models.ForeignKey(BatchPart, models.CASCADE, related_name="goal_items")
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="items")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="goal_items")
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    code = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "enrolment"], condition=models.Q(state="waiting"), name="goal_item_waits_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ItemState.values), name="goal_item_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.enrolment_id} {self.state}"


class GoalBatch(models.Model):
    """Says of a batch that it gives the badges of a goal."""

    batch = models.OneToOneField(Batch, models.CASCADE, related_name="for_goal", primary_key=True)
    goal = models.ForeignKey(Goal, models.CASCADE, related_name="batches")

    def __str__(self) -> str:
        return f"{self.goal_id} {self.batch_id}"
