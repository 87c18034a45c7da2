"""The errors that learner models raise."""


class LearnersError(Exception):
    """Base of everything `lib.learners` raises.

    ```
    LearnersError
    ├── ResponsesError     responses that cannot be read or used as they are; names the row, student, item or skill
    ├── ParameterError     a model or a protocol was asked for something impossible
    ├── NotFittedError     a model was asked before it was fitted
    └── ModelFileError     a folder that holds no model of ours, or one of a newer format
    ```
    """


class ResponsesError(LearnersError):
    """`code` names what is wrong; `row` counts from 0, and `where` names a student, an item, a skill or a column."""

    def __init__(self, code: str, *, row: int | None = None, where: str = "") -> None:
        self.code = code
        self.row = row
        self.where = where
        place = "" if row is None else f" in row {row}"
        super().__init__(f"{code}{place}{f': {where}' if where else ''}")


class ParameterError(LearnersError):
    pass


class NotFittedError(LearnersError):
    pass


class ModelFileError(LearnersError):
    pass
