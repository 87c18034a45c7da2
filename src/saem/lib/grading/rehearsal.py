"""Tries the author's own submissions: every solution must pass, every wrong answer must fail as stated."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.exercises import unlike_stated
from saem.lib.grading.grading import grade
from saem.lib.grading.kinds import kind_of
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.spec import Spec
from saem.lib.grading.verdict import CheckStatus, Submission, SubmissionKind, Verdict, VerdictStatus
from saem.lib.sandbox import Job, Limits, Outcome, Sandbox, Source, Status, flavoured

SUBMISSION = "submission.csv"
LIMITS = Limits(wall_s=60.0, cpu_s=60.0, memory_mb=1024)


class Solution(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def beats(self) -> Sequence[str]: ...
    @property
    def full(self) -> bool: ...


class WrongSubmission(Protocol):
    @property
    def file(self) -> str: ...
    @property
    def kind(self) -> str | None: ...
    @property
    def rejected(self) -> str | None: ...
    @property
    def fails(self) -> Sequence[str]: ...


def rehearse(
    assignment: Assignment,
    *,
    solutions: Sequence[Solution],
    wrong: Sequence[WrongSubmission],
    files: Mapping[str, bytes],
    sandbox: Sandbox,
) -> list[SpecProblem]:
    """Everything in which a submission of the author did not do what `project.yaml` says of it.

    `files` maps the names that `solutions` and `wrong` use to bytes. Where predictions are graded, a `.py` without a
    `kind` runs beside the public files and writes `submission.csv`; everything else is submitted as it is.
    """
    tried = Rehearsal(assignment, files, flavoured(sandbox, assignment.flavour))
    for place, solution in enumerate(solutions):
        path = f"solutions.{place}"
        verdict = tried.verdict(solution, path)
        if verdict is not None:
            tried.problems += _solution_problems(assignment, solution, verdict, path)
    for place, one in enumerate(wrong):
        path = f"wrong.{place}"
        verdict = tried.verdict(one, path)
        if verdict is not None:
            tried.problems += _wrong_problems(one, verdict, path)
    return tried.problems


class Rehearsal:
    """Grades files of the author and collects what is wrong with them."""

    def __init__(self, assignment: Assignment, files: Mapping[str, bytes], sandbox: Sandbox) -> None:
        self.assignment = assignment
        self.files = files
        self.sandbox = sandbox
        self.problems: list[SpecProblem] = []

    def verdict(self, one: Solution | WrongSubmission, path: str) -> Verdict | None:
        file = one.file
        if file not in self.files:
            self.problems.append(SpecProblem(f"{path}.file", "grading.submission_missing", {"file": file}))
            return None
        kind = kind_in(self.assignment.spec, file, one.kind)
        data: bytes | None = self.files[file]
        if kind == SubmissionKind.PREDICTIONS and file.endswith(".py"):
            data = self._written_by(file, path)
        if data is None:
            return None
        verdict = grade(self.assignment, Submission(kind, file, data), sandbox=self.sandbox)
        if verdict.status == VerdictStatus.FAULT:
            self.problems += [SpecProblem(path, f"grading.{reason.code}", reason.params) for reason in verdict.reasons]
            return None
        return verdict

    def _written_by(self, file: str, path: str) -> bytes | None:
        source = Source(file, self.files[file].decode("utf-8", "replace"))
        outcome = self.sandbox.run(Job((source,), self.assignment.public, (SUBMISSION,), LIMITS))
        if outcome.status == Status.OK and SUBMISSION in outcome.files:
            return outcome.files[SUBMISSION]
        self.problems.append(_script_problem(outcome, file, path))
        return None


def kind_in(spec: Spec, file: str, kind: str | None) -> SubmissionKind:
    """What a file of the author is handed in as."""
    if kind is not None:
        return SubmissionKind(kind)
    if spec.predictions and file.endswith(".py"):
        return SubmissionKind.PREDICTIONS
    return kind_of(file, b"", spec.parts)


def _script_problem(outcome: Outcome, file: str, path: str) -> SpecProblem:
    fault = outcome.fault
    if fault is not None:
        params = {"file": file, "line": fault.line or 0, "type": fault.type, "message": fault.message[:300]}
        return SpecProblem(path, "grading.script_raises", params)
    if outcome.status == Status.OK:
        return SpecProblem(path, "grading.script_wrote_nothing", {"file": file, "expected": SUBMISSION})
    return SpecProblem(path, "grading.script_stopped", {"file": file, "status": str(outcome.status)})


def _solution_problems(assignment: Assignment, solution: Solution, verdict: Verdict, path: str) -> list[SpecProblem]:
    if verdict.status == VerdictStatus.REJECTED:
        codes = [reason.code for reason in verdict.reasons]
        return [SpecProblem(path, "grading.solution_rejected", {"file": solution.file, "reasons": codes})]
    problems = [
        SpecProblem(f"{path}.beats", "grading.solution_not_beating", {"file": solution.file, "baseline": baseline})
        for baseline in solution.beats
        if not _beats(assignment, verdict, baseline)
    ]
    failing = _failing(verdict)
    if solution.full and failing:
        params = {"file": solution.file, "checks": failing, "score": verdict.score, "max_score": verdict.max_score}
        problems.append(SpecProblem(path, "grading.solution_not_full", params))
    return problems


def _beats(assignment: Assignment, verdict: Verdict, baseline: str) -> bool:
    measure = assignment.spec.measure
    mark = assignment.baselines.get(baseline, {}).get("public")
    if measure is None or mark is None or measure not in verdict.metrics:
        return False
    return measure.is_better(verdict.metrics[measure], than=mark)


def _failing(verdict: Verdict) -> list[str]:
    return [check.id for check in verdict.checks if check.status != CheckStatus.PASSED]


def _wrong_problems(wrong: WrongSubmission, verdict: Verdict, path: str) -> list[SpecProblem]:
    codes = [reason.code for reason in verdict.reasons]
    if wrong.rejected is not None:
        if wrong.rejected in codes:
            return []
        params = {"file": wrong.file, "expected": wrong.rejected, "found": codes}
        return [SpecProblem(f"{path}.rejected", "grading.wrong_not_rejected", params)]
    if verdict.status == VerdictStatus.REJECTED:
        return [SpecProblem(path, "grading.wrong_rejected", {"file": wrong.file, "reasons": codes})]
    return unlike_stated(_failing(verdict), wrong.fails, path)
