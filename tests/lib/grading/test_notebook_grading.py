"""Whole notebooks through the real sandbox: right ones, wrong ones, and what a verdict says of them."""

import json
from dataclasses import replace

import pytest

from saem.lib.grading import Submission, VerdictStatus, grade
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import (
    assignment,
    check,
    codes,
    graded,
    graded_csv,
    predictions,
    question,
    said,
    solution_csv,
    statuses,
    text,
)

pytestmark = pytest.mark.sandbox

HINT = text("look again")
ASKED = assignment(
    question("q1", check("mean", value="mean", expect=2.5, hint=HINT), check("table", value="by", expect={"a": 1})),
    question("q2", check("call", call="double", cases=[[1], [[1, 2]], ["ab"]], expect=[2, [1, 2, 1, 2], "abab"])),
    question(
        "q3",
        check("model", predict="guess", input="in.csv", against="out.csv", column="y", metric="mae", at_most=0.5),
        check("author", python="sensible", values=["mean", "by"], points=4),
        check("figure", figure=True),
    ),
    public={"train.csv": b"x,y\n1,2\n2,4\n3,6\n"},
    hidden={"in.csv": b"x\n10\n20\n", "out.csv": b"y\n20\n40\n"},
    checks_code="def sensible(values):\n    return values['mean'] > 2, 0.5 if len(values['by']) else 1.0\n",
)
SETUP = "import pandas as pd\nimport matplotlib.pyplot as plt\n%matplotlib inline\n!pip install pandas\ntrain = pd.read_csv('train.csv')"
RIGHT = (
    SETUP,
    ("q1", "mean = train['y'].mean() - 1.5\nby = pd.Series({'a': 1.0})\nby.head()"),
    "# q2\ndef double(x):\n    print('working')\n    return x * 2",
    ("q3", "def guess(rows):\n    return rows['x'] * 2\nplt.plot(train['x'])\nplt.show()"),
)


def test_everything_right(sandbox: Sandbox) -> None:
    verdict = graded(ASKED, sandbox, *RIGHT)
    assert verdict.status == VerdictStatus.SCORED
    assert statuses(verdict) == dict.fromkeys(["mean", "table", "call", "model", "author", "figure"], "passed")
    assert (verdict.score, verdict.max_score) == (7.0, 9.0)  # the author's function gave half of its four points
    assert [(figure.question, figure.png[:4]) for figure in verdict.figures] == [("q3", b"\x89PNG")]
    assert [(one.id, str(one.status), one.cell) for one in verdict.questions] == [
        ("q1", "done", 2),
        ("q2", "done", 3),
        ("q3", "done", 4),
    ]
    assert verdict.isolation in ("A", "B", "C")
    assert verdict.content_version == "sha256:test"


def test_the_stable_form(sandbox: Sandbox) -> None:
    told = graded(ASKED, sandbox, *RIGHT[:2]).as_json()
    keys = "status, score, max_score, checks, metrics, isolation, overhead_ms, content_version, reasons"
    assert ", ".join(told) == keys
    checks = told["checks"]
    assert isinstance(checks, list)
    assert list(checks[0]) == ["id", "title", "points", "earned", "status", "hint"]
    assert json.loads(json.dumps(told)) == told


def test_wrong_answers_get_hints_and_no_expectation(sandbox: Sandbox) -> None:
    wrong = graded(ASKED, sandbox, SETUP, ("q1", "mean = 1\nby = 'text'"), ("q2", "double = 3"), ("q3", "guess = len"))
    assert set(statuses(wrong).values()) == {"failed"}
    assert wrong.checks[0].hint == HINT
    reasons = {one.id: [reason.code for reason in one.reasons] for one in wrong.checks}
    assert reasons == {
        "mean": ["wrong_value"],
        "table": ["wrong_value"],
        "call": ["not_a_function"],
        "model": ["not_predictions"],
        "author": [],
        "figure": ["no_figure"],
    }
    assert "2.5" not in said(wrong)
    assert "abab" not in said(wrong)


def test_a_question_without_a_cell_is_a_failed_question(sandbox: Sandbox) -> None:
    verdict = graded(ASKED, sandbox, *RIGHT[:3])
    assert verdict.status == VerdictStatus.SCORED
    assert str(verdict.questions[2].status) == "missing"
    assert {one.reasons[0].code for one in verdict.checks if one.question == "q3"} == {"question_cell_missing"}
    assert verdict.score == 3.0


