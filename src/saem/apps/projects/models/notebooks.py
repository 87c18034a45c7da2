"""Notebooks that members of a team are writing: a draft is its member's alone until it is saved as a version."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Enrolment
from saem.apps.learning.models import RunnableCode, RunStatus
from saem.apps.projects.models.milestones import TeamMilestone

LONGEST_NAME = 200
LONGEST_KEY = 64


class NotebookDraft(models.Model):
    """One member's notebook for what a stage asks for (`ask`). `based_on` is the newest version that they have seen.

    `is_changed` tells that it says something that no version does.
    """

    milestone = models.ForeignKey(TeamMilestone, models.CASCADE, related_name="drafts")
    ask = models.CharField(max_length=60)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="drafts")
    based_on = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=LONGEST_NAME)
    # Of the notebook as a whole, kept as it came; and the codes of what was other than usual when it was opened.
    metadata = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    is_changed = models.BooleanField(default=False)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["milestone", "ask", "enrolment"], name="notebook_draft_once")]

    def __str__(self) -> str:
        return f"{self.milestone_id} {self.ask} {self.enrolment_id}"


class CellKind(models.TextChoices):
    """What a cell is; values are those of nbformat."""

    CODE = "code", _("코드")
    MARKDOWN = "markdown", _("글")
    RAW = "raw", _("그대로 둔 글")


class DraftCell(RunnableCode):
    """One cell of a draft; `key` is its id in the notebook. A removed one stays, so that it can be brought back."""

    draft = models.ForeignKey(NotebookDraft, models.CASCADE, related_name="cells")
    key = models.CharField(max_length=LONGEST_KEY)
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=CellKind.choices)
    # Metadata and attachments, kept as they came.
    extra = models.JSONField(default=dict)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="draft_cell_once"),
            models.CheckConstraint(condition=models.Q(kind__in=CellKind.values), name="draft_cell_kind_known"),
            models.CheckConstraint(condition=models.Q(status__in=RunStatus.values), name="draft_cell_status_known"),
        ]
        indexes = [models.Index(fields=["draft", "place"], name="draft_cell_in_order")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.key}"

    @property
    def is_code(self) -> bool:
        return self.kind == CellKind.CODE
