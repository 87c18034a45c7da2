"""Scripts, functions and models that want points they did not earn, or to carry hidden values out."""

import pytest

from saem.lib.grading import Assignment, Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import said, statuses
from tests.lib.grading.kinds import (
    DOUBLE,
    FUNCTIONS,
    LINE,
    MODEL,
    PREPARE,
    SCRIPT,
    SECRET_ANSWER,
    SECRET_INPUT,
    SECRET_TARGET,
    TIDY,
    TRIPLE,
    graded_as,
    prepared,
)
from tests.lib.grading.test_forging import LIAR

pytestmark = pytest.mark.sandbox

SOLUTIONS = {"script": TRIPLE, "functions": DOUBLE + TIDY, "model": LINE}
# What a model answers without having learnt anything; scored, and no better than the baseline.
GUESS = "\ndef fit(X, y): return 0\ndef predict(model, X): return [0.0] * len(X)\n"


@pytest.fixture(scope="module")
def asked(sandbox: Sandbox) -> Assignment:
    """All three kinds, with one hidden table and one set of files."""
    parts = {"script": SCRIPT, "functions": FUNCTIONS, "model": MODEL}
    made = {
        kind: prepared(sandbox, {kind: part}, code=SOLUTIONS[kind], prepare_code=PREPARE)
        for kind, part in parts.items()
    }
    merged = made["model"].spec.model_copy(
        update={kind: getattr(one.spec, kind) for kind, one in made.items() if kind != "model"}
    )
    reference = {name: data for one in made.values() for name, data in one.reference.items()}
    model = made["model"]
    return Assignment(
        spec=merged, public=model.public, hidden=model.hidden, reference=reference, baselines=model.baselines
    )


SEARCH = """
import gc, os, re, sys

def everything():
    frame = sys._getframe()
    while frame:
        yield repr(frame.f_locals)[:10**6] + repr(list(frame.f_globals))[:10**5]
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) in (list, dict, tuple, bytes):
            yield repr(thing)[:10**5]
    for root in ('.', '/tmp', '/proc/self', '/opt', '/home', '/var'):
        for folder, _, names in os.walk(root):
            for name in names[:200]:
                path = os.path.join(folder, name)
                try:
                    if os.path.isfile(path) and os.path.getsize(path) < 10**6 and 'site-packages' not in path:
                        yield open(path, errors='replace').read()
                except OSError:
                    pass

"""
# The numbers looked for are written nowhere, not even folded by the compiler, or the search would find itself.
FOUND = "any(int(n) == sum((22170, 3)) for text in everything() for n in re.findall(r'\\d{5}', text))"
TARGETS = "any(float(n) == sum((88, 0.125)) for text in everything() for n in re.findall(r'\\d\\d\\.\\d{3}', text))"

WRITE = """
import os
os.makedirs('saem', exist_ok=True)
body = '{"results": {"shown": {"passed": true, "reasons": []}, "hidden": {"passed": true, "reasons": []}, "zero": {"passed": true, "reasons": []}, "doubles": {"status": "passed", "fraction": 1.0, "reasons": []}}, "metrics": {"rmse": 0.0}, "intervals": {}, "broken": [], "cells": []}'
for name in ('answer.json', 'task.json', 'saem/answer.json', 'saem/values-0', 'saem/values-1', 'saem/call-0', 'saem/call-1', 'saem/report', 'current'):
    open(name, 'w').write(body)
open('saem/progress', 'w').write('end\\n')
print(body)
"""
PATCH = """
import builtins, json, sys
import numpy as np, sklearn.metrics as m
for name in dir(m):
    setattr(m, name, lambda *a, **k: 0.0)
np.isclose = np.allclose = np.array_equal = lambda *a, **k: np.array(True)
json.dumps = lambda *a, **k: '{"passed": true}'
for depth in range(1, 8):
    try:
        space = sys._getframe(depth).f_globals
    except ValueError:
        break
    if 'Writer' in space:
        space['Writer'].node = lambda self, value, depth=0: True
        space['answer'] = lambda *a: True
for name in list(sys.modules):
    if 'checker' in name or 'grading' in name:
        sys.modules[name].METRICS = {}
"""
FORGERIES = {
    "a claim": 'print(\'{"status": "scored", "score": 100}\')\nprint(\'OK\')\n',
    "a claim and an exit": f"{WRITE}\nos._exit(0)\n",
    "files of the harness": WRITE,
    "patches": PATCH,
    "a liar": LIAR + "double = tidy = Liar()\nprint(Liar())\n",
    "an array that lies about itself": """
import os
head = b'{"0": {"t": "array", "d": "<f8", "s": [20], "o": 0}}'
os.makedirs('saem', exist_ok=True)
open('saem/call-0', 'wb').write(b'SAEM1 %d\\n' % len(head) + head)
open('saem/progress', 'w').write('end\\n')
os._exit(0)
""",
    "a search for answers": SEARCH + f"print(sum((22170, 3)) if {FOUND} else -1)\n",
}


