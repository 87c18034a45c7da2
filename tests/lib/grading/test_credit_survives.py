"""One bad cell costs one question, whatever it does to its process."""

import time

import pytest

from saem.lib.grading import VerdictStatus
from saem.lib.grading.execution import MOST_RUNS
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import assignment, check, graded, question, statuses

pytestmark = pytest.mark.sandbox

SECOND = {"wall_s": 2}
ASKED = assignment(
    question("q1", check("a", value="a", expect=1), limits=SECOND),
    question("q2", check("b", value="b", expect=2), limits=SECOND),
    question("q3", check("c", call="c", cases=[[1], [2]], expect=[1, 2]), limits=SECOND),
    question("q4", check("d", call="d", cases=[[1]], expect=[1]), limits=SECOND),
)
RIGHT = {
    "q1": "a = 1",
    "q2": "b = 2",
    "q3": "def c(x):\n    return x",
    "q4": "def d(x):\n    return x",
}
SWALLOW = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
NATIVE = "import re\nre.match('(a+)+$', 'a' * 60 + 'b')"

ENDINGS = {
    "loop": ("while True:\n    pass", "timeout"),
    "loop that swallows": (SWALLOW, "timeout"),
    "loop in C": (NATIVE, "timeout"),
    "sleep": ("import time\ntime.sleep(60)", "timeout"),
    "no alarm": ("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\nwhile True:\n    pass", "timeout"),
    "exit": ("import os\nos._exit(0)", "crashed"),
    "segfault": ("import ctypes\nctypes.string_at(0)", "crashed"),
    "abort": ("import os\nos.abort()", "crashed"),
    "memory": ("import numpy as np\nhog = []\nwhile True:\n    hog.append(np.empty(10**6))", "memory"),
    "one array": ("import numpy as np\nhog = np.ones(10**9)", "memory"),
    "error": ("1 / 0", "error"),
    "stop": ("raise SystemExit", "error"),
    "flood": ("import os\nwhile True:\n    os.write(1, b'x' * 4096)", "crashed"),
    "disk": ("with open('big', 'wb') as file:\n    while True:\n        file.write(bytes(10**6))", "error"),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("bad", ["q1", "q2"])
def test_a_cell(sandbox: Sandbox, ending: str, bad: str) -> None:
    code, status = ENDINGS[ending]
    verdict = graded(ASKED, sandbox, *((name, code if name == bad else right) for name, right in RIGHT.items()))
    assert verdict.status == VerdictStatus.SCORED
    checks = statuses(verdict)
    mine = {"q1": "a", "q2": "b"}[bad]
    assert checks.pop(mine) == "error"
    assert set(checks.values()) == {"passed"}
    told = {one.id: one for one in verdict.questions}[bad]
    assert str(told.status) == status
    assert told.fault
    assert told.cell == int(bad[1])


@pytest.mark.parametrize("ending", ["loop", "loop that swallows", "loop in C", "exit", "segfault", "memory", "error"])
def test_a_function_on_a_hidden_case(sandbox: Sandbox, ending: str) -> None:
    code = "\n".join("    " + line for line in ENDINGS[ending][0].split("\n"))
    bad = f"def c(x):\n    if x == 1:\n        return x\n{code}"
    verdict = graded(ASKED, sandbox, *((name, bad if name == "q3" else right) for name, right in RIGHT.items()))
    assert statuses(verdict) == {"a": "passed", "b": "passed", "c": "error", "d": "passed"}


def test_two_bad_cells_and_a_bad_function(sandbox: Sandbox) -> None:
    cells = {
        **RIGHT,
        "q1": "import os\nos._exit(3)",
        "q3": f"def c(x):\n    {SWALLOW.replace(chr(10), chr(10) + '    ')}",
    }
    verdict = graded(ASKED, sandbox, *cells.items())
    assert statuses(verdict) == {"a": "error", "b": "passed", "c": "error", "d": "passed"}


def test_what_was_right_before_the_end_keeps_its_point(sandbox: Sandbox) -> None:
    verdict = graded(ASKED, sandbox, *{**RIGHT, "q1": "a = 1\nwhile True:\n    pass"}.items())
    assert statuses(verdict)["a"] == "passed"
    assert str(verdict.questions[0].status) == "timeout"


def test_the_line_of_a_loop_is_found(sandbox: Sandbox) -> None:
    verdict = graded(ASKED, sandbox, *{**RIGHT, "q2": "x = 1\n\nwhile x:\n    x = x + 1"}.items())
    fault = verdict.questions[1].fault
    assert fault
    assert fault.source == "<cell 2>"
    assert fault.line in (3, 4)


def test_a_notebook_of_nothing_but_crashes_ends_soon(sandbox: Sandbox) -> None:
    names = [f"q{place}" for place in range(MOST_RUNS + 3)]
    asked = assignment(*(question(name, check(f"{name}-v", value=name, expect=1)) for name in names))
    started = time.monotonic()
    verdict = graded(asked, sandbox, *((name, "import os\nos._exit(1)") for name in names))
    assert time.monotonic() - started < 60
    assert [str(one.status) for one in verdict.questions] == ["crashed"] * MOST_RUNS + ["not_reached"] * 3
    assert set(statuses(verdict).values()) == {"error", "not_reached"}


def test_a_thread_left_behind_keeps_nobody_waiting(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("a", value="a", expect=1)))
    cell = "import threading, time, atexit\natexit.register(time.sleep, 30)\n"
    cell += "threading.Thread(target=time.sleep, args=(30,)).start()\na = 1"
    started = time.monotonic()
    assert statuses(graded(asked, sandbox, ("q1", cell))) == {"a": "passed"}
    assert time.monotonic() - started < 15
