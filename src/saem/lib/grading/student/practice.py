"""A small notebook that the harness runs once in a zygote, so that its cells find everything warm."""

import os
import signal
import sys
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # harness.py stands in front of this text
    from saem.lib.grading.student.harness import FOLDER, call_functions, run_cells  # noqa: TC004  # they are there at run time, too

PRACTICE_CELLS = (
    "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2, 3], 'b': list('xyz')})\nmean = table['a'].mean()\n",
    "column = table.groupby('b')['a'].sum()\nmost = column.idxmax()\nnames, count = table['b'].tolist(), len(table)\n",
    "def double(number):\n    return 2 * number\ndef guess(rows):\n    return rows['a'].to_numpy() > 1\n",
    "missing_name\n",
)
PRACTICE_NAMES = ("mean", "column", "most", "names", "count", "table")


def practise() -> None:
    """Leaves nothing behind."""
    kept = sys.stdout, sys.stderr, sys.modules["__main__"]
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            run_cells({"cells": [practice_cell(number) for number in range(1, len(PRACTICE_CELLS) + 1)]})
            call_functions({"calls": practice_calls()})
        finally:
            os.chdir(before)
            sys.stdout, sys.stderr, sys.modules["__main__"] = kept
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            for name in ("saem_notebook", "IPython", "IPython.display"):
                sys.modules.pop(name, None)


def practice_cell(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "name": f"<cell {number}>",
        "code": PRACTICE_CELLS[number - 1],
        "wall_s": 9.0,
        "question": number,
        "names": PRACTICE_NAMES,
        "last": True,
    }


def practice_calls() -> list[dict[str, Any]]:
    path = f"{FOLDER}/input.csv"
    with open(path, "w", encoding="utf-8") as table:
        table.write("a,b\n1,x\n2,y\n")
    return [
        {"place": 0, "name": "double", "wall_s": 9.0, "cases": [[1], [2]], "input": None},
        {"place": 1, "name": "guess", "wall_s": 9.0, "cases": [], "input": path},
    ]
