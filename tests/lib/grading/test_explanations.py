"""Real errors of beginners, raised by Python itself, and what they are told."""

import linecache
import traceback
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression

from saem.lib.grading import column_names, explain
from saem.lib.grading.rules import RULES
from saem.lib.sandbox import Fault, Frame

TOOLS = {"np": np, "LinearRegression": LinearRegression, "LogisticRegression": LogisticRegression}


def fault_of(code: str) -> Fault:
    linecache.cache["cell"] = (len(code), None, code.splitlines(True), "cell")
    space = {"pandas": pd, **TOOLS}
    try:
        exec(compile(code, "cell", "exec"), space)
    except BaseException as error:  # noqa: BLE001  # any of them is to be explained
        own = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "cell"]
        line, text = (own[-1].lineno, own[-1].line) if own else (None, "")
        if isinstance(error, SyntaxError):
            line, text = error.lineno, error.text or ""
        frames = tuple(Frame(source="cell", line=f.lineno or 0, function=f.name, text=f.line or "") for f in own)
        return Fault(
            type=type(error).__name__,
            message=str(error),
            source="cell",
            line=line,
            text=text or "",
            traceback="".join(traceback.format_exception(error)),
            frames=frames,
        )
    raise AssertionError("the code ran")


@pytest.mark.parametrize(
    ("code", "expected", "params"),
    [
        ("x + 1", "name_unknown", {"name": "x"}),
        ("print(wether)", "name_near", {"name": "wether", "nearest": "weather"}),
        ("pd.read_csv('a')", "import_forgotten", {"name": "pd", "statement": "import pandas as pd"}),
        ("x = true", "constant_case", {"name": "true", "right": "True"}),
        ("def f():\n    n = n + 1\nf()", "unbound_local", {"name": "n"}),
        ("import nunpy", "module_missing", {"module": "nunpy"}),
        ("from math import sinn", "import_name", {"name": "sinn", "module": "math"}),
        ("pandas.DataFrame({'rain': [1]})['Rain']", "column_near", {"key": "Rain", "nearest": "rain"}),
        ("pandas.DataFrame({'a': [1]})['zzz']", "column_missing", {"key": "zzz"}),
        ("pandas.DataFrame({'a': [1]})[['zzz', 'q']]", "column_missing", {"key": "zzz"}),
        ("pandas.DataFrame({'a': [1]}).drop(columns=['zzz'])", "column_missing", {"key": "zzz"}),
        ("{'a': 1}['k']", "key_missing", {"key": "k"}),
        ("[].apend(1)", "attribute_near", {"kind": "list", "name": "apend", "nearest": "append"}),
        ("(1).qqqq", "attribute_missing", {"kind": "int", "name": "qqqq"}),
        ("None.head", "attribute_none", {"kind": "NoneType", "name": "head"}),
        ("import math\nmath.sqroot(1)", "module_attribute", {"module": "math", "name": "sqroot"}),
        ("if 1\n    x = 1", "missing_colon", {}),
        ("if 1 print(2)", "missing_colon", {}),
        ("print((1)", "unclosed_bracket", {"bracket": "("}),
        ("print(1))", "unmatched_bracket", {"bracket": ")"}),
        ("print(“a”)", "smart_quotes", {"character": "“"}),
        ("print（1）", "fullwidth", {"character": "（"}),
        ("x = 3★", "strange_character", {"character": "★"}),
        ("x =\u00a01", "invisible_character", {}),
        ("print('a)", "unterminated_string", {}),
        ("print 'a'", "print_parentheses", {}),
        ("if x = 1:\n    pass", "assign_in_condition", {}),
        ("1 = x", "cannot_assign", {"what": "literal"}),
        ("x = [1 2]", "missing_comma", {}),
        ("1반 = 3", "name_with_digit", {}),
        ("x = 1a", "name_with_digit", {}),
        ("x = 01", "leading_zeros", {}),
        ("return 1", "return_outside", {}),
        ("break", "loop_word_outside", {}),
        ("x = = 1", "syntax", {}),
        ("if 1:\nx = 1", "indent_missing", {"what": "'if' statement"}),
        ("x = 1\n  y = 1", "indent_unexpected", {}),
        ("if 1:\n    x = 1\n  y = 1", "indent_mismatch", {}),
        ("if 1:\n\tx = 1\n        y = 1", "tabs", {}),
        ("x = ...\nx + 1", "ellipsis_left", {}),
        ("'a' + 1", "text_plus", {"kind": "int"}),
        ("1 + 'a'", "text_plus", {}),
        ("x = None\nx + 1", "none_used", {}),
        ("x = None\nx[0]", "none_used", {}),
        ("[1] - [2]", "operands", {"sign": "-", "left": "list", "right": "list"}),
        ("'a' < 1", "compare_kinds", {"sign": "<"}),
        ("def f(a, b):\n    pass\nf(1)", "missing_argument", {"name": "f"}),
        ("def f(a):\n    pass\nf(1, 2)", "too_many_arguments", {"name": "f"}),
        ("len(1, 2)", "argument_count", {"name": "len"}),
        ("def f(a):\n    pass\nf(b=1)", "unknown_keyword", {"name": "f", "word": "b"}),
        ("len(1)", "no_length", {"kind": "int"}),
        ("x = 1\nx()", "not_callable", {"kind": "int"}),
        ("x = 1\nx[0]", "not_subscriptable", {"kind": "int"}),
        ("for i in 3: pass", "not_iterable", {"kind": "int"}),
        ("{[]: 1}", "unhashable", {"kind": "list"}),
        ("x = [1]\nx['a']", "index_kind", {}),
        ("float('3px')", "text_to_number", {"text": "3px"}),
        ("int('삼')", "text_to_number", {"text": "삼"}),
        ("LinearRegression().fit([[1], [float('nan')]], [1, 2])", "nan_in_data", {}),
        ("LinearRegression().fit([1, 2], [1, 2])", "needs_2d", {}),
        ("LinearRegression().fit([[1], [2]], [1, 2, 3])", "lengths_differ", {}),
        ("pandas.DataFrame({'a': [1], 'b': [1, 2]})", "lengths_differ", {}),
        ("np.zeros(3) + np.zeros(4)", "shapes_differ", {}),
        (
            "LinearRegression().fit([[1], [2]], [1, 2]).predict([[1, 2]])",
            "features_differ",
            {"found": "2", "expected": "1"},
        ),
        ("if pandas.Series([1, 2]): pass", "truth_ambiguous", {}),
        ("a, b = [1, 2, 3]", "unpack", {}),
        ("LogisticRegression().fit([[1], [2]], [1, 1])", "one_class", {}),
        ("LogisticRegression().fit([[1], [2]], [1.5, 2.5])", "label_kind", {}),
        ("max([])", "empty_data", {}),
        ("LinearRegression().predict([[1]])", "not_fitted", {}),
        ("[1][5]", "index", {}),
        ("1 / 0", "zero_division", {}),
        ("open('wether.csv')", "file_missing", {"file": "wether.csv"}),
        ("open('/content/drive/train.csv')", "file_path", {"file": "/content/drive/train.csv", "name": "train.csv"}),
        ("b'\\xff'.decode()", "encoding", {}),
        ("import io\npandas.read_csv(io.StringIO(''))", "table_unreadable", {}),
        ("def f(): f()\nf()", "recursion", {}),
        ("import math\nmath.exp(1000)", "overflow", {}),
        ("next(iter([]))", "stop_iteration", {}),
        ("assert 1 == 2", "assertion", {}),
        ("raise NotImplementedError", "not_written_yet", {}),
        ("raise MemoryError", "memory", {}),
        ("raise EOFError", "input_unavailable", {}),
        ("raise SystemExit", "exit_called", {}),
        ("raise PermissionError(1, 'Operation not permitted')", "blocked_file", {}),
        ("raise OSError(101, 'Network is unreachable')", "blocked_network", {}),
        ("class Odd(Exception): pass\nraise Odd", "other", {"type": "Odd"}),
    ],
)
def test_explains(code: str, expected: str, params: dict[str, str]) -> None:
    found = explain(fault_of(code), names=("weather",), columns=("rain", "temp_max"))
    if expected == "key_missing":
        found = explain(fault_of(code))
    assert found.code == f"python.{expected}"
    assert dict(found.params) == params


