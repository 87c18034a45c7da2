"""Challenges: a problem of a partner with its data, as staff approved it, and who works on it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.partners.topics import TOPICS, words_of
from saem.apps.people.models import Institution
from saem.apps.projects.models import Team
from saem.web.languages import reader_language


class ChallengeState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("challenge", "쓰는 중")
    SENT = "sent", _("검토를 기다림")
    RETURNED = "returned", _("고쳐 달라고 함")
    APPROVED = "approved", _("공개함")
    CLOSED = "closed", pgettext_lazy("challenge", "끝남")


class Licence(models.TextChoices):
    CC_BY = "cc-by", _("CC BY (출처를 밝히면 자유롭게)")
    CC_BY_NC = "cc-by-nc", _("CC BY-NC (돈을 벌지 않는 데에만)")
    KOGL_1 = "kogl-1", _("공공누리 제1유형 (출처를 밝히면 자유롭게)")
    PUBLIC = "public", _("누구나 자유롭게 (CC0)")
    CHALLENGE = "challenge", _("이 과제를 하는 동안에만")


class Challenge(models.Model):
    """A challenge (협력 과제) of `institution`, that staff of `host` read before anybody else does."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="challenges")
    host = models.ForeignKey(Institution, models.PROTECT, related_name="challenges_hosted")
    title = models.CharField(_("제목"), max_length=120)
    title_en = models.CharField(_("영어 제목"), max_length=120, blank=True)
    problem = models.TextField(_("어떤 문제인가요?"), max_length=6000)
    people = models.CharField(_("누구의 어려움인가요?"), max_length=300)
    topics = models.JSONField(default=list)
    data_name = models.CharField(_("데이터 이름"), max_length=120)
    # Where it can be had, where it is not only in files here.
    data_url = models.URLField(_("데이터를 받는 곳"), max_length=500, blank=True)
    data_about = models.TextField(_("데이터 설명"), max_length=3000)
    licence = models.CharField(_("이용 조건"), max_length=12, choices=Licence.choices)
    # The codes of `challenges.checklist` that the partner has confirmed.
    checklist = models.JSONField(default=list)
    contact_name = models.CharField(_("담당자"), max_length=60)
    contact_email = models.EmailField(_("담당자 이메일"))
    state = models.CharField(max_length=8, choices=ChallengeState.choices, default=ChallengeState.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    comment = models.CharField(max_length=1000, blank=True)
    data_withdrawn_at = models.DateTimeField(null=True)
    data_withdrawn_why = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ChallengeState.values), name="challenge_state_known"),
            models.CheckConstraint(condition=models.Q(licence__in=Licence.values), name="challenge_licence_known"),
        ]
        indexes = [
            models.Index(fields=["state", "-decided_at", "-id"], name="challenge_by_state"),
            models.Index(fields=["host", "state"], name="challenge_by_host"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def local_title(self) -> str:
        return self.title_en if self.title_en and reader_language() == "en" else self.title

    @property
    def topic_words(self) -> list[str]:
        return words_of(TOPICS, self.topics)

    @property
    def has_data(self) -> bool:
        """Whether its data may be used now."""
        return self.data_withdrawn_at is None

    @property
    def may_change(self) -> bool:
        return self.state in {ChallengeState.DRAFT, ChallengeState.RETURNED}


class DataFormat(models.TextChoices):
    CSV = "csv", _("표(CSV)")
    ZIP = "zip", _("표와 그림의 묶음(ZIP)")


class ChallengeFile(models.Model):
    """A file of data that a challenge brings, as it was looked at. The row stays when the data are withdrawn."""

    challenge = models.ForeignKey(Challenge, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=3, choices=DataFormat.choices)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    # What is in it: rows of a table, or how many tables and pictures.
    rows = models.PositiveIntegerField(default=0)
    tables = models.PositiveIntegerField(default=0)
    pictures = models.PositiveIntegerField(default=0)
    licence = models.CharField(_("이용 조건"), max_length=12, choices=Licence.choices)
    # The codes of `challenges.checklist.FILE_POINTS` that whoever added it confirmed of this very file.
    checklist = models.JSONField(default=list)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "sha256"], name="challenge_file_once"),
            models.CheckConstraint(
                condition=models.Q(format__in=DataFormat.values), name="challenge_file_format_known"
            ),
            models.CheckConstraint(condition=models.Q(licence__in=Licence.values), name="challenge_file_licence_known"),
        ]

    def __str__(self) -> str:
        return self.name


class ChallengeFileData(models.Model):
    """The bytes of a file, in their own table so that no list loads them; gone when the partner withdraws the data."""

    file = models.OneToOneField(ChallengeFile, models.CASCADE, related_name="bytes", primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file_id)


class ChallengeUse(models.Model):
    """A team works on a challenge. It stays when the data are gone: what was done was done."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="uses")
    team = models.ForeignKey(Team, models.CASCADE, related_name="challenge_uses")
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["team"], condition=models.Q(ended_at=None), name="challenge_use_one_of_team"
            )
        ]
        indexes = [models.Index(fields=["challenge", "ended_at"], name="challenge_use_by_challenge")]

    def __str__(self) -> str:
        return f"{self.challenge_id} {self.team_id}"
