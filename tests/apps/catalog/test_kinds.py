"""Projects that take scripts, functions and models: checked with their solutions and wrong answers."""

from pathlib import Path

import pytest

from saem.lib.sandbox import Sandbox
from tests.sample_kinds import (
    CHECKS,
    FUNCTIONS,
    FUNCTIONS_YAML,
    MODEL,
    MODEL_YAML,
    SCRIPT,
    SCRIPT_YAML,
    SUM,
    checked_kinds,
)

pytestmark = pytest.mark.sandbox


def test_the_program_is_sound(sandbox: Sandbox, tmp_path: Path) -> None:
    report = checked_kinds(sandbox, tmp_path)
    assert [(one.file, one.code) for one in report.problems] == []
    assert {SCRIPT, FUNCTIONS, MODEL} < set(report.assignments)
    assert set(report.assignments[MODEL].baselines["mean"]) == {"public", "private"}


@pytest.mark.parametrize(
    ("place", "text", "code"),
    [
        ((SCRIPT, "project.yaml"), SCRIPT_YAML.replace("fails: [two, three]", "fails: [two, three, four]"), "content.unknown_check"),
        ((SCRIPT, "project.yaml"), SCRIPT_YAML.replace("wrong/first.py, fails", "solution/sum.py, fails"), "grading.wrong_passes"),
        ((SCRIPT, "project.yaml"), SCRIPT_YAML.replace('stdin: "1.5', 'expect: "5", stdin: "1.5'), "grading.solution_fails"),
        ((SCRIPT, "project.yaml"), SCRIPT_YAML.replace("points: 2", "shown: true"), "grading.every_case_shown"),
        ((SCRIPT, "project.yaml"), SCRIPT_YAML.replace("wall_s: 5", "wall: 5"), "grading.unknown_key"),
        ((SCRIPT, "solution/sum.py"), SUM + "1 / 0\n", "grading.solution_raises"),
        ((FUNCTIONS, "project.yaml"), FUNCTIONS_YAML.replace("call: clean, cases: [[[1, -1, 2]], [[-3]]]", "figure: true"), "grading.kind_not_here"),
        ((FUNCTIONS, "solution/clean.py"), "def clean(heights):\n    return heights[9]\n", "grading.solution_fails"),
        ((MODEL, "project.yaml"), MODEL_YAML.replace("fails: [beats-mean]", "fails: [beats-nothing]"), "content.unknown_check"),
        ((MODEL, "project.yaml"), MODEL_YAML.replace("python: blame", "python: blaim"), "grading.unknown_function"),
        ((MODEL, "project.yaml"), MODEL_YAML.replace("target: height", "target: hight"), "grading.bad_file"),
        ((MODEL, "project.yaml"), MODEL_YAML.replace("also: [mae]", "also: [maee]"), "grading.unknown_metric"),
        ((MODEL, "project.yaml"), MODEL_YAML.replace("file: wrong/mean.py, fails", "file: solution/model.py, fails"), "grading.wrong_passes"),
        ((MODEL, "checks.py"), CHECKS.replace("abs(truth", "1 / 0 * abs(truth"), "grading.checker_failed"),
        ((MODEL, "solution/model.py"), "def fit(X, y): return 0\n", "grading.solution_not_full"),
    ],
)  # fmt: skip
def test_what_does_not_do_as_it_says(
    sandbox: Sandbox, tmp_path: Path, place: tuple[str, str], text: str, code: str
) -> None:
    project, file = place
    report = checked_kinds(sandbox, tmp_path, **{f"projects__{project}__{file.replace('/', '__')}": text})
    assert code in {one.code for one in report.problems}
    (found,) = {one.file for one in report.problems if one.code == code}
    assert found.startswith(f"projects/{project}/")
    assert report.ok == (code == "grading.every_case_shown")
