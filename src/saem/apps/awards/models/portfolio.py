"""The learner's portfolio: what they show to whom, what they think of it, and the links they gave away."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import ConsentWay, GuardianQuestion


class Portfolio(models.Model):
    """One learner's portfolio (포트폴리오): theirs alone, and over all classes they were in."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="portfolio", primary_key=True)
    title = models.CharField(_("제목"), max_length=80, blank=True)
    introduction = models.TextField(_("소개"), max_length=1500, blank=True)
    # When a learner whose birth date nobody knows said that they are 14 or older.
    of_age_since = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.user_id} {self.title}"


class EntryKind(models.TextChoices):
    PROJECT = "project", _("프로젝트")
    LESSONS = "lessons", _("마친 차시")
    GROWTH = "growth", _("성장 지도")
    GAIN = "gain", _("진단으로 본 성장")
    RECOGNITION = "recognition", _("이수와 배지")
    REFLECTION = "reflection", _("돌아보기")


class Audience(models.TextChoices):
    """Who sees an entry. Whoever may open a link sees less than a teacher, never more."""

    NOBODY = "nobody", _("나만")
    TEACHERS = "teachers", _("나와 우리 반 선생님")
    LINK = "link", _("링크를 받은 사람까지")


class Entry(models.Model):
    """The learner's own choice about one thing: who sees it, where it stands, a sentence about it.

    `ref` names the thing (`project:12:rain`); what it says is read from its own room each time, so nothing here can
    be out of date. A thing without a row is seen by its owner alone.
    """

    portfolio = models.ForeignKey(Portfolio, models.CASCADE, related_name="entries")
    ref = models.CharField(max_length=120)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.NOBODY)
    position = models.PositiveIntegerField(null=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["portfolio", "ref"], name="portfolio_entry_once"),
            models.CheckConstraint(
                condition=models.Q(audience__in=Audience.values), name="portfolio_entry_audience_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.ref} {self.audience}"


class Reflection(models.Model):
    """What a learner thinks of their own learning (돌아보기). `about` is the `ref` of an entry, or empty."""

    portfolio = models.ForeignKey(Portfolio, models.CASCADE, related_name="reflections")
    prompt = models.CharField(max_length=20)
    about = models.CharField(max_length=120, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    # The newest version, kept here so that lists need no second look; every version is a row of its own.
    text = models.TextField()
    number = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["portfolio", "-begun_at"], name="reflection_latest")]

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.prompt}"


class ReflectionVersion(models.Model):
    """A reflection as it once stood; none is changed, all go with the reflection when its writer deletes it."""

    reflection = models.ForeignKey(Reflection, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reflection", "number"], name="reflection_version_once")]

    def __str__(self) -> str:
        return f"{self.reflection_id} v{self.number}"


class LinkQuerySet(models.QuerySet["ShareLink"]):
    def open_on(self, day: dt.date) -> Self:
        """Links that were not taken back and whose last day has not passed."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day), revoked_at=None)


class ShareLink(models.Model):
    """A link (공유 링크) by which anybody sees what its learner shows; known only by its hash.

    Of visitors nothing is kept but how many times they opened it.
    """

    portfolio = models.ForeignKey(Portfolio, models.CASCADE, related_name="links")
    label = models.CharField(_("누구에게 주는 링크인가요?"), max_length=60)
    token_sha256 = models.CharField(max_length=64, unique=True)
    with_name = models.BooleanField(default=False)
    ends_on = models.DateField(_("마지막 날"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    openings = models.PositiveIntegerField(default=0)

    objects = LinkQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["portfolio", "-created_at"], name="share_link_latest")]

    def __str__(self) -> str:
        return f"{self.portfolio_id} {self.label}"

    @property
    def is_open(self) -> bool:
        return self.revoked_at is None and (self.ends_on is None or self.ends_on >= timezone.localdate())


class SharingGuardian(GuardianQuestion):
    """A guardian asked whether a child's portfolio may be shown by link."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sharing_guardians")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(given_on=None) | models.Q(way__in=ConsentWay.values),
                name="sharing_guardian_way_known",
            ),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(given_on__isnull=False, withdrawn_at=None),
                name="sharing_guardian_once",
            ),
        ]
        indexes = [models.Index(fields=["user", "-asked_at"], name="sharing_guardian_latest")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"
