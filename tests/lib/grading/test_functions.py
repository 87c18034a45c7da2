"""Functions in a file: imported once, each called on cases it cannot see."""

import pytest

from saem.lib.grading import Assignment, explain
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import check, question, said, statuses
from tests.lib.grading.kinds import DOUBLE, FUNCTIONS, SECRET_INPUT, TIDY, graded_as, prepared, reasons

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def asked(sandbox: Sandbox) -> Assignment:
    return prepared(sandbox, {"functions": FUNCTIONS}, code=DOUBLE + TIDY)


def test_the_solution_has_every_point(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("functions", asked, sandbox, DOUBLE + TIDY)
    assert verdict.score == verdict.max_score == 2
    assert [(one.id, str(one.status), one.cell) for one in verdict.questions] == [
        ("double", "done", None),
        ("tidy", "done", None),
    ]


# A function that goes wrong costs its own check, however it does so.
BAD = {
    "loop": ("while True: pass", "error", "case_timeout"),
    "stubborn loop": (
        "while True:\n        try:\n            while True: pass\n        except BaseException: pass",
        "error",
        "case_timeout",
    ),
    "exit": ("import os; os._exit(0)", "error", "case_crashed"),
    "memory": ("y = [x]\n    while True: y = y + y", "error", "case_raised_at"),
    "recursion": ("return double(x)", "error", "case_recursion"),
    "error": ("return x / 0", "error", "case_raised_at"),
    "own exception": (f"raise type('E{SECRET_INPUT}', (Exception,), {{}})(str(x))", "error", "case_raised_at"),
    "text": ("return str(2 * x)", "failed", "wrong_result"),
    "nothing": ("print(2 * x)", "failed", "wrong_result"),
    "a module": ("import os; return os", "failed", "unreadable_value"),
    "a generator": ("yield 2 * x", "failed", "unreadable_value"),
    "two arguments": ("return 2 * x + y", "error", "case_raised_at"),
}


@pytest.mark.parametrize("bad", BAD)
def test_one_bad_function_costs_one_function(asked: Assignment, sandbox: Sandbox, bad: str) -> None:
    body, status, reason = BAD[bad]
    verdict = graded_as("functions", asked, sandbox, f"def double(x):\n    {body}\n\n\n{TIDY}")
    assert statuses(verdict) == {"doubles": status, "sorts": "passed"}
    assert reasons(verdict)["doubles"] == [reason]
    assert SECRET_INPUT not in said(verdict)


def test_printing_and_changing_arguments_do_no_harm(asked: Assignment, sandbox: Sandbox) -> None:
    loud = "print('loading ' * 1000)\n" + DOUBLE.replace("return", "print(x)\n    return")
    cruel = "def tidy(values):\n    kept = sorted(values)\n    values.clear()\n    return kept\n"
    assert graded_as("functions", asked, sandbox, loud + cruel).score == 2


def test_an_error_of_the_file_is_told_with_its_line_and_costs_what_comes_after(
    asked: Assignment, sandbox: Sandbox
) -> None:
    verdict = graded_as("functions", asked, sandbox, f"{DOUBLE}nothing.here\n{TIDY}")
    assert statuses(verdict) == {"doubles": "passed", "sorts": "error"}
    fault = verdict.questions[1].fault
    assert fault is not None
    assert (fault.source, fault.line, fault.text) == ("functions.py", 5, "nothing.here")
    assert "<cell" not in fault.traceback
    assert explain(fault).line == 5


@pytest.mark.parametrize("ending", ["while True: pass", "import os; os._exit(0)", "raise SystemExit"])
def test_a_file_that_never_ends_loading(asked: Assignment, sandbox: Sandbox, ending: str) -> None:
    verdict = graded_as("functions", asked, sandbox, f"{ending}\n{DOUBLE}")
    assert verdict.score == 0
    assert set(statuses(verdict).values()) <= {"error", "failed"}
    assert all(one.fault is not None and one.fault.line in (1, None) for one in verdict.questions)


def test_names_of_the_file_can_be_asked_for_beside_functions(sandbox: Sandbox) -> None:
    raw = {
        "functions": {
            "questions": [question("q", check("v", value="LIMIT"), check("own", python="is_even", values=["LIMIT"]))]
        }
    }
    checks = "def is_even(values):\n    return values['LIMIT'] % 2 == 0\n"
    asked = prepared(sandbox, raw, code="LIMIT = 4\n", checks_code=checks)
    assert statuses(graded_as("functions", asked, sandbox, "LIMIT = 6")) == {"v": "failed", "own": "passed"}
    assert reasons(graded_as("functions", asked, sandbox, "limit = 4")) == {
        "v": ["missing_name"],
        "own": ["missing_name"],
    }
