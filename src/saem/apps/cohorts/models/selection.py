"""How the seats of a call are given: declared rules, the draw, who takes part, what became of them in each stage."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.applications import Application
from saem.apps.cohorts.models.calls import Call
from saem.apps.cohorts.models.classes import Classroom


class SelectionState(models.TextChoices):
    DECLARED = "declared", _("심사하는 중")
    DRAWN = "drawn", _("추첨을 마침")
    PUBLISHED = "published", _("결과를 발표함")


class Selection(models.Model):
    """The selection (선발) of a call. Its rules are the newest declaration; `secret` is public once it was used."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="selection")
    state = models.CharField(max_length=10, choices=SelectionState.choices, default=SelectionState.DECLARED)
    rules = models.ForeignKey("RulesDeclaration", models.PROTECT, null=True, related_name="+")
    is_blind = models.BooleanField(default=True)
    reply_days = models.PositiveSmallIntegerField(default=7)
    appeal_days = models.PositiveSmallIntegerField(default=7)
    commitment = models.CharField(max_length=64)
    secret = models.CharField(max_length=64)
    # What nobody can know before: announced in words first, then its value as it was stated.
    public_source = models.CharField(max_length=200)
    public_value = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True)
    # The last stage that is decided; scores of a decided stage change only with a reason.
    settled_stage = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)
    # Counts what outcomes rest on: whoever computed with an older number writes nothing.
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    classrooms = models.ManyToManyField(Classroom, related_name="+", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SelectionState.values), name="selection_state_known"),
            models.CheckConstraint(
                condition=models.Q(drawn_at=None) | ~models.Q(public_value=""), name="selection_drawn_in_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.state}"

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None


class RulesDeclaration(models.Model):
    """Rules as they were declared once: the canonical text that the hash is of. None is ever changed."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="declarations")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "number"], name="declaration_once")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("declared rules never change")
        super().save(*args, **kwargs)


class Candidate(models.Model):
    """An application that takes part: everybody who was complete when the draw was held, and their place in it.

    `attributes` are what quotas ask about, as they were then. `rank` and `total` are of the last decided stage.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="candidates")
    application = models.OneToOneField(Application, models.PROTECT, related_name="candidate")
    receipt = models.CharField(max_length=20)
    attributes = models.JSONField(default=dict)
    draw_place = models.PositiveIntegerField()
    stage = models.CharField(max_length=40, blank=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "draw_place"], name="candidate_drawn_once"),
            models.UniqueConstraint(fields=["selection", "receipt"], name="candidate_receipt_once"),
        ]
        indexes = [models.Index(fields=["selection", "rank"], name="candidate_by_rank")]

    def __str__(self) -> str:
        return self.receipt


class Result(models.TextChoices):
    """What became of an application in one stage."""

    WAITING = "waiting", _("심사 기다림")
    BELOW_MINIMUM = "below_minimum", _("기준 점수 미만")
    ADVANCED = "advanced", _("통과")
    NOT_ADVANCED = "not_advanced", _("통과하지 못함")


class StageOutcome(models.Model):
    """One candidate in one stage, as the rules computed it from the scores; written anew as a whole, never by hand."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outcomes")
    stage = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    rank = models.PositiveIntegerField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=14, choices=Result.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "stage"], name="outcome_once"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="outcome_result_known"),
        ]
        indexes = [models.Index(fields=["stage", "result"], name="outcome_by_stage")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.stage} {self.result}"
