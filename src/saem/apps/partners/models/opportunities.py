"""Opportunities (진로 탐색 기회), who signed up for them, and what a learner is curious about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Program
from saem.apps.partners.topics import TOPICS, words_of
from saem.apps.people.models import Institution
from saem.web.languages import reader_language


class OpportunityKind(models.TextChoices):
    TALK = "talk", _("강연")
    VISIT = "visit", _("연구실 방문")
    CAMP = "camp", _("캠프")
    INTERNSHIP = "internship", _("현장 실습")
    ADMISSION = "admission", _("진학 설명회")


class OpportunityState(models.TextChoices):
    SENT = "sent", _("검토를 기다림")
    OPEN = "open", _("공개함")
    CANCELLED = "cancelled", _("취소함")


class Opportunity(models.Model):
    """Something that learners of `host`'s programs may go to, offered by `institution`."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="opportunities")
    host = models.ForeignKey(Institution, models.PROTECT, related_name="opportunities_hosted")
    kind = models.CharField(_("무엇인가요?"), max_length=12, choices=OpportunityKind.choices)
    title = models.CharField(_("제목"), max_length=120)
    title_en = models.CharField(_("영어 제목"), max_length=120, blank=True)
    about = models.TextField(_("안내"), max_length=4000)
    where = models.CharField(_("장소"), max_length=200)
    starts_at = models.DateTimeField(_("시작"))
    ends_at = models.DateTimeField(_("끝"))
    sign_up_until = models.DateTimeField(_("신청 마감"))
    places = models.PositiveSmallIntegerField(_("자리"))
    topics = models.JSONField(default=list)
    # What it builds on: whoever takes one of these programs, or holds one of these skills ("program/skill").
    programs = models.ManyToManyField(Program, related_name="opportunities", blank=True)
    skills = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=OpportunityState.choices)
    cancelled_why = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=OpportunityKind.values), name="opportunity_kind_known"),
            models.CheckConstraint(
                condition=models.Q(state__in=OpportunityState.values), name="opportunity_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="opportunity_ends_later"
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at", "id"], name="opportunity_coming")]

    def __str__(self) -> str:
        return self.title

    @property
    def local_title(self) -> str:
        return self.title_en if self.title_en and reader_language() == "en" else self.title

    @property
    def topic_words(self) -> list[str]:
        return words_of(TOPICS, self.topics)

    @property
    def takes_sign_ups(self) -> bool:
        return self.state == OpportunityState.OPEN and timezone.now() < self.sign_up_until

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()


class SignUpState(models.TextChoices):
    GOING = "going", _("자리 있음")
    WAITING = "waiting", _("대기")
    CANCELLED = "cancelled", _("취소함")


class SignUp(models.Model):
    """One person's place, or their turn on the waiting list: in the order of `pk`."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="sign_ups")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ups")
    state = models.CharField(max_length=9, choices=SignUpState.choices)
    signed_at = models.DateTimeField(default=timezone.now)
    moved_up_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.UniqueConstraint(
                fields=["opportunity", "user"], condition=~models.Q(state="cancelled"), name="sign_up_once"
            ),
        ]
        indexes = [
            models.Index(fields=["opportunity", "state", "id"], name="sign_up_in_order"),
            models.Index(fields=["user", "-id"], name="sign_up_of_user"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.user_id} {self.state}"


class Interest(models.Model):
    """What a learner says they are curious about; nobody else reads it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interest")
    topics = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id}"
