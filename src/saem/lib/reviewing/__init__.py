"""Peer reviews: who reviews what, evenly and behind aliases, and what a review is worth beside calibrated samples (ADR
26).
"""

from saem.lib.reviewing.assigning import assign
from saem.lib.reviewing.assignment import Assignment, Plan, Reviewer, Task, Work
from saem.lib.reviewing.calibrating import Given, Marking, Reliability, reliabilities, weighted_marks
from saem.lib.reviewing.errors import RangeError, RepeatedError, ReviewingError, UnknownError

__all__ = [
    "Assignment",
    "Given",
    "Marking",
    "Plan",
    "RangeError",
    "Reliability",
    "RepeatedError",
    "Reviewer",
    "ReviewingError",
    "Task",
    "UnknownError",
    "Work",
    "assign",
    "reliabilities",
    "weighted_marks",
]
