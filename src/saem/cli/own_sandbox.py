"""A sandbox of the command's own, set up as the site's: its weakest rung and its font for figures."""

import os
from pathlib import Path
from typing import Any

import saem.web
from saem.lib.sandbox import LocalSandbox

FONTS = Path(saem.web.__file__).resolve().parent / "static" / "dist" / "fonts-plot"


def sandbox_options() -> dict[str, Any]:
    """Arguments for `LocalSandbox` and for the sandbox server; read without Django, which `saem run` does not need."""
    return {"minimum": os.environ.get("SAEM_SANDBOX_MINIMUM_RUNG", "B"), "fonts": FONTS}


def own_sandbox(**options: Any) -> LocalSandbox:
    """A sandbox in this process's children; use it as a context manager."""
    return LocalSandbox(**sandbox_options(), **options)
