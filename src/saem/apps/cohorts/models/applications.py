"""Applications, every version of them that was submitted, and the documents that came along."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.calls import Call, FormVersion, grade_name
from saem.apps.people.models import User


class ApplicationState(models.TextChoices):
    """Only what the applicant does; what selection makes of it is kept elsewhere."""

    DRAFT = "draft", _("작성 중")
    SUBMITTED = "submitted", _("제출됨")
    WITHDRAWN = "withdrawn", _("지원 취소")


class Application(models.Model):
    """One person's application (지원서) to one call.

    `answers` is what the applicant works on, saved by itself; `sent` is the submitted version that counts. After the
    first submission the two may differ: then there are changes that were not submitted yet.

    Once it was kept long enough (`purged_at`, `retention`) it is nobody's: the receipt stands where the name stood.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="applications")
    state = models.CharField(max_length=10, choices=ApplicationState.choices, default=ApplicationState.DRAFT)
    name = models.CharField(max_length=60)
    birth_date = models.DateField(null=True)
    grade = models.CharField(max_length=2, blank=True)
    # Under 14 (만 나이) on the day of application; settled for good by the first submission.
    needs_guardian = models.BooleanField(default=False)
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    # Counts every saving; who saves names the one they saw, so that two tabs cannot overwrite each other.
    revision = models.PositiveIntegerField(default=0)
    # The page that saved last: what one tab sends twice is no conflict with itself.
    saved_tab = models.CharField(max_length=36, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=20, null=True, unique=True)
    sent = models.ForeignKey("ApplicationRevision", models.PROTECT, null=True, related_name="+")
    purged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "applicant"], name="application_once"),
            models.CheckConstraint(
                condition=models.Q(purged_at__isnull=False)
                | models.Q(applicant__isnull=False, birth_date__isnull=False),
                name="application_of_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values), name="application_state_known"
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state", "-submitted_at"], name="application_by_call"),
            models.Index(fields=["call", "name"], name="application_by_name"),
            models.Index(fields=["applicant", "-saved_at"], name="application_by_person"),
            models.Index(fields=["call"], condition=models.Q(purged_at=None), name="application_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.name}"

    @property
    def person(self) -> User:
        """Whose it is. Pages and letters meet no application that is nobody's any more."""
        assert self.applicant is not None
        return self.applicant

    @property
    def born(self) -> dt.date:
        assert self.birth_date is not None
        return self.birth_date

    @property
    def grade_name(self) -> str:
        return grade_name(self.grade)

    @property
    def has_unsent_changes(self) -> bool:
        return self.sent is not None and (self.answers != self.sent.answers or self.form_id != self.sent.form_id)


class ApplicationRevision(models.Model):
    """An application as it was submitted once; none is ever changed."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    answers = models.JSONField()
    # Field id → id, name and sha256 of the document that belonged to it then.
    documents = models.JSONField(default=dict)
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="application_revision_once")]

    def __str__(self) -> str:
        return f"{self.application_id} r{self.number}"


# The field of a document that is no answer: the evidence of a guardian's consent.
EVIDENCE = "guardian_consent"


class DocumentKind(models.TextChoices):
    """What a document is by its content, whatever it is called."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPEG = "jpeg", "JPEG"
    DOCX = "docx", _("워드(DOCX)")
    HWPX = "hwpx", _("한글(HWPX)")


class Document(models.Model):
    """A document that came with an application; a replaced one stays, because a submitted version may name it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="documents")
    field_id = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=DocumentKind.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=DocumentKind.values), name="document_kind_known"),
            models.UniqueConstraint(
                fields=["application", "field_id"],
                condition=models.Q(replaced_at=None),
                name="document_current_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DocumentFile(models.Model):
    """The bytes of a document, in their own table so that no list loads them."""

    document = models.OneToOneField(Document, models.CASCADE, related_name="file", primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.document_id)
