"""A tiny real program for tests: one lesson of three cells with one exercise, one project, in two languages."""

import json
from pathlib import Path

from saem.apps.catalog.checking import CheckReport, check_program
from saem.apps.catalog.models import Version
from saem.apps.catalog.services import add_version
from saem.apps.people.models import Agreement, Institution, InstitutionKind, User
from saem.lib.content import pack
from saem.lib.sandbox import Sandbox

SLUG, LESSON, PROJECT = "growing-beans", "growth", "heights"
LOAD, MEAN, DRAW = "load", "mean-height", "draw"
SOLUTION = 'mean_height = beans["height"].mean()\nprint(mean_height)\n'
WRONG = 'mean_height = beans["height"].median()\n'

PROGRAM = """\
format: 1
id: growing-beans
title: {ko: 콩 기르기, en: Growing beans}
summary: {ko: 콩의 키를 재고 예측해요., en: We measure beans and predict their height.}
level: {ko: 중학교, en: Lower secondary}
licence: CC-BY-4.0
authors: [{name: 샘 시험, institution: 샘물고등학교}]
skills: [{id: mean, title: {ko: 평균, en: Mean}}]
data:
  beans:
    source: file:data/beans.csv
    title: {ko: 콩의 키, en: Heights of beans}
    licence: CC0-1.0
    fingerprint: {rows: 40}
steps: [{lesson: growth}, {project: heights}]
"""

LESSON_YAML = """\
title: {ko: 콩의 키, en: Heights of beans}
goal: {ko: 평균을 구할 수 있어요., en: You can find a mean.}
minutes: 20
skills: [mean]
data: {beans.csv: beans}
exercises:
  - cell: mean-height
    title: {ko: 평균 키, en: Mean height}
    checks:
      - id: mean
        title: {ko: 평균값, en: The mean}
        value: mean_height
        hint: {ko: 모두 더해서 개수로 나눠 보세요., en: Add them all and divide by their number.}
    solution: |
      mean_height = beans["height"].mean()
      print(mean_height)
    wrong:
      - {code: 'mean_height = beans["height"].median()', fails: [mean]}
"""

PAGE = """\
## {look}

{text} $\\bar x = 3$

![{alt}](images/bean.svg)

[{alt}](images/bean.svg)

```{{code-cell}} python
:name: load
import pandas as pd
beans = pd.read_csv("beans.csv")
beans.head()
```

## {mean}

```{{code-cell}} python
:name: mean-height
:hint: {hint_1}
:hint: {hint_2}
mean_height = ...
```

## {draw}

```{{code-cell}} python
:name: draw
import matplotlib.pyplot as plt
plt.plot(beans["day"], beans["height"])
plt.show()
```
"""

WORDS = {
    "ko": {
        "look": "살펴보기",
        "text": "콩을 길러 봐요.",
        "alt": "콩 그림",
        "mean": "평균",
        "hint_1": "mean()을 떠올려 보세요.",
        "hint_2": 'beans["height"].mean() 이에요.',
        "draw": "그리기",
    },
    "en": {
        "look": "Looking",
        "text": "Let us grow beans.",
        "alt": "A bean",
        "mean": "Mean",
        "hint_1": "Think of mean().",
        "hint_2": 'It is beans["height"].mean().',
        "draw": "Drawing",
    },
}

PROJECT_YAML = """\
title: {ko: 키 맞히기, en: Predict the height}
summary: {ko: 날짜로 키를 예측해요., en: Predict the height from the day.}
minutes: 60
skills: [mean]
data_card:
  source: beans
  collected: {ko: 교실에서 쟀어요., en: Measured in class.}
  missing: {ko: 그늘에서 자란 콩은 없어요., en: No beans from the shade.}
  columns:
    - {name: id, title: {ko: 번호, en: Number}}
    - {name: day, title: {ko: 날, en: Day}}
    - {name: height, title: {ko: 키, en: Height}, unit: cm}
downloads:
  - {file: train.csv, title: {ko: 배울 자료, en: Training data}}
  - {file: test.csv, title: {ko: 시험 자료, en: Test data}}
attempts_per_day: 5
team: {most: 3}
grading:
  predictions:
    id: id
    target: height
    type: number
    metric: rmse
    min: 0
    max: 100
    baselines: [{id: mean, title: {ko: 늘 평균, en: Always the mean}}]
    checks:
      - id: beats-mean
        beats: mean
        points: 3
        title: {ko: 평균보다 나아요, en: Better than the mean}
        hint: {ko: 날마다 키가 달라요., en: The height differs from day to day.}
      - id: bounds
        bounds: true
        points: 1
        title: {ko: 0과 100 사이예요, en: Between 0 and 100}
  notebook:
    questions:
      - id: q1
        title: {ko: 가장 큰 키, en: The tallest}
        cell: q1
        checks:
          - id: q1-tallest
            title: {ko: 가장 큰 키, en: The greatest height}
            value: tallest
            points: 2
            hint: {ko: max()를 써 보세요., en: Try max().}
solutions:
  - {file: solution/predict.py, beats: [mean]}
  - {file: solution/notebook.ipynb, full: true}
wrong:
  - {file: wrong/short.py, rejected: row_count}
  - {file: wrong/negative.py, fails: [beats-mean, bounds]}
  - {file: wrong/notebook.ipynb, fails: [q1-tallest]}
"""

