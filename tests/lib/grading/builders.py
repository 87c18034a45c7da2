"""Small programs, notebooks and assignments to grade, made by plain functions."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from saem.lib.grading import Assignment, Spec, Submission, Verdict, grade, parse_spec
from saem.lib.sandbox import Sandbox

Raw = dict[str, Any]


def text(words: str) -> dict[str, str]:
    return {"ko": words, "en": words}


def check(name: str, **rest: Any) -> Raw:
    return {"id": name, "title": text(name), **rest}


def question(name: str, *checks: Raw, **rest: Any) -> Raw:
    return {"id": name, "title": text(name), "checks": list(checks), **rest}


def predictions(**rest: Any) -> Raw:
    return {"id": "id", "target": "y", "type": "number", "metric": "rmse", **rest}


def spec_of(*questions: Raw, predicted: Raw | None = None) -> Spec:
    raw: Raw = {}
    if questions:
        raw["notebook"] = {"questions": list(questions)}
    if predicted is not None:
        raw["predictions"] = predicted
    spec, problems = parse_spec(raw)
    assert problems == []
    assert spec is not None
    return spec


def notebook(*cells: str | tuple[str, str]) -> bytes:
    """Code cells; a pair is (question tag, code)."""
    raw = [
        {"cell_type": "code", "metadata": {}, "source": cell, "outputs": []}
        if isinstance(cell, str)
        else {"cell_type": "code", "metadata": {"saem": {"question": cell[0]}}, "source": cell[1].splitlines(True)}
        for cell in cells
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": raw}).encode()


def assignment(
    *questions: Raw,
    predicted: Raw | None = None,
    public: Mapping[str, bytes] | None = None,
    hidden: Mapping[str, bytes] | None = None,
    checks_code: str = "",
    baselines: Mapping[str, Mapping[str, float]] | None = None,
) -> Assignment:
    return Assignment(
        spec=spec_of(*questions, predicted=predicted),
        public=public or {},
        hidden=hidden or {},
        checks_code=checks_code,
        baselines=baselines or {},
        content_version="sha256:test",
    )


def graded(asked: Assignment, sandbox: Sandbox, *cells: str | tuple[str, str]) -> Verdict:
    return grade(asked, Submission("notebook", "work.ipynb", notebook(*cells)), sandbox=sandbox)


def graded_csv(asked: Assignment, sandbox: Sandbox, data: bytes | str) -> Verdict:
    raw = data.encode() if isinstance(data, str) else data
    return grade(asked, Submission("predictions", "work.csv", raw), sandbox=sandbox)


def statuses(verdict: Verdict) -> dict[str, str]:
    return {one.id: str(one.status) for one in verdict.checks}


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


def csv_of(rows: Iterable[Iterable[object]], header: str = "id,y") -> str:
    return "\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n"


def solution_csv(values: Iterable[object], *, public_every: int = 2) -> bytes:
    rows = ((place, value, "public" if place % public_every == 0 else "private") for place, value in enumerate(values))
    return csv_of(rows, "id,y,split").encode()


def said(verdict: Verdict) -> str:
    """All that a verdict says but its times, whose digits may be anything."""
    questions = tuple(replace(one, wall_ms=0.0) for one in verdict.questions)
    return repr(replace(verdict, overhead_ms=0.0, own_ms=0.0, questions=questions))
