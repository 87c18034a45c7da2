"""Turns the raw `grading:` mapping into a `Spec`, collecting every problem with the path where it stands."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from saem.lib.grading.problems import SpecProblem, near
from saem.lib.grading.reviews import EXERCISE_KINDS, review_checks, review_spec
from saem.lib.grading.spec import (
    NAMED,
    OWN,
    Baseline,
    Case,
    Check,
    Functions,
    Model,
    ModelCode,
    Notebook,
    OwnMetric,
    PredictionCheck,
    Predictions,
    Question,
    QuestionLimits,
    Script,
    Spec,
    Text,
)

# What pydantic says of a value of the wrong kind, by the beginning of its word.
KINDS_OF_VALUE = {
    "string": "grading.not_text",
    "float": "grading.not_number",
    "int": "grading.not_number",
    "finite": "grading.not_number",
    "bool": "grading.not_true_false",
    "list": "grading.not_list",
    "model": "grading.not_mapping",
    "dict": "grading.not_mapping",
    "too_short": "grading.empty_list",
}
CHECKS = TypeAdapter(list[Check])
OWNERS: dict[str, type[Model]] = {
    "predictions": Predictions,
    "model": ModelCode,
    "script": Script,
    "functions": Functions,
    "cases": Case,
    "metric": OwnMetric,
    "baselines": Baseline,
    "notebook": Notebook,
    "questions": Question,
    "limits": QuestionLimits,
    "checks": Check,
    "title": Text,
    "hint": Text,
}


def parse_spec(raw: Mapping[str, Any], *, path: str = "grading") -> tuple[Spec | None, list[SpecProblem]]:
    """The spec, or None beside all problems found. Nothing runs and no file is read."""
    plain = _plain(raw)
    problems = list(review_spec(plain, path)) if isinstance(plain, dict) else []
    try:
        spec = Spec.model_validate(plain)
    except ValidationError as error:
        return None, _in_order([*_type_problems(error, path), *problems])
    sound = all(problem.severity == "warning" for problem in problems)
    return (spec if sound else None), _in_order(problems)


def parse_checks(
    raw: Sequence[Mapping[str, Any]], *, path: str = "checks"
) -> tuple[tuple[Check, ...], list[SpecProblem]]:
    """The checks of a lesson's exercise: the same grammar, without hidden files and author's functions."""
    plain = _plain(raw)
    problems = list(review_checks(plain, path, kinds=EXERCISE_KINDS))
    if not plain:
        problems.append(SpecProblem(path, "grading.no_checks"))
    try:
        checks = CHECKS.validate_python(plain)
    except ValidationError as error:
        return (), _in_order([*_type_problems(error, path), *problems])
    return (() if problems else tuple(checks)), _in_order(problems)


def _plain(raw: Any) -> Any:
    """Dicts, lists and JSON scalars out of whatever loaded the YAML; a date becomes its text."""
    if isinstance(raw, Mapping):
        return {str(key): _plain(value) for key, value in raw.items()}
    if isinstance(raw, (list, tuple)):
        return [_plain(item) for item in raw]
    return raw.isoformat() if isinstance(raw, date) else raw


def _in_order(problems: list[SpecProblem]) -> list[SpecProblem]:
    """By path, one of each path and code."""
    unique = {(problem.path, problem.code): problem for problem in reversed(problems)}
    return sorted(unique.values(), key=lambda problem: [_place(part) for part in problem.path.split(".")])


def _place(part: str) -> tuple[int, str]:
    return (int(part), "") if part.isdigit() else (-1, part)


def _type_problems(error: ValidationError, path: str) -> Iterator[SpecProblem]:
    for detail in error.errors(include_url=False):
        where = ".".join([path, *(str(part) for part in detail["loc"] if part not in (NAMED, OWN))])
        yield _type_problem(detail, where)


def _type_problem(detail: ErrorDetails, where: str) -> SpecProblem:  # noqa: PLR0911  # one return for each kind
    kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return SpecProblem(where, "grading.missing_key", {"key": key})
    if kind == "extra_forbidden":
        return SpecProblem(where, "grading.unknown_key", {"key": key, **near(key, _siblings(detail["loc"]))})
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        limit = next(iter((detail.get("ctx") or {}).values()), "")
        return SpecProblem(
            where, "grading.out_of_range", {"key": key, "value": str(detail["input"])[:60], "limit": limit}
        )
    if kind == "string_pattern_mismatch":
        return SpecProblem(where, "grading.bad_name", {"key": key, "value": str(detail["input"])[:60]})
    if kind == "literal_error":
        expected = (detail.get("ctx") or {}).get("expected", "")
        return SpecProblem(
            where, "grading.not_one_of", {"key": key, "value": str(detail["input"])[:60], "expected": expected}
        )
    for prefix, code in KINDS_OF_VALUE.items():
        if kind.startswith(prefix):
            return SpecProblem(where, code, {"key": key})
    return SpecProblem(where, "grading.bad_value", {"key": key, "value": str(detail["input"])[:60]})


def _siblings(loc: tuple[int | str, ...]) -> list[str]:
    """Keys that would have been understood where an unknown one stands."""
    names = [part for part in loc[:-1] if isinstance(part, str)]
    owner = names[-1] if names else ("checks" if len(loc) > 1 else "")
    scored = names[:1] in (["predictions"], ["model"])
    model = PredictionCheck if scored and owner == "checks" else OWNERS.get(owner, Spec)
    return list(model.model_fields)
