"""Scripts: every case a run of its own, compared where the script never was."""

import pytest

from saem.lib.grading import Assignment, VerdictStatus
from saem.lib.grading.checkers.outputs import COMPARISONS, UnreadableOutputError
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import codes, said, statuses, text
from tests.lib.grading.kinds import SCRIPT, SECRET_ANSWER, SECRET_INPUT, TRIPLE, graded_as, prepared, reasons

pytestmark = pytest.mark.sandbox


@pytest.fixture(scope="module")
def asked(sandbox: Sandbox) -> Assignment:
    return prepared(sandbox, {"script": SCRIPT}, code=TRIPLE)


def test_the_solution_has_every_point(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("script", asked, sandbox, TRIPLE)
    assert verdict.status == VerdictStatus.SCORED
    assert verdict.score == verdict.max_score == 4
    assert verdict.own_ms > 0


def test_a_shown_case_is_shown_and_a_hidden_one_is_not(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("script", asked, sandbox, "print(input(), 'and more')")
    assert reasons(verdict) == {"shown": ["wrong_output_at"], "hidden": ["wrong_output"], "zero": ["wrong_output"]}
    shown = {one.id: one.shown for one in verdict.questions}
    assert shown["shown"] is not None
    assert (shown["shown"].stdin, shown["shown"].expected, shown["shown"].output) == ("14\n", "42\n", "14 and more\n")
    assert shown["hidden"] is None
    assert SECRET_INPUT not in said(verdict)
    assert SECRET_ANSWER not in said(verdict)
    assert verdict.checks[1].hint == text("times")


STOPS = {
    "loop": ("while True: pass", "timeout", "script_timeout"),
    "exit by signal": ("import os\nos.abort()", "crashed", "script_crashed"),
    "memory": ("x = [0] * 10**9\nwhile True: x = x + x", "memory", "script_memory"),
    "flood": ("while True: print('x' * 1000)", "crashed", "script_output"),
    "error": ("1 / 0", "error", "script_raised_at"),
    "syntax": ("print(", "error", "script_raised_at"),
}


@pytest.mark.parametrize("stop", STOPS)
def test_one_bad_case_costs_one_case(asked: Assignment, sandbox: Sandbox, stop: str) -> None:
    code, status, reason = STOPS[stop]
    bad = f"number = int(input())\nif number == 0:\n    exec({code!r})\nprint(3 * number)\n"
    verdict = graded_as("script", asked, sandbox, bad)
    assert statuses(verdict) == {"shown": "passed", "hidden": "passed", "zero": "error"}
    assert str(verdict.questions[2].status) == status
    assert reasons(verdict)["zero"] == [reason]


def test_a_right_answer_before_an_error_is_no_answer(asked: Assignment, sandbox: Sandbox) -> None:
    verdict = graded_as("script", asked, sandbox, TRIPLE + "raise SystemError('late')\n")
    assert verdict.score == 0
    assert set(statuses(verdict).values()) == {"error"}
    told = verdict.questions[0].fault
    assert told is not None
    assert (told.source, told.line) == ("script.py", 3)
    assert verdict.questions[1].fault is None


def test_exit_codes_are_claims(asked: Assignment, sandbox: Sandbox) -> None:
    assert graded_as("script", asked, sandbox, TRIPLE + "import sys\nsys.exit(3)\n").score == 4
    assert graded_as("script", asked, sandbox, "import os\nprint('OK passed 100', flush=True)\nos._exit(0)").score == 0


def test_a_script_is_run_as_one(asked: Assignment, sandbox: Sandbox) -> None:
    code = "def main():\n    for line in open(0):\n        print(int(line) * 3)\n\nif __name__ == '__main__':\n    main()\n"
    assert graded_as("script", asked, sandbox, code).score == 4
    assert graded_as("script", asked, sandbox, "import sys\nprint(3 * int(sys.stdin.read()))").score == 4


def test_files_arguments_and_a_file_of_answers(sandbox: Sandbox) -> None:
    case = {"title": text("c"), "argv": ["--factor", "2"], "files": {"in.csv": "numbers.csv"}}
    raw = {
        "script": {
            "output": "out.csv",
            "tolerance": 0.01,
            "cases": [{"id": "a", **case, "shown": True}, {"id": "b", **case, "against": "answers.csv"}],
        }
    }
    write = "import os\nos.makedirs('hidden')\nopen('hidden/numbers.csv', 'w').write('x\\n1\\n2\\n')\n"
    write += "open('hidden/answers.csv', 'w').write('n,x\\n0,2\\n1,4\\n')\n"
    good = "import sys\nimport pandas as pd\nt = pd.read_csv('in.csv') * int(sys.argv[2])\n"
    good += "t.to_csv('out.csv', index_label='n')\nprint(sys.argv[0])\n"
    asked = prepared(sandbox, raw, code=good, prepare_code=write)
    assert graded_as("script", asked, sandbox, good).score == 2
    near = good.replace("t.to_csv", "(t + 0.001)[['x']].to_csv")
    assert graded_as("script", asked, sandbox, near).score == 2
    wrong = graded_as("script", asked, sandbox, good.replace("t.to_csv", "(t + 1).to_csv"))
    assert reasons(wrong) == {"a": ["wrong_output_at"], "b": ["wrong_output"]}
    shown = wrong.questions[0].shown
    assert shown is not None
    assert (shown.command, dict(shown.files)) == ("script.py --factor 2", {"in.csv": "x\n1\n2\n"})
    none = graded_as("script", asked, sandbox, "pass")
    assert reasons(none) == {"a": ["no_output_file"], "b": ["no_output_file"]}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x80\x04\x95pickle", "not_python"),
        (b'{"cells": [], "nbformat": 4}', "not_python"),
        (b"x = 1\n\xff\xfe\n", "bad_encoding"),
        (b"#" * 600_000, "too_large"),
    ],
)
def test_what_is_no_python_file(asked: Assignment, sandbox: Sandbox, data: bytes, code: str) -> None:
    verdict = graded_as("script", asked, sandbox, data)
    assert verdict.status == VerdictStatus.REJECTED
    assert codes(verdict) == [code]


