"""What is wrong in what an author wrote about grading."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class SpecProblem:
    """Something wrong (or, as a warning, doubtful) in what an author wrote; `path` names keys and places by dots."""

    path: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"


def near(word: str, known: Sequence[str]) -> dict[str, str]:
    """The names that would have been understood and, where one is close, the one that was probably meant."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return {"known": ", ".join(known), **({"suggestion": close[0]} if close else {})}
