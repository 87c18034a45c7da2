"""Which kind of submission a file is, among those that a project takes."""

from collections.abc import Collection

from saem.lib.grading.verdict import SubmissionKind

SUFFIXES = {
    SubmissionKind.PREDICTIONS: (".csv",),
    SubmissionKind.NOTEBOOK: (".ipynb",),
    SubmissionKind.SCRIPT: (".py",),
    SubmissionKind.FUNCTIONS: (".py",),
    SubmissionKind.MODEL: (".py", ".zip"),
}
PYTHON = (SubmissionKind.MODEL, SubmissionKind.FUNCTIONS, SubmissionKind.SCRIPT)


def kind_of(name: str, data: bytes, taken: Collection[str]) -> SubmissionKind:
    """What a file is: a notebook is JSON, whatever it is called; anything else is known by its name."""
    named = name.lower()
    begins = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    if named.endswith(SUFFIXES[SubmissionKind.MODEL]):
        # A project takes one kind of .py file at most.
        return next((kind for kind in PYTHON if kind in taken), SubmissionKind.SCRIPT)
    is_notebook = begins.startswith(b"{") or named.endswith(".ipynb")
    return SubmissionKind.NOTEBOOK if is_notebook else SubmissionKind.PREDICTIONS
