"""What teams say about their use of AI tools, and words that are anchored to a place in their evidence."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from saem.apps.cohorts.models import Enrolment
from saem.apps.projects.models.milestones import LONGEST_COMMENT, Evidence
from saem.apps.projects.models.teams import Team

LONGEST_TOOL = 80


class AiPurpose(models.TextChoices):
    NONE = "none", _("쓰지 않았어요")
    IDEA = "idea", _("생각을 넓히려고")
    SEARCH = "search", _("알아보고 배우려고")
    CODE = "code", _("코드를 쓰거나 고치려고")
    DATA = "data", _("데이터를 모으거나 다듬으려고")
    TEXT = "text", _("글이나 발표를 다듬으려고")
    PICTURE = "picture", _("그림이나 영상을 만들려고")


class AiUse(models.Model):
    """One use of an AI tool, or that somebody used none. Never changed: it is taken back and told again."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="ai_uses")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="ai_uses")
    purpose = models.CharField(max_length=8, choices=AiPurpose.choices)
    # The stage of the project it was for; empty for all of it.
    milestone = models.CharField(max_length=60, blank=True, default="")
    tool = models.CharField(max_length=LONGEST_TOOL, blank=True, default="")
    asked = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    kept = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    checked = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=AiPurpose.values), name="ai_use_purpose_known")
        ]
        indexes = [models.Index(fields=["team", "withdrawn_at", "written_at"], name="ai_use_by_team")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.purpose} {self.tool}"


class AnchorKind(models.TextChoices):
    CELL = "cell", _("칸")
    LINE = "line", pgettext_lazy("anchor", "줄")
    FIGURE = "figure", _("그림")


class AnchoredComment(models.Model):
    """A word about one place of one version: a cell of a notebook, a line of it or of a text, or a picture.

    `cell` and `line` count from 1; `cell` is 0 in a text, `line` is 0 for a whole cell.
    """

    evidence = models.ForeignKey(Evidence, models.CASCADE, related_name="anchored")
    kind = models.CharField(max_length=6, choices=AnchorKind.choices)
    cell = models.PositiveIntegerField(default=0)
    line = models.PositiveIntegerField(default=0)
    text = models.TextField(max_length=LONGEST_COMMENT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # Of a member: pupils go by their nickname.
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=AnchorKind.values), name="anchor_kind_known"),
            models.CheckConstraint(
                condition=models.Q(kind="cell", cell__gte=1, line=0)
                | models.Q(kind="line", line__gte=1)
                | models.Q(kind="figure", cell=0, line=0),
                name="anchor_fits_kind",
            ),
        ]
        indexes = [models.Index(fields=["evidence", "cell", "line"], name="anchor_in_order")]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.kind} {self.cell}:{self.line}"
