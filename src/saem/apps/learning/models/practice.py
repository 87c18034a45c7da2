"""What learners answered, what is known of them by it, and the models and items that this is known with."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from saem.apps.catalog.models import Program, Version
from saem.apps.cohorts.models import Enrolment


class ModelState(models.TextChoices):
    """Where a fitted model stands: nobody meets one that nobody accepted."""

    PROPOSED = "proposed", _("검토 중")
    IN_FORCE = "in_force", _("쓰는 중")
    RETIRED = "retired", _("물러남")
    REFUSED = "refused", _("쓰지 않기로 함")


class FittedModel(models.Model):
    """A learner model fitted on a program's attempts, as `lib.learners` saves it, with its card."""

    program = models.ForeignKey(Program, models.CASCADE, related_name="fitted_models")
    name = models.CharField(max_length=40, help_text="the model's name in the registry of lib.learners")
    document = models.BinaryField(help_text="model.json")
    arrays = models.BinaryField(help_text="arrays.npz")
    card = models.JSONField(help_text="what a person must know before accepting it")
    state = models.CharField(max_length=10, choices=ModelState.choices, default=ModelState.PROPOSED)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ModelState.values), name="fitted_model_state_known"),
            models.UniqueConstraint(
                fields=["program"], condition=models.Q(state="in_force"), name="fitted_model_one_in_force"
            ),
        ]
        indexes = [models.Index(fields=["program", "-created_at"], name="fitted_model_latest")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.name} ({self.state})"


class ItemRecord(models.Model):
    """One item of a program as its learners met it, whatever the version: counts, live difficulty, last statistics.

    `difficulty` and `variance` are of the live rating, in log-odds; `options` counts how often each option was chosen
    first; `statistics` and `alarms` come from the last refit.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="item_records")
    item = models.CharField(max_length=60)
    responses = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    difficulty = models.FloatField()
    variance = models.FloatField()
    options = models.JSONField(default=dict)
    statistics = models.JSONField(default=dict)
    alarms = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "item"], name="item_record_once")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.item}"


class Purpose(models.TextChoices):
    PRACTICE = "practice", _("연습")
    BEFORE = "before", _("사전 진단")
    AFTER = "after", _("사후 진단")
    EXIT = "exit", _("나가기 문항")


# What the learner model learns from. A diagnosis measures, so nothing moves under it.
LEARNT_FROM = (Purpose.PRACTICE, Purpose.EXIT)


class Attempt(models.Model):
    """One answer to one item, never changed. An answer that could not be read is none.

    `is_first` is true of the first try at a variant: later tries teach, but say less about what was known before, so
    models and statistics count first tries only.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="attempts")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    item = models.CharField(max_length=60)
    seed = models.PositiveIntegerField()
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.PRACTICE)
    token = models.UUIDField(help_text="of the form, so that a double click is one attempt")
    answer = models.JSONField()
    score = models.FloatField(help_text="0 to 1")
    chosen = models.JSONField(default=list, help_text="option ids, as the author wrote them")
    is_first = models.BooleanField()
    hints = models.PositiveSmallIntegerField(default=0, help_text="how many were seen before answering")
    took_ms = models.PositiveIntegerField(default=0)
    chance = models.FloatField(null=True, help_text="of a right answer, as predicted just before")
    reason = models.CharField(max_length=40, blank=True, default="", help_text="why the item was chosen")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "token"], name="attempt_once"),
            models.CheckConstraint(condition=models.Q(purpose__in=Purpose.values), name="attempt_purpose_known"),
            models.CheckConstraint(condition=models.Q(score__range=(0, 1)), name="attempt_score_0_to_1"),
        ]
        indexes = [
            models.Index(fields=["enrolment", "-created_at"], name="attempt_latest"),
            models.Index(fields=["enrolment", "item"], name="attempt_by_item"),
            models.Index(fields=["version", "item", "created_at"], name="attempt_of_item"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item}"

    @property
    def is_right(self) -> bool:
        return self.score == 1


class PracticeState(models.Model):
    """What the model in use knows of one learner, and the item that is waiting for them. The row is their lock.

    `model` is the fitted model that `state` belongs to (none: the ratings that a new program begins with).
    `known` says how much of the learner's first tries the state has taken in.
    """

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, primary_key=True, related_name="practice")
    model = models.ForeignKey(FittedModel, models.SET_NULL, null=True, related_name="+")
    state = models.JSONField(default=dict)
    known = models.PositiveIntegerField(default=0)
    item = models.CharField(max_length=60, blank=True, default="", help_text="waiting; empty when there is none")
    seed = models.PositiveIntegerField(default=0)
    why = models.JSONField(default=dict, help_text="the choice: code and parameters of its reason, chance, skill")
    hints = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0, help_text="at the waiting item")
    given_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item}"


class SkillMastery(models.Model):
    """How far one learner has mastered one skill, with about 95 % of its uncertainty; kept for maps and heat maps.

    `usable` is false where the model refuses to draw a conclusion, and `why` is its code.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="mastery")
    skill = models.CharField(max_length=60)
    value = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    usable = models.BooleanField(default=True)
    why = models.CharField(max_length=60, blank=True, default="")
    responses = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "skill"], name="skill_mastery_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.value:.2f}"


class Calibration(models.Model):
    """The parameters of a program's items at one time: what diagnoses are chosen and scored by until the next one.

    `items` maps an item's id to `difficulty`, `discrimination`, `guess` and `upper` (`lib.learners.irt.bank`). A row
    changes no item that it has; it only grows by items that a newer version of the program brings.
    """

    program = models.ForeignKey(Program, models.CASCADE, related_name="calibrations")
    number = models.PositiveIntegerField()
    items = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "number"], name="calibration_number_once")]

    def __str__(self) -> str:
        return f"{self.program_id} {self.number}"


class DiagnosisMoment(models.TextChoices):
    BEFORE = "before", _("시작할 때")
    AFTER = "after", _("마칠 때")


class Diagnosis(models.Model):
    """One adaptive test of one learner, before or after the program; both are on the scale of the same item bank.

    `given` lists the items in order with their seeds and the calibration they were given with, so that the result can
    be explained and computed again. Each entry: `item`, `seed`; `token` of its form and `at`, when it was shown;
    `difficulty`, `discrimination`, `guess`, `upper` (`lib.learners.irt.bank`); `chance` of a right answer as predicted
    just before; `score` (0 to 1; the last one's is null while it waits). `ability` and `error` (log-odds) are written
    by the transaction that ends the test, and again when there is a newer `calibration` (`diagnosis/rescoring.py`);
    the two moments of one learner always stand on the same one.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="diagnoses")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=DiagnosisMoment.choices)
    given = models.JSONField(default=list)
    ability = models.FloatField(null=True)
    error = models.FloatField(null=True)
    calibration = models.ForeignKey(
        Calibration, models.PROTECT, null=True, related_name="+", help_text="that ability and error are computed with"
    )
    stopped_by = models.CharField(max_length=40, blank=True, default="")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "moment"], name="diagnosis_once"),
            models.CheckConstraint(
                condition=models.Q(moment__in=DiagnosisMoment.values), name="diagnosis_moment_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.moment}"
