"""Code of models: fitted and asked in one cell, scored in another, with a board's numbers."""

import re

import pytest

from saem.lib.grading import Assignment, VerdictStatus, parse_spec, prepare
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import check, codes, statuses
from tests.lib.grading.kinds import LINE, MODEL, PREPARE, SECRET_TARGET, graded_as, prepared, reasons, zipped

pytestmark = pytest.mark.sandbox

WEIGHTS = "import json\n\ndef load():\n    return json.load(open('weights.json'))\n\n"
WEIGHTS += "def predict(model, X):\n    return model['a'] * X['x']\n"


@pytest.fixture(scope="module")
def asked(sandbox: Sandbox) -> Assignment:
    return prepared(sandbox, {"model": MODEL}, prepare_code=PREPARE)


def test_a_fitted_model_has_scores_bands_and_points(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("model", asked, sandbox, LINE)
    assert verdict.status == VerdictStatus.SCORED
    assert verdict.score == verdict.max_score == 4
    assert set(verdict.metrics) == {"rmse", "private:rmse", "mae", "private:mae"}
    assert set(verdict.intervals) == {"rmse", "mae"}
    assert verdict.notes == ()
    assert [(one.id, str(one.status)) for one in verdict.questions] == [
        ("load", "done"),
        ("fit", "done"),
        ("predict", "done"),
    ]
    assert asked.baselines["mean"]["public"] > verdict.metrics["rmse"]


def test_rows_come_without_key_and_answer_in_another_order(asked: Assignment, sandbox: Sandbox) -> None:
    rows = asked.reference["model-rows.csv"].decode().split()
    assert rows[0] == "x"
    assert SECRET_TARGET not in rows
    given = [int(line.split(",")[1]) for line in asked.hidden["test.csv"].decode().split()[1:]]
    assert sorted(given) == sorted(map(int, rows[1:]))
    assert given != list(map(int, rows[1:]))
    # Who answers the same rows as the file of predictions would, gets the same score.
    assert graded_as("model", asked, sandbox, LINE).score == 4
    by_order = LINE.replace("return model.predict(X).clip(0)", "return sorted(model.predict(X).clip(0))")
    assert graded_as("model", asked, sandbox, by_order).score < 4


@pytest.mark.parametrize("name", ["train", "fit"])
def test_fitting_may_be_called_train(asked: Assignment, sandbox: Sandbox, name: str) -> None:
    assert graded_as("model", asked, sandbox, LINE.replace("fit(X, y):", f"{name}(X, y):", 1)).score == 4


FIT = "def fit(X, y):\n    return y.mean()\n\n\n"
WRONG = {
    "nan": (FIT + "def predict(model, X):\n    return [float('nan')] * len(X)", "not_finite_predictions"),
    "too few": (FIT + "def predict(model, X):\n    return [model]", "wrong_length"),
    "too many": (FIT + "def predict(model, X):\n    return [model] * 21", "wrong_length"),
    "a number": (FIT + "def predict(model, X):\n    return model", "not_predictions"),
    "words": (FIT + "def predict(model, X):\n    return ['much'] * len(X)", "not_predictions"),
    "lists": (FIT + "def predict(model, X):\n    return [[1]] * len(X)", "not_predictions"),
    "a table": (FIT + "def predict(model, X):\n    return X.assign(y=1)", "not_predictions"),
    "nothing": (FIT + "def predict(model, X):\n    print(X)", "not_predictions"),
    "a lie": (
        FIT + "class L(list):\n    def __len__(self): return 20\ndef predict(model, X):\n    return L()",
        "wrong_length",
    ),
    "an error": (FIT + "def predict(model, X):\n    return X['id']", "case_raised_at"),
    "its own words": (FIT + "def predict(model, X):\n    raise ValueError(X.to_csv())", "case_raised_at"),
    "slow asking": (FIT + "import time\ndef predict(model, X):\n    time.sleep(9)", "case_timeout"),
    "exit": (FIT + "import os\ndef predict(model, X):\n    os._exit(0)", "model_predict_stopped"),
    "no predict": (FIT, "model_fit_stopped"),
    "no fit": ("def predict(model, X):\n    return X['x']", "model_fit_stopped"),
    "slow fitting": (
        LINE.replace("    return LinearRegression()", "    while True: pass\n    return LinearRegression()"),
        "model_fit_stopped",
    ),
    "no such file": (
        LINE.replace(
            "    return LinearRegression()", "    open('hidden/solution.csv')\n    return 1, LinearRegression()"
        ),
        "model_fit_stopped",
    ),
    "a memorised id": (
        LINE.replace("    return LinearRegression()", "    X['id']\n    return LinearRegression()"),
        "model_fit_stopped",
    ),
    "memory": (
        LINE.replace("    return LinearRegression()", "    hog = [0] * 10**9\n    return hog, LinearRegression()"),
        "model_fit_stopped",
    ),
    "syntax": ("def fit(X, y)\n    return 1\n", "model_load_stopped"),
    "endless loading": ("while True: pass", "model_load_stopped"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_gives_no_score_says_why(asked: Assignment, sandbox: Sandbox, wrong: str) -> None:
    code, reason = WRONG[wrong]
    verdict = graded_as("model", asked, sandbox, code)
    assert verdict.status == VerdictStatus.SCORED
    assert (verdict.score, dict(verdict.metrics), verdict.max_score) == (0.0, {}, 4.0)
    assert reasons(verdict) == {"beats": [reason], "bounds": [reason]}
    assert set(statuses(verdict).values()) == {"error"}
    assert any(str(one.status) != "done" for one in verdict.questions)


def test_an_error_in_fitting_is_told_with_the_files_own_line(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as(
        "model", asked, sandbox, "def fit(X, y):\n    return X['speed']\ndef predict(model, X):\n    pass"
    )
    fault = verdict.questions[1].fault
    assert fault is not None
    assert (fault.type, fault.source, fault.line) == ("KeyError", "model.py", 2)
    assert "<cell" not in fault.traceback
    missing = (
        graded_as("model", asked, sandbox, "def fitt(X, y):\n    pass\ndef predict(model, X):\n    pass")
        .questions[1]
        .fault
    )
    assert missing is not None
    assert (missing.type, missing.line) == ("NameError", None)
    assert "fitt" in missing.message


def test_values_beyond_the_bounds_are_counted_not_named(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("model", asked, sandbox, FIT + "def predict(model, X):\n    return -X['x'] - 1")
    assert statuses(verdict) == {"beats": "failed", "bounds": "failed"}
    (reason,) = verdict.checks[1].reasons
    assert (reason.code, dict(reason.params)) == ("some_below_min", {"min": 0, "count": 20})


def test_a_model_of_chance_is_told_so(asked: Assignment, sandbox: Sandbox) -> None:
    lucky = (
        FIT + "import numpy as np\ndef predict(model, X):\n    return model + np.random.default_rng().random(len(X))"
    )
    assert codes_of_notes(asked, sandbox, lucky) == ["model_varies"]
    seeded = lucky.replace("default_rng()", "default_rng(3)")
    assert codes_of_notes(asked, sandbox, seeded) == []
    assert codes_of_notes(asked, sandbox, lucky.replace("np.random.default_rng()", "np.random")) == []


def codes_of_notes(asked: Assignment, sandbox: Sandbox, code: str) -> list[str]:
    return [note.code for note in graded_as("model", asked, sandbox, code).notes]


def test_labels_and_chances(sandbox: Sandbox) -> None:
    code = PREPARE.replace("* 2.0", "").replace(
        'table["y"] = 2.0 * table["x"] + table["id"] % 3', 'table["y"] = (table["x"] > 20) * 1'
    )
    code = re.sub(r"table.loc.*\n", "", code).replace('y=train["y"].mean()', "y=1")
    raw = {
        **MODEL,
        "type": "label",
        "metric": "accuracy",
        "also": [],
        "min": None,
        "checks": [check("beats", beats="mean")],
    }
    asked = prepared(sandbox, {"model": raw}, prepare_code=code)
    tree = "from sklearn.tree import DecisionTreeClassifier\n\ndef fit(X, y):\n    return DecisionTreeClassifier(random_state=0).fit(X, y)\n\n"
    tree += "def predict(model, X):\n    return model.predict(X)\n"
    assert graded_as("model", asked, sandbox, tree).score == 1
    assert graded_as("model", asked, sandbox, tree.replace("(X)\n", "(X) * 1.0\n")).score == 1
    strange = graded_as("model", asked, sandbox, tree.replace("(X)\n", "(X) + 5\n"))
    assert reasons(strange) == {"beats": ["strange_labels"]}
    chance = prepared(sandbox, {"model": {**raw, "type": "number", "metric": "brier"}}, prepare_code=code)
    assert graded_as("model", chance, sandbox, tree.replace("predict(X)\n", "predict_proba(X)\n")).score == 1
    beyond = graded_as("model", chance, sandbox, tree.replace("predict(X)\n", "predict(X) + 0.5\n"))
    assert reasons(beyond) == {"beats": ["strange_probabilities"]}


def test_a_loaded_model_brings_its_numbers(asked: Assignment, sandbox: Sandbox) -> None:
    files: dict[str, str | bytes] = {"model.py": WEIGHTS, "weights.json": '{"a": 2.0}'}
    assert graded_as("model", asked, sandbox, zipped(files)).score == 4
    wrapped = {f"my model/{name}": data for name, data in files.items()} | {"__MACOSX/._model.py": "junk"}
    assert graded_as("model", asked, sandbox, zipped(wrapped)).score == 4
    # What it brings cannot stand in for the public data.
    false = {**files, "train.csv": "x,y\n0,0\n1,2\n", "model.py": LINE}
    assert graded_as("model", asked, sandbox, zipped(false)).metrics == graded_as("model", asked, sandbox, LINE).metrics


@pytest.mark.parametrize(
    "name",
    ["train.csv/w.json", "model.py/w.json", "a/b/c/d/e/f/g/h/i/w.json", "가" * 90 + ".json", "saem/plan.json/w.json"],
)
def test_files_that_are_in_the_way_are_refused_not_a_crash(asked: Assignment, sandbox: Sandbox, name: str) -> None:
    verdict = graded_as(
        "model", asked, sandbox, zipped({"model.py": WEIGHTS, name: '{"a": 2.0}', "weights.json": "{}"})
    )
    assert verdict.status in (VerdictStatus.REJECTED, VerdictStatus.SCORED)
    assert verdict.score == 0
    assert set(codes(verdict)) <= {"zip_unusable", "zip_name"}


def test_a_zip_is_taken_only_where_it_is_asked_for(sandbox: Sandbox) -> None:
    asked = prepared(sandbox, {"model": {**MODEL, "weights": False}}, prepare_code=PREPARE)
    assert codes(graded_as("model", asked, sandbox, zipped({"model.py": LINE}))) == ["weights_not_asked"]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"test": "nothing.csv"}, "grading.model.test", "grading.file_not_written"),
        ({"train": "nothing.csv"}, "grading.model.train", "grading.file_not_written"),
        ({"train": "public.csv"}, "grading.model.train", "grading.unknown_column"),
        ({"test": "short.csv"}, "grading.model.test", "grading.rows_differ"),
        ({"test": "twice.csv"}, "grading.model.test", "grading.rows_differ"),
        ({"id": "x"}, "grading.model", "grading.bad_file"),
        ({"test": "solution.csv"}, "grading.model.test", "grading.no_shared_columns"),
        (
            {"baselines": [{"id": "zero", "title": {"ko": "0", "en": "0"}}], "checks": []},
            "grading.model.baselines.0.id",
            "grading.file_not_written",
        ),
        ({"metric": "ndcg", "checks": [], "baselines": []}, "grading.model.metric", "grading.metric_needs_group"),
    ],
)
def test_what_the_author_must_mend(sandbox: Sandbox, change: dict[str, object], path: str, code: str) -> None:
    spec, problems = parse_spec({"model": {**MODEL, **change}})
    assert problems == []
    assert spec is not None
    more = 'train[["id", "x"]].to_csv("public/public.csv", index=False)\n'
    more += 'test.head(3)[["id", "x"]].to_csv("hidden/short.csv", index=False)\n'
    more += 'test.assign(id=1)[["id", "x"]].to_csv("hidden/twice.csv", index=False)\n'
    made = prepare(
        spec=spec, prepare_code=PREPARE + more, checks_code="", source_files={}, solution_notebook=None,
        content_version="v", sandbox=sandbox,
    )  # fmt: skip
    assert made.assignment is None
    assert (path, code) in {(one.path, one.code) for one in made.problems}


def test_rows_that_stand_in_both_parts_are_a_warning(sandbox: Sandbox) -> None:
    spec, _ = parse_spec({"model": MODEL})
    assert spec is not None
    twins = PREPARE.replace("(7 * i) % 40 for i in range(40)", "7 * (i // 2) for i in range(40)")
    made = prepare(
        spec=spec, prepare_code=twins, checks_code="", source_files={}, solution_notebook=None,
        content_version="v", sandbox=sandbox,
    )  # fmt: skip
    assert made.assignment is not None
    assert [one.code for one in made.problems] == ["grading.leak_near_duplicates"]
