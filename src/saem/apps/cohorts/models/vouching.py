"""What others add to an application: a recommendation, and a guardian's consent kept as evidence."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.applications import Application, Document
from saem.apps.cohorts.models.calls import Call


class RecommendationState(models.TextChoices):
    ASKED = "asked", _("부탁함")
    GIVEN = "given", _("추천함")
    DECLINED = "declined", _("거절함")
    EXPIRED = "expired", _("기한 지남")


class RecommendationHow(models.TextChoices):
    """How a recommendation came."""

    LINK = "link", _("링크로 직접")
    SHEET = "sheet", _("학교가 보낸 명단")


class Recommendation(models.Model):
    """One recommendation: asked for by an applicant, whose link is known only by its hash, or from a school's list."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="recommendations")
    token_sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=60)
    # A school's list may leave out all but the name.
    email = models.EmailField(blank=True)
    school = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=8, choices=RecommendationState.choices, default=RecommendationState.ASKED)
    answers = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=5, choices=RecommendationHow.choices, default=RecommendationHow.LINK)
    # The staff member who handed in the list; nobody where the recommender answered in person.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=RecommendationState.values), name="recommendation_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(how__in=RecommendationHow.values), name="recommendation_how_known"
            ),
            # Whoever is asked now is the only one; another is asked only after this one declined or expired.
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["asked", "given"]),
                name="recommendation_open_once",
            ),
        ]
        indexes = [models.Index(fields=["application", "state"], name="recommendation_by_state")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.state}"

    @property
    def state_now(self) -> RecommendationState:
        """The state; one that was asked for and not answered in time has expired without anybody writing it."""
        if self.state == RecommendationState.ASKED and self.expires_at <= timezone.now():
            return RecommendationState.EXPIRED
        return RecommendationState(self.state)


class ConsentWay(models.TextChoices):
    """The seven ways of confirming a legal representative's consent (PIPA Enforcement Decree §17-2)."""

    WEB_SMS = "web_sms", _("인터넷에서 동의하고 문자로 확인")
    WEB_CARD = "web_card", _("인터넷에서 동의하고 카드 정보로 확인")
    WEB_PHONE = "web_phone", _("인터넷에서 동의하고 휴대전화 본인인증으로 확인")
    SIGNED_PAPER = "signed_paper", _("서명한 동의서(직접, 우편, 팩스)")
    EMAIL_REPLY = "email_reply", _("이메일 회신")
    PHONE_CALL = "phone_call", _("전화로 알리고 동의 확인")
    EQUIVALENT = "equivalent", _("그 밖에 이에 준하는 방법")


class ConsentText(models.Model):
    """The words a guardian agreed to, named by their hash and never changed."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="consent_texts")
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "sha256"], name="consent_text_once")]

    def __str__(self) -> str:
        return self.sha256[:12]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the words of a consent never change")
        super().save(*args, **kwargs)


class GuardianConsent(models.Model):
    """A guardian asked for consent, and the evidence once it is given: how, to which words, when, recorded by whom.

    Until `given_at` is set it is only a question. `recorded_by` is the staff member who recorded it, or nobody where
    the guardian answered in person through the mailed link.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    guardian_name = models.CharField(max_length=60)
    contact = models.CharField(max_length=120)
    relation = models.CharField(max_length=30)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents")
    way = models.CharField(max_length=12, choices=ConsentWay.choices, blank=True)
    given_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    evidence = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    declined_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_at=None) | models.Q(way__in=ConsentWay.values), name="consent_way_known"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(given_at__isnull=False, withdrawn_at=None),
                name="consent_in_force_once",
            ),
        ]
        indexes = [models.Index(fields=["application", "given_at"], name="consent_by_application")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.way}"

    @property
    def is_in_force(self) -> bool:
        return self.given_at is not None and self.withdrawn_at is None
