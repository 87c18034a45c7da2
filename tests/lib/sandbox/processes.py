"""Finding the processes of one sandbox: forks keep their zygote's command line, which names what it preloads."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def marked(word: str) -> set[int]:
    """Zygotes and cells, not bubblewrap around them, whose command line holds the word; dead ones do not count."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            line = (folder / "cmdline").read_bytes().split(b"\0")
            if any(word.encode() in part for part in line) and b"bwrap" not in line[0]:
                found.add(int(folder.name))
    return found


def wait_for(claim: Callable[[], bool], timeout_s: float = 40.0) -> bool:
    end = time.monotonic() + timeout_s
    while time.monotonic() < end:
        if claim():
            return True
        time.sleep(0.02)
    return False


def kill_marked(word: str) -> None:
    """The oldest first, the zygote: it shall not see its cells die. With it they may be gone before their turn."""
    for pid in sorted(marked(word)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
