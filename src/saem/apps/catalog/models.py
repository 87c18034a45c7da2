"""Programs, their immutable published versions, and what was built from each version."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.people.models import Agreement, Institution
from saem.web.languages import reader_language


class Program(models.Model):
    """A program over all its versions."""

    slug = models.SlugField(_("식별자"), max_length=60, unique=True)
    owner = models.ForeignKey(Institution, models.PROTECT, related_name="programs", verbose_name=_("운영 기관"))
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="programs", verbose_name=_("협약")
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("프로그램")
        verbose_name_plural = _("프로그램")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug


class Version(models.Model):
    """One published, immutable version, named by the hash of its content."""

    program = models.ForeignKey(Program, models.PROTECT, related_name="versions", verbose_name=_("프로그램"))
    number = models.PositiveIntegerField(_("판 번호"))
    content_hash = models.CharField(max_length=71, unique=True)
    title_ko = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    summary_ko = models.TextField()
    summary_en = models.TextField()
    # Counted at publishing, so that the list of programs opens no folder.
    lessons = models.PositiveSmallIntegerField(_("수업 수"), default=0)
    projects = models.PositiveSmallIntegerField(_("프로젝트 수"), default=0)
    minutes = models.PositiveIntegerField(_("모두 몇 분"), default=0)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("판")
        verbose_name_plural = _("판")
        ordering = ["program", "-number"]
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.title_ko} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_change(self)
        super().save(*args, **kwargs)

    @property
    def short_hash(self) -> str:
        """Enough of the content's hash to tell versions apart by eye."""
        return self.content_hash.removeprefix("sha256:")[:12]

    @property
    def local_title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if reader_language() == "en" else self.title_ko

    @property
    def local_summary(self) -> str:
        """The summary in the reader's language."""
        return self.summary_en if reader_language() == "en" else self.summary_ko


class Artifact(models.Model):
    """Bytes that belong to a version: its packed folder, and what publishing built from it.

    Kept beside the version, not in it, so that no list of versions ever loads them; kept in the database, so that
    one backup holds everything and a worker on another machine finds them.
    """

    class Kind(models.TextChoices):
        FOLDER = "folder", "folder"  # lib.content.pack of the program
        ASSIGNMENT = "assignment", "assignment"  # lib.grading.Assignment of one project; holds hidden answers
        REFERENCE = "reference", "reference"  # the expected values of one lesson's exercises; hidden
        LESSON_DATA = "lesson_data", "lesson_data"  # the files laid beside one lesson's code cells

    version = models.ForeignKey(Version, models.CASCADE, related_name="artifacts")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=60, blank=True, default="")
    data = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "name"], name="artifact_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["folder", "assignment", "reference", "lesson_data"]),
                name="artifact_kind_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.kind} {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        _refuse_change(self)
        super().save(*args, **kwargs)


def _refuse_change(row: models.Model) -> None:
    """Cohorts, attempts and certificates rest on what was published: a change is another version."""
    if row.pk is not None and not row._state.adding:  # noqa: SLF001  # how Django says whether a row is new
        raise TypeError("what is published never changes")
