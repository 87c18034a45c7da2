"""How the seats of a call are given: rules, the draw, reviewers and scores, outcomes, offers, appeals."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.cohorts.models.applications import Application
from saem.apps.cohorts.models.calls import Call
from saem.apps.cohorts.models.classes import Classroom, Enrolment


class SelectionState(models.TextChoices):
    DECLARED = "declared", _("심사하는 중")
    DRAWN = "drawn", _("추첨을 마침")
    PUBLISHED = "published", _("결과를 발표함")


class Selection(models.Model):
    """The selection (선발) of a call. Its rules are the newest declaration; `secret` is public once it was used."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="selection")
    state = models.CharField(max_length=10, choices=SelectionState.choices, default=SelectionState.DECLARED)
    rules = models.ForeignKey("RulesDeclaration", models.PROTECT, null=True, related_name="+")
    is_blind = models.BooleanField(default=True)
    reply_days = models.PositiveSmallIntegerField(default=7)
    appeal_days = models.PositiveSmallIntegerField(default=7)
    commitment = models.CharField(max_length=64)
    secret = models.CharField(max_length=64)
    # What nobody can know before: announced in words first, then its value as it was stated.
    public_source = models.CharField(max_length=200)
    public_value = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True)
    # The last stage that is decided; scores of a decided stage change only with a reason.
    settled_stage = models.CharField(max_length=40, blank=True)
    settled_at = models.DateTimeField(null=True)
    # Counts what outcomes rest on: whoever computed with an older number writes nothing.
    revision = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    classrooms = models.ManyToManyField(Classroom, related_name="+", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=SelectionState.values), name="selection_state_known"),
            models.CheckConstraint(
                condition=models.Q(drawn_at=None) | ~models.Q(public_value=""), name="selection_drawn_in_public"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} {self.state}"

    @property
    def is_drawn(self) -> bool:
        return self.drawn_at is not None


class RulesDeclaration(models.Model):
    """Rules as they were declared once: the canonical text that the hash is of. None is ever changed."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="declarations")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    declared_at = models.DateTimeField(default=timezone.now)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "number"], name="declaration_once")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("declared rules never change")
        super().save(*args, **kwargs)


class Candidate(models.Model):
    """An application that takes part: everybody who was complete when the draw was held, and their place in it.

    `attributes` are what quotas ask about, as they were then. `rank` and `total` are of the last decided stage.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="candidates")
    application = models.OneToOneField(Application, models.PROTECT, related_name="candidate")
    receipt = models.CharField(max_length=20)
    attributes = models.JSONField(default=dict)
    draw_place = models.PositiveIntegerField()
    stage = models.CharField(max_length=40, blank=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    rank = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["selection", "draw_place"], name="candidate_drawn_once"),
            models.UniqueConstraint(fields=["selection", "receipt"], name="candidate_receipt_once"),
        ]
        indexes = [models.Index(fields=["selection", "rank"], name="candidate_by_rank")]

    def __str__(self) -> str:
        return self.receipt


class Result(models.TextChoices):
    """What became of an application in one stage."""

    WAITING = "waiting", _("심사 기다림")
    BELOW_MINIMUM = "below_minimum", _("기준 점수 미만")
    ADVANCED = "advanced", _("통과")
    NOT_ADVANCED = "not_advanced", _("통과하지 못함")


class StageOutcome(models.Model):
    """One candidate in one stage, as the rules computed it from the scores; written anew as a whole, never by hand."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outcomes")
    stage = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    rank = models.PositiveIntegerField(null=True)
    decided_by = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=14, choices=Result.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "stage"], name="outcome_once"),
            models.CheckConstraint(condition=models.Q(result__in=Result.values), name="outcome_result_known"),
        ]
        indexes = [models.Index(fields=["stage", "result"], name="outcome_by_stage")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.stage} {self.result}"


class Reviewer(models.Model):
    """Somebody who reads applications of one selection. `ties` are schools from which they read none."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="reviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviewing")
    limit = models.PositiveIntegerField(default=100)
    ties = models.JSONField(default=list)
    invited_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["selection", "user"], name="reviewer_once")]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.user_id}"


class ConflictOfInterest(models.Model):
    """A reviewer said that they must not read this application. It stays said."""

    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="conflicts")
    application = models.ForeignKey(Application, models.CASCADE, related_name="conflicts")
    reason = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reviewer", "application"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.reviewer_id} {self.application_id}"


