"""Scores a predictions file against the hidden table. Runs in the checker's cell only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .arrays import Array, Codes
from .author import AuthorsCode
from .columns import label_text, labels, match_ids, numbers
from .metrics import Metric, Needs
from .own_metric import BrokenMetric, metrics_of, needs_of
from .reasons import MOST_REASONS, Reason, few, reason, short
from .scoring import Pair, interval, value
from .table import Table, read_table

PUBLIC, PRIVATE = "public", "private"
# A file with many times the rows asked for is not parsed at all.
FAR_TOO_MANY = 20


@dataclass(frozen=True)
class Solution:
    """The hidden table: keys, true values (or codes of labels), which rows are public, and what it is scored with."""

    ids: list[str]
    truth: Array | Codes
    allowed: list[str]
    positive: int
    public: np.ndarray
    group: Codes | None
    metrics: Mapping[str, Metric]
    resampled: Mapping[str, Metric]


class BrokenSolution(Exception):  # noqa: N818  # said of the author's file, caught right here
    """The author's hidden table cannot be read; `reasons` tell why."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__(str(reasons))
        self.reasons = reasons


def check_predictions(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The answer to one task: reasons, or metrics, intervals and rows out of bounds."""
    spec = task["predictions"]
    try:
        solution = hidden_table(task, folder)
        return {
            name: _score_file((folder / name).read_bytes(), solution, spec, with_interval=task["intervals"])
            for name in task["files"]
        }
    except BrokenSolution as error:
        return {"broken": error.reasons}
    except BrokenMetric as error:
        return {"broken_metric": [error.reason]}


def hidden_table(task: Mapping[str, Any], folder: Path) -> Solution:
    """The table that the task names. Raises BrokenSolution."""
    data = (folder / task["solution"]).read_bytes()
    return read_solution(data, task["predictions"], AuthorsCode(folder, task.get("checks_code", "")))


def read_solution(data: bytes, spec: Mapping[str, Any], code: AuthorsCode) -> Solution:
    wanted = [spec["id"], spec["target"]]
    table, reasons = read_table(data, wanted)
    if table is None:
        raise BrokenSolution(reasons)
    ids = [key.strip() for key in table.column(spec["id"])]
    reasons = match_ids(ids, table.lines, list(dict.fromkeys(ids)), spec["id"])[1]
    truth, allowed, positive, more = _truth(table, spec)
    public, split_reasons = _split(table)
    reasons = reasons + more + split_reasons
    if not ids:
        reasons.append(reason("empty"))
    if reasons:
        raise BrokenSolution(reasons)
    group = None
    if "group" in table.header:
        group = np.unique(np.array(table.column("group")), return_inverse=True)[1]
    metrics, resampled = metrics_of(spec, allowed, code)
    return Solution(ids, truth, allowed, positive, public, group, metrics, resampled)


def _truth(table: Table, spec: Mapping[str, Any]) -> tuple[Array | Codes, list[str], int, list[Reason]]:
    cells = table.column(spec["target"])
    if spec["type"] == "number" and needs_of(spec) == Needs.NUMBER:
        values, reasons = numbers(cells, table.lines, spec["target"])
        return values, [], 0, reasons
    given = [label_text(label) for label in spec.get("labels") or []]
    allowed = given or _sorted_labels({label_text(cell) for cell in cells})
    codes, reasons = labels(cells, table.lines, spec["target"], allowed)
    positive = spec.get("positive")
    wanted = label_text(positive) if positive is not None else "1"
    place = allowed.index(wanted) if wanted in allowed else len(allowed) - 1
    return codes, allowed, place, reasons


def _sorted_labels(found: set[str]) -> list[str]:
    try:
        return sorted(found, key=float)
    except ValueError:
        return sorted(found)


def _split(table: Table) -> tuple[np.ndarray, list[Reason]]:
    if "split" not in table.header:
        return np.ones(len(table.rows), dtype=bool), []
    parts = [cell.strip() for cell in table.column("split")]
    wrong = [
        {"row": line, "column": "split", "value": short(part)}
        for part, line in zip(parts, table.lines, strict=True)
        if part not in (PUBLIC, PRIVATE)
    ]
    return np.array([part == PUBLIC for part in parts], dtype=bool), few("unknown_split", wrong)


def _score_file(data: bytes, solution: Solution, spec: Mapping[str, Any], *, with_interval: bool) -> dict[str, Any]:
    expected = len(solution.ids)
    lines = data.count(b"\n")
    if lines > FAR_TOO_MANY * (expected + 100):
        return {"reasons": [reason("row_count", expected=expected, found=lines)]}
    table, reasons = read_table(data, [spec["id"], spec["target"]])
    if table is None:
        return {"reasons": reasons[:MOST_REASONS]}
    if not table.rows:
        return {"reasons": [reason("empty", rows=0)]}
    if len(table.rows) != expected:
        reasons = [reason("row_count", expected=expected, found=len(table.rows))]
    ids = [key.strip() for key in table.column(spec["id"])]
    places, id_reasons = match_ids(ids, table.lines, solution.ids, spec["id"])
    predicted, value_reasons = _predicted(table, solution, spec)
    reasons = reasons + id_reasons + value_reasons
    if reasons:
        return {"reasons": reasons[:MOST_REASONS]}
    order = np.argsort(places)
    scored = scores(predicted[order], solution, with_interval=with_interval)
    return {**scored, "notes": table.notes, "out_of_bounds": _out_of_bounds(table, predicted, spec)}


def _predicted(table: Table, solution: Solution, spec: Mapping[str, Any]) -> tuple[Array | Codes, list[Reason]]:
    cells = table.column(spec["target"])
    if spec["type"] == "label":
        return labels(cells, table.lines, spec["target"], solution.allowed)
    values, reasons = numbers(cells, table.lines, spec["target"])
    if not reasons and needs_of(spec) == Needs.PROBABILITY:
        outside = np.flatnonzero((values < 0) | (values > 1))
        reasons = few("not_a_probability", _cells(table, spec["target"], outside))
    return values, reasons


def _cells(table: Table, column: str, rows: Sequence[int] | np.ndarray) -> list[dict[str, object]]:
    cells = table.column(column)
    return [{"row": table.lines[row], "column": column, "value": short(cells[row])} for row in rows]


def scores(predicted: Array | Codes, solution: Solution, *, with_interval: bool) -> dict[str, Any]:
    """Metrics of both parts, and bands of the public one, for predictions in the order of the hidden table."""
    whole = Pair(
        truth=solution.truth,
        predicted=predicted,
        labels=len(solution.allowed),
        positive=solution.positive,
        group=solution.group,
    )
    public, private = whole.part(solution.public), whole.part(~solution.public)
    metrics: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    for name, metric in solution.metrics.items():
        _keep(metrics, name, value(metric, public))
        if len(private.truth):
            _keep(metrics, f"private:{name}", value(metric, private))
        band = interval(solution.resampled[name], public) if with_interval else None
        if band:
            intervals[name] = band
    return {"metrics": metrics, "intervals": intervals}


def _keep(metrics: dict[str, float], name: str, number: float) -> None:
    # A metric without meaning on these rows is left out: "not available" must never be ranked.
    if np.isfinite(number):
        metrics[name] = number


def _out_of_bounds(table: Table, predicted: Array | Codes, spec: Mapping[str, Any]) -> list[Reason]:
    low, high = spec.get("min"), spec.get("max")
    if spec["type"] != "number" or (low is None and high is None):
        return []
    low = -np.inf if low is None else low
    high = np.inf if high is None else high
    below = _cells(table, spec["target"], np.flatnonzero(predicted < low))
    above = _cells(table, spec["target"], np.flatnonzero(predicted > high))
    return [
        *few("below_min", [{**params, "min": low} for params in below]),
        *few("above_max", [{**params, "max": high} for params in above]),
    ]
