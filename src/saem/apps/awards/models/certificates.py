"""Certificates: frozen facts, a number, a code for strangers, and the files as they were made."""

import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import CODE_ALPHABET, Completion

# 31^12 is some 8 * 10^17: nobody finds one of a million by trying, even without a limit.
CODE_LENGTH = 12


def new_code() -> str:
    """What a stranger types to check a certificate, without 0/O and 1/I/L: `K7PX3MQA2RTV`."""
    return "".join(secrets.choice(CODE_ALPHABET) for _place in range(CODE_LENGTH))


class CertificateKind(models.TextChoices):
    TRAINING = "training", _("연수 이수증")
    ACHIEVEMENT = "achievement", _("수료증")


class Validity(models.TextChoices):
    """What a stranger is told. Only `valid` is good."""

    VALID = "valid", _("유효해요")
    REPLACED = "replaced", _("다시 발급했어요")
    REVOKED = "revoked", _("취소했어요")
    WITHDRAWN = "withdrawn", _("이수가 취소됐어요")


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def unrevoked(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """One issue of a certificate for one completion. Nothing of it changes but that it may be taken back."""

    completion = models.ForeignKey(Completion, models.PROTECT, related_name="certificates")
    kind = models.CharField(max_length=16, choices=CertificateKind.choices)
    # 1 for the first; a re-issue counts on, and its number ends in the count.
    issue = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=170)
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=new_code)
    # What is printed (`certificates/facts.py`): frozen, whatever becomes of names and titles later.
    facts = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revocation_reason = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    # Whether the public page says the whole name; the holder's choice.
    shows_name = models.BooleanField(default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["completion", "issue"], name="certificate_issue_once"),
            models.UniqueConstraint(
                fields=["completion"], condition=models.Q(revoked_at=None), name="certificate_valid_once"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=CertificateKind.values), name="certificate_kind_known"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def validity(self) -> Validity:
        """Read from the completion itself, so that nothing can go stale; needs `completion` and `successor`."""
        if self.completion.withdrawn_at is not None:
            return Validity.WITHDRAWN
        if self.revoked_at is None:
            return Validity.VALID
        return Validity.REPLACED if self.next_issue is not None else Validity.REVOKED

    @property
    def next_issue(self) -> "Certificate | None":
        """The certificate that names this one as the one before it."""
        return getattr(self, "successor", None)

    @property
    def course(self) -> dict[str, str]:
        found: dict[str, Any] = self.facts["course"]
        return found

    @property
    def shown_code(self) -> str:
        """In groups of four, as people read aloud."""
        return "-".join(self.code[place : place + 4] for place in range(0, len(self.code), 4))


class CertificateFile(models.Model):
    """The PDF in one language, kept as it was made: fonts and templates change, a document must not."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="files")
    language = models.CharField(max_length=2, choices=[("ko", "ko"), ("en", "en")])
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["certificate", "language"], name="certificate_file_once"),
            models.CheckConstraint(condition=models.Q(language__in=["ko", "en"]), name="certificate_language_known"),
        ]
        indexes = [models.Index(fields=["sha256"], name="certificate_by_sha256")]

    def __str__(self) -> str:
        return f"{self.certificate_id} {self.language}"
