"""The host's end of one cell: where to send a job, how to kill it, what became of it."""

import os
import select
import signal
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from saem.lib.sandbox.errors import SandboxUnavailable
from saem.lib.sandbox.inside import frames
from saem.lib.sandbox.memory import MemoryGroup

_READY_CAPS = frames.Caps(header=1 << 16, blobs=0)
_READY_TIMEOUT_S = 20.0
# clock_getcpuclockid(3): the CPU clock of another process, which it cannot forge.
_CPU_CLOCK_OF_PROCESS = 2

Rung = Literal["A", "B", "C"]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What must be known before the fork; everything else arrives with the job."""

    several_processes: bool
    disk_mb: int


@dataclass(frozen=True, kw_only=True)
class Exit:
    """What the zygote learnt when the cell was gone; `status` is that of wait(2)."""

    status: int
    cpu_s: float
    peak_kb: int


class Cell:
    """One process in waiting, or at work."""

    def __init__(self, link: socket.socket, handle: int, *, rung: Rung, shape: Shape) -> None:
        self.link = link
        self.handle = handle
        self.rung: Rung = rung
        self.shape = shape
        self.pid = _pid_of(handle)
        self.group: MemoryGroup | None = None
        self.folder = -1
        self.folder_path = ""
        self.outputs: tuple[int, int] | None = None
        self._expects_a_job = False
        self._exit: Exit | None = None
        self._gone = threading.Event()

    def attach(self, group: MemoryGroup) -> None:
        """Raises OSError where the group does not accept the process."""
        group.attach(self.pid)
        self.group = group

    def wait_until_ready(self) -> None:
        """Raises SandboxUnavailable when the cell could not shut itself in."""
        if self.folder >= 0:
            return
        self.link.settimeout(_READY_TIMEOUT_S)
        try:
            frame = frames.receive(self.link, _READY_CAPS)
        except (OSError, frames.FrameError) as error:
            raise SandboxUnavailable(f"a cell did not get ready: {error}") from error
        if frame is None or len(frame.descriptors) != 1:
            why = frame.header.get("failed", "") if frame else "it died"
            raise SandboxUnavailable(f"a cell could not isolate itself: {why}")
        (self.folder,) = frame.descriptors
        self.folder_path = str(frame.header["folder"])

    def expect_a_job(self) -> None:
        """Tell it once that it is next, so that it copies ahead the memory that every job writes to."""
        if not self._expects_a_job:
            self._expects_a_job = True
            with suppress(OSError):
                frames.send(self.link, {"next": True})

    def cpu_seconds(self) -> float | None:
        """CPU used so far, all threads; None once the process is reaped."""
        if self.pid <= 0:
            return None
        try:
            return time.clock_gettime((~self.pid << 3) | _CPU_CLOCK_OF_PROCESS)
        except OSError:
            return None

    def kill(self) -> None:
        with suppress(OSError):
            signal.pidfd_send_signal(self.handle, signal.SIGKILL)

    def is_alive(self) -> bool:
        return not self._gone.is_set() and not self.wait_until_dead(0)

    def wait_until_dead(self, timeout_s: float) -> bool:
        """Whether the process ended within the time."""
        poller = select.poll()
        poller.register(self.handle, select.POLLIN)
        return bool(poller.poll(timeout_s * 1e3))

    def is_gone(self) -> bool:
        """Whether the zygote has reaped it (or is itself gone)."""
        return self._gone.is_set()

    def pause(self) -> None:
        """Freeze a session between runs: a thread left behind shall not use the processor."""
        with suppress(OSError):
            signal.pidfd_send_signal(self.handle, signal.SIGSTOP)

    def resume(self) -> None:
        with suppress(OSError):
            signal.pidfd_send_signal(self.handle, signal.SIGCONT)

    def report_exit(self, ended: Exit | None) -> None:
        """Called once, when the zygote reaped the cell or is itself gone (None)."""
        self._exit = ended
        self._gone.set()

    def wait_for_exit(self, timeout_s: float) -> Exit | None:
        self._gone.wait(timeout_s)
        return self._exit

    def close(self) -> None:
        """Let go of every descriptor. The process must be dead or dying."""
        self.link.close()
        for descriptor in (self.handle, self.folder, *(self.outputs or ())):
            if descriptor >= 0:
                with suppress(OSError):
                    os.close(descriptor)
        self.handle = self.folder = -1
        self.outputs = None


def _pid_of(handle: int) -> int:
    for line in Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1
