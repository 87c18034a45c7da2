"""A team's work shown to everybody (전시): its page in versions, who allows it, what was public when, what finds it."""

import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import ConsentWay, Enrolment, GuardianConsent, GuardianQuestion
from saem.apps.projects.models.teams import Team

LONGEST_TITLE = 80
LONGEST_PART = 1500
LONGEST_SHOWN_NAME = 30
LONGEST_TERM = 40
# Read aloud and typed from a poster, so without signs that look alike.
ADDRESS_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_address() -> str:
    """The stable part of a page's address: ten signs, 31^10 ways, so nobody goes through them one by one."""
    return "".join(secrets.choice(ADDRESS_SIGNS) for _index in range(10))


class Area(models.TextChoices):
    """Where in life the problem is; the list of the gallery."""

    SCHOOL = "school", _("학교생활")
    SAFETY = "safety", _("안전")
    CLIMATE = "climate", _("날씨와 환경")
    HEALTH = "health", _("몸과 마음의 건강")
    TRAFFIC = "traffic", _("길과 교통")
    TOWN = "town", _("우리 동네")
    ACCESS = "access", _("누구나 쓸 수 있게")
    CULTURE = "culture", _("문화와 놀이")
    NATURE = "nature", _("생물과 과학")
    OTHER = "other", _("그 밖의 문제")


class Method(models.TextChoices):
    """How the problem was solved."""

    CLASSIFY = "classify", _("갈래 맞히기(분류)")
    PREDICT = "predict", _("수 맞히기(회귀)")
    CLUSTER = "cluster", _("비슷한 것끼리 묶기(군집)")
    IMAGE = "image", _("이미지")
    TEXT = "text", _("글과 말")
    SOUND = "sound", _("소리")
    SENSOR = "sensor", _("센서와 로봇")
    RULES = "rules", _("통계와 규칙(AI 없이)")
    GENERATE = "generate", _("생성형 AI")


class ShowcaseStatus(models.TextChoices):
    """Where the newest version is; whether something is public is another matter (`Showcase.public`)."""

    WRITING = "writing", _("글을 쓰는 중")
    WAITING = "waiting", _("답과 확인을 기다려요")
    RETURNED = "returned", _("고칠 점이 있어요")
    APPROVED = "approved", _("확인받음")


class ShowcaseQuerySet(models.QuerySet["Showcase"]):
    """What the whole world may see now."""

    def public(self) -> Self:
        """Published, and everybody asked still allows it, a guardian included; asked anew by each page."""
        against = ShowcaseVoice.objects.filter(
            Q(allows=None)
            | Q(allows=False)
            | Q(guardian__withdrawn_at__isnull=False)
            | Q(application_consent__withdrawn_at__isnull=False),
            version=OuterRef("public"),
        )
        return self.filter(~Exists(against), public__isnull=False)


class Showcase(models.Model):
    """The page of one team's work. `public` is the version that everybody sees; None where it is not shown.

    `revision` grows with every act on it, so whoever decides says what they looked at.
    """

    team = models.OneToOneField(Team, models.CASCADE, related_name="showcase")
    address = models.CharField(max_length=12, unique=True, default=new_address)
    status = models.CharField(max_length=8, choices=ShowcaseStatus.choices, default=ShowcaseStatus.WRITING)
    revision = models.PositiveIntegerField(default=0)
    comment = models.TextField(max_length=LONGEST_PART, blank=True, default="")
    public = models.ForeignKey("ShowcaseVersion", models.SET_NULL, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects = ShowcaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ShowcaseStatus.values), name="showcase_status_known"),
            models.CheckConstraint(
                condition=Q(public=None) | Q(published_at__isnull=False), name="showcase_public_since"
            ),
        ]
        indexes = [models.Index(fields=["-published_at", "-id"], name="showcase_latest")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.status}"


