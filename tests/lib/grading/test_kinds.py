"""Which kind of submission a file is."""

import pytest

from saem.lib.grading import SubmissionKind, kind_of

ALL = ("predictions", "notebook", "model")


@pytest.mark.parametrize(
    ("name", "data", "taken", "kind"),
    [
        ("a.csv", b"id,rain\n1,0\n", ALL, SubmissionKind.PREDICTIONS),
        ("a.csv", b'\xef\xbb\xbf\n {"cells": []}', ALL, SubmissionKind.NOTEBOOK),
        ("a.ipynb", b"\x00\x01broken", ALL, SubmissionKind.NOTEBOOK),
        ("a.IPYNB", b"[]", ALL, SubmissionKind.NOTEBOOK),
        ("a.xlsx", b"PK\x03\x04", ALL, SubmissionKind.PREDICTIONS),
        ("a.py", b"print(1)", ALL, SubmissionKind.MODEL),
        ("A.PY", b'{"cells": 1}', ("script",), SubmissionKind.SCRIPT),
        ("a.py", b"", ("notebook", "functions"), SubmissionKind.FUNCTIONS),
        ("model.zip", b"PK\x03\x04", ALL, SubmissionKind.MODEL),
        # A file that the project does not take keeps a kind of its own, so that it is refused by name.
        ("a.py", b"print(1)", ("predictions",), SubmissionKind.SCRIPT),
    ],
)
def test_a_file_is_what_it_holds(name: str, data: bytes, taken: tuple[str, ...], kind: SubmissionKind) -> None:
    assert kind_of(name, data, taken) == kind
