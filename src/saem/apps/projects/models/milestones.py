"""Where a team is: the state of each stage, the evidence with all its versions, what was decided at the gate."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models.teams import Team

LONGEST_TEXT = 8000
LONGEST_COMMENT = 2000
LONGEST_LINK = 500


class MilestoneStatus(models.TextChoices):
    WORKING = "working", _("하는 중")
    WAITING = "waiting", _("확인을 기다려요")
    RETURNED = "returned", _("고칠 점이 있어요")
    PASSED = "passed", _("통과")


class TeamMilestone(models.Model):
    """One stage of one team; `milestone` is its id in the program. No row: nothing has been done there yet.

    `revision` grows with every handing in and every decision, so whoever decides says what they looked at.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="milestones")
    milestone = models.CharField(max_length=60)
    status = models.CharField(max_length=8, choices=MilestoneStatus.choices, default=MilestoneStatus.WORKING)
    revision = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "milestone"], name="team_milestone_once"),
            models.CheckConstraint(
                condition=models.Q(status__in=MilestoneStatus.values), name="team_milestone_status_known"
            ),
        ]
        indexes = [models.Index(fields=["status", "since"], name="team_milestone_waiting")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.milestone} {self.status}"

    @property
    def tag(self) -> str:
        """How its status is marked on a page; a word always stands beside the colour."""
        return {
            MilestoneStatus.PASSED: "good",
            MilestoneStatus.WAITING: "wait",
            MilestoneStatus.RETURNED: "bad",
        }.get(MilestoneStatus(self.status), "info")


class EvidenceKind(models.TextChoices):
    TEXT = "text", _("글")
    FILE = "file", _("파일")
    LINK = "link", _("링크")
    NOTEBOOK = "notebook", _("노트북")
    DATA_CARD = "data_card", _("데이터 카드")
    MODEL_CARD = "model_card", _("모델 카드")
    VIDEO = "video", _("영상 링크")


class Evidence(models.Model):
    """One version of what a stage asks for; `ask` is its id there. Every version stays, whoever saved it.

    `based_on` is the version that its writer had before them. Where it is not the one just before, two people worked
    at once, and both versions are shown beside each other.
    """

    milestone = models.ForeignKey(TeamMilestone, models.CASCADE, related_name="evidence")
    ask = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    text = models.TextField(max_length=LONGEST_TEXT, blank=True, default="")
    link = models.CharField(max_length=LONGEST_LINK, blank=True, default="")
    # The answers of a data card or model card, and what looking at them against the files has found.
    card = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    name = models.CharField(max_length=200, blank=True, default="")
    format = models.CharField(max_length=10, blank=True, default="")
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="evidence")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "ask", "number"], name="evidence_version_once"),
            models.CheckConstraint(condition=models.Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.ask} {self.number}"

    @property
    def is_beside(self) -> bool:
        """Saved by somebody who had not seen the version just before."""
        return self.based_on != self.number - 1


class EvidenceFile(models.Model):
    """The bytes of a version, in their own table so that no list loads them."""

    evidence = models.OneToOneField(Evidence, models.CASCADE, related_name="file", primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return str(self.evidence_id)


class GateOutcome(models.TextChoices):
    PASSED = "passed", _("통과")
    RETURNED = "returned", _("고칠 점이 있어요")
    REOPENED = "reopened", _("다시 열었어요")


class GateDecision(models.Model):
    """What a teacher or mentor decided at a gate, of which revision. Only ever added to."""

    milestone = models.ForeignKey(TeamMilestone, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=8, choices=GateOutcome.choices)
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    revision = models.PositiveIntegerField()
    # The newest version of each evidence that was looked at, by what was asked.
    looked_at = models.JSONField(default=dict)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["milestone", "revision"], name="gate_decision_once"),
            models.CheckConstraint(condition=models.Q(outcome__in=GateOutcome.values), name="gate_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.outcome}"


class TeamComment(models.Model):
    """A word of a member, teacher or mentor about a stage, before the eyes of all who see the team."""

    milestone = models.ForeignKey(TeamMilestone, models.CASCADE, related_name="comments")
    text = models.TextField(max_length=LONGEST_COMMENT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Of a member: pupils go by their nickname.
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["milestone", "written_at"], name="team_comment_in_order")]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.author_id}"