def test_the_line_is_the_students() -> None:
    assert explain(fault_of("x = 1\ny = 2\nz = x / 0\n")).line == 3


def test_names_of_the_session_help() -> None:
    assert explain(fault_of("print(rain_shar)"), names=["rain_share"]).params["nearest"] == "rain_share"


def test_a_suggestion_of_the_harness_is_taken_up() -> None:
    fault = Fault(
        type="NameError",
        message="name 'wether' is not defined. Did you mean: 'weather'?",
        source="",
        line=1,
        text="",
        traceback="",
    )
    assert explain(fault).params == {"name": "wether", "nearest": "weather"}
    column = replace(fault, type="KeyError", message="'Rain'. Did you mean: 'rain'?")
    assert explain(column).code == "python.column_near"
    assert explain(column).params == {"key": "Rain", "nearest": "rain"}


def test_column_names_come_from_the_files() -> None:
    files = {"a.csv": '\ufeffid,"rain"\n1,2\n'.encode(), "b.txt": b"x,y\n"}
    assert column_names(files) == ("id", "rain")


@pytest.mark.parametrize("kind", sorted({kind for rule in RULES for kind in rule.types} | {"", "Unheard"}))
@pytest.mark.parametrize("message", ["", "'", "[" * 3000, "\0\ud800", "a" * 100_000])
def test_never_raises(kind: str, message: str) -> None:
    fault = Fault(type=kind, message=message, source="", line=None, text=message, traceback="")
    found = explain(fault)
    assert found.code.startswith("python.")
    assert all(len(value) <= 80 for value in found.params.values())
