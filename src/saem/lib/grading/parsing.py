"""Turns the raw `grading:` mapping into a `Spec`, collecting every problem with the path where it stands."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from saem.lib.grading.checkers.metrics import METRICS, ConfusionMetric, Needs
from saem.lib.grading.spec import (
    Baseline,
    Check,
    Model,
    Notebook,
    PredictionCheck,
    Predictions,
    Question,
    QuestionLimits,
    Spec,
    Text,
)

CHECK_KINDS = ("value", "call", "predict", "figure", "python")
PREDICTION_CHECK_KINDS = ("beats", "bounds", "at_least", "at_most")
# Keys that mean something only beside the kind named on the right.
BELONGS = {
    "cases": ("call",),
    "expect": ("value", "call"),
    "tolerance": ("value", "call"),
    "input": ("predict",),
    "against": ("predict",),
    "column": ("predict",),
    "metric": ("predict",),
    "at_least": ("predict",),
    "at_most": ("predict",),
    "values": ("python",),
}
PREDICT_NEEDS = ("input", "against", "column", "metric")
EXERCISE_KINDS = ("value", "call", "figure")
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
    "baselines": Baseline,
    "notebook": Notebook,
    "questions": Question,
    "limits": QuestionLimits,
    "checks": Check,
    "title": Text,
    "hint": Text,
}


@dataclass(frozen=True)
class SpecProblem:
    """Something wrong (or, as a warning, doubtful) in what an author wrote; `path` names keys and places by dots."""

    path: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"


def parse_spec(raw: Mapping[str, Any], *, path: str = "grading") -> tuple[Spec | None, list[SpecProblem]]:
    """The spec, or None beside all problems found. Nothing runs and no file is read."""
    plain = _plain(raw)
    problems = list(_review_spec(plain, path)) if isinstance(plain, dict) else []
    try:
        spec = Spec.model_validate(plain)
    except ValidationError as error:
        return None, _in_order([*_type_problems(error, path), *problems])
    return (None if problems else spec), _in_order(problems)


def parse_checks(
    raw: Sequence[Mapping[str, Any]], *, path: str = "checks"
) -> tuple[tuple[Check, ...], list[SpecProblem]]:
    """The checks of a lesson's exercise: the same grammar, without hidden files and author's functions."""
    plain = _plain(raw)
    problems = list(_review_checks(plain, path, kinds=EXERCISE_KINDS))
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
        where = ".".join([path, *map(str, detail["loc"])])
        yield _type_problem(detail, where)


def _type_problem(detail: ErrorDetails, where: str) -> SpecProblem:  # noqa: PLR0911  # one return for each kind
    kind, key = detail["type"], str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "missing":
        return SpecProblem(where, "grading.missing_key", {"key": key})
    if kind == "extra_forbidden":
        return SpecProblem(where, "grading.unknown_key", {"key": key, **_near(key, _siblings(detail["loc"]))})
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
    model = PredictionCheck if names[:1] == ["predictions"] and owner == "checks" else OWNERS.get(owner, Spec)
    return list(model.model_fields)


def _near(word: str, known: Sequence[str]) -> dict[str, str]:
    """The names that would have been understood and, where one is close, the one that was probably meant."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return {"known": ", ".join(known), **({"suggestion": close[0]} if close else {})}


