"""Mentors, what they promise, and the checks without which they meet no pupil."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.partners.topics import TIMES, TOPICS, words_of
from saem.apps.people.models import Institution


class VettingKind(models.TextChoices):
    """What is looked up before anybody meets minors; both are asked for, on the same or on different days."""

    SEX_OFFENCE = "sex_offence", _("성범죄 경력 조회")
    CHILD_ABUSE = "child_abuse", _("아동학대 관련 범죄 전력 조회")


class MentorQuerySet(models.QuerySet["Mentor"]):
    def here(self) -> "MentorQuerySet":
        return self.filter(left_at=None)

    def cleared_on(self, day: dt.date) -> "MentorQuerySet":
        """Those for whom every kind of vetting holds on that day."""
        found = self.here()
        for kind in VettingKind.values:
            holds = Vetting.objects.filter(
                mentor=models.OuterRef("pk"), kind=kind, withdrawn_at=None, holds_from__lte=day, holds_until__gte=day
            )
            found = found.filter(models.Exists(holds))
        return found


class Mentor(models.Model):
    """One person who mentors teams of one institution (`host`), which vets them; `home` is where they come from."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentoring")
    host = models.ForeignKey(Institution, models.PROTECT, related_name="mentors")
    home = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="mentors_sent")
    # How many teams, and how many minutes a month, both at most: their own words.
    places = models.PositiveSmallIntegerField(default=0)
    minutes = models.PositiveSmallIntegerField(default=120)
    topics = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    times = models.JSONField(default=list)
    about = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField(null=True)
    invited_at = models.DateTimeField(default=timezone.now)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    left_at = models.DateTimeField(null=True)
    # Since when contact rests because the vetting does not hold, as people were told; empty while it holds.
    paused_at = models.DateTimeField(null=True)

    objects = MentorQuerySet.as_manager()

    class Meta:
        ordering = ["user__display_name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "host"], name="mentor_once")]
        indexes = [models.Index(fields=["host", "left_at"], name="mentor_by_host")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.host_id}"

    @property
    def topic_words(self) -> list[str]:
        return words_of(TOPICS, self.topics)

    @property
    def time_words(self) -> list[str]:
        return words_of(TIMES, self.times)


class MentorPromise(models.Model):
    """What a mentor promised from one moment until the next row. Only ever added to."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="promises")
    places = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["mentor", "-since", "-id"], name="mentor_promise_latest")]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.minutes}"


class Vetting(models.Model):
    """One check with its dates. Never changed: a wrong one is withdrawn, with the reason, and another is recorded.

    Only that it was done and until when it holds is kept, never what it said.
    """

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="vettings")
    kind = models.CharField(max_length=16, choices=VettingKind.choices)
    holds_from = models.DateField()
    holds_until = models.DateField()
    reference = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-holds_until", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=VettingKind.values), name="vetting_kind_known"),
            models.CheckConstraint(
                condition=models.Q(holds_until__gte=models.F("holds_from")), name="vetting_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["mentor", "kind", "holds_until"], name="vetting_of_mentor"),
            models.Index(fields=["holds_until"], condition=models.Q(withdrawn_at=None), name="vetting_by_end"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.kind} {self.holds_until}"
