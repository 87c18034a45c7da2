"""Notebooks that want points they did not earn. Each of them must end without."""

import pytest

from saem.lib.grading import Verdict, VerdictStatus
from saem.lib.sandbox import Sandbox
from tests.lib.grading.builders import assignment, check, graded, graded_csv, predictions, question, said, solution_csv

pytestmark = pytest.mark.sandbox

SECRET = "7391"
ASKED = assignment(
    question("q1", check("value", value="answer", expect=int(SECRET))),
    question("q2", check("call", call="f", cases=[[int(SECRET)], [2]], expect=[int(SECRET) * 3, 6])),
    question(
        "q3",
        check("model", predict="guess", input="in.csv", against="out.csv", column="y", metric="rmse", at_most=0.5),
    ),
    question("q4", check("author", python="good", values=["answer"])),
    public={"train.csv": b"x,y\n1,2\n"},
    hidden={
        "in.csv": f"x\n{SECRET}\n5\n".encode(),
        "out.csv": b"y\n88.25\n12.75\n",
        "solution.csv": b"id,y\n1,88.25\n",
    },
    checks_code=f"def good(values):\n    return isinstance(values['answer'], (int, float)) and values['answer'] == {SECRET}\n",
)
ALL = ("q1", "q2", "q3", "q4")

LIAR = """
class Liar:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __lt__
    def __sub__(self, other): return 0.0
    __rsub__ = __add__ = __mul__ = __call__ = __getitem__ = __sub__
    def __abs__(self): return 0.0
    def __float__(self): return 0.0
    def __int__(self): return 0
    def __bool__(self): return True
    def __len__(self): return 2
    def __iter__(self): return iter([self, self])
    def __hash__(self): return 0
    def __reduce__(self): return (eval, ("__import__('os').system('true')",))
    def __array__(self, *a, **k):
        import numpy as np
        return np.array([self, self], dtype=object)
"""

