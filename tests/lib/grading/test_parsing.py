"""A spec with mistakes: all of them are found at once, each with its path."""

from datetime import date
from typing import Any

import pytest

from saem.lib.grading import Assignment, AssignmentError, parse_checks, parse_spec
from tests.lib.grading.builders import assignment, check, predictions, question, text

BASELINE = {"id": "mean", "title": text("mean")}


def problems_of(raw: dict[str, Any]) -> dict[str, str]:
    spec, problems = parse_spec(raw)
    assert spec is None
    return {problem.path: problem.code for problem in problems}


def with_checks(*checks: dict[str, Any]) -> dict[str, Any]:
    return {"notebook": {"questions": [question("q1", *checks)]}}


PATH = "grading.notebook.questions.0.checks.0"
FIRST = "grading.predictions"


def test_a_whole_spec() -> None:
    raw = {
        "predictions": predictions(
            baselines=[BASELINE], min=0, checks=[check("b", beats="mean"), check("in", bounds=True)]
        ),
        **with_checks(
            check("v", value="x"),
            check("c", call="f", cases=[[1], [2]], expect=[1, 4]),
            check("p", predict="m", input="i.csv", against="a.csv", column="y", metric="f1", at_least=0.5),
            check("g", figure=True),
            check("o", python="f", values=["x", "y"]),
        ),
    }
    spec, problems = parse_spec(raw)
    assert problems == []
    assert spec is not None
    assert spec.hidden_inputs() == ["i.csv"]
    assert [one.points for _, one in spec.question_checks()] == [1.0] * 5


def test_dates_in_yaml_become_text() -> None:
    spec, problems = parse_spec(with_checks(check("v", value="day", expect=date(2024, 5, 1))))
    assert problems == []
    assert spec is not None
    assert [one.expect for _, one in spec.question_checks()] == ["2024-05-01"]


@pytest.mark.parametrize(
    ("raw", "path", "code"),
    [
        ({}, "grading", "grading.nothing_to_grade"),
        ({"predictions": predictions(metric="rsme")}, f"{FIRST}.metric", "grading.unknown_metric"),
        ({"predictions": predictions(metric="accuracy")}, f"{FIRST}.metric", "grading.metric_type"),
        ({"predictions": predictions(also=["mea"])}, f"{FIRST}.also.0", "grading.unknown_metric"),
        ({"predictions": predictions(target="id")}, f"{FIRST}.target", "grading.same_column"),
        ({"predictions": predictions(min=3, max=1)}, f"{FIRST}.max", "grading.bounds_crossed"),
        ({"predictions": predictions(type="word")}, f"{FIRST}.type", "grading.not_one_of"),
        ({"predictions": predictions(metrics="x")}, f"{FIRST}.metrics", "grading.unknown_key"),
        ({"predictions": {"id": "id"}}, f"{FIRST}.target", "grading.missing_key"),
        ({"predictions": predictions(min="low")}, f"{FIRST}.min", "grading.not_number"),
        ({"predictions": predictions(baselines=3)}, f"{FIRST}.baselines", "grading.not_list"),
        ({"predictions": "rmse"}, FIRST, "grading.not_mapping"),
        ({"predictions": predictions(baselines=[BASELINE] * 2)}, f"{FIRST}.baselines.1.id", "grading.repeated_id"),
        (
            {"predictions": predictions(type="label", metric="f1", labels=[0, 1, 2])},
            f"{FIRST}.metric",
            "grading.metric_two_labels",
        ),
        (
            {"predictions": predictions(baselines=[BASELINE], checks=[check("b", beats="maen")])},
            f"{FIRST}.checks.0.beats",
            "grading.unknown_baseline",
        ),
        (
            {"predictions": predictions(checks=[check("in", bounds=True)])},
            f"{FIRST}.checks.0.bounds",
            "grading.bounds_without_limits",
        ),
        ({"predictions": predictions(checks=[check("b")])}, f"{FIRST}.checks.0", "grading.check_kind"),
        ({"notebook": {"questions": []}}, "grading.notebook.questions", "grading.empty_list"),
        ({"notebook": {"questions": [question("q1")]}}, "grading.notebook.questions.0", "grading.no_checks"),
        (with_checks(check("a")), PATH, "grading.check_kind"),
        (with_checks(check("a", value="x", figure=True)), PATH, "grading.check_kind"),
        (with_checks(check("a", value="x y")), f"{PATH}.value", "grading.bad_name"),
        (with_checks(check("a", value="x", points=-1)), f"{PATH}.points", "grading.out_of_range"),
        (with_checks(check("a", value="x", hint="no")), f"{PATH}.hint", "grading.not_mapping"),
        (with_checks(check("a", value="x", title={"ko": "가"})), f"{PATH}.title.en", "grading.missing_key"),
        (with_checks(check("a", figure="yes please")), f"{PATH}.figure", "grading.not_true_false"),
        (with_checks(check("a", value="x", cases=[[1]])), f"{PATH}.cases", "grading.key_without_kind"),
        (with_checks(check("a", value="x", metric="f1")), f"{PATH}.metric", "grading.key_without_kind"),
        (with_checks(check("a", call="f")), PATH, "grading.missing_key"),
        (with_checks(check("a", call="f", cases=[[1]], expect=[1, 2])), f"{PATH}.expect", "grading.expect_per_case"),
        (with_checks(check("a", predict="f", input="a.csv")), PATH, "grading.missing_key"),
        (with_checks(check("a", predict="f", metric="acuracy")), f"{PATH}.metric", "grading.unknown_metric"),
        (with_checks(check("a", predict="f", input="../x")), f"{PATH}.input", "grading.bad_name"),
        (
            with_checks(check("a", value="x"), check("a", value="y")),
            "grading.notebook.questions.0.checks.1.id",
            "grading.repeated_id",
        ),
    ],
)
def test_each_mistake(raw: dict[str, Any], path: str, code: str) -> None:
    assert problems_of(raw)[path] == code


