"""Reads a Python file that anybody may have sent: only as text, and only to say kindly when it is something else."""

from saem.lib.grading.checkers.table import SIGNATURES
from saem.lib.grading.verdict import Reason

MOST_BYTES = 512 * 1024


def read_python(data: bytes) -> str | Reason:
    """The code, in UTF-8 or in the encoding of older Korean editors, or why there is none."""
    if len(data) > MOST_BYTES:
        return Reason("too_large", {"limit_mb": MOST_BYTES / 2**20, "found_mb": round(len(data) / 2**20, 1)})
    found = next((kind for signature, kind in SIGNATURES if data.startswith(signature)), None)
    if found is not None or b"\0" in data:
        return Reason("not_python", {"found": found or "binary"})
    text = _decoded(data)
    if text is None:
        return Reason("bad_encoding", {"row": _bad_row(data)})
    if not text.strip():
        return Reason("empty")
    if text.lstrip().startswith("{") and '"cells"' in text:
        return Reason("not_python", {"found": "notebook"})
    # Line ends of other systems count as one line each, in Python and in what is told of it.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str | None:
    for codec in ("utf-8-sig", "cp949"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _bad_row(data: bytes) -> int:
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return data.count(b"\n", 0, error.start) + 1
    return 1
