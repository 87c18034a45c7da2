"""Spreadsheets that staff hand in for a call and its selection."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.cohorts.models.calls import Call


class SheetKind(models.TextChoices):
    SCORES = "scores", _("점수")
    APPLICATIONS = "applications", pgettext_lazy("several", "지원서")
    RECOMMENDATIONS = "recommendations", _("추천")


class SheetState(models.TextChoices):
    WAITING = "waiting", _("읽는 중")
    READ = "read", _("확인을 기다림")
    APPLYING = "applying", _("반영하는 중")
    APPLIED = "applied", _("반영함")
    FAILED = "failed", _("읽지 못함")


class SelectionSheet(models.Model):
    """A spreadsheet that staff handed in: what it would change is told first, and done only when somebody says so."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=16, choices=SheetKind.choices)
    stage = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    # What was read of it, packed: that is what is applied, whatever becomes of the file.
    rows = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.WAITING)
    report = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SheetKind.values), name="sheet_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=SheetState.values), name="sheet_state_known"),
        ]
        indexes = [models.Index(fields=["call", "-sent_at"], name="sheet_by_call")]

    def __str__(self) -> str:
        return self.name
