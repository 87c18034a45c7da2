"""The `grading:` part of a project as typed, frozen values."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z0-9가-힣][A-Za-z0-9가-힣_-]{0,63}$")]
Name = Annotated[str, Field(pattern=r"^[^\W\d]\w{0,127}$")]  # a Python name
FileName = Annotated[str, Field(pattern=r"^\w[\w-]*([./]\w[\w-]*)*$", max_length=120)]
Column = Annotated[str, Field(min_length=1, max_length=200)]

DEFAULT_WALL_S = 10.0
SOLUTION = "solution"


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Text(Model):
    """The same sentence in both languages."""

    ko: str
    en: str

    def as_dict(self) -> dict[str, str]:
        return {"ko": self.ko, "en": self.en}


class QuestionLimits(Model):
    wall_s: float = Field(DEFAULT_WALL_S, gt=0, le=120)
    memory_mb: int | None = Field(None, ge=64, le=8192)


class Check(Model):
    """One thing that is looked at; exactly one of `value`, `call`, `predict`, `figure` and `python` is set."""

    id: Identifier
    title: Text
    points: float = Field(1.0, ge=0, le=1000)
    hint: Text | None = None

    value: Name | None = None
    call: Name | None = None
    cases: list[list[Any]] | None = None
    expect: Any = SOLUTION
    tolerance: float | None = Field(None, ge=0)

    predict: Name | None = None
    input: FileName | None = None
    against: FileName | None = None
    column: Column | None = None
    metric: str | None = None
    at_least: float | None = None
    at_most: float | None = None

    figure: bool = False

    python: Name | None = None
    values: list[Name] = Field(default_factory=list)

    def names(self) -> list[str]:
        """Names whose values the student's cell must hand over for this check."""
        return [self.value] if self.value else list(self.values)

    @property
    def needs_reference(self) -> bool:
        return bool(self.value or self.call) and self.expect == SOLUTION

    @property
    def has_hidden_input(self) -> bool:
        return bool(self.call or self.predict)


class Question(Model):
    id: Identifier
    title: Text
    cell: str | None = None
    limits: QuestionLimits = QuestionLimits()  # type: ignore[call-arg]  # every field has a default
    checks: list[Check] = Field(default_factory=list)

    @property
    def tag(self) -> str:
        """What the cell's metadata or first line must say."""
        return self.cell or self.id


class Notebook(Model):
    questions: list[Question] = Field(min_length=1)


class PredictionCheck(Model):
    """Exactly one of `beats` (a baseline), `bounds`, `at_least` and `at_most` (of the metric) is set."""

    id: Identifier
    title: Text
    points: float = Field(1.0, ge=0, le=1000)
    hint: Text | None = None
    beats: str | None = None
    bounds: bool = False
    at_least: float | None = None
    at_most: float | None = None


class Baseline(Model):
    id: Identifier
    title: Text


class Predictions(Model):
    id: Column
    target: Column
    type: Literal["label", "number"]
    labels: list[int | float | str] | None = None
    positive: int | float | str | None = None
    metric: str
    also: list[str] = Field(default_factory=list)
    min: float | None = None
    max: float | None = None
    baselines: list[Baseline] = Field(default_factory=list)
    checks: list[PredictionCheck] = Field(default_factory=list)


class Spec(Model):
    predictions: Predictions | None = None
    notebook: Notebook | None = None

    def question_checks(self) -> Iterator[tuple[Question, Check]]:
        for question in self.notebook.questions if self.notebook else []:
            for check in question.checks:
                yield question, check

    def hidden_inputs(self) -> list[str]:
        """Files that functions of the student are given, in the order of first mention."""
        return list(dict.fromkeys(check.input for _, check in self.question_checks() if check.input))