class ReviewAssignment(models.Model):
    """One reading of one application in one stage. Without a reviewer it is what the office itself entered: a test.

    `revision` counts every saving; who saves names the one they saw, so that two pages cannot overwrite each other.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="readings")
    application = models.ForeignKey(Application, models.CASCADE, related_name="readings")
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, null=True, related_name="readings")
    stage = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    assigned_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    # Whoever dropped out or has a conflict: the reading does not count and is kept for the record.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "reviewer"],
                condition=models.Q(reviewer__isnull=False),
                name="reading_once",
            ),
            models.UniqueConstraint(
                fields=["application", "stage"], condition=models.Q(reviewer=None), name="reading_of_office_once"
            ),
        ]
        indexes = [
            models.Index(fields=["selection", "stage", "submitted_at"], name="reading_by_stage"),
            models.Index(fields=["reviewer", "stage", "submitted_at"], name="reading_by_reviewer"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage} {self.reviewer_id}"


class ReviewScore(models.Model):
    """One number of a reading."""

    reading = models.ForeignKey(ReviewAssignment, models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=13, decimal_places=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reading", "criterion"], name="score_once")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.criterion}"


class ScoreSource(models.TextChoices):
    PAGE = "page", _("심사 화면")
    SHEET = "sheet", _("엑셀")
    APPEAL = "appeal", _("이의 신청")


class ScoreChange(models.Model):
    """Every change of every score: who, when, before, after, why. Rows are only ever added."""

    reading = models.ForeignKey(ReviewAssignment, models.PROTECT, related_name="changes")
    criterion = models.CharField(max_length=40)
    before = models.DecimalField(max_digits=13, decimal_places=4, null=True)
    after = models.DecimalField(max_digits=13, decimal_places=4, null=True)
    source = models.CharField(max_length=6, choices=ScoreSource.choices, default=ScoreSource.PAGE)
    reason = models.TextField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(source__in=ScoreSource.values), name="score_source_known")
        ]
        indexes = [models.Index(fields=["reading", "changed_at"], name="score_change_by_reading")]

    def __str__(self) -> str:
        return f"{self.reading_id} {self.criterion}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("the trail of scores only grows")
        super().save(*args, **kwargs)


class DecisionKind(models.TextChoices):
    """What an applicant is told."""

    ACCEPTED = "accepted", _("합격")
    RESERVE = "reserve", _("예비 합격")
    DECLINED = "declined", _("불합격")


class Decision(models.Model):
    """What one candidate was told, with reasons as codes; what changes later (the reserve, an appeal) is another."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=DecisionKind.choices)
    rank = models.PositiveIntegerField(null=True)
    total = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    reserve_place = models.PositiveIntegerField(null=True)
    # [{"code": …, "params": {…}}]; the words are in saem.web.messages.selection.
    reasons = models.JSONField(default=list)
    made_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "number"], name="decision_once"),
            models.CheckConstraint(condition=models.Q(kind__in=DecisionKind.values), name="decision_kind_known"),
        ]
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at=None), name="decision_untold")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.kind}"


class OfferState(models.TextChoices):
    """The words of `lib.selection.OfferState`, which decides by the same values."""

    OPEN = "open", _("답을 기다림")
    ACCEPTED = "accepted", _("등록함")
    DECLINED = "declined", _("등록하지 않음")
    EXPIRED = "expired", _("기한 지남")
    WITHDRAWN = "withdrawn", _("등록을 취소함")


class Offer(models.Model):
    """A seat offered (합격 통보) to one candidate; one person gets one offer at most."""

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="offer")
    state = models.CharField(max_length=9, choices=OfferState.choices, default=OfferState.OPEN)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    enrolment = models.ForeignKey(Enrolment, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=OfferState.values), name="offer_state_known")
        ]
        indexes = [models.Index(fields=["expires_at"], condition=models.Q(state="open"), name="offer_running_out")]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.state}"


class AppealState(models.TextChoices):
    OPEN = "open", _("답을 기다림")
    UPHELD = "upheld", _("받아들임")
    REJECTED = "rejected", _("받아들이지 않음")


class Appeal(models.Model):
    """An applicant's objection to a decision, answered by somebody who did not review the application."""

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal")
    text = models.TextField()
    sent_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=AppealState.choices, default=AppealState.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AppealState.values), name="appeal_state_known")
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"


class RunAct(models.TextChoices):
    """What staff ask to have computed."""

    SETTLE = "settle", _("전형 결과 계산")
    PUBLISH = "publish", _("결과 발표")
    CONCLUDE = "conclude", _("이의 신청에 따른 다시 계산")


class RunState(models.TextChoices):
    WAITING = "waiting", _("계산하는 중")
    DONE = "done", _("마침")
    REFUSED = "refused", _("하지 않음")
    FAILED = "failed", _("하지 못함")


class SelectionRun(models.Model):
    """An act that staff asked for and a job computes (계산): who pressed when, and what came of it, as a code.

    At most one of a selection waits. `seen` is the revision that a press to publish rests on; `settled` the one that
    the first half of a conclusion wrote.
    """

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="runs")
    act = models.CharField(max_length=8, choices=RunAct.choices)
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


class SheetKind(models.TextChoices):
    SCORES = "scores", _("점수")
    APPLICATIONS = "applications", _("지원서")
    RECOMMENDATIONS = "recommendations", _("추천")


class SheetState(models.TextChoices):
    WAITING = "waiting", _("읽는 중")
    READ = "read", _("확인을 기다림")
    APPLYING = "applying", _("반영하는 중")
    APPLIED = "applied", _("반영함")
    FAILED = "failed", _("읽지 못함")


class SelectionSheet(models.Model):
    """A spreadsheet that staff handed in: what it would change is told first, and done only when somebody says so."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="sheets")
    kind = models.CharField(max_length=16, choices=SheetKind.choices)
    stage = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    data = models.BinaryField()
    # What was read of it, packed: that is what is applied, whatever becomes of the file.
    rows = models.BinaryField(default=bytes)
    state = models.CharField(max_length=8, choices=SheetState.choices, default=SheetState.WAITING)
    report = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=SheetKind.values), name="sheet_kind_known"),
            models.CheckConstraint(condition=models.Q(state__in=SheetState.values), name="sheet_state_known"),
        ]
        indexes = [models.Index(fields=["call", "-sent_at"], name="sheet_by_call")]

    def __str__(self) -> str:
        return self.name
