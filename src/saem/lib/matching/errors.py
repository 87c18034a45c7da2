"""The errors that a matching raises."""


class MatchingError(Exception):
    """Base of everything `lib.matching` raises; teams without a mentor are a result, not an error.

    ```
    MatchingError
    ├── RepeatedError  two teams or two mentors have one name
    ├── UnknownError   a wish or a kept pair names nobody in the lists
    └── RangeError     a number below nothing, or a period that ends before it begins
    ```
    """


class RepeatedError(MatchingError):
    pass


class UnknownError(MatchingError):
    pass


class RangeError(MatchingError):
    pass
