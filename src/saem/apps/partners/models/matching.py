"""What teams wish for, who must not meet, which team has which mentor, and the runs that gave them."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models import Cohort
from saem.apps.partners.models.mentors import Mentor
from saem.apps.projects.models import Team


class TeamNeed(models.Model):
    """What a team wants of a mentor. A team that says nothing takes whoever speaks Korean."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="need")
    topics = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    times = models.JSONField(default=list)
    # Ids of mentors, the first wish first.
    wishes = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.team_id}"


class MentorConflict(models.Model):
    """A mentor who must not have a team (a relative, a private lesson), as staff declared it."""

    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="conflicts")
    team = models.ForeignKey(Team, models.CASCADE, related_name="mentor_conflicts")
    reason = models.CharField(max_length=200)
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentor", "team"], name="mentor_conflict_once")]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.team_id}"


class RunState(models.TextChoices):
    WAITING = "waiting", _("계산하는 중")
    DONE = "done", _("확인을 기다림")
    GIVING = "giving", _("맡기는 중")
    GIVEN = "given", _("맡김")
    FAILED = "failed", _("마치지 못함")


class RunStep(models.TextChoices):
    READING = "reading", _("모둠과 멘토를 읽고 있어요")
    MATCHING = "matching", _("가장 좋은 짝을 찾고 있어요")
    EXPLAINING = "explaining", _("모둠마다 까닭을 적고 있어요")


class MatchRun(models.Model):
    """A matching of a cohort's teams and mentors (멘토 배정): asked for, computed by a job, given by a second press."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="match_runs")
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    step = models.CharField(max_length=10, choices=RunStep.choices, default=RunStep.READING)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    teams = models.PositiveIntegerField(default=0)
    mentors = models.PositiveIntegerField(default=0)
    matched = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RunState.values), name="match_run_state_known"),
            models.UniqueConstraint(
                fields=["cohort"], condition=models.Q(state__in=["waiting", "giving"]), name="match_run_one_works"
            ),
        ]
        indexes = [models.Index(fields=["cohort", "-id"], name="match_run_newest")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.state}"


class MatchInput(models.Model):
    """What a run was computed from and what it found, so that "why not?" is answered about that moment (`keeping`)."""

    run = models.OneToOneField(MatchRun, models.CASCADE, related_name="input", primary_key=True)
    data = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.run_id}"


class MatchRow(models.Model):
    """One team of a run with its mentor, or without one; `reasons` are codes and ids (`matching.explaining`)."""

    run = models.ForeignKey(MatchRun, models.CASCADE, related_name="rows")
    team = models.ForeignKey(Team, models.CASCADE, related_name="match_rows")
    mentor = models.ForeignKey(Mentor, models.CASCADE, null=True, related_name="match_rows")
    is_fixed = models.BooleanField(default=False)
    reasons = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["run", "team"], name="match_row_once")]
        indexes = [models.Index(fields=["run", "mentor"], name="match_row_by_mentor")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.team_id} {self.mentor_id}"


class FixedPair(models.Model):
    """A pair that staff set by hand: runs keep it and match the others around it."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="fixed_pair")
    mentor = models.ForeignKey(Mentor, models.CASCADE, related_name="fixed_pairs")
    fixed_at = models.DateTimeField(default=timezone.now)
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.team_id} {self.mentor_id}"


class PairingEnd(models.TextChoices):
    CHANGED = "changed", _("다른 멘토로 바꿈")
    LEFT = "left", _("멘토가 그만둠")
    STAFF = "staff", _("담당자가 끝냄")


class Pairing(models.Model):
    """A team and its mentor for a stretch of time. Never deleted; a run leaves open ones as they are."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="pairings")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="pairings")
    run = models.ForeignKey(MatchRun, models.SET_NULL, null=True, related_name="pairings")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    ended = models.CharField(max_length=8, choices=PairingEnd.choices, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["team"], condition=models.Q(until=None), name="pairing_one_of_team")
        ]
        indexes = [models.Index(fields=["mentor", "until"], name="pairing_by_mentor")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.mentor_id}"
