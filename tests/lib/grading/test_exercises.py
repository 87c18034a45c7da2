"""Exercises of lessons: checked in the session's own process, compared in another."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from saem.lib.grading import exercise_files, exercise_sources, grade_exercise, rehearse_exercise
from saem.lib.sandbox import Job, Sandbox, Source, Status
from tests.lib.grading.builders import check, text

pytestmark = pytest.mark.sandbox

ABOVE = ["import pandas as pd\nweather = pd.read_csv('weather.csv')", "import matplotlib.pyplot as plt"]
DATA = {"weather.csv": b"rain\n0\n3\n5\n0\n"}


@dataclass(frozen=True)
class Wrong:
    code: str
    fails: Sequence[str]


@dataclass(frozen=True)
class Exercise:
    checks: Sequence[dict[str, Any]]
    solution: str
    wrong: Sequence[Wrong] = field(default_factory=tuple)


EXERCISE = Exercise(
    checks=(
        check("share", value="share", tolerance=0.001, hint=text("divide")),
        check("rainy", call="rainy", cases=[[0.0], [0.3]]),
        check("figure", figure=True),
    ),
    solution="rainy = lambda mm: mm > 0\nshare = rainy(weather['rain']).mean()\nplt.plot([1, 2])",
    wrong=(
        Wrong(
            "rainy = lambda mm: mm >= 0\nshare = rainy(weather['rain']).mean()\nplt.plot([1, 2])", ["share", "rainy"]
        ),
        Wrong("rainy = lambda mm: mm > 0\nshare = rainy(weather['rain']).mean()", ["figure"]),
        Wrong("1 / 0", ["share", "rainy", "figure"]),
        Wrong("def rainy(mm):\n    while True:\n        pass\nshare = 0.5\nplt.plot([1])", ["rainy"]),
    ),
)


@pytest.fixture(scope="module")
def reference(sandbox: Sandbox) -> Any:
    found, problems = rehearse_exercise(ABOVE, EXERCISE, DATA, sandbox)
    assert problems == []
    assert found is not None
    return json.loads(json.dumps(found))


def in_session(sandbox: Sandbox, key: str, code: str) -> tuple[Status, Any, str, Any]:
    prelude = Job(sources=tuple(Source(f"above {place}", cell) for place, cell in enumerate(ABOVE)), files=DATA)
    job = Job(
        sources=(Source("own", code, display=True), exercise_sources(EXERCISE.checks)),
        collect=exercise_files(EXERCISE.checks),
    )
    outcome = sandbox.run_in_session(key, job, prelude=prelude)
    return outcome.status, outcome.files, outcome.stdout, outcome.displays


def test_in_a_session(sandbox: Sandbox, reference: Any) -> None:
    try:
        own = EXERCISE.solution.replace("mm > 0", "print('seen', mm) or mm > 0")
        status, files, stdout, displays = in_session(sandbox, "exercise", own)
        assert status == Status.OK
        assert "seen 0.3" not in stdout
        results = grade_exercise(EXERCISE.checks, files, reference, sandbox=sandbox, displays=displays)
        assert [str(result.status) for result in results] == ["passed"] * 3

        # The next run of the same session: an answer of the one before must not pass for this one's.
        status, files, stdout, displays = in_session(sandbox, "exercise", "del share, rainy\nprint('still here')")
        assert (status, stdout) == (Status.OK, "still here\n")
        results = grade_exercise(EXERCISE.checks, files, reference, sandbox=sandbox, displays=displays)
        assert [result.reasons[0].code for result in results] == ["missing_name", "missing_name", "no_figure"]
        assert results[0].hint == text("divide")

        job = Job(sources=(Source("names", "print(sorted(n for n in globals() if n.lower() != n or 'saem' in n))"),))
        assert sandbox.run_in_session("exercise", job).stdout == "[]\n"
    finally:
        sandbox.close_session("exercise")


def test_an_exercise_that_is_not_what_it_says(sandbox: Sandbox) -> None:
    odd = Exercise(checks=EXERCISE.checks, solution=EXERCISE.solution, wrong=[Wrong(EXERCISE.solution, ["share"])])
    _, problems = rehearse_exercise(ABOVE, odd, DATA, sandbox, path="exercises.1")
    assert [(problem.path, problem.code) for problem in problems] == [("exercises.1.wrong.0", "grading.wrong_passes")]
    more = Exercise(checks=EXERCISE.checks, solution=EXERCISE.solution, wrong=[Wrong("share = 9", ["share"])])
    _, problems = rehearse_exercise(ABOVE, more, DATA, sandbox)
    assert [(problem.code, problem.severity) for problem in problems] == [("grading.wrong_fails_more", "warning")]


@pytest.mark.parametrize(
    ("above", "solution", "code"),
    [
        (ABOVE, "share = 1 / 0", "grading.solution_raises"),
        ([*ABOVE, "1 / 0"], EXERCISE.solution, "grading.cell_above_raises"),
        (ABOVE, "share = 0.5", "grading.solution_fails"),
        (ABOVE, "import os\nos._exit(0)", "grading.solution_fails"),
        (ABOVE, "import os\nos.abort()", "grading.solution_stops"),
    ],
)
def test_a_solution_that_does_not_work(sandbox: Sandbox, above: list[str], solution: str, code: str) -> None:
    reference, problems = rehearse_exercise(above, Exercise(EXERCISE.checks, solution), DATA, sandbox)
    assert reference is None
    assert problems[0].code == code


def test_checks_that_an_exercise_cannot_have(sandbox: Sandbox) -> None:
    bad = Exercise(checks=[check("o", python="f", values=["x"])], solution="x = 1")
    reference, problems = rehearse_exercise([], bad, {}, sandbox, path="exercises.0")
    assert reference is None
    assert [(problem.path, problem.code) for problem in problems] == [
        ("exercises.0.checks.0.python", "grading.kind_not_here")
    ]
    with pytest.raises(ValueError, match="not the checks"):
        exercise_sources(bad.checks)


def test_hostile_files_do_not_pass(sandbox: Sandbox, reference: Any) -> None:
    files = {"saem-values": b'{"share": 0.5}', "saem-call-0": b"\x80\x04pickle"}
    results = grade_exercise(EXERCISE.checks, files, reference, sandbox=sandbox)
    assert {str(result.status) for result in results} == {"failed"}
