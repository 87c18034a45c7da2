"""Turns what pydantic finds in a book of rules into our problems, with their lines."""

from typing import Any

from pydantic_core import ErrorDetails

from saem.lib.completion.credits import CreditStep, CreditTable
from saem.lib.completion.documents import Document, Path
from saem.lib.completion.presence import AttendancePolicy
from saem.lib.completion.problems import Code, Problem, near
from saem.lib.completion.rounding import Rounding
from saem.lib.completion.rules import KINDS, Rule, Weights
from saem.lib.completion.schema import Strict

FORMAT = 1
SHOWN = 60
# Every key that some part of a file may have: enough to recognise a misspelt one.
_MODELS: tuple[type[Strict], ...] = (
    Rule,
    CreditTable,
    CreditStep,
    AttendancePolicy,
    Rounding,
    Weights,
    *KINDS.values(),
)
_BOOK = ("format", "id", "decided_by", "rules", "credits")
KEYS = sorted({*_BOOK} | {part.alias or name for model in _MODELS for name, part in model.model_fields.items()})
_CODES = {
    "missing": Code.MISSING_KEY,
    "extra_forbidden": Code.UNKNOWN_KEY,
    "union_tag_invalid": Code.UNKNOWN_KIND,
    "union_tag_not_found": Code.MISSING_KEY,
    "literal_error": Code.NOT_CHOICE,
    "enum": Code.NOT_CHOICE,
    "int_type": Code.NOT_NUMBER,
    "not_number": Code.NOT_NUMBER,
    "not_day": Code.NOT_DAY,
    "out_of_range": Code.OUT_OF_RANGE,
    "greater_than_equal": Code.OUT_OF_RANGE,
    "less_than_equal": Code.OUT_OF_RANGE,
    "too_short": Code.EMPTY_VALUE,
    "string_too_short": Code.EMPTY_VALUE,
    "string_pattern_mismatch": Code.BAD_ID,
    "weights_sum": Code.WEIGHTS_SUM,
    "weights_twice": Code.WEIGHTS_TWICE,
    "project_wants_nothing": Code.PROJECT_WANTS_NOTHING,
    "at_least_too_many": Code.AT_LEAST_TOO_MANY,
    "steps_order": Code.STEPS_ORDER,
}


# What a condition says as a whole is about one of its keys.
_ABOUT = {"at_least_too_many": ("at_least",), "weights_sum": ("parts",), "weights_twice": ("weights",)}


def follows_from_items(error: ErrorDetails) -> bool:
    """A list whose items are wrong is also called too short; the items say it better."""
    return error["type"] == "too_short" and bool(error["input"])


def problem_of(document: Document, error: ErrorDetails) -> Problem:
    loc, kind = error["loc"], error["type"]
    path = document.known_path((*loc, *_ABOUT.get(kind, ())))
    code = _CODES.get(kind, Code.BAD_VALUE)
    params: dict[str, object] = {"key": next((part for part in reversed(loc) if isinstance(part, str)), "-")}
    if loc == ("format",) and code is not Code.MISSING_KEY:
        code, params = Code.RULES_FORMAT, {"known": FORMAT}
    elif kind == "union_tag_not_found":
        params["key"] = "kind"
    elif code is Code.UNKNOWN_KEY:
        params |= near(str(loc[-1]), KEYS)
    elif code is Code.UNKNOWN_KIND:
        params |= {"kind": str(error["ctx"]["tag"]), **near(str(error["ctx"]["tag"]), KINDS)}
    elif code is Code.NOT_CHOICE:
        params |= {"value": _shown(error["input"]), "choices": error["ctx"]["expected"]}
    elif code is Code.WEIGHTS_SUM:
        params |= {"total": error["ctx"]["total"]}
    elif code in (Code.NOT_NUMBER, Code.NOT_DAY, Code.OUT_OF_RANGE, Code.BAD_ID, Code.BAD_VALUE):
        params |= {"value": _shown(error["input"])}
    return told(document, path, code, **params)


def told(document: Document, path: Path, code: Code, **params: object) -> Problem:
    return Problem(file=document.file, line=document.line(*path), code=code, params=params)


def _shown(found: Any) -> str:
    text = str(found)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
