"""Peer review: a round in a class, the tasks it dealt behind aliases, and what pupils gave."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from saem.apps.cohorts.models import Classroom, Enrolment
from saem.apps.projects.models.marking import KNOWN_LEVEL
from saem.apps.projects.models.milestones import LONGEST_COMMENT
from saem.apps.projects.models.teams import Team


class PeerRound(models.Model):
    """Pupils of a class review each other's teams until `closes_at`; `told_at`: both sides may read what came of it.

    `seed` and `secret` are those of `lib.reviewing.Plan`.
    """

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="peer_rounds")
    project = models.CharField(max_length=60)
    each = models.PositiveSmallIntegerField()
    samples = models.PositiveSmallIntegerField(default=0)
    seed = models.CharField(max_length=32)
    secret = models.BinaryField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closes_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "project"], condition=models.Q(told_at=None), name="peer_round_open_once"
            )
        ]
        indexes = [models.Index(fields=["classroom", "project", "-opened_at"], name="peer_round_by_class")]

    def __str__(self) -> str:
        return f"{self.classroom_id} {self.project}"

    @property
    def is_open(self) -> bool:
        return self.told_at is None and timezone.now() < self.closes_at


class PeerTask(models.Model):
    """One review to write. `alias` is all that the reviewer reads of the team, `reviewer_alias` all that the team reads
    of the reviewer. A dropped one is nobody's any more: the reviewer came into that team, or it was dealt anew.
    """

    round = models.ForeignKey(PeerRound, models.CASCADE, related_name="tasks")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="peer_tasks")
    team = models.ForeignKey(Team, models.CASCADE, related_name="peer_tasks")
    is_sample = models.BooleanField(default=False)
    alias = models.CharField(max_length=8)
    reviewer_alias = models.CharField(max_length=8)
    place = models.PositiveSmallIntegerField(default=0)
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    begun_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "enrolment", "team"], name="peer_task_once")]
        indexes = [models.Index(fields=["enrolment", "dropped_at"], name="peer_task_by_reviewer")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.alias}"


class PeerMark(models.Model):
    """The level that a pupil gave for one criterion, and the words to it."""

    task = models.ForeignKey(PeerTask, models.CASCADE, related_name="marks")
    criterion = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField()
    comment = models.TextField(max_length=LONGEST_COMMENT, blank=True, default="")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "criterion"], name="peer_mark_once"),
            models.CheckConstraint(condition=KNOWN_LEVEL, name="peer_mark_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.criterion} {self.level}"