def test_the_students_error_is_told_with_cell_and_line(sandbox: Sandbox) -> None:
    verdict = graded(ASKED, sandbox, SETUP, ("q1", "mean = 2.5\n\ndef f():\n    return train['Y']\nby = f()"))
    question_one = verdict.questions[0]
    assert (str(question_one.status), question_one.cell) == ("error", 2)
    fault = question_one.fault
    assert fault
    assert (fault.type, fault.source, fault.line, fault.text) == ("KeyError", "<cell 2>", 4, "return train['Y']")
    assert "Did you mean: 'y'" in fault.message
    assert "pandas" not in fault.traceback
    assert statuses(verdict)["mean"] == "passed"
    assert statuses(verdict)["table"] == "error"


@pytest.mark.parametrize(
    ("cell", "kind", "line"),
    [
        ("mean = 2.5\nby = {'a' 1}", "SyntaxError", 2),
        ("mean = 2.5\nif mean:\nby = 1", "IndentationError", 3),
        ("raise SystemExit", "SystemExit", 1),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 1),
        ("input()", "EOFError", 1),
        ("class E(Exception):\n    def __str__(self):\n        raise E\nraise E", "E", 4),
        ("def f():\n    f()\nf()", "RecursionError", 2),
    ],
)
def test_each_kind_of_error_costs_its_question_only(sandbox: Sandbox, cell: str, kind: str, line: int) -> None:
    verdict = graded(ASKED, sandbox, SETUP, ("q1", cell), *RIGHT[2:])
    fault = verdict.questions[0].fault
    assert fault
    assert (fault.type, fault.line) == (kind, line)
    assert statuses(verdict)["call"] == statuses(verdict)["model"] == statuses(verdict)["figure"] == "passed"


def test_cells_of_jupyter_run_as_they_do_there(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("x", value="x", expect=5), check("y", value="y", expect="a % b")))
    cell = '%%time\n# q1\ny = """a % b"""\nx = (12\n % 7)\n!ls\nx?\nfor i in range(2):\n    !echo hi\n%time x = x'
    bash = "%%bash\nexit 1"
    display = "from IPython.display import display, HTML\ndisplay(HTML('<b>'))\ndisplay(3)\nimport IPython"
    verdict = graded(asked, sandbox, bash, display, ("q1", cell))
    assert statuses(verdict) == {"x": "passed", "y": "passed"}
    assert verdict.questions[0].fault is None


def test_values_are_taken_right_after_their_question(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("x", value="x", expect=1)), question("q2", check("y", value="y", expect=2)))
    assert statuses(graded(asked, sandbox, ("q1", "x = 1"), ("q2", "x = 9\ny = 2"))) == {"x": "passed", "y": "passed"}


def test_a_question_in_two_cells_counts_after_the_second(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("x", value="x", expect=1), check("f", figure=True)))
    draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])"
    verdict = graded(asked, sandbox, ("q1", draw), ("q1", "x = 1"))
    assert statuses(verdict) == {"x": "passed", "f": "passed"}


def test_a_figure_of_another_cell_does_not_count(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("f", figure=True)))
    verdict = graded(asked, sandbox, "import matplotlib.pyplot as plt\nplt.plot([1])", ("q1", "plt.figure()"))
    assert statuses(verdict) == {"f": "failed"}


@pytest.mark.parametrize(
    ("code", "reason", "params"),
    [
        (
            "def good(values):\n    return 1 / 0",
            "checker_failed",
            {"check": "o", "type": "ZeroDivisionError", "line": 2},
        ),
        ("def good(values):\n    return 'yes'", "checker_answer", {"check": "o", "found": "str"}),
        ("def good(values):\n    raise SystemExit", "checker_failed", {"check": "o", "type": "SystemExit", "line": 2}),
        ("import os\ndef good(values):\n    os._exit(0)", "checker_ok", {"check": "o"}),
        ("def other(values):\n    return True", "checker_failed", {"check": "o", "type": "AttributeError"}),
        ("def good(values:\n    pass", "checker_failed", {"check": "o", "type": "SyntaxError", "line": 1}),
        ("def good(values):\n    x = [0] * 10**10", "checker_failed", {"check": "o", "type": "MemoryError", "line": 2}),
    ],
)
def test_a_broken_checker_is_nobodys_wrong_answer(
    sandbox: Sandbox, code: str, reason: str, params: dict[str, object]
) -> None:
    asked = assignment(
        question("q1", check("x", value="x", expect=1), check("o", python="good", values=["x"])), checks_code=code
    )
    verdict = graded(asked, sandbox, ("q1", "x = 1"))
    assert verdict.status == VerdictStatus.FAULT
    assert codes(verdict) == [reason]
    found = verdict.reasons[0].params
    assert {name: found[name] for name in params} == params


