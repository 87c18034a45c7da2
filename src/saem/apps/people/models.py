"""Accounts, institutions, agreements between them, and the roles people hold."""

import secrets
from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from saem.web.languages import reader_language


class InstitutionKind(models.TextChoices):
    OFFICE = "office", _("교육청")
    UNIVERSITY = "university", _("대학")
    SCHOOL = "school", _("학교")
    COMPANY = "company", _("기업")
    INSTITUTE = "institute", _("연구기관")


class Institution(models.Model):
    """An office, university, school, company or institute that takes part."""

    kind = models.CharField(_("구분"), max_length=16, choices=InstitutionKind.choices)
    name = models.CharField(_("이름"), max_length=120, unique=True)
    name_en = models.CharField(_("영어 이름"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("기관")
        verbose_name_plural = _("기관")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=InstitutionKind.values), name="institution_kind_known")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def local_name(self) -> str:
        """As the reader's language calls it, where it has an English name."""
        return self.name_en if reader_language() == "en" and self.name_en else self.name


class Agreement(models.Model):
    """What two or more institutions have signed; programs and studies belong to one."""

    title = models.CharField(_("제목"), max_length=200)
    title_en = models.CharField(_("영어 제목"), max_length=200, blank=True)
    institutions = models.ManyToManyField(Institution, related_name="agreements", verbose_name=_("참여 기관"))
    starts_on = models.DateField(_("시작일"))
    ends_on = models.DateField(_("종료일"), null=True, blank=True)

    class Meta:
        verbose_name = _("협약")
        verbose_name_plural = _("협약")
        ordering = ["-starts_on", "title"]

    def __str__(self) -> str:
        return self.title


def new_username() -> str:
    """A random account name: people sign in by e-mail or by class code, never by this."""
    return f"u-{secrets.token_hex(8)}"


class AccountManager(UserManager["User"]):
    """Creates accounts whose name is random and whose e-mail may be absent."""

    def create_account(
        self, *, display_name: str, email: str | None = None, password: str | None = None, language: str = ""
    ) -> "User":
        user = self.model(
            username=new_username(),
            email=self.normalize_email(email).lower() if email else None,
            display_name=display_name,
            language=language,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person. Many pupils have no e-mail: then it is null, and a class code, nickname and PIN let them in."""

    first_name = None  # type: ignore[assignment]  # one display name serves Korean names better than two halves
    last_name = None  # type: ignore[assignment]  # takes the place of the inherited field
    username = models.CharField(max_length=40, unique=True, default=new_username, editable=False)
    email = models.EmailField(_("이메일"), null=True, blank=True, unique=True)  # type: ignore[assignment]  # takes the place of the inherited field
    display_name = models.CharField(_("이름"), max_length=60)
    language = models.CharField(
        _("언어"), max_length=5, blank=True, default="", choices=[("ko", "한국어"), ("en", "English")]
    )

    REQUIRED_FIELDS = ["email", "display_name"]
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = _("사용자")
        verbose_name_plural = _("사용자")

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        """Keep an absent e-mail null: Django would make it an empty text, which only one person could have."""
        super().clean()
        self.email = self.email.lower() if self.email else None

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name


class Role(models.TextChoices):
    """What a person may be somewhere. A student's role is the enrolment itself, so it is not granted here."""

    TEACHER = "teacher", _("교사")
    STAFF = "staff", _("운영 담당자")
    AUTHOR = "author", _("집필자")
    RESEARCHER = "researcher", _("연구자")
    MENTOR = "mentor", _("멘토")
    PARTNER = "partner", _("협력 기관 담당자")


class Scope(models.TextChoices):
    INSTITUTION = "institution", _("기관")
    PROGRAM = "program", _("프로그램")
    COHORT = "cohort", _("기수")
    CLASSROOM = "classroom", _("학급")


class Grant(models.Model):
    """One role of one person in one place. Places of higher rooms are named by scope and id, so people stays below."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("사용자"))
    role = models.CharField(_("역할"), max_length=16, choices=Role.choices)
    scope = models.CharField(_("범위"), max_length=16, choices=Scope.choices)
    scope_id = models.BigIntegerField(_("대상 번호"))
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("역할 부여")
        verbose_name_plural = _("역할 부여")
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope", "scope_id"], name="grant_once"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="grant_role_known"),
            models.CheckConstraint(condition=models.Q(scope__in=Scope.values), name="grant_scope_known"),
        ]
        indexes = [models.Index(fields=["scope", "scope_id", "role"], name="grant_by_place")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.scope} {self.scope_id}"


class LimitCount(models.Model):
    """How often something limited was tried in one window of time (`people.limits`).

    A row and not a cache entry: the count is exact under parallel guesses and shared by all machines.
    """

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=1)
    expires_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="limit_count_by_expiry")]

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
