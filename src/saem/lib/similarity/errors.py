"""The errors that comparing works raises."""


class SimilarityError(Exception):
    """Base of everything `lib.similarity` raises. Code that is broken, huge or hostile is never an error.

    ```
    SimilarityError
    ├── RepeatedError  two works have one name
    ├── SettingsError  numbers out of range, or indexes that were made with different ones
    └── FileError      an index file that is none, damaged, too large or of another format
    ```
    """


class RepeatedError(SimilarityError):
    pass


class SettingsError(SimilarityError):
    pass


class FileError(SimilarityError):
    pass
