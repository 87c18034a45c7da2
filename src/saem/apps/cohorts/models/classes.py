"""Cohorts that run a program version, the classrooms in them, and who is enrolled."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Version
from saem.apps.people.models import Institution
from saem.web.languages import reader_language

# No 0/O, 1/I/L: a code is read aloud and typed on a tablet.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 6


def new_join_code() -> str:
    """A class code such as `K7PX3M`: 31^6 ≈ 887 million, tried under a rate limit."""
    return "".join(secrets.choice(CODE_ALPHABET) for _index in range(CODE_LENGTH))


class Cohort(models.Model):
    """One run (기수) of one pinned program version by one institution."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cohorts", verbose_name=_("기관"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="cohorts", verbose_name=_("프로그램 판"))
    title = models.CharField(_("이름"), max_length=120)
    title_en = models.CharField(_("영어 이름"), max_length=120, blank=True)
    starts_on = models.DateField(_("시작일"))
    ends_on = models.DateField(_("종료일"), null=True, blank=True)

    class Meta:
        verbose_name = _("기수")
        verbose_name_plural = _("기수")
        ordering = ["-starts_on", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def local_title(self) -> str:
        """The title in the reader's language, Korean where no English one was given."""
        return self.title_en if self.title_en and reader_language() == "en" else self.title

    @property
    def titles(self) -> dict[str, str]:
        """The title as a fact of notices and events: each reader's own language is chosen when it is read."""
        return {"ko": self.title, "en": self.title_en or self.title}


class Classroom(models.Model):
    """A class (학급) of a cohort, with the code its pupils join by."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="classrooms", verbose_name=_("기수"))
    name = models.CharField(_("이름"), max_length=80)
    join_code = models.CharField(_("참여 코드"), max_length=12, unique=True, default=new_join_code)
    join_open = models.BooleanField(_("새 학생 받기"), default=True)

    class Meta:
        verbose_name = _("학급")
        verbose_name_plural = _("학급")
        ordering = ["cohort", "name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="classroom_name_once")]

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters that every list of students starts from."""

    def present(self) -> Self:
        """Those who are in their classroom now; a student taken out keeps the row and all work."""
        return self.filter(left_at=None)

    def named(self, nickname: str) -> Self:
        """Those with this nickname. The database folds both sides, as the constraint does."""
        return self.alias(folded=Lower("nickname")).filter(folded=Lower(models.Value(nickname)))


class Enrolment(models.Model):
    """A student in a classroom. It is the student's role, and what all of their work belongs to."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="enrolments", verbose_name=_("학급"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments", verbose_name=_("학생")
    )
    nickname = models.CharField(_("별명"), max_length=30)
    pin_hash = models.CharField(max_length=128, blank=True, default="")
    joined_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    # Set when a teacher takes the student out of the class: hidden everywhere, nothing lost, undone by one press.
    left_at = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("참여 학생")
        verbose_name_plural = _("참여 학생")
        ordering = ["classroom", "nickname"]
        constraints = [
            models.UniqueConstraint(fields=["classroom", "user"], name="enrolment_once"),
            models.UniqueConstraint(
                "classroom",
                Lower("nickname"),
                condition=models.Q(left_at=None),
                name="enrolment_nickname_once",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-last_seen_at"], name="enrolment_by_user"),
            # A list of ten thousand students by class and nickname reads one page of it, not all of them.
            models.Index(
                fields=["classroom", "nickname", "id"], condition=models.Q(left_at=None), name="enrolment_by_name"
            ),
            models.Index(fields=["classroom"], condition=models.Q(left_at__isnull=False), name="enrolment_left"),
        ]

    def __str__(self) -> str:
        return self.nickname
