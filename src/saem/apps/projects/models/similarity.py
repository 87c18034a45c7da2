"""Looking for what code of teams has in common: a run over a project, and the pairs it found. Never a verdict."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Classroom, Cohort
from saem.apps.projects.models.milestones import Evidence
from saem.apps.projects.models.submissions import Submission


class SimilarityState(models.TextChoices):
    WAITING = "waiting", _("견주는 중")
    DONE = "done", _("마침")
    FAILED = "failed", _("마치지 못함")


class SimilarityRun(models.Model):
    """All code of a project in a cohort, against itself and against earlier cohorts of the program.

    `unreadable` names files that could not be read: each a name, and the class and team it is from.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="similarity_runs")
    project = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=SimilarityState.choices, default=SimilarityState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    earlier = models.PositiveIntegerField(default=0)
    unreadable = models.JSONField(default=list)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "project"], condition=models.Q(state="waiting"), name="similarity_run_open_once"
            ),
            models.CheckConstraint(condition=models.Q(state__in=SimilarityState.values), name="similarity_state_known"),
        ]
        indexes = [models.Index(fields=["cohort", "project", "-asked_at"], name="similarity_run_newest")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.project} {self.state}"


class SimilarPair(models.Model):
    """Two works and what they share: shares of each side's own fingerprints, and the passages.

    Each side is a submission or a version of evidence. `passages`: tokens, then cell, line, last cell and last line of
    the first side and of the second (`lib.similarity.Passage`).
    """

    run = models.ForeignKey(SimilarityRun, models.CASCADE, related_name="pairs")
    place = models.PositiveIntegerField()
    first_submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="+")
    first_evidence = models.ForeignKey(Evidence, models.CASCADE, null=True, related_name="+")
    first_classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="+")
    second_submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="+")
    second_evidence = models.ForeignKey(Evidence, models.CASCADE, null=True, related_name="+")
    second_classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="+")
    of_first = models.FloatField()
    of_second = models.FloatField()
    tokens = models.PositiveIntegerField()
    passages = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "place"], name="similar_pair_once"),
            models.CheckConstraint(
                condition=models.Q(first_submission=None) ^ models.Q(first_evidence=None), name="similar_pair_first"
            ),
            models.CheckConstraint(
                condition=models.Q(second_submission=None) ^ models.Q(second_evidence=None), name="similar_pair_second"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.place}"
