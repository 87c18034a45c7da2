"""Reads a model as it is handed in: one .py file, or a zip of `model.py` and fitted numbers."""

from collections.abc import Mapping

from saem.lib.grading.checkers.archives import PACKED
from saem.lib.grading.checking import ask
from saem.lib.grading.packed import unpack
from saem.lib.grading.predictions import reasons_of
from saem.lib.grading.python_files import read_python
from saem.lib.grading.spec import ModelCode
from saem.lib.grading.verdict import Reason
from saem.lib.sandbox import Sandbox

NAME = "model.py"
ZIP = b"PK\x03\x04"
ARCHIVE = "work.zip"


def read_model(spec: ModelCode, data: bytes, *, sandbox: Sandbox) -> Mapping[str, bytes] | Reason:
    """`model.py` in UTF-8 with what lies beside it, or why there is none."""
    files: Mapping[str, bytes] | Reason = {NAME: data}
    if data.startswith(ZIP):
        files = _unzipped(spec, data, sandbox) if spec.weights else Reason("weights_not_asked")
    if isinstance(files, Reason):
        return files
    code = read_python(files[NAME])
    return code if isinstance(code, Reason) else {**files, NAME: code.encode()}


def _unzipped(spec: ModelCode, data: bytes, sandbox: Sandbox) -> Mapping[str, bytes] | Reason:
    if len(data) > spec.max_mb * 2**20:
        return Reason("too_large", {"limit_mb": spec.max_mb, "found_mb": round(len(data) / 2**20, 1)})
    task = {"kind": "archive", "archive": ARCHIVE, "main": NAME, "max_bytes": spec.max_mb * 2**20}
    answer = ask(task, {ARCHIVE: data}, sandbox=sandbox, collect=(PACKED,))
    if answer.body is None:
        return Reason("zip_broken")
    if answer.body["reasons"]:
        return reasons_of(answer.body["reasons"])[0]
    files = unpack(answer.files.get(PACKED, b""))
    return files if files is not None and NAME in files else Reason("zip_broken")
