"""What staff asked to be made, for whom, in parts that are one job each."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.awards.models.certificates import Certificate
from saem.apps.cohorts.models import Cohort, Completion


class Batch(models.Model):
    """One press of the button, for one person or for a thousand."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="award_batches")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Nobody pressed: people completed in a cohort whose certificates make themselves.
    is_automatic = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["cohort", "-asked_at"], name="award_batch_by_cohort")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.asked_at:%Y-%m-%d}"


class BatchPart(models.Model):
    """What one job makes; a worker that dies loses the pages of one part, and they are made again."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.pk}"


class ItemState(models.TextChoices):
    WAITING = "waiting", _("기다리는 중")
    MADE = "made", _("만들었어요")
    FAILED = "failed", _("만들지 못했어요")


class BatchItem(models.Model):
    """One person of a batch. `code` is a message code that says why it could not be made."""

    part = models.ForeignKey(BatchPart, models.CASCADE, related_name="items")
    completion = models.ForeignKey(Completion, models.CASCADE, related_name="award_items")
    # The certificate that this one takes the place of, and why.
    replaces = models.ForeignKey(Certificate, models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.WAITING)
    code = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["completion"], condition=models.Q(state="waiting"), name="award_item_waits_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=ItemState.values), name="award_item_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.completion_id} {self.state}"


class Automation(models.Model):
    """Whether a cohort's certificates make themselves as soon as somebody completes; off without a row."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="award_automation", primary_key=True)
    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.is_on}"
