"""Checks the values of a notebook or an exercise. Runs in the checker's cell; no line of the student's code does."""

import builtins
import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from .author import AuthorsChecks
from .columns import label_texts
from .comparison import same
from .metrics import METRICS, Metric, Needs
from .reasons import Reason, clean, reason
from .scoring import Pair, value
from .table import read_table
from .values import Frame, Opaque, Series, UnreadableError, kind_of, read_values

# The name of an exception is the student's to choose; only names that Python itself gives are repeated.
PYTHON_ERRORS = frozenset(
    name for name, thing in vars(builtins).items() if isinstance(thing, type) and issubclass(thing, BaseException)
)

LONGEST_MS = 1e7
# What cannot be the prediction of one row.
NESTED = (list, dict, frozenset, np.ndarray, Series, Frame)

Result = dict[str, Any]


def passed() -> Result:
    return {"status": "passed", "fraction": 1.0, "reasons": []}


def failed(code: str, *, status: str = "failed", **params: object) -> Result:
    return {"status": status, "fraction": 0.0, "reasons": [reason(code, **params)]}


def check_answers(task: Mapping[str, Any], files: Mapping[str, bytes], folder: Path) -> dict[str, Any]:
    """`{check id: result}` and, where the author's own code failed, `broken`; that code runs in `folder`."""
    bench = Bench(files, task)
    results: dict[str, Any] = {}
    broken: list[Reason] = []
    authored = AuthorsChecks(folder, task)
    # The author's functions come last: whatever happens to them, the others have been looked at.
    for check in sorted(task["checks"], key=lambda check: check["python"] is not None):
        if check["python"] is None:
            results[check["key"]] = bench.result(check)
            continue
        values = bench.named_values(check, check["answers"])
        if isinstance(values, str):
            results[check["key"]] = failed("missing_name", name=values)
            continue
        outcome = authored.result(check, values, partial(bench.reference_values, check))
        broken += outcome.pop("broken", [])
        results[check["key"]] = outcome
    return {"results": results, "broken": broken}


class Bench:
    """The student's files beside the reference files, each read once."""

    def __init__(self, files: Mapping[str, bytes], task: Mapping[str, Any]) -> None:
        self.files = files
        self.figures: Mapping[str, int] = task["figures"]
        self.lines: int = task["lines"]
        self.values: dict[str, dict[str, Any] | None] = {}

    def read(self, name: str) -> dict[str, Any] | None:
        """The values of a file; None where there is no such file or it is not one of ours."""
        if name not in self.values:
            try:
                self.values[name] = read_values(self.files[name]) if name in self.files else None
            except UnreadableError:
                self.values[name] = None
        return self.values[name]

    def result(self, check: Mapping[str, Any]) -> Result:
        try:
            if check["figure"]:
                return passed() if self.figures.get(check["question"]) else failed("no_figure")
            if check["value"]:
                return self.given_value(check)
            return self.predict(check) if check["predict"] else self.call(check)
        except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError):
            # The expectation is well formed, so it was the student's value that no comparison could read.
            return failed("unreadable_value", name=check["value"] or check["call"] or check["predict"])

    def given_value(self, check: Mapping[str, Any]) -> Result:
        name = check["value"]
        found = self.read(check["answers"])
        if found is None or name not in found:
            return failed("missing_name", name=name)
        if isinstance(found[name], Opaque):
            return failed("unreadable_value", name=name, found=kind_of(found[name]))
        expected = self.reference(check)[name] if check["reference"] else check["expect"]
        if same(expected, found[name], check["tolerance"]):
            return passed()
        return failed("wrong_value", name=name, found=kind_of(found[name]))

    def reference(self, check: Mapping[str, Any]) -> dict[str, Any]:
        values = self.read(check["reference"])
        if values is None:
            raise FileNotFoundError(check["reference"])
        return values

    def call(self, check: Mapping[str, Any]) -> Result:
        answers = self.read(check["answers"])
        if not answers:
            return failed("missing_name", name=check["call"])
        if check["reference"]:
            expected = [self.reference(check)[str(place)] for place in range(check["cases"])]
        else:
            expected = check["expect"]
        for place, wanted in enumerate(expected):
            found = answers.get(str(place))
            if isinstance(found, Opaque):
                return opaque_result(found, check["call"], self.lines)
            if not same(wanted, found, check["tolerance"]):
                return failed("wrong_result", name=check["call"], found=kind_of(found))
        return passed()

    def predict(self, check: Mapping[str, Any]) -> Result:
        answers = self.read(check["answers"])
        if not answers:
            return failed("missing_name", name=check["predict"])
        found = answers.get("0")
        if isinstance(found, Opaque):
            return opaque_result(found, check["predict"], self.lines)
        table, _ = read_table(self.files[check["against"]], [check["column"]])
        if table is None:
            raise FileNotFoundError(check["against"])
        metric = METRICS[check["metric"]]
        pair = _pair(table.column(check["column"]), found, metric)
        if isinstance(pair, dict):
            return pair
        score = value(metric, pair)
        enough = (check["at_least"] is None or score >= check["at_least"]) and (
            check["at_most"] is None or score <= check["at_most"]
        )
        return passed() if enough else failed("below_threshold", metric=check["metric"])

    def named_values(self, check: Mapping[str, Any], file: str) -> dict[str, Any] | str:
        """What an author's function is given, or the first name that is not there."""
        found = self.read(file) or {}
        for name in check["values"]:
            if name not in found or isinstance(found[name], Opaque):
                return str(name)
        return {name: found[name] for name in check["values"]}

    def reference_values(self, check: Mapping[str, Any]) -> dict[str, Any] | None:
        """What an author's function would be given of the solution; None where there is none."""
        values = self.named_values(check, check["reference"]) if check["reference"] else None
        return values if isinstance(values, dict) else None


