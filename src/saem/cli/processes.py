"""Keeps a handful of child processes alive, and ends them all with us."""

import ctypes
import logging
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

logger = logging.getLogger(__name__)

PR_SET_PDEATHSIG = 1
FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 0.2, 30.0, 60.0
_libc = ctypes.CDLL(None)


def die_with_parent() -> None:
    """Ask the kernel to end this child when its parent is gone, even by SIGKILL."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process to keep alive; restarts pause longer each time it dies young."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = field(default=FIRST_PAUSE)
    restart_at: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        # die_with_parent is one prctl call, safe between fork and exec.
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with_parent,  # noqa: PLW1509  # see above
        )

    def look_after(self) -> None:
        """Notice a death, and restart when the pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            logger.warning("%s ended with code %s; it starts again", self.name, self.process.returncode)
            lived = now - self.started
            self.pause = FIRST_PAUSE if lived > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
            self.process, self.restart_at = None, now + self.pause
        if self.process is None and now >= self.restart_at:
            self.start()


class Supervisor:
    """Starts children in order, restarts those that die, stops all on SIGTERM or SIGINT in reverse order."""

    def __init__(self, children: Sequence[Child]) -> None:
        self.children = children
        self.stopping = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        while not self.stopping:
            for child in self.children:
                child.look_after()
            time.sleep(0.1)
        self.end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def end(self, *, patience: float = 10.0) -> None:
        running = [child.process for child in reversed(self.children) if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + patience
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def saem_command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "saem.cli", *arguments]