class ShowcasePicture(models.Model):
    """A picture as we drew it anew: without what a camera writes into it (place, time, device)."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="pictures")
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    # Who said that neither a face nor a name is on it, and when.
    declared_by = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["showcase", "sha256"], name="showcase_picture_once")]

    def __str__(self) -> str:
        return f"{self.showcase_id} {self.sha256[:12]}"


class ShowcaseVersion(models.Model):
    """The page as one saving left it. Never changed: what people allowed is what they read."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    area = models.CharField(max_length=10, choices=Area.choices)
    methods = models.JSONField(default=list)
    # [{"id": …, "ko": …, "en": …}] of the program's skills.
    skills = models.JSONField(default=list)
    problem = models.TextField(max_length=LONGEST_PART)
    whose = models.CharField(max_length=300)
    method = models.TextField(max_length=LONGEST_PART)
    found = models.TextField(max_length=LONGEST_PART)
    limits = models.TextField(max_length=LONGEST_PART)
    ai_use = models.TextField(max_length=LONGEST_PART)
    reflection = models.TextField(max_length=LONGEST_PART)
    link = models.CharField(max_length=500, blank=True, default="")
    picture = models.ForeignKey(ShowcasePicture, models.PROTECT, null=True, related_name="+")
    picture_alt = models.CharField(max_length=200, blank=True, default="")
    # Answers of the team's cards as they were then; only what `cards.SHOWN` names.
    data_card = models.JSONField(default=dict)
    model_card = models.JSONField(default=dict)
    # Somebody looked at what was pointed out (privacy.py) and said that it is nothing personal.
    is_cleared = models.BooleanField(default=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["showcase", "number"], name="showcase_version_once"),
            models.CheckConstraint(condition=Q(area__in=Area.values), name="showcase_area_known"),
        ]

    def __str__(self) -> str:
        return f"{self.showcase_id} {self.number}"

    @property
    def method_words(self) -> list[str]:
        known = dict(Method.choices)
        return [str(known[code]) for code in self.methods if code in known]


class ShowcaseGuardian(GuardianQuestion):
    """A guardian asked whether a child's work may be shown."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="guardians")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="showcase_guardians")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on=None) | Q(way__in=ConsentWay.values), name="showcase_guardian_way_known"
            ),
            models.UniqueConstraint(
                fields=["showcase", "enrolment"],
                condition=Q(given_on__isnull=False, withdrawn_at=None),
                name="showcase_guardian_in_force_once",
            ),
        ]
        indexes = [models.Index(fields=["showcase", "enrolment", "-asked_at"], name="showcase_guardian_latest")]

    def __str__(self) -> str:
        return f"{self.showcase_id} {self.enrolment_id}"


class ShowcaseVoice(models.Model):
    """One person's own answer to one version: None until they answer. Without `shown_name` nothing names them."""

    version = models.ForeignKey(ShowcaseVersion, models.CASCADE, related_name="voices")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="showcase_voices")
    allows = models.BooleanField(null=True)
    shown_name = models.CharField(max_length=LONGEST_SHOWN_NAME, blank=True, default="")
    # They said to be 14 or older, where nobody knows the birth date.
    is_of_age = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    # What a child's part rests on, since the version was approved; taken back, the page is gone.
    guardian = models.ForeignKey(ShowcaseGuardian, models.PROTECT, null=True, related_name="+")
    application_consent = models.ForeignKey(GuardianConsent, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "enrolment"], name="showcase_voice_once"),
            models.CheckConstraint(
                condition=Q(shown_name="") | Q(allows=True), name="showcase_name_only_of_who_allows"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.enrolment_id} {self.allows}"


class TakenDown(models.TextChoices):
    """Why a version is public no more."""

    MEMBER = "member", _("함께 만든 사람이 동의를 거두어들임")
    GUARDIAN = "guardian", _("보호자가 동의를 거두어들임")
    STAFF = "staff", _("선생님이나 운영 담당자가 내림")
    REPLACED = "replaced", _("새 판으로 바꿈")


class ShowcasePublication(models.Model):
    """One stretch of time that a version was public: who let it, until when, why it ended. Never deleted."""

    version = models.ForeignKey(ShowcaseVersion, models.CASCADE, related_name="publications")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=TakenDown.choices, blank=True, default="")
    comment = models.TextField(max_length=LONGEST_PART, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None, ended="") | Q(until__isnull=False, ended__in=TakenDown.values),
                name="showcase_publication_end_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.since:%Y-%m-%d}"


class TermKind(models.TextChoices):
    WORD = "word"
    AREA = "area"
    METHOD = "method"
    SKILL = "skill"


class ShowcaseTerm(models.Model):
    """What finds a public page: words of its text, its area, methods and skills. Gone with the page."""

    showcase = models.ForeignKey(Showcase, models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=6, choices=TermKind.choices)
    term = models.CharField(max_length=LONGEST_TERM, db_index=True)
    # Of a skill, as the program calls it.
    title = models.CharField(max_length=200, blank=True, default="")
    title_en = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["showcase", "kind", "term"], name="showcase_term_once")]
        indexes = [models.Index(fields=["kind", "term"], name="showcase_term_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.term}"
