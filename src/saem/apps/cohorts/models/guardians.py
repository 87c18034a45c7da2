"""What a question to a guardian keeps, whatever it is about; the rooms above say about whom and what."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from saem.apps.cohorts.models.vouching import ConsentWay


class GuardianQuestion(models.Model):
    """A guardian asked about one thing of one child, and the evidence once they agree (PIPA Decree §17-2).

    The words are kept as they were read. Nobody recorded it where the guardian answered by the mailed link.
    """

    guardian_name = models.CharField(max_length=60)
    relation = models.CharField(max_length=30, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True, null=True)
    text = models.TextField()
    text_en = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    mailed_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=12, choices=ConsentWay.choices, blank=True, default="")
    given_on = models.DateField(null=True)
    note = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    # Where staff recorded that the guardian took it back: who, and where the paper is.
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_note = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def is_in_force(self) -> bool:
        return self.given_on is not None and self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        """Whether it may still be answered."""
        is_over = self.given_on is not None or self.declined_at is not None or self.closed_at is not None
        return not is_over and self.expires_at is not None and self.expires_at > timezone.now()
