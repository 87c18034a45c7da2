"""Where the harness and the checkers are: at hand in a zygote that was made for them, brought along to any other."""

from pathlib import Path

import pytest

from saem.lib.grading import Submission, grade
from saem.lib.grading.checkers.bundle import BUNDLE, pack, read_bundle
from saem.lib.grading.checking import ask
from saem.lib.grading.exercises import exercise_reference
from saem.lib.sandbox import COURSE, SKLEARN, Job, LocalSandbox, Outcome, Role, Sandbox, Source, Status
from saem.lib.sandbox.harness import MODULE
from tests.lib.grading.builders import assignment, check, notebook, question, statuses

ASKED = assignment(
    question("q1", check("one", value="x", expect=3)),
    question("q2", check("twice", call="twice", cases=[[2], [5]], expect=[4, 10])),
)
WORK = notebook(("q1", "x = 3"), ("q2", "def twice(n):\n    return 2 * n"))


@pytest.mark.sandbox
def test_a_zygote_without_harness_and_checkers_is_brought_them() -> None:
    with LocalSandbox(preload=(), checker_preload=(), warm=1) as bare:
        assert bare.run(Job((Source("a.py", f"import {MODULE}"),))).status is Status.ERROR
        verdict = grade(ASKED, Submission("notebook", "work.ipynb", WORK), sandbox=bare)
    assert statuses(verdict) == {"one": "passed", "twice": "passed"}


@pytest.mark.sandbox
def test_a_zygote_with_it_has_practised_and_forgotten(sandbox: Sandbox) -> None:
    code = f"""
import os, signal, sys
print({MODULE!r} in sys.modules, "saem_notebook" in sys.modules, "IPython" in sys.modules)
print(signal.getsignal(signal.SIGALRM) == signal.SIG_DFL, os.listdir(), sys.stdout is sys.__stdout__)
"""
    assert sandbox.run(Job((Source("a.py", code),))).stdout == "True False False\nTrue ['tmp'] True\n"


@pytest.mark.sandbox
def test_a_claim_to_have_no_harness_gains_nothing(sandbox: Sandbox) -> None:
    """It only makes the notebook run once more."""
    forged = "import os\nos.remove('saem/progress')\nraise FileNotFoundError(2, 'No such file', 'saem/harness')"
    work = notebook(("q1", f"x = 3\n{forged}"), ("q2", "def twice(n):\n    return 3 * n"))
    verdict = grade(ASKED, Submission("notebook", "work.ipynb", work), sandbox=sandbox)
    assert verdict.score < verdict.max_score


@pytest.mark.sandbox
def test_an_exercise_finds_its_harness_in_either(sandbox: Sandbox) -> None:
    class Exercise:
        checks = ({**check("one", value="x"), "points": 1},)
        solution = "x = 3"
        wrong = ()

    with LocalSandbox(preload=(), checker_preload=(), warm=1) as bare:
        for place in (sandbox, bare):
            reference, problems = exercise_reference([], Exercise(), {}, place)
            assert (set(reference or {}), problems) == ({"saem-values"}, [])


def test_a_bundle_gives_back_what_was_packed(tmp_path: Path) -> None:
    files = {"student/values-0": b"a\nb", "reference/값": b"", "saem-report": bytes(range(256))}
    (tmp_path / BUNDLE).write_bytes(pack(files))
    assert read_bundle(tmp_path) == files


class Recording:
    """A sandbox that keeps the flavours it was asked for, and answers nothing."""

    def __init__(self) -> None:
        self.flavours: list[str] = []

    def run(self, job: Job, *, role: Role = Role.STUDENT) -> Outcome:
        self.flavours.append(job.flavour)
        return Outcome(
            status=Status.OK, exit_code=0, stdout="", stderr="", wall_ms=0, cpu_ms=0, overhead_ms=0, isolation="A"
        )


@pytest.mark.parametrize(
    ("code", "flavour"),
    [
        ("", COURSE),
        ("import numpy as np\n# like sklearn", COURSE),
        ("from sklearn.metrics import f1_score", SKLEARN),
        ("def check(values):\n    import scipy.stats as st\n    return True", SKLEARN),
    ],
)
def test_checks_get_the_libraries_that_they_import(code: str, flavour: str) -> None:
    recording = Recording()
    ask({"kind": "notebook", "checks_code": code}, {}, sandbox=recording)  # type: ignore[arg-type]  # only `run` is asked
    assert recording.flavours == [flavour]
