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
from saem.lib.grading.kinds import SUFFIXES, kind_of
from saem.lib.grading.measures import MEASURES, Measure
from saem.lib.grading.parsing import parse_checks, parse_spec
from saem.lib.grading.preparation import Prepared, prepare
from saem.lib.grading.problems import SpecProblem
from saem.lib.grading.rehearsal import kind_in, rehearse
from saem.lib.grading.spec import Check, Spec
from saem.lib.grading.verdict import (
    CheckResult,
    CheckStatus,
    Figure,
    QuestionResult,
    QuestionStatus,
    Reason,
    Shown,
    Submission,
    SubmissionKind,
    Verdict,
    VerdictStatus,
)

__all__ = [
    "MEASURES",
    "SUFFIXES",
    "Assignment",
    "AssignmentError",
    "Check",
    "CheckResult",
    "CheckStatus",
    "Explanation",
    "Figure",
    "GradingError",
    "Measure",
    "Prepared",
    "QuestionResult",
    "QuestionStatus",
    "Reason",
    "Shown",
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
    "kind_in",
    "kind_of",
    "parse_checks",
    "parse_spec",
    "prepare",
    "rehearse",
    "rehearse_exercise",
]
