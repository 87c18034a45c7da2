"""The errors that grading raises, all of them the caller's or the platform's, never a student's."""


class GradingError(Exception):
    """Base of everything `lib.grading` raises.

    ```
    GradingError
    ├── AssignmentError    bytes that are not a stored assignment
    └── ProtocolError      a checker's cell answered nonsense: grade() turns it into a fault
    ```
    """


class AssignmentError(GradingError):
    """The bytes given to `Assignment.from_bytes` are not an assignment."""


class ProtocolError(GradingError):
    """The checker's cell ended without a verdict that can be read."""
