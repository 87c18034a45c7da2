"""The warm process: loads the libraries once, then forks single-use cells on request.

It holds no secret and never parses a byte that student code made: requests are fixed structs from the host,
and a job travels from the host straight to the cell.
"""

import array
import atexit
import gc
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from . import cell, compact, isolate, linux, preload, rehearsal, seccomp, touched

# Host → zygote: fork one cell of this shape.
# several processes?, megabytes of working folder
REQUEST = struct.Struct("!?I")
_PAGE = resource.getpagesize()
_OOM_SCORE = "500"
_STATUS_FAILED = 99
_ALONE_WITHIN_S = 2.0
_HARNESS_CAP = 1 << 20


class Zygote:
    """Answers fork requests on a control socket until the host closes it."""

    def __init__(self, control: socket.socket, config: dict[str, Any], touched_pages: bytes) -> None:
        self._control = control
        self._config = config
        self._namespaces = bool(config["namespaces"])
        self._own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if self._namespaces else -1
        self._around = _surroundings(config, touched_pages)
        self._filters = {several: seccomp.compile_filter(several_processes=several) for several in (False, True)}
        self._wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def serve(self) -> None:
        """Announce readiness, then fork and reap for ever."""
        signal.set_wakeup_fd(self._wake[1], warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._announce()
        while True:
            control = self._control.fileno()
            ready, _, _ = select.select([control, self._wake[0]], [], [])
            if self._wake[0] in ready:
                self._reap()
            if control in ready:
                request = self._control.recv(REQUEST.size)
                if not request:
                    os._exit(0)
                self._fork(*REQUEST.unpack(request))

    def _announce(self) -> None:
        modules = [name for name in self._config["preload"] if name in sys.modules]
        self._send({"ready": os.getpid(), "modules": modules})

    def _send(self, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
        beside = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))] if descriptors else []
        self._control.sendmsg([json.dumps(message).encode()], beside)

    def _fork(self, several: bool, disk_mb: int) -> None:
        ours, theirs = socket.socketpair()
        with self._new_process_namespace():
            pid = os.fork()
            if pid == 0:
                self._become_cell(theirs, several=several, disk_mb=disk_mb)
        theirs.close()
        handle = os.pidfd_open(pid)
        self._send({"cell": pid}, (ours.fileno(), handle))
        ours.close()
        os.close(handle)

    @contextmanager
    def _new_process_namespace(self) -> Iterator[None]:
        # Entering one for the children only, and coming back, spares each cell an init process of its own.
        if not self._namespaces:
            yield
            return
        linux.unshare(linux.CLONE_NEWPID)
        try:
            yield
        finally:
            linux.setns(self._own_pids, linux.CLONE_NEWPID)

    def _become_cell(self, sock: socket.socket, *, several: bool, disk_mb: int) -> None:
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            program = self._filters[several and self._namespaces]  # no namespace would end the children
            cell.live(sock, self._around, program, disk_mb=disk_mb)
        except BaseException as error:  # noqa: BLE001 -- nothing may return into the zygote's loop
            with suppress(OSError):
                os.write(2, f"a cell could not start: {error!r}\n".encode())
        finally:
            os._exit(_STATUS_FAILED)

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._wake[0], 4096)
        while True:
            try:
                pid, status, usage = os.wait4(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            cpu = usage.ru_utime + usage.ru_stime
            self._send({"ended": pid, "status": status, "cpu_s": cpu, "peak_kb": usage.ru_maxrss})


def _surroundings(config: dict[str, Any], touched_pages: bytes) -> isolate.Surroundings:
    fields = [int(field) for field in Path("/proc/self/statm").read_text().split()]
    return isolate.Surroundings(
        namespaces=bool(config["namespaces"]),
        readable=tuple(config["readable"]),
        workroot=config["workroot"],
        covers_tmp=bool(config["covers_tmp"]),
        base_address_space=fields[0] * _PAGE,
        base_data=fields[5] * _PAGE,
        touched=touched_pages,
    )


def _import_only_from(shown: list[str], extra: list[str]) -> None:
    """Forget places that a `.pth` file added, such as the site's own sources; cells could not read them anyway."""
    kept = [path for path in sys.path if any(path == place or path.startswith(f"{place}/") for place in shown)]
    sys.path[:] = [*kept, *extra]


def _threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _wait_until_alone() -> None:
    """A thread that has ended for Python is the kernel's for a moment: Matplotlib has one while it looks for fonts."""
    deadline = time.monotonic() + _ALONE_WITHIN_S
    while (threads := _threads()) != 1:
        if time.monotonic() > deadline:
            raise RuntimeError(f"a zygote must have one thread, this one has {threads}")
        time.sleep(0.005)


def _hold_still() -> None:
    """Forking copies one thread only, and a garbage collection would unshare every page."""
    _wait_until_alone()
    atexit._clear()  # noqa: SLF001 -- nothing registered here may run in a cell
    gc.collect()
    gc.freeze()
    gc.disable()


def main() -> None:
    """Entry point: argv is the control descriptor and a JSON configuration, both from the host."""
    control = socket.socket(fileno=int(sys.argv[1]))
    config = json.loads(sys.argv[2])
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(_OOM_SCORE)
    compact.reserve(config["preload"])
    _import_only_from([*config["readable"], *config["paths"]], config["paths"])
    harness = None
    if config["harness"]:
        harness, shown_as = config["harness"]
        preload.load_harness(harness, control.recv(_HARNESS_CAP).decode(), shown_as=shown_as)
    preload.load(config["preload"], fonts=config["fonts"], harness=harness)
    _hold_still()
    touched_pages = b""
    if "pandas" in sys.modules:
        touched_pages = touched.learn(lambda: rehearsal.rehearse(config["preload"], harness=harness))
    compact.collapse()
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    zygote = Zygote(control, config, touched_pages)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    zygote.serve()
