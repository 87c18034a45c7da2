"""By which rules a cohort decides, what was decided for whom, and the record that an office keeps of it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.classes import Cohort, Enrolment
from saem.apps.people.models import Institution
from saem.lib.completion import Chance


class CompletionRules(models.Model):
    """A book of dated rules (docs/completion.md) as text. The newest of a cohort holds; none is ever changed."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="completion_rules")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "number"], name="completion_rules_once")]

    def __str__(self) -> str:
        return f"{self.cohort_id} v{self.number}"


class CourseMode(models.TextChoices):
    """How a training is held, as the completion number and the report say it."""

    REMOTE = "remote", _("원격")
    IN_PERSON = "in_person", _("집합")
    BLENDED = "blended", _("혼합")


class TrainingCourse(models.Model):
    """What makes a cohort a teacher training (교원 연수) that an office reports."""

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="training", primary_key=True)
    code = models.CharField(_("과정코드"), max_length=40, blank=True)
    area = models.CharField(_("연수영역"), max_length=60, default="직무연수")
    mode = models.CharField(_("연수 방식"), max_length=10, choices=CourseMode.choices, default=CourseMode.BLENDED)
    hours = models.PositiveSmallIntegerField(_("이수 시간"), default=15)
    is_job_related = models.BooleanField(_("직무 관련"), default=True)
    needs_designation = models.BooleanField(_("연수지명번호가 있어야 이수"), default=True)
    # How the institution's name stands in the completion number.
    number_name = models.CharField(_("이수번호에 쓰는 기관 이름"), max_length=60)
    # Nothing: kept for good.
    retention_years = models.PositiveSmallIntegerField(_("이수 기록 보존 기간(년)"), default=10, null=True, blank=True)
    # Personal numbers that only the report needs go earlier than the record itself.
    personal_retention_years = models.PositiveSmallIntegerField(_("개인 번호 보존 기간(년)"), default=3)
    # Years of single fields that differ from those two (`completion.retention`).
    retention_by_field = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(mode__in=CourseMode.values), name="course_mode_known")]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.hours} h"


class TraineeRecord(models.Model):
    """What the report says of one person beside the result. A field that was purged is empty again."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="trainee", primary_key=True)
    name = models.CharField(_("성명"), max_length=60)
    birth_date = models.DateField(_("생년월일"), null=True, blank=True)
    neis_number = models.CharField(_("NEIS 개인번호"), max_length=20, blank=True)
    designation_number = models.CharField(_("연수지명번호"), max_length=60, blank=True)
    school = models.CharField(_("학교명"), max_length=100, blank=True)
    office = models.CharField(_("시도교육청"), max_length=60, blank=True)
    district = models.CharField(_("관할교육청"), max_length=60, blank=True)
    kind = models.CharField(_("구분"), max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class AssessmentScore(models.Model):
    """Points of one part of the assessment (`assignment`, `exam` …), as the rules name it."""

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="assessment_scores")
    part = models.CharField(max_length=60)
    points = models.DecimalField(max_digits=8, decimal_places=3)
    most = models.DecimalField(max_digits=8, decimal_places=3)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "part"], name="assessment_part_once"),
            models.CheckConstraint(
                condition=models.Q(points__gte=0, most__gt=0, points__lte=models.F("most")),
                name="assessment_points_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.part}"


class StandingOutcome(models.TextChoices):
    """What the rules say of one person now."""

    NOT_YET = "not_yet", _("진행 중")
    COMPLETED = "completed", _("이수")
    NO_LONGER_POSSIBLE = "no_longer_possible", _("이수 불가")


class Standing(models.Model):
    """Where one person stands (이수 현황): the last decision with its findings, so that a page need not decide anew.

    `findings` is the tree of `lib.completion.Finding` as JSON, fractions as text.
    """

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="standing", primary_key=True)
    outcome = models.CharField(max_length=20, choices=StandingOutcome.choices, default=StandingOutcome.NOT_YET)
    is_at_risk = models.BooleanField(default=False)
    findings = models.JSONField(default=dict)
    rules = models.ForeignKey(CompletionRules, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=60)
    rule_hash = models.CharField(max_length=64)
    decided_at = models.DateTimeField(default=timezone.now)
    # When time alone may change the outcome next: the end of a session, or of the course.
    decide_again_at = models.DateTimeField(null=True, blank=True)
    # What they were told last of whether they can complete; `turns` counts the changes, so that each is told once.
    chance = models.CharField(max_length=10, default=Chance.YES.value)
    turns = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=StandingOutcome.values), name="standing_known"),
            models.CheckConstraint(
                condition=models.Q(chance__in=[chance.value for chance in Chance]), name="standing_chance_known"
            ),
        ]
        indexes = [models.Index(fields=["decide_again_at"], name="standing_due")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.outcome}"

    @property
    def awaits_lists(self) -> bool:
        """Whether it stands badly only by sessions whose list nobody has filled in: then nothing is lost yet."""
        is_lost = self.outcome == StandingOutcome.NO_LONGER_POSSIBLE and self.chance != Chance.NO
        return is_lost or (self.is_at_risk and self.chance != Chance.AT_RISK)


class DecisionRound(models.Model):
    """Everybody of a cohort is decided anew, a batch at a time (다시 계산); `last` is the last person who is done.

    One of a cohort is under way at most. What changes meanwhile sends it back to the start, so that its end is of the
    newest facts and rules.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="decision_rounds")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    last = models.BigIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField()
    is_stuck = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cohort"], condition=models.Q(finished_at=None), name="decision_round_one_under_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} {self.done}/{self.total}"


class NumberSeries(models.Model):
    """The last completion number of an institution in a year; its row is held while a number is given out."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["institution", "year"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.year} {self.last}"


class Completion(models.Model):
    """One person has completed one cohort (이수): the official record. Withdrawn ones keep their number for ever."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="completions")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="completions")
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField()
    # As it is printed: 제 ○○교육연수원-원격-2026-000001호
    number = models.CharField(max_length=160)
    name = models.CharField(max_length=60)
    completed_on = models.DateField()
    minutes = models.PositiveIntegerField(default=0)
    credits = models.PositiveSmallIntegerField(default=0)
    # The converted total of 100 (환산점수), where the rules ask for one.
    total = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    rule = models.CharField(max_length=60)
    rule_hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    withdrawal_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "year", "sequence"], name="completion_number_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(withdrawn_at=None), name="completion_valid_once"
            ),
        ]
        indexes = [models.Index(fields=["completed_on"], name="completion_by_day")]

    def __str__(self) -> str:
        return self.number


class RecordChange(models.Model):
    """Who changed what of a person's record, and why; rows are only ever added.

    `subject` names the thing (`completion`, `trainee`, `score`, `mark`), `field` the part of it.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="record_changes")
    subject = models.CharField(max_length=20)
    field = models.CharField(max_length=60)
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["enrolment", "-changed_at"], name="record_change_by_person")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.subject}.{self.field}"
