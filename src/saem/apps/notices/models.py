"""Notices in a person's inbox, what leaves the house for them, and what each person prefers."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.notices.kinds import Topic


class Notice(models.Model):
    """One thing told to one person. It keeps facts, not words: whoever reads it reads it in their own language."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True, help_text="where it leads, on this site")
    key = models.CharField(max_length=120, help_text="tells it from every other one, so that it is told once")
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    waits_for_digest = models.BooleanField(default=False)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="notice_inbox"),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["recipient"], condition=models.Q(waits_for_digest=True), name="notice_for_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.recipient_id}"


class Channel(models.TextChoices):
    EMAIL = "email", _("이메일")
    SMS = "sms", _("문자")


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("보내기를 기다림")
    SENDING = "sending", _("보내는 중")
    SENT = "sent", _("보냄")
    FAILED = "failed", _("보내지 못함")
    UNSURE = "unsure", _("갔는지 모름")


class Delivery(models.Model):
    """One e-mail or text message to one address, with or without an account behind it.

    `sending` is written and committed before a server is spoken to. Whoever finds it written knows that a try began and
    does not begin another: the message may have gone out, and is then `unsure` until a person decides.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    address = models.CharField(max_length=254)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="deliveries")
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=8, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=DeliveryState.values), name="delivery_state_known"),
            models.CheckConstraint(condition=models.Q(channel__in=Channel.values), name="delivery_channel_known"),
        ]
        indexes = [
            models.Index(fields=["state", "-created_at", "-id"], name="delivery_log"),
            models.Index(fields=["recipient", "-created_at"], name="delivery_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.state})"


class Pace(models.TextChoices):
    AT_ONCE = "now", _("바로")
    DAILY = "daily", _("하루에 한 번 모아서")
    NEVER = "never", _("이메일로는 받지 않기")


class Preference(models.Model):
    """How one person wants e-mail about one topic. No row means at once; the inbox gets everything always."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences")
    topic = models.CharField(max_length=16, choices=Topic.choices)
    pace = models.CharField(max_length=8, choices=Pace.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="preference_once"),
            models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="preference_pace_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.topic} {self.pace}"
