"""Marking by the rubric: who marks, what each marker gave, what was agreed on, what the team was told."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Classroom
from saem.apps.projects.models.milestones import LONGEST_COMMENT, Evidence
from saem.apps.projects.models.teams import Team

LOWEST, HIGHEST = 1, 4
KNOWN_LEVEL = models.Q(level__gte=LOWEST, level__lte=HIGHEST)


class Marker(models.Model):
    """Somebody who marks a class's project beside its teachers, from one moment to another."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="markers")
    project = models.CharField(max_length=60)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="marks_for")
    appointed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "project", "user"], condition=models.Q(until=None), name="marker_once"
            )
        ]
        indexes = [models.Index(fields=["user", "until"], name="marker_by_user")]

    def __str__(self) -> str:
        return f"{self.classroom_id} {self.project} {self.user_id}"


class BarReason(models.TextChoices):
    RELATIVE = "relative", _("가족이나 친척이 있어요")
    CLOSE = "close", _("그 밖에 공정하게 보기 어려운 사이예요")


class MarkerBar(models.Model):
    """Somebody said of themselves that they may not mark a team. What the rows know by themselves needs none."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="bars")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    reason = models.CharField(max_length=8, choices=BarReason.choices)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="marker_bar_once"),
            models.CheckConstraint(condition=models.Q(reason__in=BarReason.values), name="marker_bar_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.user_id} {self.reason}"


class TeamMarking(models.Model):
    """One marker's marks of one team; they count once finished, and others see them once theirs are finished, too."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="markings")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="markings")
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    begun_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "marker"], name="team_marking_once")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.marker_id}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None


class CriterionMark(models.Model):
    """The level that one marker gave for one criterion, and the evidence that they go by."""

    marking = models.ForeignKey(TeamMarking, models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    evidence = models.ForeignKey(Evidence, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["marking", "criterion"], name="criterion_mark_once"),
            models.CheckConstraint(condition=KNOWN_LEVEL, name="criterion_mark_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.marking_id} {self.criterion} {self.level}"


class MarkingSample(models.Model):
    """A team that all markers mark and talk about before they mark the others."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="sample", primary_key=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.team_id)


class AgreedLevel(models.Model):
    """What markers agreed on for one criterion of a team; it counts in place of their own marks, which stay."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="agreed")
    criterion = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    reason = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "criterion"], name="agreed_level_once"),
            models.CheckConstraint(condition=KNOWN_LEVEL, name="agreed_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.criterion} {self.level}"


class TeamResult(models.Model):
    """What a team was told: levels and comments as they were then. Telling again replaces it; the event keeps both.

    `levels` holds, by criterion, level, weight, comments; `board` the place with its uncertainty and its share.
    """

    team = models.OneToOneField(Team, models.CASCADE, related_name="result", primary_key=True)
    mark = models.FloatField()
    levels = models.JSONField(default=dict)
    board = models.JSONField(default=dict)
    comments = models.JSONField(default=list)
    number = models.PositiveIntegerField(default=1)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.team_id} {self.mark}"
