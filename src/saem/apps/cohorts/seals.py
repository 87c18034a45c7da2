"""What a report of an uploaded sheet showed, as text that its page carries to the button: applied is what was shown."""

from collections.abc import Sequence
from typing import Any

from django.core import signing

# How long a report may lie on the screen before it is applied, in seconds.
APPLY_WITHIN = 3600


def sealed(cells: Sequence[Sequence[Any]], *, salt: str, place: int) -> str:
    """Cells that would change, of the cohort or class `place`, signed: only we can have written it."""
    return signing.dumps({"place": place, "cells": list(cells)}, salt=salt, compress=True)


def unsealed(text: str, *, salt: str, place: int) -> list[list[Any]]:
    """The cells again. Raises BadSignature for a text that is not ours, ran out, or is of another place."""
    found = signing.loads(text, salt=salt, max_age=APPLY_WITHIN)
    if found["place"] != place:
        raise signing.BadSignature("of another place")
    cells: list[list[Any]] = found["cells"]
    return cells
