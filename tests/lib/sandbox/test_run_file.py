"""One script on the command line's behalf."""

from pathlib import Path

import pytest

from saem.lib.sandbox import LocalSandbox, preload_for, run_file
from tests.lib.sandbox.jobs import job

KEYS = {"status", "exit_code", "stdout", "stderr", "wall_ms", "cpu_ms", "overhead_ms", "isolation"}


@pytest.mark.sandbox
def test_outcome_as_json(tmp_path: Path) -> None:
    script = tmp_path / "안녕.py"
    script.write_text("\ufeffprint('안녕')\n1 / 0\n")
    with LocalSandbox(preload=(), warm=1) as sandbox:
        said = run_file(script, sandbox)
    assert set(said) == KEYS
    assert (said["status"], said["exit_code"], said["stdout"]) == ("error", 1, "안녕\n")
    assert 'File "안녕.py", line 2' in said["stderr"]
    assert said["isolation"] in ("A", "B", "C")


def test_preload_only_what_is_asked_for() -> None:
    assert preload_for("print(1)") == ()
    assert preload_for("import numpy as np\nfrom matplotlib import pyplot") == ("numpy", "matplotlib.pyplot")
    assert "sklearn" in preload_for("    from sklearn.tree import DecisionTreeClassifier")
    assert preload_for("'''import pandas'''\n# import numpy") == ()


@pytest.mark.sandbox
def test_cold_sandbox_lends_what_was_not_preloaded() -> None:
    with LocalSandbox(preload=(), warm=1) as sandbox:
        assert sandbox.run(job("import numpy\nprint(numpy.ones(3).sum())", wall_s=30)).stdout == "3.0\n"
