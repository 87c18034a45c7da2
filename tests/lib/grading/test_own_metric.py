"""An author's own metric: it scores in the checker's cell, and its mistakes are nobody's but the author's."""

from typing import Any

import pytest

from saem.lib.grading import Assignment, VerdictStatus, parse_spec, prepare, rehearse
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import assignment, check, codes, csv_of, graded_csv, predictions, solution_csv, text
from tests.lib.grading.kinds import LINE, MODEL, PREPARE, graded_as, prepared
from tests.lib.grading.test_preparing import Solution

pytestmark = pytest.mark.sandbox

COST = """
import numpy as np

def cost(truth, predicted):
    return float(np.mean(np.where(predicted < truth, 3.0, 1.0) * np.abs(truth - predicted)))
"""
TRUTH = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
OWN: dict[str, Any] = {"python": "cost", "higher_is_better": False, "range": [0, 1000], "title": text("cost")}


def asked(checks_code: str = COST, metric: dict[str, Any] | None = None, **rest: Any) -> Assignment:
    raw = predictions(
        metric={**OWN, **(metric or {})},
        baselines=[{"id": "mean", "title": text("mean")}],
        checks=[check("beats", beats="mean")],
        **rest,
    )
    return assignment(
        predicted=raw,
        hidden={"solution.csv": solution_csv(TRUTH)},
        checks_code=checks_code,
        baselines={"mean": {"public": 2.0, "private": 2.0}},
    )


def test_it_scores_ranks_and_has_a_band(sandbox: Sandbox) -> None:
    verdict = graded_csv(asked(), sandbox, csv_of(enumerate(value + 1 for value in TRUTH)))
    assert verdict.status == VerdictStatus.SCORED
    assert dict(verdict.metrics) == {"cost": 1.0, "private:cost": 1.0}
    assert verdict.score == 1
    below = graded_csv(asked(), sandbox, csv_of(enumerate(value - 1 for value in TRUTH)))
    assert (below.metrics["cost"], below.score) == (3.0, 0.0)
    spread = graded_csv(asked(also=["rmse"]), sandbox, csv_of(enumerate([1.0, 2.5, 3.5, 4.0, 5.0, 9.0])))
    low, high = spread.intervals["cost"]
    assert low <= spread.metrics["cost"] <= high
    assert "rmse" in spread.metrics


def test_labels_reach_it_as_they_stand_in_the_table(sandbox: Sandbox) -> None:
    code = "def cost(truth, predicted):\n    assert set(truth) <= {'cat', 'dog'}\n    return float((truth != predicted).mean())\n"
    raw = predictions(type="label", metric=OWN)
    hidden = {"solution.csv": b"id,y\n0,cat\n1,dog\n2,dog\n3,cat\n"}
    verdict = graded_csv(
        assignment(predicted=raw, hidden=hidden, checks_code=code), sandbox, "id,y\n0,cat\n1,dog\n2,cat\n3,cat\n"
    )
    assert verdict.metrics["cost"] == 0.25


BROKEN = {
    "crash": ("def cost(truth, predicted):\n    return 1 / 0\n", "checker_failed"),
    "exit": ("import os\ndef cost(truth, predicted):\n    os._exit(0)\n", "checker_ok"),
    "quit": ("def cost(truth, predicted):\n    raise SystemExit\n", "checker_failed"),
    "nan": ("def cost(truth, predicted):\n    return float('nan')\n", "metric_answer"),
    "text": ("def cost(truth, predicted):\n    return 'good'\n", "metric_answer"),
    "nothing": ("def cost(truth, predicted):\n    print(truth)\n", "metric_answer"),
    "beyond": ("def cost(truth, predicted):\n    return -1.0\n", "metric_range"),
    "syntax": ("def cost(truth, predicted)\n", "checker_failed"),
    "memory": ("def cost(truth, predicted):\n    x = [0]\n    while True:\n        x = x + x\n", "checker_failed"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_one_charges_nobody(sandbox: Sandbox, broken: str) -> None:
    code, reason = BROKEN[broken]
    verdict = graded_csv(asked(code), sandbox, csv_of(enumerate(TRUTH)))
    assert verdict.status == VerdictStatus.FAULT
    assert codes(verdict) == [reason]
    assert dict(verdict.metrics) == {}


def test_a_loop_is_ended_and_named(sandbox: Sandbox) -> None:
    verdict = graded_csv(
        asked("def cost(truth, predicted):\n    while True: pass\n"), sandbox, csv_of(enumerate(TRUTH))
    )
    assert verdict.status == VerdictStatus.FAULT
    assert [(reason.code, reason.params["check"]) for reason in verdict.reasons] == [("checker_timeout", "cost")]


def test_a_slow_one_still_scores(sandbox: Sandbox) -> None:
    code = "import time\n" + COST.replace("    return", "    time.sleep(0.5)\n    return")
    verdict = graded_csv(asked(code), sandbox, csv_of(enumerate(TRUTH)))
    assert verdict.metrics["cost"] == 0.0
    assert dict(verdict.intervals) == {}


def test_it_cannot_be_reached_by_a_model(sandbox: Sandbox) -> None:
    """Patching the metric where the student's code runs changes nothing where it is computed."""
    raw = {**MODEL, "metric": OWN, "checks": [check("beats", beats="mean")]}
    made = prepared(sandbox, {"model": raw}, prepare_code=PREPARE, checks_code=COST)
    honest = graded_as("model", made, sandbox, LINE)
    patched = "import sys, types\nsys.modules['checks'] = types.SimpleNamespace(cost=lambda *a: 0.0)\n"
    patched += "def cost(*a):\n    return 0.0\nimport numpy\nnumpy.mean = numpy.abs = lambda *a, **k: 0.0\n"
    assert graded_as("model", made, sandbox, patched + LINE).metrics == honest.metrics
    assert honest.metrics["cost"] > 0


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("x = 1\n", "grading.unknown_function"),
        ("def cost(truth, predicted):\n    return 1 / 0\n", "grading.checker_failed"),
        ("def cost(truth, predicted):\n    return float('nan')\n", "grading.metric_answer"),
        ("def cost(truth, predicted):\n    return 5000.0\n", "grading.metric_range"),
    ],
)
def test_the_author_hears_of_it_first(sandbox: Sandbox, code: str, problem: str) -> None:
    spec, problems = parse_spec({"model": {**MODEL, "metric": OWN}})
    assert problems == []
    assert spec is not None
    made = prepare(
        spec=spec, prepare_code=PREPARE, checks_code=code, source_files={}, solution_notebook=None,
        content_version="v", sandbox=sandbox,
    )  # fmt: skip
    assert made.assignment is None
    assert [(one.path, one.code) for one in made.problems] == [("grading.model.metric", problem)]


def test_a_solution_that_cannot_be_scored_is_refused(sandbox: Sandbox) -> None:
    picky = "def cost(truth, predicted):\n    assert (predicted != 1.5).all()\n    return 0.5\n"
    files = {"good.csv": csv_of(enumerate([1.5, *TRUTH[1:]])).encode()}
    found = rehearse(
        asked(picky), solutions=[Solution("good.csv", beats=["mean"])], wrong=[], files=files, sandbox=sandbox
    )
    assert [one.code for one in found] == ["grading.checker_failed"]
