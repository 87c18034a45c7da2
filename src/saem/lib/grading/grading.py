"""A spec and a submission in, a verdict out."""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.functions import grade_functions
from saem.lib.grading.model_code import grade_model
from saem.lib.grading.notebooks import grade_notebook
from saem.lib.grading.predictions import grade_predictions
from saem.lib.grading.scripts import grade_script
from saem.lib.grading.verdict import Reason, Submission, SubmissionKind, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox, flavoured


class Grader(Protocol):
    """Grades one kind of submission."""

    def __call__(self, assignment: Assignment, data: bytes, *, sandbox: Sandbox) -> Verdict: ...


GRADERS: Mapping[str, Grader] = {
    SubmissionKind.PREDICTIONS: grade_predictions,
    SubmissionKind.NOTEBOOK: grade_notebook,
    SubmissionKind.SCRIPT: grade_script,
    SubmissionKind.FUNCTIONS: grade_functions,
    SubmissionKind.MODEL: grade_model,
}


def grade(assignment: Assignment, submission: Submission, *, sandbox: Sandbox) -> Verdict:
    """Grade one file.

    Never raises for anything a student sent: that ends as a verdict, "rejected" where the student can mend it and is
    not charged, "fault" where the author's checks failed. Raises SandboxError when there is no sandbox to run in: the
    caller tries again later. `overhead_ms` is the wall time above what the student's own cells computed.
    """
    started = time.perf_counter()
    if submission.kind in GRADERS:
        here = flavoured(sandbox, assignment.flavour)
        verdict = GRADERS[submission.kind](assignment, submission.data, sandbox=here)
    else:
        reason = Reason("kind_not_asked", {"kind": submission.kind})
        verdict = Verdict(status=VerdictStatus.REJECTED, reasons=(reason,))
    overhead_ms = max(0.0, (time.perf_counter() - started) * 1e3 - verdict.own_ms)
    return replace(verdict, overhead_ms=overhead_ms, content_version=assignment.content_version)
