"""Institutions as issuers: who signs on paper, and the keys that sign badges."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from saem.apps.people.models import Institution


class Seal(models.Model):
    """The picture of a seal (직인). It is never changed: certificates name the one that they were issued with."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="seals")
    data = models.BinaryField()
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.institution_id} {self.pk}"


class IssuerProfile(models.Model):
    """How an institution signs certificates: the office that the seal belongs to, who holds it, the seal."""

    institution = models.OneToOneField(Institution, models.CASCADE, related_name="issuer", primary_key=True)
    officer = models.CharField(max_length=60)
    officer_en = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=60, blank=True)
    seal = models.ForeignKey(Seal, models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.officer


class IssuerKey(models.Model):
    """One Ed25519 key of an institution, as `lib.credentials.badges` knows keys.

    `locked` is the private half, encrypted (`issuers/sealing.py`); it is emptied when the key is retired, so that the
    dates of what it signed can be believed. Public halves stay for ever.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="issuer_keys")
    name = models.CharField(max_length=40)
    public = models.CharField(max_length=80)
    locked = models.TextField(blank=True)
    # The DID that it signs for: an address of this site, kept so that a moved site notices.
    controller = models.CharField(max_length=200)
    valid_from = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    compromised_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="issuer_key_name_once"),
            models.UniqueConstraint(
                fields=["institution"], condition=models.Q(retired_at=None), name="issuer_key_in_force_once"
            ),
            models.CheckConstraint(
                condition=models.Q(compromised_at=None) | models.Q(retired_at__isnull=False),
                name="issuer_key_compromised_is_retired",
            ),
            models.CheckConstraint(
                condition=models.Q(retired_at=None) | models.Q(locked=""), name="issuer_key_retired_is_destroyed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.name}"
