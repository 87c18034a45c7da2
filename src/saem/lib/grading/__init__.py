"""A spec and a submission in, a verdict out: hidden answers and student code never share a process.

`parse_spec` reads the `grading:` part of a project, `prepare` makes an `Assignment` of it once, `grade` gives a
`Verdict` for each `Submission`. Lesson cells use `exercise_sources` and `grade_exercise`; `explain` says what a Python
error means to a beginner.
"""

from saem.lib.grading.assignment import Assignment
from saem.lib.grading.errors import AssignmentError, GradingError
from saem.lib.grading.exercises import (
    exercise_files,
    exercise_reference,
    exercise_sources,
    grade_exercise,
    rehearse_exercise,
)
from saem.lib.grading.explanations import Explanation, column_names, explain
from saem.lib.grading.grading import grade
from saem.lib.grading.parsing import SpecProblem, parse_checks, parse_spec
from saem.lib.grading.preparation import Prepared, prepare
from saem.lib.grading.rehearsal import rehearse
from saem.lib.grading.spec import Check, Spec
from saem.lib.grading.verdict import (
    CheckResult,
    CheckStatus,
    Figure,
    QuestionResult,
    QuestionStatus,
    Reason,
    Submission,
    SubmissionKind,
    Verdict,
    VerdictStatus,
)

__all__ = [
    "Assignment",
    "AssignmentError",
    "Check",
    "CheckResult",
    "CheckStatus",
    "Explanation",
    "Figure",
    "GradingError",
    "Prepared",
    "QuestionResult",
    "QuestionStatus",
    "Reason",
    "Spec",
    "SpecProblem",
    "Submission",
    "SubmissionKind",
    "Verdict",
    "VerdictStatus",
    "column_names",
    "exercise_files",
    "exercise_reference",
    "exercise_sources",
    "explain",
    "grade",
    "grade_exercise",
    "parse_checks",
    "parse_spec",
    "prepare",
    "rehearse",
    "rehearse_exercise",
]
