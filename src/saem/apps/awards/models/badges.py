"""Badges (Open Badges 3.0): what they say, whom they were given to, who stands by them, which were taken back."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from saem.apps.awards.models.goals import Earning, Goal
from saem.apps.awards.models.issuers import IssuerKey
from saem.apps.cohorts.models import Cohort, Completion
from saem.apps.people.models import Institution
from saem.lib.credentials.badges.status import SMALLEST
from saem.web.languages import reader_language


class BadgeTemplate(models.Model):
    """The words of a badge: of the cohort's own, given with the certificate, or of a goal's.

    Never changed: other words are another row, and the newest one is given.
    """

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="badge_templates")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="templates")
    number = models.PositiveIntegerField()
    name_ko = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    description_ko = models.CharField(max_length=300)
    description_en = models.CharField(max_length=300)
    criteria_ko = models.TextField(max_length=1000)
    criteria_en = models.TextField(max_length=1000)
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="badge_template_once")]

    def __str__(self) -> str:
        return self.name_ko

    @property
    def names(self) -> dict[str, str]:
        """In both languages, as notices carry it."""
        return {"ko": self.name_ko, "en": self.name_en}

    @property
    def local_name(self) -> str:
        return self.name_en if reader_language() == "en" else self.name_ko


class StatusList(models.Model):
    """One list of an institution; the bits are worked out from the badges, `document` is what was signed last."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="status_lists")
    size = models.PositiveIntegerField(default=SMALLEST)
    document = models.JSONField(null=True)
    bits_sha256 = models.CharField(max_length=64, blank=True)
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.institution_id} {self.pk}"


class Badge(models.Model):
    """One badge of one person: the signed credential, and where its bit is.

    It is given for a completion or for an earning, never for both.
    """

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    template = models.ForeignKey(BadgeTemplate, models.PROTECT, related_name="badges")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="badges")
    completion = models.ForeignKey(Completion, models.PROTECT, null=True, related_name="badges")
    earning = models.OneToOneField(Earning, models.PROTECT, null=True, related_name="badge")
    status_list = models.ForeignKey(StatusList, models.PROTECT, related_name="badges")
    index = models.PositiveIntegerField()
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="badges")
    language = models.CharField(max_length=2, choices=[("ko", "ko"), ("en", "en")])
    credential = models.JSONField()
    # Of what was signed, so that the site knows its own badges when a key was stolen (ADR 16).
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    revocation_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["status_list", "index"], name="badge_index_once"),
            models.UniqueConstraint(
                fields=["completion"], condition=models.Q(revoked_at=None), name="badge_valid_once"
            ),
            models.CheckConstraint(condition=models.Q(language__in=["ko", "en"]), name="badge_language_known"),
            models.CheckConstraint(
                condition=models.Q(completion__isnull=True, earning__isnull=False)
                | models.Q(completion__isnull=False, earning__isnull=True),
                name="badge_for_one_thing",
            ),
        ]
        indexes = [models.Index(fields=["digest"], name="badge_by_digest")]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_in_force(self) -> bool:
        """Read from the completion itself, so that nothing can go stale; needs `completion`."""
        return self.revoked_at is None and (self.completion is None or self.completion.withdrawn_at is None)


class Endorsement(models.Model):
    """A partner stands by a badge's words in one language; new badges carry it inside."""

    template = models.ForeignKey(BadgeTemplate, models.PROTECT, related_name="endorsements")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="endorsements")
    language = models.CharField(max_length=2, choices=[("ko", "ko"), ("en", "en")])
    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="+")
    credential = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "institution", "language"], name="endorsement_once"),
            models.CheckConstraint(condition=models.Q(language__in=["ko", "en"]), name="endorsement_language_known"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id} {self.institution_id} {self.language}"
