"""What grading says about a submission: plain values that a service can store and a page can show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from saem.lib.sandbox import Fault


class SubmissionKind(StrEnum):
    PREDICTIONS = "predictions"
    NOTEBOOK = "notebook"
    SCRIPT = "script"
    FUNCTIONS = "functions"
    MODEL = "model"


@dataclass(frozen=True)
class Submission:
    """A file as a student sent it; nothing about it is trusted."""

    kind: str
    name: str
    data: bytes


class VerdictStatus(StrEnum):
    SCORED = "scored"
    REJECTED = "rejected"  # the student can mend it; no attempt is counted
    FAULT = "fault"  # the platform's or the author's mistake; the student is not charged


class CheckStatus(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"  # the student's code stopped before an answer could be read
    NOT_REACHED = "not_reached"


class QuestionStatus(StrEnum):
    DONE = "done"  # the cell ran to its end; whether the answers are right is in the checks
    ERROR = "error"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    MISSING = "missing"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True)
class Reason:
    """Why something is refused or failed: a code for the table of messages and its parameters."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One check of one submission. `reasons` name rows and kinds, never the hidden expectation."""

    id: str
    title: Mapping[str, str]
    points: float
    earned: float
    status: CheckStatus
    hint: Mapping[str, str] | None = None
    question: str | None = None
    reasons: tuple[Reason, ...] = ()

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "title": dict(self.title),
            "points": self.points,
            "earned": self.earned,
            "status": str(self.status),
            "hint": dict(self.hint) if self.hint else None,
        }


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A case that students may see: what the script was given, what was expected, what came out. Capped texts."""

    command: str = ""
    stdin: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    expected: str = ""
    output: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionResult:
    """How the cell of a question, the case of a script or the step of a model ran.

    `cell` counts a notebook's code cells from 1; a file has none, its lines are in `fault`.
    """

    id: str
    title: Mapping[str, str]
    status: QuestionStatus
    cell: int | None = None
    fault: Fault | None = None
    wall_ms: float = 0.0
    shown: Shown | None = None


@dataclass(frozen=True)
class Figure:
    question: str
    png: bytes


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The result of grading one submission.

    `metrics` has the public part under the metric's name and the private part under `private:<name>`; which of
    them a reader may see is the caller's decision. `intervals` are 95 % bootstrap intervals of the public part.
    `notes` are things that were forgiven (spaces round a header, an extra column). `own_ms` is what the student's own
    cells computed, `overhead_ms` the wall time above that.
    """

    status: VerdictStatus
    score: float = 0.0
    max_score: float = 0.0
    checks: tuple[CheckResult, ...] = ()
    metrics: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()
    figures: tuple[Figure, ...] = ()
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    questions: tuple[QuestionResult, ...] = ()
    isolation: str = ""
    overhead_ms: float = 0.0
    own_ms: float = 0.0
    content_version: str = ""

    def as_json(self) -> dict[str, object]:
        """The stable form that `saem grade --json` prints."""
        return {
            "status": str(self.status),
            "score": self.score,
            "max_score": self.max_score,
            "checks": [check.as_json() for check in self.checks],
            "metrics": dict(self.metrics),
            "isolation": self.isolation,
            "overhead_ms": round(self.overhead_ms, 3),
            "content_version": self.content_version,
            "reasons": [reason.as_json() for reason in self.reasons],
        }
