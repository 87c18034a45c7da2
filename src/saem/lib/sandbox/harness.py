"""The graders' harness, which a student's zygote has at hand; where it has not, a grader sends the same text."""

import zlib
from pathlib import Path

_FOLDER = Path(__file__).parent.parent / "grading" / "student"
_PARTS = ("export.py", "harness.py", "practice.py")

TEXT = "".join((_FOLDER / part).read_text(encoding="utf-8") for part in _PARTS)
# Its name in `sys.modules` tells one text from another: a daemon may have been started before an upgrade.
MODULE = f"saem_harness_{zlib.crc32(TEXT.encode()):08x}"
# The name that tracebacks show for it, by which its frames are told from the student's.
SHOWN_AS = "<saem>"