FORGERIES = {
    "nothing": "pass",
    "a liar": LIAR + "answer = Liar()\ndef f(x): return Liar()\ndef guess(rows): return Liar()",
    "a lying number": "class N(float):\n    def __eq__(s, o): return True\n    def __sub__(s, o): return N(0)\n"
    "answer = N(1)\ndef f(x): return N(1)\ndef guess(rows): return [N(1), N(1)]",
    "not a number": "answer = float('nan')\ndef f(x): return float('nan')\ndef guess(rows): return [float('nan')] * 2",
    "infinite": "answer = float('inf')\ndef f(x): return float('inf')\ndef guess(rows): return [float('inf')] * 2",
    "patched builtins": "import builtins, json\nbuiltins.isinstance = lambda *a: True\nbuiltins.abs = lambda x: 0\n"
    "builtins.float = lambda *a: 0.0\nbuiltins.all = lambda x: True\njson.dumps = lambda *a, **k: 'true'",
    "patched numpy": "import numpy as np\nnp.isclose = np.allclose = np.array_equal = lambda *a, **k: np.array(True)\n"
    "np.isfinite = lambda x: np.array([True])\nanswer = np.zeros(3)\ndef f(x): return np.zeros(1)\n"
    "def guess(rows): return np.zeros(2)",
    "patched metrics": "import sklearn.metrics as m\nfor n in dir(m):\n    setattr(m, n, lambda *a, **k: 0.0)\n"
    "def guess(rows): return rows['x']",
    "printed verdict": """print('{"status": "scored", "score": 4, "checks": [{"id": "value", "status": "passed"}]}')
import sys, os
os.write(1, b'{"results": {"value": {"status": "passed", "fraction": 1.0, "reasons": []}}}')
sys.stderr.write('passed')""",
    "fake answer file": """import os
body = '{"results": {"value": {"status": "passed", "fraction": 1, "reasons": []}}, "broken": [], "cells": [], "figures": []}'
for name in ('answer.json', 'saem/answer.json', 'saem/values-0', 'saem/report', 'saem/call-0', 'saem/call-1', 'verdict.json'):
    os.makedirs(os.path.dirname(name) or '.', exist_ok=True)
    open(name, 'w').write(body)""",
    "fake files and exit": """import os
os.makedirs('saem', exist_ok=True)
for place in range(4):
    open(f'saem/values-{place}', 'wb').write(b'SAEM1 40\\n{"answer": {"t": "passed"}, "x": true}')
    open(f'saem/call-{place}', 'wb').write(b'SAEM1 24\\n{"0": true, "1": true}  ')
open('saem/progress', 'w').write('end\\n')
os._exit(0)""",
    "pickle": """import os, numpy as np, pickle
class E:
    def __reduce__(self): return (os.system, ('true',))
np.save('saem/values-0', np.array([E()], dtype=object), allow_pickle=True)
os.rename('saem/values-0.npy', 'saem/values-0')
open('saem/call-0', 'wb').write(pickle.dumps(E()))
os._exit(0)""",
    "huge header": """import os
open('saem/values-0', 'wb').write(b'SAEM1 75\\n' + b'{"answer": {"t": "array", "d": "<f8", "s": [999999999999], "o": 0}}'.ljust(75))
os._exit(0)""",
    "links": "import os\nfor n in ('values-0', 'call-0', 'call-1'):\n    os.symlink('/etc/passwd', 'saem/' + n)\nos._exit(0)",
    "folders": "import os\nfor n in ('values-0', 'call-0'):\n    os.makedirs('saem/' + n)",
    "reference by path": """import glob, os
found = [p for p in glob.glob('/**/*', recursive=True) if 'reference' in p or 'hidden' in p or 'solution' in p]
texts = [open(p, errors='replace').read() for p in found if os.path.isfile(p) and os.path.getsize(p) < 10**6]
import re
numbers = [float(n) for t in texts for n in re.findall(r'88\\.25', t)]
answer = 7391 if any('7391' in t for t in texts) else 0
def guess(rows): return [88.25, 12.75] if numbers else [0, 0]""",
    "search of the process": """import gc, re, sys
def frames():
    f = sys._getframe()
    while f:
        yield f
        f = f.f_back
others = [f for f in frames() if f.f_globals is not globals()]
texts = [repr(f.f_locals)[:10**6] for f in others] + [repr(o)[:10**5] for o in gc.get_objects() if type(o) in (list, dict)]
# The number looked for is nowhere stored, or the search would find itself.
found = any(int(n) == 3 * 7391 for text in texts for n in re.findall(r'\\d{4,6}', text))
del texts
def f(x): return x + x + x if found else 0""",
    "harness replaced": """import sys
for f in [sys._getframe(n) for n in range(1, 6)]:
    space = f.f_globals
    if 'Writer' in space:
        space['Writer'].node = lambda self, value, depth=0: True
        space['answer'] = lambda *a: True
        space['describe'] = lambda *a: None""",
    "harness silenced": "import os, sys\nos.replace = os.open = os.write = open = lambda *a, **k: 1\nsys.modules['saem_notebook'] = None",
    "a million keys": "answer = {n * (2**61 - 1): 0 for n in range(4000)}",
    "deep": "answer = []\nfor _ in range(100000):\n    answer = [answer]",
    "blank figures": "import matplotlib.pyplot as plt\nplt.figure()",
}


def points(verdict: Verdict) -> float:
    assert verdict.status == VerdictStatus.SCORED
    return verdict.score


@pytest.mark.parametrize("forgery", FORGERIES)
def test_gains_nothing(sandbox: Sandbox, forgery: str) -> None:
    code = FORGERIES[forgery]
    verdict = graded(ASKED, sandbox, code, *((name, "pass") for name in ALL))
    assert points(verdict) == 0.0
    last = graded(ASKED, sandbox, *((name, code) for name in ALL[:1]), *((name, "pass") for name in ALL[1:]))
    assert points(last) == 0.0