def opaque_result(found: Opaque, name: str, lines: int) -> Result:
    """Why a function gave no value. A type and a line are all that may come out: more could carry hidden inputs."""
    if found.kind == "not_a_function":
        return failed("not_a_function", name=name)
    if found.kind != "raised":
        return failed("unreadable_value", name=name, found=kind_of(found))
    if found.type == "TimeoutError":
        return failed("case_timeout", status="error", name=name)
    if found.type == "RecursionError":
        return failed("case_recursion", status="error", name=name)
    kind = found.type if found.type in PYTHON_ERRORS else "Exception"
    if 0 < found.line <= lines:
        return failed("case_raised_at", status="error", name=name, type=kind, line=found.line)
    return failed("case_raised", status="error", name=name, type=kind)


def _pair(truth: Sequence[str], found: Any, metric: Metric) -> Pair | Result:
    """The hidden column beside the student's predictions, or why they cannot stand beside each other."""
    predicted = flat_predictions(found, metric.needs)
    if predicted is None:
        return failed("not_predictions", found=kind_of(found))
    if len(predicted) != len(truth):
        return failed("wrong_length", expected=len(truth))
    if metric.needs == Needs.LABEL:
        spelled = label_texts(truth)
        known = sorted(set(spelled))
        codes = {label: place for place, label in enumerate(known)}
        guesses = [codes.get(text, len(known)) for text in label_texts([_bare(item) for item in predicted])]
        positive = codes.get("1", len(known) - 1)
        answers = np.array([codes[text] for text in spelled])
        return Pair(truth=answers, predicted=np.array(guesses), labels=len(known) + 1, positive=positive)
    numbers = np.asarray(predicted, dtype=np.float64)
    if not np.isfinite(numbers).all():
        return failed("not_finite_predictions")
    if metric.needs == Needs.NUMBER:
        return Pair(truth=np.array([float(cell) for cell in truth]), predicted=numbers)
    spelled = label_texts(truth)
    known = sorted(set(spelled))
    answers = np.array([known.index(text) for text in spelled])
    return Pair(truth=answers, predicted=numbers, positive=len(known) - 1)


def flat_predictions(found: Any, needs: Needs) -> Sequence[Any] | np.ndarray | None:
    """A flat sequence out of what `predict` returns: a list, an array, a column, or two probabilities a row."""
    if isinstance(found, Frame):
        found = next(iter(found.columns.values())) if len(found.columns) == 1 else None
    if isinstance(found, Series):
        found = found.values
    if isinstance(found, np.ndarray):
        if found.ndim == 2 and found.shape[1] == 1:  # noqa: PLR2004  # one or two columns
            return found[:, 0]
        if found.ndim == 2 and found.shape[1] == 2 and needs in (Needs.SCORE, Needs.PROBABILITY):  # noqa: PLR2004  # one or two columns
            return found[:, 1]
        return found if found.ndim == 1 else None
    is_flat = isinstance(found, list) and not any(isinstance(item, NESTED) for item in found)
    return found if is_flat else None


def _bare(item: Any) -> Any:
    return item.item() if isinstance(item, np.generic) else item


def read_report(data: bytes, cells: int) -> list[dict[str, Any]]:
    """The harness's lines about the cells, as far as they are believable."""
    lines = []
    for raw in data[: 512 * 1024].split(b"\n")[: cells + 1]:
        try:
            line = json.loads(raw)
            fault = line["fault"]
            lines.append(
                {
                    "cell": int(line["cell"]),
                    "wall_ms": _milliseconds(float(line["wall_ms"])),
                    "fault": None if fault is None else _fault(fault),
                }
            )
        except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
            continue
    return lines


def _milliseconds(claimed: float) -> float:
    return claimed if 0 <= claimed <= LONGEST_MS else 0.0


def _fault(fault: Mapping[str, Any]) -> dict[str, Any]:
    frames = [
        [clean(str(name), 60), min(max(int(line), 0), 10**6), clean(str(function), 80), clean(str(text), 300)]
        for name, line, function, text in fault["frames"][-12:]
    ]
    return {"type": clean(str(fault["type"]), 80), "message": clean(str(fault["message"]), 1500), "frames": frames}
