"""What staff have computed of a selection: acts that a job does, and what was computed for pages to show."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.selection import Selection


class RunAct(models.TextChoices):
    """What staff ask to have computed."""

    ASSIGN = "assign", _("심사 맡기기")
    EXTRA = "extra", _("심사자 한 명 더 맡기기")
    POINTS = "points", _("점수 계산")
    DRAW = "draw", _("공개 추첨")
    SETTLE = "settle", _("전형 결과 계산")
    PREVIEW = "preview", _("결과 미리 계산")
    PUBLISH = "publish", _("결과 발표")
    CONCLUDE = "conclude", _("이의 신청에 따른 다시 계산")


class RunState(models.TextChoices):
    WAITING = "waiting", _("계산하는 중")
    DONE = "done", _("마침")
    REFUSED = "refused", _("하지 않음")
    FAILED = "failed", _("하지 못함")


class SelectionRun(models.Model):
    """An act that staff asked for and a job computes (계산): who pressed when, and what came of it, as a code.

    At most one of a selection waits. `asked` is what the act is of, where that is more than the selection: a stage, the
    value of the draw. `seen` is the revision that a press to publish rests on; `settled` the one that the first half of
    an act wrote.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="runs")
    act = models.CharField(max_length=8, choices=RunAct.choices)
    asked = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    seen = models.PositiveIntegerField(null=True)
    settled = models.PositiveIntegerField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # The words are in saem.web.messages.selection.
    code = models.CharField(max_length=60, blank=True)
    params = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(act__in=RunAct.values), name="selection_run_act_known"),
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="selection_run_state_known"),
            models.UniqueConstraint(
                fields=["selection"], condition=models.Q(state="waiting"), name="selection_run_one_waits"
            ),
        ]
        indexes = [models.Index(fields=["selection", "-id"], name="selection_run_newest")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.act} {self.state}"

    @property
    def stage(self) -> str:
        """The stage that the act is of; empty where it is of the whole selection."""
        return str(self.asked.get("stage", ""))


class SnapshotKind(models.TextChoices):
    POINTS = "points", _("전형 점수")
    PREVIEW = "preview", _("결과 미리 보기")


class SelectionSnapshot(models.Model):
    """What a job computed for pages to show (계산해 둔 것), of the data as they were at `revision`; the last one stays.

    `content` is what `selection.points` or `selection.previewing` made. A page says of which moment it is, and whether
    the data have changed since.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="snapshots")
    kind = models.CharField(max_length=8, choices=SnapshotKind.choices)
    stage = models.CharField(max_length=40, blank=True)
    revision = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SnapshotKind.values), name="snapshot_kind_known"),
            models.UniqueConstraint(fields=["selection", "kind", "stage"], name="snapshot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.kind} {self.stage}"
