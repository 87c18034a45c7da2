"""What runs in the checker's cell: it meets the bytes of strangers, and never a line of their code.

Only relative imports, NumPy, pandas and the standard library are used in here, so that a checker's cell in which this
package is not installed can be given it as files.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from .answers import check_answers, read_report
from .archives import open_archive
from .bundle import read_bundle
from .leaks import find_leaks
from .models import check_model
from .outputs import check_outputs
from .pictures import clean_png
from .predictions import check_predictions

TASK, ANSWER, REPORT = "task.json", "answer.json", "saem-report"


def check_notebook(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Results of all checks, what the harness reported of the cells, and the figures that are pictures."""
    files = read_bundle(folder)
    drawn: dict[str, int] = {}
    kept = []
    for name, question in task["figure_files"].items():
        picture = clean_png(files[name])
        if picture is not None:
            cleaned = folder / f"{name}.clean"
            cleaned.parent.mkdir(exist_ok=True)
            cleaned.write_bytes(picture)
            drawn[question] = drawn.get(question, 0) + 1
            kept.append(name)
    cells = read_report(files.get(REPORT, b""), task["cells"])
    checked = check_answers({**task, "figures": {**task["figures"], **drawn}}, files, folder)
    return {**checked, "cells": cells, "figures": kept}


KINDS: dict[str, Callable[[Mapping[str, Any], Path], dict[str, Any]]] = {
    "predictions": check_predictions,
    "notebook": check_notebook,
    "model": check_model,
    "outputs": check_outputs,
    "archive": open_archive,
    "leaks": find_leaks,
}


def run(folder: Path) -> None:
    """Answer the task that lies in `folder`."""
    task = json.loads((folder / TASK).read_bytes())
    answer = KINDS[task["kind"]](task, folder)
    (folder / ANSWER).write_text(json.dumps(answer), encoding="utf-8")
