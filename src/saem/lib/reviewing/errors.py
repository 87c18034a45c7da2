"""The errors that peer reviewing raises."""


class ReviewingError(Exception):
    """Base of everything `lib.reviewing` raises; reviews that cannot be given are a result, not an error.

    ```
    ReviewingError
    ├── RepeatedError  a name is twice in a list, or a reviewer twice at one work
    ├── UnknownError   a kept review, mark or sample names nobody in the lists
    └── RangeError     a number out of range
    ```
    """


class RepeatedError(ReviewingError):
    pass


class UnknownError(ReviewingError):
    pass


class RangeError(ReviewingError):
    pass
