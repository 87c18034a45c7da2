"""One small assignment of each kind that takes Python files, with a solution that has every point."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from saem.lib.grading import Assignment, Submission, Verdict, grade, parse_spec, prepare
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import Raw, check, question, text

# What must never reach a student: an input, an answer, and a number of the hidden table.
SECRET_INPUT, SECRET_ANSWER, SECRET_TARGET = "7391", "22173", "88.125"

TRIPLE = "number = int(input())\nprint(3 * number)\n"
SCRIPT: Raw = {
    "limits": {"wall_s": 2},
    "cases": [
        {"id": "shown", "title": text("shown"), "stdin": "14\n", "expect": "42\n", "shown": True},
        {"id": "hidden", "title": text("hidden"), "stdin": f"{SECRET_INPUT}\n", "points": 2, "hint": text("times")},
        {"id": "zero", "title": text("zero"), "stdin": "0\n"},
    ],
}

FUNCTIONS: Raw = {
    "limits": {"wall_s": 2},
    "questions": [
        question("double", check("doubles", call="double", cases=[[2], [int(SECRET_INPUT)]]), limits={"wall_s": 2}),
        question("tidy", check("sorts", call="tidy", cases=[[[3, 1, 2]], [[2, 1]]]), limits={"wall_s": 2}),
    ],
}
DOUBLE = "def double(x):\n    return 2 * x\n\n\n"
TIDY = "def tidy(values):\n    values.sort()\n    return values\n"

MODEL: Raw = {
    "id": "id",
    "target": "y",
    "type": "number",
    "metric": "rmse",
    "also": ["mae"],
    "min": 0,
    "limits": {"wall_s": 3},
    "predict_s": 2,
    "weights": True,
    "max_mb": 1,
    "baselines": [{"id": "mean", "title": text("mean")}],
    "checks": [check("beats", beats="mean", points=3), check("bounds", bounds=True)],
}
LINE = """
from sklearn.linear_model import LinearRegression


def fit(X, y):
    return LinearRegression().fit(X, y)


def predict(model, X):
    return model.predict(X).clip(0)
"""
# 40 rows of y = 2x + a little; the odd ids are hidden, and one of them has the secret target.
PREPARE = f"""
from pathlib import Path
import pandas as pd

for name in ("public", "hidden"):
    Path(name).mkdir()
table = pd.DataFrame({{"id": range(40), "x": [(7 * i) % 40 for i in range(40)]}})
table["y"] = 2.0 * table["x"] + table["id"] % 3
table.loc[table["id"] == 13, "y"] = {SECRET_TARGET}
train, test = table[table["id"] % 2 == 0], table[table["id"] % 2 == 1]
train.to_csv("public/train.csv", index=False)
test.drop(columns="y").to_csv("hidden/test.csv", index=False)
split = ["public" if i % 4 == 1 else "private" for i in test["id"]]
test[["id", "y"]].assign(split=split).to_csv("hidden/solution.csv", index=False)
test[["id"]].assign(y=train["y"].mean()).to_csv("hidden/baseline-mean.csv", index=False)
"""


def prepared(
    sandbox: Sandbox, raw: Mapping[str, Any], *, code: str = "", prepare_code: str = "", checks_code: str = ""
) -> Assignment:
    """An assignment as publishing makes it; everything about it must be sound."""
    spec, problems = parse_spec(raw)
    assert problems == []
    assert spec is not None
    made = prepare(
        spec=spec,
        prepare_code=prepare_code,
        checks_code=checks_code,
        source_files={},
        solution_notebook=None,
        solution_code=code.encode(),
        content_version="sha256:test",
        sandbox=sandbox,
    )
    assert made.problems == ()
    assert made.assignment is not None
    return Assignment.from_bytes(made.assignment.to_bytes())


def graded_as(kind: str, asked: Assignment, sandbox: Sandbox, data: str | bytes) -> Verdict:
    raw = data if isinstance(data, bytes) else data.encode()
    return grade(asked, Submission(kind, "work.zip" if raw.startswith(b"PK") else "work.py", raw), sandbox=sandbox)


def reasons(verdict: Verdict) -> dict[str, list[str]]:
    return {one.id: [reason.code for reason in one.reasons] for one in verdict.checks}


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()