def _review_spec(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    predictions, notebook = raw.get("predictions"), raw.get("notebook")
    if predictions is None and notebook is None:
        yield SpecProblem(path, "grading.nothing_to_grade")
    if isinstance(predictions, dict):
        yield from _review_predictions(predictions, f"{path}.predictions")
    questions = notebook.get("questions") if isinstance(notebook, dict) else None
    if isinstance(questions, list):
        yield from _review_questions(questions, f"{path}.notebook.questions")


def _review_predictions(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    yield from _review_metric(raw, path, "metric", raw.get("metric"))
    for place, name in enumerate(_rows(raw.get("also"))):
        yield from _review_metric(raw, path, f"also.{place}", name)
    if raw.get("id") is not None and raw.get("id") == raw.get("target"):
        yield SpecProblem(f"{path}.target", "grading.same_column", {"column": raw["target"]})
    low, high = raw.get("min"), raw.get("max")
    if isinstance(low, (int, float)) and isinstance(high, (int, float)) and low > high:
        yield SpecProblem(f"{path}.max", "grading.bounds_crossed", {"min": low, "max": high})
    yield from _repeated(raw.get("baselines"), f"{path}.baselines")
    yield from _review_prediction_checks(raw, f"{path}.checks")


def _review_metric(raw: dict[str, Any], path: str, key: str, name: Any) -> Iterator[SpecProblem]:
    if not isinstance(name, str):
        return
    metric = METRICS.get(name)
    if metric is None:
        yield SpecProblem(f"{path}.{key}", "grading.unknown_metric", {"metric": name, **_near(name, list(METRICS))})
        return
    wants = "label" if metric.needs == Needs.LABEL else "number"
    if raw.get("type") in ("label", "number") and raw["type"] != wants:
        params = {"metric": name, "expected": wants, "found": raw["type"]}
        yield SpecProblem(f"{path}.{key}", "grading.metric_type", params)
    labels = raw.get("labels")
    two = not isinstance(metric, ConfusionMetric) or metric.binary
    if wants == "label" and two and isinstance(labels, list) and len(labels) > 2:  # noqa: PLR2004
        yield SpecProblem(f"{path}.{key}", "grading.metric_two_labels", {"metric": name, "found": len(labels)})


def _review_prediction_checks(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    known = {row.get("id") for row in _dicts(raw.get("baselines"))}
    yield from _repeated(raw.get("checks"), path)
    for place, check in enumerate(_rows(raw.get("checks"))):
        if not isinstance(check, dict):
            continue
        where = f"{path}.{place}"
        kinds = [kind for kind in PREDICTION_CHECK_KINDS if check.get(kind) not in (None, False)]
        if len(kinds) != 1:
            yield SpecProblem(where, "grading.check_kind", {"found": kinds, "expected": list(PREDICTION_CHECK_KINDS)})
        if check.get("beats") is not None and check["beats"] not in known:
            beats = str(check["beats"])
            params = {"baseline": beats, **_near(beats, [str(name) for name in known])}
            yield SpecProblem(f"{where}.beats", "grading.unknown_baseline", params)
        if check.get("bounds") and raw.get("min") is None and raw.get("max") is None:
            yield SpecProblem(f"{where}.bounds", "grading.bounds_without_limits")


def _review_questions(questions: list[Any], path: str) -> Iterator[SpecProblem]:
    yield from _repeated(questions, path)
    seen: set[str] = set()
    for place, question in enumerate(questions):
        if not isinstance(question, dict):
            continue
        checks = question.get("checks")
        if not _rows(checks):
            yield SpecProblem(f"{path}.{place}", "grading.no_checks", {"question": question.get("id", "")})
        yield from _review_checks(checks, f"{path}.{place}.checks", kinds=CHECK_KINDS, seen=seen)


def _review_checks(
    checks: Any, path: str, *, kinds: tuple[str, ...], seen: set[str] | None = None
) -> Iterator[SpecProblem]:
    yield from _repeated(checks, path, seen)
    for place, check in enumerate(_rows(checks)):
        if isinstance(check, dict):
            yield from _review_check(check, f"{path}.{place}", kinds)


def _review_check(check: dict[str, Any], path: str, kinds: tuple[str, ...]) -> Iterator[SpecProblem]:
    found = [kind for kind in CHECK_KINDS if check.get(kind) not in (None, False)]
    if len(found) != 1:
        yield SpecProblem(path, "grading.check_kind", {"found": found, "expected": list(kinds)})
        return
    kind = found[0]
    if kind not in kinds:
        yield SpecProblem(f"{path}.{kind}", "grading.kind_not_here", {"kind": kind, "expected": list(kinds)})
    for key, owners in BELONGS.items():
        if check.get(key) is not None and kind not in owners:
            yield SpecProblem(f"{path}.{key}", "grading.key_without_kind", {"key": key, "kind": kind})
    if kind == "call":
        yield from _review_call(check, path)
    if kind == "predict":
        yield from _review_predict(check, path)


def _review_call(check: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    cases = check.get("cases")
    if not _rows(cases):
        yield SpecProblem(path, "grading.missing_key", {"key": "cases"})
        return
    expect = check.get("expect", "solution")
    if expect != "solution" and (not isinstance(expect, list) or len(expect) != len(_rows(cases))):
        yield SpecProblem(f"{path}.expect", "grading.expect_per_case", {"cases": len(_rows(cases))})


def _review_predict(check: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    for key in PREDICT_NEEDS:
        if check.get(key) is None:
            yield SpecProblem(path, "grading.missing_key", {"key": key})
    if check.get("at_least") is None and check.get("at_most") is None:
        yield SpecProblem(path, "grading.missing_key", {"key": "at_least"})
    name = check.get("metric")
    if isinstance(name, str) and name not in METRICS:
        yield SpecProblem(f"{path}.metric", "grading.unknown_metric", {"metric": name, **_near(name, list(METRICS))})


def _rows(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [row for row in _rows(value) if isinstance(row, dict)]


def _repeated(rows: Any, path: str, seen: set[str] | None = None) -> Iterator[SpecProblem]:
    seen = set() if seen is None else seen
    for place, row in enumerate(_rows(rows)):
        name = row.get("id") if isinstance(row, dict) else None
        if isinstance(name, str) and name in seen:
            yield SpecProblem(f"{path}.{place}.id", "grading.repeated_id", {"id": name})
        elif isinstance(name, str):
            seen.add(name)