def test_a_checker_is_not_asked_about_a_name_that_is_not_there(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("o", python="good", values=["x"])), checks_code="def good(v):\n    1 / 0")
    verdict = graded(asked, sandbox, ("q1", "y = 1"))
    assert verdict.status == VerdictStatus.SCORED
    assert statuses(verdict) == {"o": "failed"}


def test_authors_get_pandas_and_may_read_hidden_files(sandbox: Sandbox) -> None:
    code = (
        "import pandas as pd\n"
        "def good(values):\n"
        "    hidden = pd.read_csv('hidden/key.csv')\n"
        "    values['frame'].loc[0, 'a'] = 5\n"
        "    values['row'][0] = 1\n"
        "    return isinstance(values['frame'], pd.DataFrame) and hidden['k'].iloc[0] == 3\n"
    )
    asked = assignment(
        question("q1", check("o", python="good", values=["frame", "row"])),
        hidden={"key.csv": b"k\n3\n"},
        checks_code=code,
    )
    cell = "import pandas as pd\nimport numpy as np\nframe = pd.DataFrame({'a': [1, 2]})\nrow = np.zeros(3)"
    assert statuses(graded(asked, sandbox, ("q1", cell))) == {"o": "passed"}


def test_predictions_end_to_end(sandbox: Sandbox) -> None:
    asked = assignment(
        predicted=predictions(
            baselines=[{"id": "mean", "title": text("mean")}],
            min=0,
            checks=[
                check("beats", beats="mean", points=5, hint=HINT),
                check("in", bounds=True),
                check("sharp", at_most=0.5),
            ],
        ),
        hidden={"solution.csv": solution_csv(range(20))},
        baselines={"mean": {"public": 2.0, "private": 2.0}},
    )
    good = graded_csv(asked, sandbox, "id,y\n" + "".join(f"{place},{place + 1}\n" for place in range(20)))
    assert statuses(good) == {"beats": "passed", "in": "passed", "sharp": "failed"}
    assert (good.score, good.max_score) == (6.0, 7.0)
    assert good.metrics == {"rmse": 1.0, "private:rmse": 1.0}
    assert good.intervals == {"rmse": (1.0, 1.0)}
    poor = graded_csv(asked, sandbox, "id,y\n" + "".join(f"{place},{place - 9}\n" for place in range(20)))
    assert statuses(poor) == {"beats": "failed", "in": "failed", "sharp": "failed"}
    assert poor.checks[0].hint == HINT
    assert poor.checks[1].reasons[0].params["row"] == 2
    refused = graded_csv(asked, sandbox, "id,z\n1,2\n")
    assert (refused.status, refused.score, codes(refused)) == (VerdictStatus.REJECTED, 0.0, ["missing_column"])
    large = graded_csv(asked, sandbox, b"0" * (20 * 2**20 + 1))
    assert codes(large) == ["too_large"]
    broken = graded_csv(replace(asked, hidden={"solution.csv": b"id,y\n1,\n"}), sandbox, "id,y\n1,2\n")
    assert (broken.status, codes(broken)) == (VerdictStatus.FAULT, ["hidden_table_broken"])


def test_what_a_project_does_not_take_is_rejected(sandbox: Sandbox) -> None:
    asked = assignment(question("q1", check("x", value="x", expect=1)))
    for kind in ("predictions", "video"):
        verdict = grade(asked, Submission(kind, "a", b""), sandbox=sandbox)
        assert (verdict.status, codes(verdict)) == (VerdictStatus.REJECTED, ["kind_not_asked"])
    assert codes(grade(asked, Submission("notebook", "a", b"{"), sandbox=sandbox)) == ["not_a_notebook"]
