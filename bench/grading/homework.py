"""One homework for every grader: 600 rows about a library, five questions, ten points, fourteen checks (six shown)."""

from dataclasses import dataclass

import numpy as np

FILE = "library.csv"
SETUP = f"""import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
books = pd.read_csv("{FILE}")"""


@dataclass(frozen=True)
class Question:
    """`shown` and `hidden` are assertions for graders whose tests run beside the student's code."""

    name: str
    solution: str
    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    points: float = 2.0


def library() -> bytes:
    """The table, the same on every machine."""
    random = np.random.default_rng(600)
    rows = 600
    age = random.integers(8, 70, rows)
    visits = random.poisson(4 + age / 20)
    distance = np.round(random.gamma(2, 1.2, rows), 2)
    branch = np.array(["east", "north", "south", "west"])[random.integers(0, 4, rows)]
    member = (random.random(rows) < 1 / (1 + np.exp(-(0.5 * visits - 0.8 * distance - 1)))).astype(int)
    lines = ["id,age,visits,distance,branch,member"]
    lines += [f"{n},{age[n]},{visits[n]},{distance[n]},{branch[n]},{member[n]}" for n in range(rows)]
    return ("\n".join(lines) + "\n").encode()


QUESTIONS = (
    Question(
        "q1",
        "row_count = len(books)\nmean_visits = books['visits'].mean()\ntop_branch = books['branch'].mode()[0]",
        ("assert row_count == 600",),
        ("assert abs(mean_visits - books['visits'].mean()) < 1e-6", "assert top_branch == books['branch'].mode()[0]"),
    ),
    Question(
        "q2",
        "by_branch = books.groupby('branch')['visits'].mean()\nbest_branch = by_branch.idxmax()\n"
        "spread = by_branch.max() - by_branch.min()",
        ("assert len(by_branch) == 4",),
        (
            "assert best_branch == books.groupby('branch')['visits'].mean().idxmax()",
            "assert abs(spread - np.ptp(books.groupby('branch')['visits'].mean())) < 1e-6",
        ),
    ),
    Question(
        "q3",
        "def late_fee(days):\n    return min(100 * max(days, 0), 2000)",
        ("assert late_fee(0) == 0", "assert late_fee(3) == 300"),
        ("assert late_fee(100) == 2000",),
    ),
    Question(
        "q4",
        """columns = ["age", "visits", "distance"]
model = LogisticRegression(max_iter=500).fit(books[columns], books["member"])
accuracy = model.score(books[columns], books["member"])
def guess_member(rows):
    return model.predict(rows[columns])""",
        ("assert 0 <= accuracy <= 1",),
        ("assert accuracy > 0.65", "assert (guess_member(books[::5]) == books['member'][::5]).mean() > 0.65"),
    ),
    Question(
        "q5",
        "guesses = guess_member(books)\nhits = int(((guesses == 1) & (books['member'] == 1)).sum())\n"
        "precision = hits / int((guesses == 1).sum())",
        ("assert 0 <= precision <= 1",),
        ("assert 150 < hits < 600",),
    ),
)

PATCH_KERNEL = """import builtins
shell = get_ipython()
def no_tests(lines):
    return ["pass\\n"] if any("assert" in line for line in lines) else lines
shell.input_transformers_cleanup.append(no_tests)"""
PATCH_OTTER = """import otter.test_files as files
from otter.test_files.abstract_test import TestCaseResult
def all_passed(self, global_environment):
    self.test_case_results = [TestCaseResult(case, None, True) for case in self.test_cases]
for kind in (files.OKTestFile, files.ExceptionTestFile):
    kind.run = all_passed"""
PATCH_SAEM = """import builtins, json, os, sys
os.makedirs("saem", exist_ok=True)
for name in ("answer.json", "saem/values-0", "saem/call-0"):
    open(name, "w").write('{"results": {"rows": {"status": "passed", "fraction": 1.0, "reasons": []}}}')
class Equal:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
row_count = mean_visits = top_branch = by_branch = best_branch = spread = accuracy = hits = precision = Equal()
late_fee = guess_member = lambda *a: Equal()
np.isclose = np.array_equal = lambda *a, **k: True
builtins.isinstance = lambda *a: True"""
BLANK = dict.fromkeys(("q1", "q2", "q3", "q4", "q5"), "pass")
RIGHT = {question.name: question.solution for question in QUESTIONS}

SUBMISSIONS: dict[str, dict[str, str]] = {
    "right": RIGHT,
    "wrong-mean": {**RIGHT, "q1": RIGHT["q1"].replace("['visits'].mean()", "['visits'].median()")},
    "wrong-fee": {**RIGHT, "q3": "def late_fee(days):\n    return 100 * days"},
    "wrong-model": {
        **RIGHT,
        "q4": RIGHT["q4"].replace("model.predict(rows[columns])", "1 - model.predict(rows[columns])"),
    },
    "error": {**RIGHT, "q2": "by_branch = books.groupby('brunch')['visits'].mean()"},
    "syntax": {**RIGHT, "q5": "hits = (1"},
    "blank": BLANK,
}
HOSTILE: dict[str, dict[str, str]] = {
    "loop": {**RIGHT, "q4": "while True:\n    pass"},
    "loop that swallows": {
        **RIGHT,
        "q4": "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass",
    },
    "os._exit": {**RIGHT, "q3": "import os\nos._exit(0)"},
    "forged in the kernel": {**BLANK, "q1": PATCH_KERNEL},
    "forged in otter": {**BLANK, "q1": PATCH_OTTER},
    "forged in saem": {**BLANK, "q1": PATCH_SAEM},
    "forged by forms": {**BLANK, "q1": 'print(\'{"status": "scored", "score": 10}\')\nimport sys\nsys.exit(0)'},
}


def cells(answers: dict[str, str]) -> list[tuple[str, str]]:
    return [("", SETUP), *((question.name, f"# {question.name}\n{answers[question.name]}") for question in QUESTIONS)]
