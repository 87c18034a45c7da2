"""What an ordinary user needs: a Python they can read, and perhaps a control group of their own."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from saem.lib.sandbox import memory

NOBODY = 65534


@pytest.fixture(scope="session")
def ordinary_python() -> str:
    """An interpreter that an ordinary user can start and that can read the sources."""
    if os.geteuid() != 0:
        pytest.skip("the tests themselves run as an ordinary user")
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    for candidate in ("/usr/bin/python3", "/usr/local/bin/python3"):
        command = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", candidate]
        check = f"import sys, pathlib; pathlib.Path({__file__!r}).read_text(); assert sys.version_info >= (3, 11)"
        if (
            Path(candidate).exists()
            and subprocess.run([*command, "-c", check], check=False, capture_output=True).returncode == 0
        ):
            return candidate
    pytest.skip("no Python ≥ 3.11 that an ordinary user can read together with these sources")


@pytest.fixture
def ordinary_cgroup() -> Iterator[Path | None]:
    parent = memory.find_parent() if os.geteuid() == 0 else None
    if parent is None:
        yield None
        return
    folder = parent / f"saem-test-{os.getpid()}"
    folder.mkdir()
    for path in (folder, *folder.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    yield folder
    folder.rmdir()
