"""What the content library raises; what is wrong *inside* a program is a Problem, never an exception."""

from saem.lib.content.codes import Code


class ContentError(Exception):
    """Base of the tree; `code` and `params` choose the words.

    ContentError
    ├── SourceError      a data source could not be fetched, read or recognised
    ├── ArchiveError     a zip cannot be unpacked safely
    ├── NotebookError    the bytes are not a notebook
    ├── ExpressionError  an item's arithmetic means nothing, or cannot be done with these values
    └── VariantError     no draw of an item's values meets its conditions
    """

    def __init__(self, code: Code, **params: object) -> None:
        super().__init__(f"{code} {params}" if params else str(code))
        self.code = code
        self.params = params


class SourceError(ContentError):
    pass


class ArchiveError(ContentError):
    pass


class NotebookError(ContentError):
    pass


class ExpressionError(ContentError):
    pass


class VariantError(ContentError):
    pass
