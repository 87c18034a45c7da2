"""What must agree within a spec: names that are known, keys that belong together, kinds that fit their place."""

from collections.abc import Iterator
from typing import Any

from saem.lib.grading.checkers.metrics import METRICS, ConfusionMetric, Needs
from saem.lib.grading.problems import SpecProblem, near
from saem.lib.grading.spec import Spec

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
FUNCTION_KINDS = ("value", "call", "predict", "python")
QUESTIONED = {"notebook": CHECK_KINDS, "functions": FUNCTION_KINDS}
SCORED = ("predictions", "model")
PYTHON_PARTS = ("script", "functions", "model")


def review_spec(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    """Everything that types alone do not tell."""
    if all(raw.get(part) is None for part in Spec.model_fields):
        yield SpecProblem(path, "grading.nothing_to_grade")
    yield from _review_parts(raw, path)
    for part in SCORED:
        if isinstance(raw.get(part), dict):
            yield from _review_predictions(raw[part], f"{path}.{part}")
    for part, kinds in QUESTIONED.items():
        questions = raw[part].get("questions") if isinstance(raw.get(part), dict) else None
        if isinstance(questions, list):
            yield from _review_questions(questions, f"{path}.{part}.questions", kinds)
    if isinstance(raw.get("script"), dict):
        yield from _review_script(raw["script"], f"{path}.script")


def _review_parts(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    """A .py file must mean one thing, and one board one score."""
    python = [part for part in PYTHON_PARTS if raw.get(part) is not None]
    if len(python) > 1:
        yield SpecProblem(f"{path}.{python[1]}", "grading.one_python_part", {"found": python})
    scored = [raw[part] for part in SCORED if isinstance(raw.get(part), dict)]
    if len(scored) > 1:
        for key in ("id", "target", "type", "metric"):
            if scored[0].get(key) != scored[1].get(key):
                yield SpecProblem(f"{path}.model.{key}", "grading.two_tables", {"key": key})


def _review_script(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    cases = _dicts(raw.get("cases"))
    yield from _repeated(raw.get("cases"), f"{path}.cases")
    for place, case in enumerate(cases):
        if case.get("expect") is not None and case.get("against") is not None:
            params = {"found": ["expect", "against"], "expected": ["expect", "against"]}
            yield SpecProblem(f"{path}.cases.{place}", "grading.check_kind", params)
    if cases and all(case.get("shown") is True for case in cases):
        yield SpecProblem(f"{path}.cases", "grading.every_case_shown", severity="warning")
    if raw.get("output") is None and raw.get("compare") == "csv":
        yield SpecProblem(f"{path}.compare", "grading.missing_key", {"key": "output"})


def _review_predictions(raw: dict[str, Any], path: str) -> Iterator[SpecProblem]:
    yield from _review_metric(raw, path, "metric", raw.get("metric"))
    own = raw["metric"].get("python") if isinstance(raw.get("metric"), dict) else None
    if own in METRICS:
        yield SpecProblem(f"{path}.metric.python", "grading.metric_name_taken", {"metric": own})
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
        yield SpecProblem(f"{path}.{key}", "grading.unknown_metric", {"metric": name, **near(name, list(METRICS))})
        return
    wants = "label" if metric.needs == Needs.LABEL else "number"
    if raw.get("type") in ("label", "number") and raw["type"] != wants:
        params = {"metric": name, "expected": wants, "found": raw["type"]}
        yield SpecProblem(f"{path}.{key}", "grading.metric_type", params)
    labels = raw.get("labels")
    two = not isinstance(metric, ConfusionMetric) or metric.binary
    if wants == "label" and two and isinstance(labels, list) and len(labels) > 2:  # noqa: PLR2004  # two classes
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
            params = {"baseline": beats, **near(beats, [str(name) for name in known])}
            yield SpecProblem(f"{where}.beats", "grading.unknown_baseline", params)
        if check.get("bounds") and raw.get("min") is None and raw.get("max") is None:
            yield SpecProblem(f"{where}.bounds", "grading.bounds_without_limits")


def _review_questions(questions: list[Any], path: str, kinds: tuple[str, ...]) -> Iterator[SpecProblem]:
    yield from _repeated(questions, path)
    seen: set[str] = set()
    for place, question in enumerate(questions):
        if not isinstance(question, dict):
            continue
        checks = question.get("checks")
        if not _rows(checks):
            yield SpecProblem(f"{path}.{place}", "grading.no_checks", {"question": question.get("id", "")})
        yield from review_checks(checks, f"{path}.{place}.checks", kinds=kinds, seen=seen)


def review_checks(
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
        yield SpecProblem(f"{path}.metric", "grading.unknown_metric", {"metric": name, **near(name, list(METRICS))})


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
