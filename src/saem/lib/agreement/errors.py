"""The errors that measuring agreement raises: cases in which a number would mean nothing, never a quiet NaN."""


class AgreementError(Exception):
    """Base of everything `lib.agreement` raises.

    ```
    AgreementError
    ├── MarkError          a mark outside the scale, twice for one work, or a number that is none
    └── UndefinedError     nothing can be said of these marks
        ├── NoPairsError      no work has two marks
        ├── OneMarkerError    all marks are one marker's
        └── OneCategoryError  everybody gave every work the same mark: chance would agree as well
    ```
    """

    code = "agreement"


class MarkError(AgreementError):
    code = "mark"


class UndefinedError(AgreementError):
    code = "undefined"


class NoPairsError(UndefinedError):
    code = "no_pairs"


class OneMarkerError(UndefinedError):
    code = "one_marker"


class OneCategoryError(UndefinedError):
    code = "one_category"
