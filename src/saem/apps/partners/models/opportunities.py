"""Opportunities (진로 탐색 기회), who signed up and with whose consent, and what a learner is curious about."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Program
from saem.apps.cohorts.models import ConsentWay, GuardianQuestion
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
    # Outside school, a child under 14 has a place only with the consent of a guardian.
    is_outside = models.BooleanField()
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
    HELD = "held", _("보호자 동의를 기다림")
    WAITING = "waiting", _("대기")
    CANCELLED = "cancelled", _("취소함")


# Nobody else gets these places; and who is still in it at all.
TAKEN = (SignUpState.GOING, SignUpState.HELD)
LIVE = (*TAKEN, SignUpState.WAITING)


class SignUp(models.Model):
    """One person's place, or their turn on the waiting list: in the order of `pk`.

    A place that waits for a guardian's consent is kept until `held_until`.
    """

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="sign_ups")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ups")
    state = models.CharField(max_length=9, choices=SignUpState.choices)
    # They said to be 14 or older; it counts where nobody knows the birth date.
    is_of_age = models.BooleanField(default=False)
    signed_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True)
    moved_up_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    came = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="held") | models.Q(held_until__isnull=False), name="sign_up_held_until"
            ),
            models.UniqueConstraint(
                fields=["opportunity", "user"], condition=~models.Q(state="cancelled"), name="sign_up_once"
            ),
        ]
        indexes = [
            models.Index(fields=["opportunity", "state", "id"], name="sign_up_in_order"),
            models.Index(fields=["user", "-id"], name="sign_up_of_user"),
            models.Index(fields=["held_until"], condition=models.Q(state="held"), name="sign_up_held"),
        ]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.user_id} {self.state}"


class OpportunityGuardian(GuardianQuestion):
    """A guardian asked whether a child may go to something outside school."""

    opportunity = models.ForeignKey(Opportunity, models.CASCADE, related_name="guardians")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="opportunity_guardians")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_on=None) | models.Q(way__in=ConsentWay.values),
                name="opportunity_guardian_way_known",
            ),
            models.UniqueConstraint(
                fields=["opportunity", "user"],
                condition=models.Q(given_on__isnull=False, withdrawn_at=None),
                name="opportunity_guardian_once",
            ),
        ]
        indexes = [models.Index(fields=["opportunity", "user", "-asked_at"], name="opportunity_guardian_latest")]

    def __str__(self) -> str:
        return f"{self.opportunity_id} {self.user_id}"


class Interest(models.Model):
    """What a learner says they are curious about; nobody else reads it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="interest")
    topics = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id}"
