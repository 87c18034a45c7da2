"""An author's own metric: a function of `checks.py`, called here with the true and the predicted values."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from .arrays import Array
from .author import AuthorsCode, broken_reason
from .metrics import METRICS, Metric, Needs, SampleMetric
from .reasons import Reason, reason

# A function so slow that its resamples take longer gets no interval.
SECONDS_FOR_RESAMPLES = 4.0


class BrokenMetric(Exception):  # noqa: N818  # said of the author's function, caught where its answer is written
    """The author's function did not give a number."""

    def __init__(self, found: Reason) -> None:
        super().__init__(str(found))
        self.reason = found


class OwnMetric:
    """The function with what it promises; labels reach it as they stand in the hidden table."""

    def __init__(self, spec: Mapping[str, Any], labels: Sequence[str], code: AuthorsCode) -> None:
        self.name: str = spec["python"]
        self.range: Sequence[float] | None = spec["range"]
        self.labels = _natural(labels)
        self.code = code
        self.left = SECONDS_FOR_RESAMPLES

    def once(self, truth: Array, predicted: Array) -> float:
        """The metric of one part. Raises BrokenMetric when there is no number in its range."""
        self.code.begin(self.name)
        try:
            found = self._call(truth, predicted)
        except BaseException as error:  # sys.exit() in a metric is a broken metric too
            raise BrokenMetric(broken_reason(self.name, error)) from error
        if not isinstance(found, (bool, int, float, np.number)) or not np.isfinite(found):
            raise BrokenMetric(reason("metric_answer", metric=self.name, found=str(found)[:40]))
        if self.range and not self.range[0] <= found <= self.range[1]:
            raise BrokenMetric(reason("metric_range", metric=self.name, found=float(found), range=list(self.range)))
        return float(found)

    def again(self, truth: Array, predicted: Array) -> float:
        """The metric of one resample; NaN where it fails or the time for resamples is over."""
        if self.left <= 0:
            return float("nan")
        started = time.perf_counter()
        try:
            return float(self._call(truth, predicted))
        except Exception:  # noqa: BLE001  # an odd resample says nothing about the function
            return float("nan")
        finally:
            self.left -= time.perf_counter() - started

    def _call(self, truth: Array, predicted: Array) -> Any:
        if len(self.labels):
            return self.code.function(self.name)(self.labels[truth.astype(int)], self.labels[predicted.astype(int)])
        return self.code.function(self.name)(truth.copy(), predicted.copy())


def _natural(labels: Sequence[str]) -> np.ndarray:
    """Labels as numbers where all of them are."""
    try:
        numbers = np.array([float(label) for label in labels])
    except ValueError:
        return np.array(labels)
    return numbers.astype(int) if len(numbers) and (numbers == numbers.astype(int)).all() else numbers


def metrics_of(
    spec: Mapping[str, Any], labels: Sequence[str], code: AuthorsCode
) -> tuple[dict[str, Metric], dict[str, Metric]]:
    """By name, the main metric first: what gives the values, and what gives the resamples."""
    main = spec["metric"]
    also = {name: METRICS[name] for name in spec.get("also", ())}
    if isinstance(main, str):
        named = {main: METRICS[main], **also}
        return named, named
    own, needs = OwnMetric(main, labels, code), needs_of(spec)
    once, again = (SampleMetric(needs=needs, higher_is_better=True, value=way) for way in (own.once, own.again))
    return {own.name: once, **also}, {own.name: again, **also}


def needs_of(spec: Mapping[str, Any]) -> Needs:
    """What the main metric wants; an author's own wants what the column's type says."""
    if isinstance(spec["metric"], str):
        return METRICS[spec["metric"]].needs
    return Needs.LABEL if spec["type"] == "label" else Needs.NUMBER