def test_all_mistakes_at_once_in_order() -> None:
    raw = {
        "predictions": predictions(metric="rsme", mim=0),
        "notebook": {
            "questions": [
                question("q1", check("a", vlaue="x"), check("b", value="x", points="many")),
                question("q2", check("a", call="f"), limits={"wall_s": 0}),
            ]
        },
    }
    _, problems = parse_spec(raw)
    assert [(problem.path, problem.code) for problem in problems] == [
        ("grading.notebook.questions.0.checks.0", "grading.check_kind"),
        ("grading.notebook.questions.0.checks.0.vlaue", "grading.unknown_key"),
        ("grading.notebook.questions.0.checks.1.points", "grading.not_number"),
        ("grading.notebook.questions.1.checks.0", "grading.missing_key"),
        ("grading.notebook.questions.1.checks.0.id", "grading.repeated_id"),
        ("grading.notebook.questions.1.limits.wall_s", "grading.out_of_range"),
        ("grading.predictions.metric", "grading.unknown_metric"),
        ("grading.predictions.mim", "grading.unknown_key"),
    ]
    suggestions = {problem.params["suggestion"] for problem in problems if "suggestion" in problem.params}
    assert suggestions == {"value", "rmse", "min"}


def test_exercises_have_no_hidden_files() -> None:
    checks, problems = parse_checks([check("o", python="f", values=["x"])], path="exercises.2.checks")
    assert checks == ()
    assert [(problem.path, problem.code) for problem in problems] == [
        ("exercises.2.checks.0.python", "grading.kind_not_here")
    ]
    assert [problem.code for problem in parse_checks([])[1]] == ["grading.no_checks"]


def test_an_assignment_survives_its_bytes() -> None:
    asked = assignment(
        question("q1", check("v", value="x", expect={"a": [1, None]})),
        public={"train.csv": b"a\n1\n"},
        hidden={"solution.csv": b"id\n"},
        checks_code="# 채점",
        baselines={"mean": {"public": 1.5}},
    )
    assert Assignment.from_bytes(asked.to_bytes()) == asked
    assert asked.to_bytes() == asked.to_bytes()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"not a zip"])
def test_other_bytes_are_no_assignment(data: bytes) -> None:
    with pytest.raises(AssignmentError):
        Assignment.from_bytes(data)
