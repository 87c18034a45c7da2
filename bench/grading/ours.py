"""Our grader on the homework."""

import json
import time
from dataclasses import dataclass
from typing import Any

from bench.grading.homework import FILE, QUESTIONS, RIGHT, cells, library
from bench.grading.tree import cpu_seconds_of_tree
from saem.lib.grading import Assignment, Submission, Verdict, grade, parse_spec, prepare
from saem.lib.sandbox import Sandbox

PREPARE = f"""
import pandas as pd
from pathlib import Path
Path("public").mkdir()
Path("hidden").mkdir()
books = pd.read_csv("{FILE}")
books.to_csv("public/{FILE}", index=False)
books[::5].drop(columns="member").to_csv("hidden/features.csv", index=False)
books[::5][["member"]].to_csv("hidden/answers.csv", index=False)
"""
CHECKS = "def plausible(values):\n    return 0.65 < values['accuracy'] <= 1\n"
MODEL = {"input": "features.csv", "against": "answers.csv", "column": "member", "metric": "accuracy", "at_least": 0.65}
BY_QUESTION: dict[str, list[dict[str, Any]]] = {
    "q1": [
        {"id": "rows", "value": "row_count"},
        {"id": "mean", "value": "mean_visits"},
        {"id": "top", "value": "top_branch"},
    ],
    "q2": [
        {"id": "by-branch", "value": "by_branch"},
        {"id": "best", "value": "best_branch"},
        {"id": "spread", "value": "spread"},
    ],
    "q3": [
        {"id": "fee-zero", "call": "late_fee", "cases": [[0]]},
        {"id": "fee-some", "call": "late_fee", "cases": [[3], [10]]},
        {"id": "fee-cap", "call": "late_fee", "cases": [[100]]},
    ],
    "q4": [
        {"id": "accuracy", "value": "accuracy"},
        {"id": "plausible", "python": "plausible", "values": ["accuracy"]},
        {"id": "guess", "predict": "guess_member", **MODEL},
    ],
    "q5": [{"id": "hits", "value": "hits"}, {"id": "precision", "value": "precision"}],
}


@dataclass(frozen=True)
class Run:
    """One verdict: seconds of the whole process tree, and what it was."""

    wall_s: float
    cpu_s: float
    verdict: Verdict


def notebook(answers: dict[str, str]) -> bytes:
    raw = [
        {"cell_type": "code", "metadata": {"saem": {"question": name}} if name else {}, "source": code, "outputs": []}
        for name, code in cells(answers)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": raw}).encode()


def assignment(sandbox: Sandbox) -> Assignment:
    """The homework in our form; raises RuntimeError if it is not sound."""
    questions = []
    for question in QUESTIONS:
        checks = BY_QUESTION[question.name]
        share = question.points / len(checks)
        questions.append(
            {
                "id": question.name,
                "title": {"ko": question.name, "en": question.name},
                "limits": {"wall_s": 10},
                "checks": [{"title": {"ko": "-", "en": "-"}, "points": share, **check} for check in checks],
            }
        )
    spec, problems = parse_spec({"notebook": {"questions": questions}})
    if spec is None:
        raise RuntimeError(str(problems))
    prepared = prepare(
        spec=spec,
        prepare_code=PREPARE,
        checks_code=CHECKS,
        source_files={FILE: library()},
        solution_notebook=notebook(RIGHT),
        content_version="bench",
        sandbox=sandbox,
    )
    if prepared.assignment is None:
        raise RuntimeError(str(prepared.problems))
    return prepared.assignment


def run(asked: Assignment, answers: dict[str, str], sandbox: Sandbox) -> Run:
    data = notebook(answers)
    before, started = cpu_seconds_of_tree(), time.perf_counter()
    verdict = grade(asked, Submission("notebook", "work.ipynb", data), sandbox=sandbox)
    wall_s = time.perf_counter() - started
    # The used cells die and fresh ones are forked after the verdict: that is part of its price.
    time.sleep(0.15)
    return Run(wall_s, cpu_seconds_of_tree() - before, verdict)
