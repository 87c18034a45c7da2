"""The `grading:` part of a project as typed, frozen values."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from saem.lib.grading.measures import MEASURES, Measure

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


class Functions(Notebook):
    """A .py file that answers like a notebook: it is run once, then its names and functions are looked at."""

    limits: QuestionLimits = QuestionLimits()  # type: ignore[call-arg]  # every field has a default


Compare = Literal["lines", "tokens", "numbers", "csv", "json"]


class Case(Model):
    """One run of a script. Of `expect` (a text, or what the solution writes) and `against` (a hidden file) one holds.

    `files` maps names beside the script to files of `public/` or `hidden/`. Only a `shown` case is ever shown.
    """

    id: Identifier
    title: Text
    points: float = Field(1.0, ge=0, le=1000)
    hint: Text | None = None
    shown: bool = False
    stdin: str = ""
    argv: list[str] = Field(default_factory=list, max_length=50)
    files: dict[FileName, FileName] = Field(default_factory=dict)
    expect: str | None = None
    against: FileName | None = None
    limits: QuestionLimits | None = None

    @property
    def needs_reference(self) -> bool:
        return self.expect is None and self.against is None


class Script(Model):
    """A .py file that is run on each case; `output` names the file it writes, else what it prints is read."""

    output: FileName | None = None
    compare: Compare | None = None
    tolerance: float | None = Field(None, ge=0)
    limits: QuestionLimits = QuestionLimits()  # type: ignore[call-arg]  # every field has a default
    cases: list[Case] = Field(min_length=1)

    @property
    def way(self) -> Compare:
        """How outputs are compared: as the file's name says, else line by line."""
        suffix = (self.output or "").rpartition(".")[2]
        return self.compare or ("csv" if suffix == "csv" else "json" if suffix == "json" else "lines")


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


class OwnMetric(Model):
    """A function of `checks.py` given the true and the predicted values; it returns a number."""

    python: Name
    higher_is_better: bool
    range: tuple[float, float] | None = None
    title: Text | None = None


# The tags stand in the paths of problems and are taken out again there.
NAMED, OWN = "<named>", "<own>"
AnyMetric = Annotated[
    Annotated[str, Tag(NAMED)] | Annotated[OwnMetric, Tag(OWN)],
    Discriminator(lambda raw: NAMED if isinstance(raw, str) else OWN),
]


class Predictions(Model):
    id: Column
    target: Column
    type: Literal["label", "number"]
    labels: list[int | float | str] | None = None
    positive: int | float | str | None = None
    metric: AnyMetric
    also: list[str] = Field(default_factory=list)
    min: float | None = None
    max: float | None = None
    baselines: list[Baseline] = Field(default_factory=list)
    checks: list[PredictionCheck] = Field(default_factory=list)

    @property
    def measure(self) -> Measure:
        """The metric that ranks, with its direction."""
        own = self.metric
        if isinstance(own, str):
            return MEASURES[own]
        words = own.title.as_dict() if own.title else None
        return Measure(own.python, higher_is_better=own.higher_is_better, is_own=True, words=words)


class TrainingLimits(QuestionLimits):
    wall_s: float = Field(30.0, gt=0, le=100)


class ModelCode(Predictions):
    """Code with `fit` and `predict`: fitted on `train`, asked about the rows of `test`, scored as predictions are.

    Both are files with a header; `test` may lie below `hidden/`. `weights` also takes a zip with fitted numbers.
    """

    train: FileName = "train.csv"
    test: FileName = "test.csv"
    limits: TrainingLimits = TrainingLimits()  # type: ignore[call-arg]  # every field has a default
    predict_s: float = Field(DEFAULT_WALL_S, gt=0, le=60)
    twice: bool = True
    weights: bool = False
    max_mb: int = Field(10, ge=1, le=20)


class Spec(Model):
    predictions: Predictions | None = None
    notebook: Notebook | None = None
    script: Script | None = None
    functions: Functions | None = None
    model: ModelCode | None = None

    @property
    def table(self) -> Predictions | None:
        """What is scored against the hidden table; where a file and a model both are, they share metric and ids."""
        return self.predictions or self.model

    @property
    def measure(self) -> Measure | None:
        """What the board ranks by."""
        return self.table.measure if self.table else None

    @property
    def parts(self) -> tuple[str, ...]:
        """The kinds of submission that are taken."""
        return tuple(name for name in type(self).model_fields if getattr(self, name) is not None)

    @property
    def gives_points(self) -> bool:
        """Whether there are checks with points; a ranking alone has no share of points to reach."""
        ranked = bool(self.table and self.table.checks)
        return ranked or any(part is not None for part in (self.notebook, self.script, self.functions))

    def question_checks(self) -> Iterator[tuple[Question, Check]]:
        """Checks of the notebook and of functions."""
        for part in (self.notebook, self.functions):
            for question in part.questions if part else []:
                for check in question.checks:
                    yield question, check

    def hidden_inputs(self) -> list[str]:
        """Files that functions of the student are given, in the order of first mention."""
        return list(dict.fromkeys(check.input for _, check in self.question_checks() if check.input))
