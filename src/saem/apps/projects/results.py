"""A verdict as its page tells it: beside every number the baseline, the uncertainty, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from saem.apps.projects.contents import ProjectContent, title_in
from saem.apps.projects.models import Submission, SubmissionKind, Verdict, VerdictFigure

REASONS_SHOWN = 20
# The steps that the code of a model goes through, as grading names them.
STEPS = {"load": _("코드 읽어 들이기"), "fit": _("학습하기"), "predict": _("새 자료 예측하기")}


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The distance to another score. `percent` is missing where a percentage would mean nothing."""

    name: str
    value: float
    difference: float
    percent: float | None
    is_better: bool

    @property
    def is_same(self) -> bool:
        return self.difference == 0


@dataclass(frozen=True, kw_only=True)
class Score:
    """The public score with what surrounds it."""

    metric: str
    value: float
    low: float | None
    high: float | None
    baselines: list[tuple[str, float]]
    gap: Gap | None
    change: Gap | None
    higher_is_better: bool


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check in the reader's language."""

    title: str
    points: float
    earned: float
    status: str
    hint: str
    reasons: Sequence[Mapping[str, Any]]

    @property
    def passed(self) -> bool:
        return self.status == "passed"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a notebook, case of a script or step of a model: how it ran, its checks, its figures."""

    title: str | Promise
    status: str
    cell: int | None
    error: Mapping[str, Any] | None
    shown: Mapping[str, Any] | None
    checks: list[Check]
    figures: list[VerdictFigure]

    @property
    def earned(self) -> float:
        return sum(check.earned for check in self.checks)

    @property
    def points(self) -> float:
        return sum(check.points for check in self.checks)


@dataclass(frozen=True, kw_only=True)
class Result:
    """Everything that the page says about one verdict."""

    verdict: Verdict
    score: Score | None = None
    checks: list[Check] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    @property
    def reasons(self) -> list[Mapping[str, Any]]:
        return list(self.verdict.reasons[:REASONS_SHOWN])

    @property
    def more_reasons(self) -> int:
        return max(0, len(self.verdict.reasons) - REASONS_SHOWN)

    @property
    def seconds(self) -> float:
        return self.verdict.took_ms / 1000


def result_of(
    submission: Submission, content: ProjectContent, *, previous: Submission | None, figures: Sequence[VerdictFigure]
) -> Result | None:
    """The newest verdict of a submission, ready to be shown; None while there is none."""
    verdict = submission.verdict
    if verdict is None:
        return None
    return Result(
        verdict=verdict,
        score=_score(verdict, content, previous),
        checks=[_check(raw, content.language) for raw in verdict.checks if raw.get("question") is None],
        questions=[
            _question(raw, verdict, content.language, figures, is_model=submission.kind == SubmissionKind.MODEL)
            for raw in verdict.questions
        ],
    )


def _score(verdict: Verdict, content: ProjectContent, previous: Submission | None) -> Score | None:
    metric = content.metric
    if metric is None or metric not in verdict.metrics:
        return None
    value = verdict.metrics[metric]
    low, high = verdict.intervals.get(metric, (None, None))
    higher = metric.higher_is_better
    best = content.baselines[:1]
    before = previous.verdict.metrics.get(metric) if previous is not None and previous.verdict is not None else None
    return Score(
        metric=metric,
        value=value,
        low=low,
        high=high,
        baselines=content.baselines,
        gap=gap_to(best[0][0], best[0][1], value, higher_is_better=higher) if best else None,
        change=gap_to("", before, value, higher_is_better=higher) if before is not None else None,
        higher_is_better=higher,
    )


def gap_to(name: str, other: float, value: float, *, higher_is_better: bool) -> Gap:
    """How far `value` is from another score, and on which side."""
    difference = value - other
    return Gap(
        name=name,
        value=other,
        difference=abs(difference),
        # Of a score at or below zero (R² can be) no percentage can be taken.
        percent=abs(difference) / other * 100 if other > 0 else None,
        is_better=difference > 0 if higher_is_better else difference < 0,
    )


def _check(raw: Mapping[str, Any], language: str) -> Check:
    return Check(
        title=title_in(raw["title"], language),
        points=raw["points"],
        earned=raw["earned"],
        status=raw["status"],
        hint=title_in(raw.get("hint") or {}, language),
        reasons=raw.get("reasons") or [],
    )


def _question(
    raw: Mapping[str, Any], verdict: Verdict, language: str, figures: Sequence[VerdictFigure], *, is_model: bool
) -> Question:
    return Question(
        title=STEPS.get(raw["id"], "") if is_model else title_in(raw["title"], language),
        status=raw["status"],
        cell=raw.get("cell"),
        error=raw.get("error"),
        shown=raw.get("shown"),
        checks=[_check(check, language) for check in verdict.checks if check.get("question") == raw["id"]],
        figures=[figure for figure in figures if figure.question == raw["id"]],
    )
