"""The errors that grading raises, all of them the caller's or the platform's, never a student's."""


class GradingError(Exception):
    """Base of everything `lib.grading` raises.

    ```
    GradingError
    └── AssignmentError    bytes that are not a stored assignment
    ```
    """


class AssignmentError(GradingError):
    """The bytes given to `Assignment.from_bytes` are not an assignment."""
