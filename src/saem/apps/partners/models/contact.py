"""Everything between a team and its mentor: before the eyes of the team and its teachers, and kept."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.partners.models.matching import Pairing
from saem.apps.partners.models.mentors import Mentor
from saem.apps.projects.models import Team

LONGEST_POST = 3000
LONGEST_ABOUT = 500


class PostKind(models.TextChoices):
    MESSAGE = "message", _("글")
    BOOKED = "booked", pgettext_lazy("thread", "상담 예약")
    CANCELLED = "cancelled", _("예약 취소")
    MET = "met", _("상담")
    ASKED = "asked", pgettext_lazy("thread", "검토 부탁")
    ANSWERED = "answered", _("검토")
    NEWS = "news", _("알림")


class Post(models.Model):
    """One entry of a team's thread (함께 보는 대화). There is no other way to write, and nothing is taken out of it.

    A `code` stands for words that the site itself says.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=10, choices=PostKind.choices, default=PostKind.MESSAGE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    text = models.TextField(max_length=LONGEST_POST, blank=True)
    code = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)
    written_at = models.DateTimeField(default=timezone.now)
    # Of the form that sent it: a double press is one post.
    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["team", "token"], name="post_once"),
            models.CheckConstraint(condition=models.Q(kind__in=PostKind.values), name="post_kind_known"),
        ]
        indexes = [models.Index(fields=["team", "-id"], name="post_newest")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.kind}"


class Slot(models.Model):
    """Half an hour that a mentor offers to their teams."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=300)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "starts_at"], condition=models.Q(closed_at=None), name="slot_once"
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.starts_at:%Y-%m-%d %H:%M}"


class Why(models.TextChoices):
    """Why something that was agreed does not take place."""

    TEAM = "team", _("모둠이 취소했어요")
    MENTOR = "mentor", _("멘토가 취소했어요")
    VETTING = "vetting", _("멘토의 경력 조회 기간이 끝나서 취소했어요")
    PAIRING = "pairing", _("모둠의 멘토가 바뀌어서 취소했어요")


class Booking(models.Model):
    """A slot that a team has taken; afterwards the mentor writes how long it was and what came of it."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="bookings")
    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="bookings")
    about = models.CharField(max_length=LONGEST_ABOUT)
    booked_at = models.DateTimeField(default=timezone.now)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)
    reported_at = models.DateTimeField(null=True)
    # 0: nobody came.
    minutes = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(max_length=LONGEST_POST, blank=True)

    class Meta:
        ordering = ["slot__starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=models.Q(cancelled_at=None), name="booking_one_of_slot")
        ]
        indexes = [models.Index(fields=["pairing", "cancelled_at"], name="booking_of_pairing")]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.pairing_id}"


class ReviewRequest(models.Model):
    """A team asks its mentor to look at something for half an hour, when the mentor has time (검토 부탁)."""

    pairing = models.ForeignKey(Pairing, models.CASCADE, related_name="requests")
    text = models.TextField(max_length=LONGEST_POST)
    link = models.URLField(max_length=500, blank=True)
    token = models.UUIDField(default=uuid.uuid4)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(max_length=LONGEST_POST, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=8, choices=Why.choices, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["pairing", "token"], name="review_request_once")]
        indexes = [models.Index(fields=["pairing", "answered_at"], name="review_request_waiting")]

    def __str__(self) -> str:
        return f"{self.pairing_id} {self.due_on}"
