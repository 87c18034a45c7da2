"""The errors that grading raises, all of them the caller's or the platform's, never a student's."""


class GradingError(Exception):
    """Base of everything `lib.grading` raises.

    ```
    GradingError
    ├── AssignmentError    bytes that are not a stored assignment, or not the one that was asked for
    └── ReportError        bytes that are not a verdict on an assignment
    ```
    """


class AssignmentError(GradingError):
    """The bytes given to `Assignment.from_bytes` are not an assignment."""


class ReportError(GradingError):
    """Bytes that should be a verdict on an assignment are none."""
