"""Scores what a model answered about unseen rows. Runs in the checker's cell; no line of the model's code does."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .answers import flat_predictions, opaque_result, read_report
from .arrays import Array, Codes
from .columns import label_text
from .metrics import Needs
from .own_metric import BrokenMetric, needs_of
from .predictions import BrokenSolution, Solution, hidden_table, scores
from .reasons import Reason, reason
from .values import Opaque, UnreadableError, kind_of, read_values

ANSWERS = "call-0"
MOST_LINES = 10**6


class NoPredictionsError(Exception):
    """What came back is no column of predictions; `reason` says why, without a word of the student's."""

    def __init__(self, found: Reason) -> None:
        super().__init__(str(found))
        self.reason = found


def check_model(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Metrics, or reasons why there are none; in any case what the harness reported of the steps."""
    report = folder / "saem-report"
    cells = read_report(report.read_bytes(), 2) if report.exists() else []
    try:
        return {**_scored(task, folder), "cells": cells}
    except NoPredictionsError as error:
        return {"reasons": [error.reason], "cells": cells}
    except BrokenSolution as error:
        return {"broken": error.reasons, "cells": cells}
    except BrokenMetric as error:
        return {"broken_metric": [error.reason], "cells": cells}


def _scored(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    spec = task["predictions"]
    solution = hidden_table(task, folder)
    places = np.array(json.loads((folder / "places.json").read_bytes()))
    predicted = _column(folder / "student" / ANSWERS, solution, spec)
    order = np.argsort(places)
    scored = scores(predicted[order], solution, with_interval=True)
    notes = _notes(folder, predicted, solution, spec)
    return {**scored, "notes": notes, "out_of_bounds": _out_of_bounds(predicted, spec)}


def _column(path: Path, solution: Solution, spec: Mapping[str, Any]) -> Array | Codes:
    """The predictions in the order in which the rows were asked. Raises NoPredictionsError."""
    try:
        answers = read_values(path.read_bytes()) if path.exists() else {}
    except UnreadableError:
        answers = {}
    found = answers.get("0")
    if isinstance(found, Opaque):
        raise NoPredictionsError(opaque_result(found, "predict", MOST_LINES)["reasons"][0])
    needs = needs_of(spec)
    column = flat_predictions(found, needs)
    if column is None:
        raise NoPredictionsError(reason("not_predictions", found=kind_of(found)))
    if len(column) != len(solution.ids):
        raise NoPredictionsError(reason("wrong_length", expected=len(solution.ids)))
    return _codes(column, solution) if spec["type"] == "label" else _numbers(column, needs)


def _codes(column: Any, solution: Solution) -> Codes:
    known = {label: place for place, label in enumerate(solution.allowed)}
    codes = np.array([known.get(label_text(_bare(item)), -1) for item in column])
    strange = int((codes < 0).sum())
    if strange:
        # Not the label itself: it is the student's to choose and could carry a hidden row.
        raise NoPredictionsError(reason("strange_labels", count=strange, expected=solution.allowed[:10]))
    return codes


def _numbers(column: Any, needs: Needs) -> Array:
    try:
        numbers = np.asarray(column, dtype=np.float64)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise NoPredictionsError(reason("not_predictions", found="list")) from error
    if not np.isfinite(numbers).all():
        raise NoPredictionsError(reason("not_finite_predictions"))
    if needs == Needs.PROBABILITY and ((numbers < 0) | (numbers > 1)).any():
        raise NoPredictionsError(reason("strange_probabilities"))
    return numbers


def _bare(item: Any) -> Any:
    bare = item.item() if isinstance(item, np.generic) else item
    # A model that averages answers 3.0 for the label 3; 3.2 is no label.
    return int(bare) if isinstance(bare, float) and bare.is_integer() else bare


def _notes(folder: Path, predicted: Array | Codes, solution: Solution, spec: Mapping[str, Any]) -> list[Reason]:
    """Whether fitting once more, with the same seeds, gave the same answers."""
    again = folder / "again" / ANSWERS
    if not again.exists():
        return []
    try:
        other = _column(again, solution, spec)
    except NoPredictionsError:
        return [reason("model_varies", percent=100.0)]
    differ = float(np.mean(~np.isclose(other, predicted, rtol=1e-6, atol=1e-9)))
    return [reason("model_varies", percent=max(0.1, round(differ * 100, 1)))] if differ else []


def _out_of_bounds(predicted: Array | Codes, spec: Mapping[str, Any]) -> list[Reason]:
    """How many lie beyond the bounds; which ones, and how far, could tell of hidden rows."""
    low, high = spec.get("min"), spec.get("max")
    below = int((predicted < low).sum()) if spec["type"] == "number" and low is not None else 0
    above = int((predicted > high).sum()) if spec["type"] == "number" and high is not None else 0
    reasons = [reason("some_below_min", min=low, count=below)] if below else []
    return [*reasons, *([reason("some_above_max", max=high, count=above)] if above else [])]
