"""Small authors' notebooks for tests: a cell is a text, Markdown where it is wrapped in `words`."""

import json
from typing import Any

from saem.lib.content.authoring import Made, make

FILE = "source.ipynb"
HEADING = "<!-- ko -->\n## 1. 평균 구하기\n\n<!-- en -->\n## 1. Finding a **mean**"
LOAD = 'import pandas as pd\nbeans = pd.read_csv("train.csv")'
QUESTION = '# 문항: q1\n# 풀이 시작\nmean_height = beans["height"].mean()\n# 풀이 끝\nmean_height'
CHECK = "# 확인: q1-mean 2점\n# 힌트: 모두 더해요.\n# hint: Add them all.\n# 오차: 0.01\nmean_height"


def words(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def code(text: str, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": None} | more


def notebook(*cells: str | dict[str, Any], **more: Any) -> bytes:
    raw = [code(each) if isinstance(each, str) else each for each in cells]
    tree = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": raw} | more
    return json.dumps(tree, ensure_ascii=False).encode()


def made(*cells: str | dict[str, Any]) -> Made:
    return make(FILE, notebook(*cells))


def asked(*checks: str, question: str = QUESTION) -> Made:
    """One good question with these checks below it."""
    return made(words(HEADING), LOAD, question, *checks)


def found(result: Made) -> list[tuple[str, int, int]]:
    """Each problem as (code without its room, cell, line)."""
    return [
        (each.code.removeprefix("authoring."), int(str(each.params["cell"])), each.line) for each in result.problems
    ]


def cells_of(data: bytes) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(data)["cells"]
    return cells


def sources(data: bytes) -> list[str]:
    return ["".join(cell["source"]) for cell in cells_of(data)]
