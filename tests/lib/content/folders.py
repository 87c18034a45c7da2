"""A small sound program, written file by file; a test changes one thing and looks at what is said about it."""

import json
from pathlib import Path
from textwrap import dedent

from saem.lib.content import Problem, load

PROGRAM = """\
format: 1
id: tiny
title: {ko: 작은 프로그램, en: A tiny program}
summary: {ko: 시험용이에요., en: For tests.}
level: {ko: 고등학교, en: Upper secondary}
licence: CC-BY-4.0
authors: [{name: Saem project}]
skills: [{id: read-table, title: {ko: 표 읽기, en: Reading a table}}]
data:
  weather:
    source: vega:seattle-weather
    title: {ko: 시애틀 날씨, en: Seattle weather}
    licence: NOAA
    dates: {date: "%Y/%m/%d"}
    fingerprint: {rows: 1461, sums: {precipitation: 4426.0}}
steps: [{lesson: first-look}, {project: rain}]
"""

LESSON = """\
title: {ko: 처음 보기, en: A first look}
goal: {ko: 표를 읽어요., en: Read a table.}
minutes: 50
skills: [read-table]
data: {weather.csv: weather}
exercises:
  - cell: share
    title: {ko: 비율, en: Share}
    checks:
      - id: share-value
        title: {ko: 비율이 맞아요, en: The share is right}
        value: share
    solution: |
      share = 0.43
    wrong:
      - code: share = 1
        fails: [share-value]
"""

PAGE = """\
{opening}

## {first}

![{alt}](images/map.svg)

```{{code-cell}} python
:name: look
print("hello")
```

## {second}

```{{code-cell}} python
:name: share
:hint: {hint}

share = ...
```
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"></svg>'
KOREAN = PAGE.format(opening="시작해요.", first="보기", alt="지도", second="세기", hint="나눠 보세요.")
ENGLISH = PAGE.format(opening="Let us begin.", first="Look", alt="A map", second="Count", hint="Divide.")

PROJECT = """\
title: {ko: 내일의 비, en: Rain tomorrow}
summary: {ko: 비를 맞혀요., en: Predict rain.}
minutes: 200
skills: [read-table]
data_card:
  source: weather
  collected: {ko: 공항에서, en: At the airport}
  missing: {ko: 산, en: The mountains}
  columns: [{name: date, title: {ko: 날짜, en: Date}}, {name: wind, title: {ko: 바람, en: Wind}, unit: m/s}]
prepare: prepare.py
downloads: [{file: train.csv, title: {ko: 훈련, en: Training}}]
grading:
  predictions:
    id: id
    target: rain
    type: label
    metric: accuracy
    baselines: [{id: yesterday, title: {ko: 어제처럼, en: Like yesterday}}]
    checks:
      - {id: beats-yesterday, beats: yesterday, points: 5, title: {ko: 더 나아요, en: Better}}
  notebook:
    questions:
      - id: q1
        title: {ko: 문항 1, en: Question 1}
        cell: q1
        checks: [{id: q1-mean, title: {ko: 평균, en: Mean}, value: mean}]
solutions: [{file: solution/predict.py, beats: [yesterday]}]
wrong: [{file: wrong/swapped.py, fails: [beats-yesterday]}]
"""


def notebook(*sources: str, question: str | None = "q1") -> str:
    metadata = {"saem": {"question": question}} if question else {}
    cells = [{"cell_type": "code", "metadata": metadata, "source": source, "outputs": []} for source in sources]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def sound_files() -> dict[str, str | bytes]:
    return {
        "program.yaml": PROGRAM,
        "lessons/first-look/lesson.yaml": LESSON,
        "lessons/first-look/ko.md": KOREAN,
        "lessons/first-look/en.md": ENGLISH,
        "lessons/first-look/images/map.svg": DRAWING,
        "projects/rain/project.yaml": PROJECT,
        "projects/rain/brief.ko.md": "## 문제\n\n비가 올까요?\n",
        "projects/rain/brief.en.md": "## The question\n\nWill it rain?\n",
        "projects/rain/prepare.py": "print(1)\n",
        "projects/rain/starter.ko.ipynb": notebook("mean = ..."),
        "projects/rain/starter.en.ipynb": notebook("mean = ..."),
        "projects/rain/solution/predict.py": "print(1)\n",
        "projects/rain/wrong/swapped.py": "print(1)\n",
    }


def write_program(folder: Path, **changes: str | bytes | None) -> Path:
    """The sound program at `folder`/tiny; `changes` by file name replace, add or (None) leave out files."""
    root = folder / "tiny"
    for name, content in (sound_files() | changes).items():
        if content is None:
            continue
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else dedent(content).encode())
    return root


def problems_of(folder: Path, **changes: str | bytes | None) -> list[Problem]:
    return list(load(write_program(folder, **changes)).problems)


def told(problems: list[Problem]) -> list[tuple[str, int, str]]:
    """Problems as (file, line, code without its prefix)."""
    return [(each.file, each.line, each.code.removeprefix("content.")) for each in problems]


def changed(text: str, old: str, new: str) -> str:
    assert old in text, f"{old!r} is not there to be changed"
    return text.replace(old, new, 1)