def test_other_encodings_and_line_ends_are_read(asked: Assignment, sandbox: Sandbox) -> None:
    code = f"# 세 배\r\n{TRIPLE}".replace("\n", "\r\n")
    assert graded_as("script", asked, sandbox, code.encode("cp949")).score == 4
    assert graded_as("script", asked, sandbox, b"\xef\xbb\xbf" + code.encode()).score == 4


@pytest.mark.parametrize(
    ("way", "expected", "found", "tolerance", "line"),
    [
        ("lines", "1 2\n3\n", "1  2 \n3\n\n", None, 0),
        ("lines", "a\nb\n", "a\nc\n", None, 2),
        ("lines", "a\n", "a\nb\n", None, 2),
        ("lines", "0.3333\n", "0.333\n", 0.01, 0),
        ("lines", "0.3333\n", "0.333\n", None, 1),
        ("lines", "5\n", "nan\n", 1000, 1),
        ("tokens", "1 2\n3", "1\n2\n3.0", None, 0),
        ("tokens", "1 2 3", "1 2", None, -1),
        ("numbers", "sum: 3, mean 1.5", "The sum is 3.\nMean: (1.5)!", None, 0),
        ("numbers", "3", "three", None, -1),
        ("numbers", "1000", "1_000", None, -1),
        ("csv", "a,b\n1,x\n", "b,a\nx,1.0\n", None, 0),
        ("csv", "a\n1\n2\n", "a\n1\n3\n", None, 3),
        ("csv", "a,b\n1,\n", "a,b\n1,NaN\n", None, 0),
        ("csv", "a\n1\n", "b\n1\n", None, 1),
        ("json", '{"a": [1, 2]}', '{"a": [1.0, 2]}', None, 0),
        ("json", "[1]", "[2]", None, -1),
    ],
)
def test_ways_to_compare(way: str, expected: str, found: str, tolerance: float | None, line: int) -> None:
    assert COMPARISONS[way](expected, found, tolerance) == line


def test_what_is_no_table_cannot_be_compared_as_one() -> None:
    with pytest.raises(UnreadableOutputError):
        COMPARISONS["csv"]("a\n1\n", '"', None)
