"""The sample program with one more small project of each kind that takes Python files."""

from pathlib import Path

from saem.apps.catalog.checking import CheckReport, check_program
from saem.lib.sandbox import Sandbox
from tests import sample

SCRIPT, FUNCTIONS, MODEL = "sum-of-heights", "clean-heights", "height-model"

HEAD = """\
title: {ko: 콩 과제, en: Work on beans}
summary: {ko: 파이썬으로 풀어요., en: Solve it with Python.}
minutes: 60
data_card:
  source: beans
  collected: {ko: 교실에서 쟀어요., en: Measured in class.}
  missing: {ko: 그늘에서 자란 콩은 없어요., en: No beans from the shade.}
  columns: [{name: height, title: {ko: 키, en: Height}, unit: cm}]
"""
SCRIPT_YAML = (
    HEAD
    + """\
grading:
  script:
    tolerance: 0.01
    limits: {wall_s: 5}
    cases:
      - {id: two, title: {ko: 두 그루, en: Two plants}, stdin: "1.5 2.5\\n", shown: true}
      - {id: three, title: {ko: 세 그루, en: Three plants}, stdin: "4.25 1 2\\n", points: 2, hint: {ko: 모두 더해요., en: Add them all.}}
solutions: [{file: solution/sum.py, full: true}]
wrong:
  - {file: wrong/first.py, fails: [two, three]}
  - {file: wrong/notebook.py, rejected: not_python}
"""
)
FUNCTIONS_YAML = (
    HEAD
    + """\
grading:
  functions:
    questions:
      - id: clean
        title: {ko: 고르기, en: Cleaning}
        checks:
          - {id: drops, title: {ko: 음수를 빼요, en: Drops negatives}, call: clean, cases: [[[1, -1, 2]], [[-3]]]}
solutions: [{file: solution/clean.py, full: true}]
wrong: [{file: wrong/keeps.py, fails: [drops]}]
"""
)
MODEL_YAML = (
    HEAD
    + """\
downloads: [{file: train.csv, title: {ko: 배울 자료, en: Training data}}]
grading:
  model:
    id: id
    target: height
    type: number
    metric: {python: blame, higher_is_better: false, title: {ko: 키 오차, en: Height error}}
    also: [mae]
    weights: true
    limits: {wall_s: 10}
    baselines: [{id: mean, title: {ko: 늘 평균, en: Always the mean}}]
    checks: [{id: beats-mean, beats: mean, points: 3, title: {ko: 평균보다 나아요, en: Better than the mean}}]
solutions: [{file: solution/model.py, beats: [mean], full: true}]
wrong: [{file: wrong/mean.py, fails: [beats-mean]}]
"""
)
CHECKS = "def blame(truth, predicted):\n    return float(abs(truth - predicted).mean())\n"
SUM = "print(sum(map(float, input().split())))\n"
CLEAN = "def clean(heights):\n    return [height for height in heights if height >= 0]\n"
LINE = """\
from sklearn.linear_model import LinearRegression


def fit(X, y):
    return LinearRegression().fit(X, y)


def predict(model, X):
    return model.predict(X)
"""
MEAN = "def fit(X, y):\n    return y.mean()\n\n\ndef predict(model, X):\n    return [model] * len(X)\n"


def kinds_files() -> dict[str, str]:
    """Every file of the larger program by its name."""
    files = sample.sample_files()
    steps = ", ".join(f"{{project: {name}}}" for name in (sample.PROJECT, SCRIPT, FUNCTIONS, MODEL))
    files["program.yaml"] = sample.PROGRAM.replace("{project: heights}", steps)
    own = {
        SCRIPT: {"project.yaml": SCRIPT_YAML, "solution/sum.py": SUM, "wrong/first.py": "print(input().split()[0])\n"},
        FUNCTIONS: {
            "project.yaml": FUNCTIONS_YAML,
            "solution/clean.py": CLEAN,
            "wrong/keeps.py": "def clean(heights):\n    return heights\n",
        },
        MODEL: {
            "project.yaml": MODEL_YAML,
            "prepare.py": sample.PREPARE,
            "checks.py": CHECKS,
            "solution/model.py": LINE,
            "wrong/mean.py": MEAN,
        },
    }
    # A notebook under the name of a script: what a student may send by mistake.
    own[SCRIPT]["wrong/notebook.py"] = sample.notebook("1").replace("null", "None")
    for name, found in own.items():
        briefs = {f"brief.{language}.md": "콩\n" for language in ("ko", "en")}
        files |= {f"projects/{name}/{file}": text for file, text in ({"prepare.py": "pass\n"} | briefs | found).items()}
    return files


def kinds_program(folder: Path, **changes: str) -> Path:
    """Write it below `folder`; `changes` are as in `sample_program`."""
    files = {name.replace("/", "__"): text for name, text in kinds_files().items()}
    return sample.sample_program(folder, **(files | changes))


def checked_kinds(sandbox: Sandbox, folder: Path, **changes: str) -> CheckReport:
    return check_program(kinds_program(folder, **changes), sandbox=sandbox, cache=folder / "cache")