PREPARE = """\
from pathlib import Path
import pandas as pd

beans = pd.read_csv("beans.csv")
beans.insert(0, "id", range(1, len(beans) + 1))
test = beans[beans["id"] % 2 == 0]
train = beans[beans["id"] % 2 == 1]
for name in ("public", "hidden"):
    Path(name).mkdir(exist_ok=True)
train.to_csv("public/train.csv", index=False)
test.drop(columns="height").to_csv("public/test.csv", index=False)
test[["id"]].assign(height=0).to_csv("public/sample_submission.csv", index=False)
split = ["public" if number % 4 == 0 else "private" for number in test["id"]]
test[["id", "height"]].assign(split=split).to_csv("hidden/solution.csv", index=False)
test[["id"]].assign(height=train["height"].mean()).to_csv("hidden/baseline-mean.csv", index=False)
"""

PREDICT = """\
import numpy as np
import pandas as pd

train, test = pd.read_csv("train.csv"), pd.read_csv("test.csv")
slope, start = np.polyfit(train["day"], train["height"], 1)
test[["id"]].assign(height=(start + slope * test["day"]).round(3)).to_csv("submission.csv", index=False)
"""
SHORT = PREDICT.replace("test[[", "test.head(3)[[")
NEGATIVE = PREDICT.replace("(start + slope", "-1 * (start + slope")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" width="40" height="40">'
    '<circle cx="20" cy="20" r="12" fill="#0b6e69"/></svg>'
)


def beans_csv() -> str:
    rows = [f"{day},{round(1.5 * day + (day * 7 % 5) * 0.3, 2)}" for day in range(1, 41)]
    return "\n".join(["day,height", *rows]) + "\n"


def notebook(answer: str) -> str:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# 콩"},
        {
            "cell_type": "code",
            "metadata": {},
            "source": 'import pandas as pd\ntrain = pd.read_csv("train.csv")',
            "outputs": [],
            "execution_count": None,
        },
        {
            "cell_type": "code",
            "metadata": {"saem": {"question": "q1"}},
            "source": answer,
            "outputs": [],
            "execution_count": None,
        },
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, ensure_ascii=False)


def sample_files() -> dict[str, str]:
    """Every file of the program by its name; tests change some to make a broken or a newer one."""
    lesson, project = f"lessons/{LESSON}", f"projects/{PROJECT}"
    return {
        "program.yaml": PROGRAM,
        "data/beans.csv": beans_csv(),
        f"{lesson}/lesson.yaml": LESSON_YAML,
        f"{lesson}/ko.md": PAGE.format(**WORDS["ko"]),
        f"{lesson}/en.md": PAGE.format(**WORDS["en"]),
        f"{lesson}/images/bean.svg": SVG,
        f"{project}/project.yaml": PROJECT_YAML,
        f"{project}/brief.ko.md": "콩의 키를 맞혀 보세요.\n",
        f"{project}/brief.en.md": "Predict the height of the beans.\n",
        f"{project}/prepare.py": PREPARE,
        f"{project}/starter.ko.ipynb": notebook("tallest = ..."),
        f"{project}/starter.en.ipynb": notebook("tallest = ..."),
        f"{project}/solution/predict.py": PREDICT,
        f"{project}/solution/notebook.ipynb": notebook('tallest = train["height"].max()'),
        f"{project}/wrong/short.py": SHORT,
        f"{project}/wrong/negative.py": NEGATIVE,
        f"{project}/wrong/notebook.ipynb": notebook('tallest = train["height"].min()'),
    }


def sample_program(folder: Path, **changes: str) -> Path:
    """Write the program below `folder`; `changes` replace or add files, named with `__` for `/`."""
    root = folder / SLUG
    for name, text in (sample_files() | {name.replace("__", "/"): text for name, text in changes.items()}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


_checked: dict[str, tuple[CheckReport, bytes]] = {}


def checked_sample(sandbox: Sandbox, folder: Path) -> tuple[CheckReport, bytes]:
    """The sample's report and its packed folder; checked once in a run of the suite."""
    if SLUG not in _checked:
        root = sample_program(folder)
        report = check_program(root, sandbox=sandbox, cache=folder / "cache", mirrors=(), download=False)
        assert report.ok, report.problems
        _checked[SLUG] = (report, pack(root))
    return _checked[SLUG]


def published_sample(
    sandbox: Sandbox,
    folder: Path,
    *,
    owner: Institution | None = None,
    by: User | None = None,
    agreement: Agreement | None = None,
) -> Version:
    """The sample as a version of this test's database; `folder` is the test's `tmp_path`. Twice is once."""
    report, packed = checked_sample(sandbox, folder)
    if owner is None:
        owner = Institution.objects.get_or_create(
            name="샘물교육지원청", defaults={"kind": InstitutionKind.OFFICE, "name_en": "Saemmul Office"}
        )[0]
    return add_version(report, packed, by=by, owner=owner, agreement=agreement)
