"""From `prepare.py` to an assignment, and the rehearsal of what the author hands in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from saem.lib.grading import Assignment, Prepared, Spec, VerdictStatus, parse_spec, prepare, rehearse
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import check, graded, notebook, predictions, question, spec_of, statuses, text

pytestmark = pytest.mark.sandbox

SOURCE = ("n,v\n" + "".join(f"{place},{place % 7 + place / 10}\n" for place in range(60))).encode()
PREPARE = """
import pandas as pd
from pathlib import Path
rows = pd.read_csv("numbers.csv").rename(columns={"n": "id", "v": "y"})
for name in ("public", "hidden/more"):
    Path(name).mkdir(parents=True)
rows["x"] = rows["y"] * 2
train, test = rows[::2], rows[1::2].copy()
test["split"] = ["public", "private"] * (len(test) // 2)
train.to_csv("public/train.csv", index=False)
test[["id", "x"]].to_csv("public/test.csv", index=False)
test[["id"]].assign(y=0).to_csv("public/sample_submission.csv", index=False)
test[["id", "y", "split"]].to_csv("hidden/solution.csv", index=False)
test[["id"]].assign(y=train["y"].mean()).to_csv("hidden/baseline-mean.csv", index=False)
test[["x"]].to_csv("hidden/features.csv", index=False)
test[["y"]].to_csv("hidden/more/answers.csv", index=False)
"""
CHECKS = "def tidy(values):\n    return values['total'] > 0 and len(values['train']) == 30\n"
QUESTIONS = (
    question("q1", check("total", value="total"), check("tidy", python="tidy", values=["total", "train"])),
    question(
        "q2",
        check("half", call="half", cases=[[4], [10]]),
        check(
            "guess",
            predict="guess",
            input="features.csv",
            against="more/answers.csv",
            column="y",
            metric="mae",
            at_most=0.1,
        ),
    ),
)
PREDICTED = predictions(
    baselines=[{"id": "mean", "title": text("mean")}], checks=[check("beats-mean", beats="mean", points=3)]
)
SETUP = "import pandas as pd\ntrain = pd.read_csv('train.csv')"
SOLUTION = (
    SETUP,
    ("q1", "total = train['y'].sum()"),
    ("q2", "def half(x):\n    return x / 2\ndef guess(rows):\n    return half(rows['x'])"),
)


def prepared(
    sandbox: Sandbox,
    *,
    spec: Spec | None = None,
    code: str = PREPARE,
    checks: str = CHECKS,
    solution: bytes | None = notebook(*SOLUTION),
) -> Prepared:
    return prepare(
        spec=spec or spec_of(*QUESTIONS, predicted=PREDICTED),
        prepare_code=code,
        checks_code=checks,
        source_files={"numbers.csv": SOURCE},
        solution_notebook=solution,
        content_version="sha256:x",
        sandbox=sandbox,
    )


@pytest.fixture(scope="module")
def ready(sandbox: Sandbox) -> Assignment:
    found = prepared(sandbox)
    assert found.problems == ()
    assert found.assignment
    return found.assignment


def test_an_assignment(ready: Assignment) -> None:
    assert set(ready.public) == {"train.csv", "test.csv", "sample_submission.csv"}
    assert set(ready.hidden) == {"solution.csv", "baseline-mean.csv", "features.csv", "more/answers.csv"}
    assert set(ready.reference) == {"values-0", "call-0"}
    assert set(ready.baselines["mean"]) == {"public", "private"}
    assert Assignment.from_bytes(ready.to_bytes()) == ready


def test_grades_against_the_solution(ready: Assignment, sandbox: Sandbox) -> None:
    right = graded(ready, sandbox, *SOLUTION)
    assert right.score == right.max_score == 4.0
    other = (
        SETUP,
        ("q1", "total = 1.0"),
        ("q2", "def half(x):\n    return x // 3\ndef guess(rows):\n    return rows['x']"),
    )
    assert statuses(graded(ready, sandbox, *other)) == {
        "total": "failed",
        "tidy": "passed",
        "half": "failed",
        "guess": "failed",
    }


def test_a_checker_that_stumbles_over_an_odd_answer_is_not_broken(ready: Assignment, sandbox: Sandbox) -> None:
    verdict = graded(ready, sandbox, SETUP, ("q1", "total = 'much'"), SOLUTION[2])
    assert verdict.status == VerdictStatus.SCORED
    assert {one.id: [reason.code for reason in one.reasons] for one in verdict.checks}["tidy"] == ["unexpected_value"]


def codes(found: Prepared) -> list[tuple[str, str]]:
    assert found.assignment is None
    return [(problem.path, problem.code) for problem in found.problems]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        (("import pandas", "import pandsa"), "prepare", "grading.prepare_failed"),
        (('test[["id"]].assign(y=0)', "#"), "prepare", "grading.file_not_written"),
        (('test[["x"]].to_csv', "#"), "grading.notebook.questions.1.checks.1.input", "grading.file_not_written"),
        (('test[["id"]].assign(y=train', "#"), "grading.predictions.baselines.0.id", "grading.file_not_written"),
        (
            ('test[["y"]].to_csv', 'test[["x"]].to_csv'),
            "grading.notebook.questions.1.checks.1.column",
            "grading.unknown_column",
        ),
        (('["public", "private"]', '["open", "private"]'), "grading.predictions", "grading.bad_file"),
        (('test[["id"]].assign(y=0)', "test[['id']][:5].assign(y=0)"), "grading.predictions", "grading.bad_file"),
        (('y=train["y"].mean()', "y=float('nan')"), "grading.predictions.baselines.0", "grading.bad_file"),
    ],
)
def test_what_prepare_forgot(sandbox: Sandbox, change: tuple[str, str], path: str, code: str) -> None:
    assert change[0] in PREPARE
    assert (path, code) in codes(prepared(sandbox, code=PREPARE.replace(*change)))


def test_where_prepare_stopped(sandbox: Sandbox) -> None:
    (problem,) = prepared(sandbox, code="x = 1\n1 / 0\n").problems
    assert (problem.path, problem.params["line"], problem.params["type"]) == ("prepare", 2, "ZeroDivisionError")
    assert codes(prepared(sandbox, code="import os\nos._exit(0)")) == [("prepare", "grading.prepare_stopped")]


@pytest.mark.parametrize(
    ("solution", "problem"),
    [
        (None, ("grading.notebook", "grading.no_solution_notebook")),
        (b"{", ("grading.notebook", "grading.solution_not_a_notebook")),
        (notebook(*SOLUTION[:2]), ("grading.notebook.questions.1.cell", "grading.solution_cell_missing")),
        (
            notebook(SETUP, ("q1", "total = -1"), SOLUTION[2]),
            ("grading.notebook.questions.0.checks.1", "grading.solution_fails"),
        ),
        (
            notebook(SETUP, ("q1", "total = 3\n1 / 0"), SOLUTION[2]),
            ("grading.notebook.questions.0", "grading.solution_raises"),
        ),
        (
            notebook(SETUP, ("q1", "sum_total = 3"), SOLUTION[2]),
            ("grading.notebook.questions.0.checks.0", "grading.solution_fails"),
        ),
    ],
)
def test_what_the_solution_lacks(sandbox: Sandbox, solution: bytes | None, problem: tuple[str, str]) -> None:
    assert problem in codes(prepared(sandbox, solution=solution))


@pytest.mark.parametrize(
    ("checks", "path", "code"),
    [
        ("def other(v): pass", "grading.notebook.questions.0.checks.1.python", "grading.unknown_function"),
        ("def tidy(v:", "grading", "grading.checks_syntax"),
        ("def tidy(v):\n    return v['absent']", "grading.notebook", "grading.checker_failed"),
        ("def tidy(v):\n    return 3", "grading.notebook", "grading.checker_answer"),
    ],
)
def test_what_the_checks_lack(sandbox: Sandbox, checks: str, path: str, code: str) -> None:
    assert (path, code) in codes(prepared(sandbox, checks=checks))


def test_a_leak_is_a_warning_beside_the_assignment(sandbox: Sandbox) -> None:
    code = PREPARE.replace("rows[::2], rows[1::2]", "rows[:20], rows[20:]").replace(
        '[["id", "x"]]', '[["id", "x", "before"]]'
    )
    code = code.replace('rows["x"] = rows["y"] * 2', 'rows["x"] = rows["y"] * 2\nrows["before"] = rows["y"].shift(1)')
    found = prepared(sandbox, spec=spec_of(predicted=PREDICTED), code=code, solution=None)
    assert found.assignment
    assert [(problem.code, problem.severity) for problem in found.problems] == [("grading.leak_lag", "warning")]


@dataclass(frozen=True)
class Solution:
    file: str
    beats: Sequence[str] = ()
    full: bool = False
    kind: str | None = None


@dataclass(frozen=True)
class Wrong:
    file: str
    rejected: str | None = None
    fails: Sequence[str] = ()
    kind: str | None = None


GOOD_SCRIPT = b"import pandas as pd\nt = pd.read_csv('test.csv')\nt.assign(y=t['x'] / 2)[['id', 'y']].to_csv('submission.csv', index=False)"
FILES = {
    "good.py": GOOD_SCRIPT,
    "zero.py": GOOD_SCRIPT.replace(b"t['x'] / 2", b"100"),
    "short.py": GOOD_SCRIPT.replace(b"[['id', 'y']]", b"[['id', 'y']][:3]"),
    "broken.py": b"x = 1\n1 / 0",
    "silent.py": b"pass",
    "loop.py": b"import os\nos._exit(3)",
    "text.csv": b"hello",
    "right.ipynb": notebook(*SOLUTION),
    "wrong.ipynb": notebook(SETUP, ("q1", "total = 1.0"), SOLUTION[2]),
}


def test_a_rehearsal_without_fault(ready: Assignment, sandbox: Sandbox) -> None:
    problems = rehearse(
        ready,
        solutions=[Solution("good.py", beats=["mean"]), Solution("right.ipynb", full=True)],
        wrong=[
            Wrong("short.py", rejected="row_count"),
            Wrong("zero.py", fails=["beats-mean"]),
            Wrong("text.csv", rejected="not_csv"),
            Wrong("wrong.ipynb", fails=["total"]),
        ],
        files=FILES,
        sandbox=sandbox,
    )
    assert problems == []


def test_a_rehearsal_finds_what_is_not_as_stated(ready: Assignment, sandbox: Sandbox) -> None:
    problems = rehearse(
        ready,
        solutions=[
            Solution("zero.py", beats=["mean"]),
            Solution("wrong.ipynb", full=True),
            Solution("short.py"),
            Solution("broken.py"),
            Solution("absent.py"),
        ],
        wrong=[
            Wrong("good.py", fails=["beats-mean"]),
            Wrong("good.py", rejected="row_count"),
            Wrong("short.py", fails=["beats-mean"]),
            Wrong("wrong.ipynb", fails=["half"]),
            Wrong("silent.py", fails=["x"]),
            Wrong("loop.py", fails=["x"]),
        ],
        files=FILES,
        sandbox=sandbox,
    )
    assert [(problem.path, problem.code) for problem in problems] == [
        ("solutions.0.beats", "grading.solution_not_beating"),
        ("solutions.1", "grading.solution_not_full"),
        ("solutions.2", "grading.solution_rejected"),
        ("solutions.3", "grading.script_raises"),
        ("solutions.4.file", "grading.submission_missing"),
        ("wrong.0", "grading.wrong_passes"),
        ("wrong.1.rejected", "grading.wrong_not_rejected"),
        ("wrong.2", "grading.wrong_rejected"),
        ("wrong.3", "grading.wrong_passes"),
        ("wrong.3", "grading.wrong_fails_more"),
        ("wrong.4", "grading.script_wrote_nothing"),
        ("wrong.5", "grading.script_stopped"),
    ]


def test_a_checker_that_breaks_is_told_to_its_author(ready: Assignment, sandbox: Sandbox) -> None:
    broken = replace(ready, checks_code="def tidy(values):\n    raise RuntimeError('no')")
    problems = rehearse(broken, solutions=[Solution("right.ipynb")], wrong=[], files=FILES, sandbox=sandbox)
    assert [(problem.code, problem.params["line"]) for problem in problems] == [("grading.checker_failed", 2)]


def test_a_spec_with_nothing_hidden_needs_no_solution(sandbox: Sandbox) -> None:
    spec, _ = parse_spec({"notebook": {"questions": [question("q1", check("x", value="x", expect=1))]}})
    assert spec
    assert prepared(sandbox, spec=spec, solution=None).assignment
