"""Calls for applicants, and the immutable versions of their forms."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.cohorts.models.classes import Cohort
from saem.web.languages import reader_language

# School years by code: elementary, middle, high. A call keeps those that may apply as a list of codes.
GRADES = (
    *(f"e{year}" for year in range(1, 7)),
    *(f"m{year}" for year in range(1, 4)),
    *(f"h{year}" for year in range(1, 4)),
)


def grade_name(code: str) -> str:
    """A school year in the reader's language; an unknown code as it is."""
    if code not in GRADES:
        return code
    schools = {"e": _("초등학교 %(year)s학년"), "m": _("중학교 %(year)s학년"), "h": _("고등학교 %(year)s학년")}
    return schools[code[0]] % {"year": code[1]}


class Audience(models.TextChoices):
    STUDENT = "student", pgettext_lazy("audience", "학생")
    TEACHER = "teacher", pgettext_lazy("audience", "교사")


# For how many years after the result applications may be kept.
RETENTION_YEARS = (1, 3, 5, 10)


class RetentionBasis(models.TextChoices):
    """Why applications are kept that long; there is no other reason to give."""

    LAWSUIT = "lawsuit", _("결과를 두고 다툴 수 있는 동안 확인하려고 (행정소송법 제20조: 1년)")
    RECORDS = "records", _("공공기록물의 보존 기간 (공공기록물 관리에 관한 법률 시행령 제26조)")
    CONSENT = "consent", _("지원한 사람의 동의 (개인정보 보호법 제15조)")
    POLICY = "policy", _("기관의 개인정보 처리방침 (개인정보 보호법 제30조)")


class CallState(models.TextChoices):
    """Derived from the dates, never stored."""

    DRAFT = "draft", _("준비 중")
    COMING = "coming", _("곧 열려요")
    OPEN = "open", _("지원 받는 중")
    CLOSED = "closed", pgettext_lazy("call", "마감")


class CallQuerySet(models.QuerySet["Call"]):
    """Calls by where their dates put them."""

    def published(self) -> Self:
        return self.exclude(published_at=None)

    def in_state(self, state: CallState, now: dt.datetime) -> Self:
        """Published calls that are coming, open or closed at `now`; the grace period is no part of being open."""
        conditions = {
            CallState.COMING: models.Q(opens_at__gt=now),
            CallState.OPEN: models.Q(opens_at__lte=now, closes_at__gt=now),
            CallState.CLOSED: models.Q(closes_at__lte=now),
        }
        return self.published().filter(conditions[state])


class Call(models.Model):
    """A call (모집) for the places of a cohort: when, for whom, how many, and with which form."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="calls")
    title = models.CharField(_("제목"), max_length=120)
    title_en = models.CharField(_("영어 제목"), max_length=120, blank=True)
    summary = models.TextField(_("안내"), blank=True)
    summary_en = models.TextField(_("영어 안내"), blank=True)
    audience = models.CharField(_("지원 대상"), max_length=8, choices=Audience.choices, default=Audience.STUDENT)
    opens_at = models.DateTimeField(_("시작"))
    closes_at = models.DateTimeField(_("마감"))
    # Submissions that arrive this many minutes after the deadline still count: a slow network is nobody's fault.
    grace_minutes = models.PositiveSmallIntegerField(_("마감 뒤 여유(분)"), default=0)
    seats = models.PositiveIntegerField(_("모집 인원"))
    eligibility = models.TextField(_("지원 자격"), blank=True)
    eligibility_en = models.TextField(_("영어 지원 자격"), blank=True)
    born_from = models.DateField(_("생년월일: 이날부터"), null=True, blank=True)
    born_until = models.DateField(_("생년월일: 이날까지"), null=True, blank=True)
    grades = models.JSONField(_("학년"), default=list, blank=True)
    needs_recommendation = models.BooleanField(_("추천서 받기"), default=False)
    recommendation_prompt = models.TextField(_("추천인에게 묻는 말"), blank=True)
    recommendation_prompt_en = models.TextField(_("추천인에게 묻는 말(영어)"), blank=True)
    # Recommendations and consents may still come for this many days after the deadline.
    followup_days = models.PositiveSmallIntegerField(_("추천서와 동의를 더 받는 날수"), default=7)
    guardian_text = models.TextField(_("보호자 동의서"), blank=True)
    guardian_text_en = models.TextField(_("보호자 동의서(영어)"), blank=True)
    # After that, nothing of a person stays in an application and what belongs to it (`retention`).
    retention_years = models.PositiveSmallIntegerField(
        _("지원서 보관 기간"), choices=[(years, str(years)) for years in RETENTION_YEARS], default=RETENTION_YEARS[0]
    )
    retention_basis = models.CharField(
        _("보관하는 근거"), max_length=8, choices=RetentionBasis.choices, default=RetentionBasis.LAWSUIT
    )
    # What the builder works on; applicants meet only published versions.
    form_draft = models.JSONField(default=dict, blank=True)
    form_draft_revision = models.PositiveIntegerField(default=0)
    form = models.ForeignKey("FormVersion", models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="call_dates_in_order"),
            models.CheckConstraint(condition=models.Q(audience__in=Audience.values), name="call_audience_known"),
            models.CheckConstraint(
                condition=models.Q(retention_years__in=RETENTION_YEARS), name="call_retention_known"
            ),
            models.CheckConstraint(
                condition=models.Q(retention_basis__in=RetentionBasis.values), name="call_retention_basis_known"
            ),
        ]
        indexes = [models.Index(fields=["closes_at", "opens_at"], name="call_by_dates")]

    def __str__(self) -> str:
        return self.title

    def state_at(self, now: dt.datetime) -> CallState:
        if self.published_at is None:
            return CallState.DRAFT
        if now < self.opens_at:
            return CallState.COMING
        return CallState.OPEN if now < self.closes_at else CallState.CLOSED

    @property
    def state(self) -> CallState:
        return self.state_at(timezone.now())

    def takes_submissions_at(self, now: dt.datetime) -> bool:
        """Whether a submission counts at `now`: while the call is open, and in the minutes of grace after it."""
        if self.state_at(now) is CallState.OPEN:
            return True
        grace = dt.timedelta(minutes=self.grace_minutes)
        return self.published_at is not None and self.opens_at <= now < self.closes_at + grace

    @property
    def takes_submissions(self) -> bool:
        return self.takes_submissions_at(timezone.now())

    @property
    def followup_until(self) -> dt.datetime:
        """Until when recommender and guardian may still answer: at the same time of day, also across a clock change."""
        return timezone.localtime(self.closes_at) + dt.timedelta(days=self.followup_days)

    def in_language(self, name: str) -> str:
        """A text in the reader's language, Korean where no English one was given."""
        english = getattr(self, f"{name}_en") if reader_language() == "en" else ""
        return str(english or getattr(self, name))

    @property
    def local_title(self) -> str:
        return self.in_language("title")

    @property
    def titles(self) -> dict[str, str]:
        """The title as a fact of notices and events: each reader's own language is chosen when it is read."""
        return {"ko": self.title, "en": self.title_en or self.title}

    @property
    def grade_names(self) -> list[str]:
        return [grade_name(code) for code in self.grades]


class FormVersion(models.Model):
    """A form as applicants met it. It never changes, so that old answers are read with their own questions."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="form_versions")
    number = models.PositiveIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="form_version_once")]

    def __str__(self) -> str:
        return f"{self.call_id} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("a version of a form never changes")
        super().save(*args, **kwargs)
