"""What is remembered of one learner online, as JSON: the same histories as the design's, kept response by response."""

import math
from typing import Any

import numpy as np

from saem.lib.learners.errors import ResponsesError
from saem.lib.learners.model import Asked, State
from saem.lib.learners.responses import Floats

from .kernels import PATTERN
from .recipe import Recipe

# A run's memory: `counts` of right and wrong, `events` within the longest finite window, `faded` sums, `pattern`.
Run = dict[str, Any]


def empty() -> State:
    return {"responses": 0, "student": {}, "items": {}, "skills": {}}


def tags_of(asked: Asked) -> tuple[str, ...]:
    return tuple(sorted(set(asked.skills)))


def remembered(state: State, asked: Asked, recipe: Recipe, *, right: bool) -> State:
    """The state after one more response."""
    now = time_of(state, asked, recipe)
    tags = tags_of(asked)
    after = {**state, "responses": state["responses"] + 1, "before": list(tags)}
    if recipe.timed:
        after["time"] = now
    if recipe.of_student:
        after["student"] = _longer(state["student"], recipe, now, right=right)
    longer = {tag: _longer(state["skills"].get(tag, {}), recipe, now, right=right) for tag in tags}
    after["skills"] = {**state["skills"], **longer}
    if recipe.item:
        run = _longer(state["items"].get(asked.item, {}), recipe, now, right=right)
        after["items"] = {**state["items"], asked.item: run}
    return after


def history_of(run: Run, recipe: Recipe, now: float) -> Floats:
    """(1, raw), as `history_before` gives it for the next row of this run."""
    counts: list[float] = []
    for window in recipe.windows:
        if math.isinf(window):
            counts += run.get("counts", (0, 0))
        else:
            recent = [right for time, right in run.get("events", ()) if time >= now - window]
            counts += (sum(recent), len(recent) - sum(recent))
    faded = run.get("faded", (0.0,) * (2 * len(recipe.fades)))
    return np.array([[*counts, *faded, run.get("pattern", 1)]], dtype=np.float64)


def time_of(state: State, asked: Asked, recipe: Recipe) -> float:
    """The time of this question, 0 where no window needs one.

    Raises ResponsesError where it is missing, not a number, or before the last response.
    """
    if not recipe.timed:
        return 0.0
    if asked.time is None:
        raise ResponsesError("time_missing", where=asked.item)
    if not math.isfinite(asked.time):
        raise ResponsesError("time_not_a_number", where=asked.item)
    if asked.time < state.get("time", -math.inf):
        raise ResponsesError("time_not_in_order", where=asked.item)
    return asked.time


def _longer(run: Run, recipe: Recipe, now: float, *, right: bool) -> Run:
    after: Run = {}
    rights, wrongs = run.get("counts", (0, 0))
    after["counts"] = [rights + right, wrongs + (not right)]
    if recipe.timed:
        longest = max(window for window in recipe.windows if math.isfinite(window))
        kept = [event for event in run.get("events", ()) if event[0] >= now - longest]
        after["events"] = [*kept, [now, int(right)]]
    if recipe.fades:
        old = run.get("faded", [0.0] * (2 * len(recipe.fades)))
        news = (right, not right)
        after["faded"] = [old[at] * recipe.fades[at // 2] + news[at % 2] for at in range(len(old))]
    if recipe.patterned:
        after["pattern"] = _next_pattern(run.get("pattern", 1), right=right)
    return after


def _next_pattern(pattern: int, *, right: bool) -> int:
    longer = pattern * 2 + right
    return longer if longer < PATTERN else (longer & (PATTERN // 2 - 1)) | (PATTERN // 2)
