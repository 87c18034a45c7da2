"""The errors that a selection raises."""


class SelectionError(Exception):
    """Base of everything `lib.selection` raises: it was called with what no rule or list of a site can hold.

    Wrong rules, applications and reviews are not errors but `Problem`s, which are collected and shown.

    ```
    SelectionError
    ├── UnknownError   a stage, quota or person that does not exist was named
    ├── RepeatedError  somebody is twice in a list in which everybody may be once
    └── SolverError    HiGHS gave up, or gave counts that do not keep the constraints
    ```
    """


class UnknownError(SelectionError):
    pass


class RepeatedError(SelectionError):
    pass


class SolverError(SelectionError):
    pass
