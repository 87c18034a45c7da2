"""A spec and a submission in, a verdict out."""

import time
from dataclasses import replace

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.notebooks import grade_notebook
from saem.lib.grading.predictions import grade_predictions
from saem.lib.grading.verdict import Reason, Submission, SubmissionKind, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox


def grade(assignment: Assignment, submission: Submission, *, sandbox: Sandbox) -> Verdict:
    """Grade one file.

    Never raises for anything a student sent: that ends as a verdict, "rejected" where the student can mend it and is
    not charged, "fault" where the author's checks failed. Raises SandboxError when there is no sandbox to run in: the
    caller tries again later. `overhead_ms` is the wall time above what the student's own cells computed.
    """
    started = time.perf_counter()
    if submission.kind == SubmissionKind.PREDICTIONS:
        verdict = grade_predictions(assignment, submission.data, sandbox=sandbox)
    elif submission.kind == SubmissionKind.NOTEBOOK:
        verdict = grade_notebook(assignment, submission.data, sandbox=sandbox)
    else:
        reason = Reason("kind_not_asked", {"kind": submission.kind})
        verdict = Verdict(status=VerdictStatus.REJECTED, reasons=(reason,))
    overhead_ms = max(0.0, (time.perf_counter() - started) * 1e3 - verdict.own_ms)
    return replace(verdict, overhead_ms=overhead_ms, content_version=assignment.content_version)