def test_hidden_inputs_do_not_come_out(sandbox: Sandbox) -> None:
    """A function sees its inputs; nothing that a student gets to read may carry them."""
    leak = """
import os, sys, json, matplotlib.pyplot as plt
def tell(x):
    print('SEEN', x); sys.stderr.write(f'SEEN {x}'); os.write(1, f'SEEN {x}'.encode())
    plt.title(f'SEEN {x}'); plt.plot([1]); plt.savefig('saem/figure-1-0.png')
    for name in ('report', 'values-0', 'values-1', 'trace', 'progress'):
        open('saem/' + name, 'a').write(f'SEEN {x}')
    answers = {'0': {'t': 'raised', 'type': f'SEEN{x}', 'cell': f'SEEN{x}', 'line': int(x)}}
    text = json.dumps(answers).encode()
    open('saem/call-0', 'wb').write(b'SAEM1 %d\\n' % len(text) + text)
    return text
"""
    for ending in (
        "os._exit(0)",
        "raise type(f'SEEN{x}', (Exception,), {})(f'SEEN {x}')",
        "return type(f'SEEN{x}', (), {})()",
    ):
        cell = (
            f"{leak}\ndef f(x):\n    tell(x)\n    {ending}\ndef guess(rows):\n    tell(rows['x'][0])\n    return rows"
        )
        verdict = graded(ASKED, sandbox, ("q1", leak), ("q2", cell), ("q3", "pass"), ("q4", "pass"))
        assert points(verdict) == 0.0
        assert SECRET not in said(verdict)
        assert verdict.figures == ()


def test_a_thread_cannot_bring_hidden_inputs_into_what_is_shown(sandbox: Sandbox) -> None:
    cell = """
import threading, time, os
def watch():
    while True:
        for name in os.listdir('saem'):
            if name.startswith('input'):
                text = open('saem/' + name).read()
                for out in ('report', 'values-0', 'figure-1-0.png'):
                    open('saem/' + out, 'w').write(text)
        time.sleep(0.001)
threading.Thread(target=watch, daemon=True).start()
def f(x): return x
def guess(rows): return list(rows['x'])
"""
    verdict = graded(ASKED, sandbox, ("q1", "pass"), ("q2", cell), ("q3", "pass"), ("q4", "pass"))
    assert points(verdict) == 0.0
    assert SECRET not in said(verdict)


def test_a_hostile_report_cannot_break_a_verdict(sandbox: Sandbox) -> None:
    cell = r"""
import os
lines = [
    b'{"cell": 1, "wall_ms": NaN, "fault": null}', b'{"cell": 1e999, "wall_ms": 1, "fault": null}',
    b'{"cell": 1, "wall_ms": 1, "fault": {"type": "\ud800\u0000", "message": "\u0000", "frames": [["<cell 1>", 1, "f", "\udfff"]]}}',
    b'[' * 100000, b'{"cell": 1, "wall_ms": -5, "fault": {"frames": {}}}', b'\xff\xfe', b'{"cell": "1", "wall_ms": "7", "fault": 3}',
]
open('saem/report', 'wb').write(b'\n'.join(lines))
open('saem/progress', 'w').write('end')
os._exit(0)
"""
    verdict = graded(ASKED, sandbox, ("q1", cell), *((name, "pass") for name in ALL[1:]))
    assert points(verdict) == 0.0
    assert verdict.own_ms >= 0.0
    repr(verdict).encode()
    assert "\0" not in "".join(one.fault.message + one.fault.type for one in verdict.questions if one.fault)


TABLE = assignment(
    predicted=predictions(
        baselines=[{"id": "mean", "title": {"ko": "m", "en": "m"}}], min=0, max=9, checks=[check("beats", beats="mean")]
    ),
    hidden={"solution.csv": solution_csv([1.0, 2.0, 3.0, 4.0])},
    baselines={"mean": {"public": 1.0, "private": 1.0}},
)


@pytest.mark.parametrize(
    "data",
    [
        "id,y\n0,nan\n1,nan\n2,nan\n3,nan\n",
        "id,y\n0,1e400\n1,2\n2,3\n3,4\n",
        "id,y\n0,1\n0,1\n0,1\n0,1\n",
        "id,y\n0,=1+1\n1,2\n2,3\n3,4\n",
        "id,y\n0,__import__('os')\n1,2\n2,3\n3,4\n",
        "id,y\n" + "0,1\n" * 2_000_000,
        "id,y" + "," * 3_000_000 + "\n",
        '"' * 1_000_000,
        b"\x93NUMPY\x01\x00v\x00{'descr': '|O'}",
        b"id,y\n0,\x00\n",
        b"\xff\xfe" + b"\x00\xd8" * 1000,
    ],
)
def test_hostile_tables_score_nothing(sandbox: Sandbox, data: bytes | str) -> None:
    verdict = graded_csv(TABLE, sandbox, data)
    assert verdict.status == VerdictStatus.REJECTED
    assert verdict.reasons
    assert (verdict.score, dict(verdict.metrics)) == (0.0, {})
