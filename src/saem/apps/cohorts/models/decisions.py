"""What applicants are told: decisions with reasons, seats offered, appeals."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.classes import Enrolment
from saem.apps.cohorts.models.selection import Candidate


class DecisionKind(models.TextChoices):
    """What an applicant is told."""

    ACCEPTED = "accepted", _("합격")
    RESERVE = "reserve", _("예비 합격")
    DECLINED = "declined", _("불합격")


class Decision(models.Model):
    """What one candidate was told, with reasons as codes; what changes later (the reserve, an appeal) is another."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=DecisionKind.choices)
    rank = models.PositiveIntegerField(null=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    reserve_place = models.PositiveIntegerField(null=True)
    # [{"code": …, "params": {…}}]; the words are in saem.web.messages.selection.
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "number"], name="decision_once"),
            models.CheckConstraint(condition=models.Q(kind__in=DecisionKind.values), name="decision_kind_known"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at=None), name="decision_untold")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.kind}"


class OfferState(models.TextChoices):
    """The words of `lib.selection.OfferState`, which decides by the same values."""

    OPEN = "open", _("답을 기다림")
    ACCEPTED = "accepted", _("등록함")
    DECLINED = "declined", _("등록하지 않음")
    EXPIRED = "expired", _("기한 지남")
    WITHDRAWN = "withdrawn", _("등록을 취소함")


class Offer(models.Model):
    """A seat offered (합격 통보) to one candidate; one person gets one offer at most."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="offer")
    state = models.CharField(max_length=9, choices=OfferState.choices, default=OfferState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=OfferState.values), name="offer_state_known")
        ]
        indexes = [models.Index(fields=["expires_at"], condition=models.Q(state="open"), name="offer_running_out")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.state}"


class AppealState(models.TextChoices):
    OPEN = "open", _("답을 기다림")
    UPHELD = "upheld", _("받아들임")
    REJECTED = "rejected", _("받아들이지 않음")


class Appeal(models.Model):
    """An applicant's objection to a decision, answered by somebody who did not review the application."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AppealState.values), name="appeal_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"