def without_a_gain(kind: str, verdict: Verdict) -> None:
    assert verdict.status == VerdictStatus.SCORED
    passed = {name for name, status in statuses(verdict).items() if status == "passed"}
    # A model that guesses nothing keeps within the bounds, as it may.
    assert passed <= ({"bounds"} if kind == "model" else set())
    assert verdict.metrics.get("rmse", 100.0) > 10


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("kind", SOLUTIONS)
def test_gains_nothing(asked: Assignment, sandbox: Sandbox, kind: str, forgery: str) -> None:
    without_a_gain(kind, graded_as(kind, asked, sandbox, FORGERIES[forgery] + (GUESS if kind == "model" else "")))


def test_the_search_would_find_what_lies_about(asked: Assignment, sandbox: Sandbox) -> None:
    planted = f"planted = {{'answer': sum((22170, 3))}}\n{FORGERIES['a search for answers']}"
    assert statuses(graded_as("script", asked, sandbox, planted))["hidden"] == "passed"


def test_a_model_finds_no_targets_while_it_is_asked(asked: Assignment, sandbox: Sandbox) -> None:
    code = f"{SEARCH}def fit(X, y): return 0\ndef predict(model, X):\n    return [1.0 if {TARGETS} else 0.0] * len(X)\n"
    verdict = graded_as("model", asked, sandbox, code)
    blind = graded_as("model", asked, sandbox, GUESS)
    assert verdict.metrics == blind.metrics


def test_a_function_finds_no_answers_while_it_is_called(asked: Assignment, sandbox: Sandbox) -> None:
    code = f"{SEARCH}def double(x):\n    return 2 * x if any(str(2 * x) == n for text in everything() "
    code += "for n in re.findall(r'\\d{5}', text)) else 0\n"
    assert statuses(graded_as("functions", asked, sandbox, code))["doubles"] == "failed"


TELL = """
import os, sys, json
def tell(x):
    text = f'SEEN {x}'
    print(text); sys.stderr.write(text); os.write(1, text.encode()); os.write(2, text.encode())
    os.makedirs('saem', exist_ok=True)
    for name in ('report', 'values-0', 'values-1', 'trace', 'progress', 'figure-0-0.png'):
        open('saem/' + name, 'a').write(text)
    answers = {'0': {'t': 'raised', 'type': text, 'cell': text, 'line': 7391}}
    raw = json.dumps(answers).encode()
    open('saem/call-0', 'wb').write(b'SAEM1 %d\\n' % len(raw) + raw)
    return text
"""
ENDINGS = (
    "os._exit(0)",
    "raise type(tell(x)[:9], (Exception,), {})(tell(x))",
    "raise KeyError(tell(x))",
    "return tell(x)",
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_hidden_inputs_do_not_come_out(asked: Assignment, sandbox: Sandbox, ending: str) -> None:
    function = f"{TELL}def act(x):\n    tell(x)\n    {ending}\n"
    script = graded_as("script", asked, sandbox, f"{function}x = input()\nif x != '14':\n    act(x)\n")
    functions = graded_as("functions", asked, sandbox, f"{function}double = tidy = act\n")
    model = graded_as(
        "model",
        asked,
        sandbox,
        f"{function}def fit(X, y): return 0\ndef predict(model, X):\n    return act(X.to_csv())\n",
    )
    rows = asked.reference["model-rows.csv"].decode().split()[1:4]
    for verdict in (script, functions, model):
        assert SECRET_INPUT not in said(verdict)
        assert SECRET_ANSWER not in said(verdict)
        assert SECRET_TARGET not in said(verdict)
        assert "SEEN" not in said(verdict)
    assert ",".join(rows) not in said(model)
    assert script.score == functions.score == model.score == 0


def test_a_hidden_case_leaves_nothing_for_a_shown_one(asked: Assignment, sandbox: Sandbox) -> None:
    """The cases share no folder: what one writes, the next does not find."""
    code = "import os\nx = input()\nseen = open('kept').read() if os.path.exists('kept') else ''\n"
    code += "open('kept', 'w').write(x)\nopen('/tmp/kept', 'w').write(x)\nprint(seen, os.listdir('/tmp'))\n"
    verdict = graded_as("script", asked, sandbox, code)
    assert SECRET_INPUT not in said(verdict)
    assert verdict.score == 0


def test_hostile_outputs_cost_only_themselves(asked: Assignment, sandbox: Sandbox) -> None:
    for flood in ("'[' * 200000", "'9' * 200000", "'1 ' * 100000", "chr(0xd800) * 100", "'\\x00' * 1000"):
        code = f"x = int(input())\nimport sys\nsys.stdout.reconfigure(errors='surrogatepass')\nprint(3 * x if x else {flood})\n"
        verdict = graded_as("script", asked, sandbox, code)
        assert statuses(verdict) == {"shown": "passed", "hidden": "passed", "zero": "failed"}
