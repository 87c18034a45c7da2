"""The sandbox daemon: one set of zygotes that every process of this machine shares, over a Unix socket."""

import os
import signal
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from saem.lib.sandbox import wire
from saem.lib.sandbox.errors import SandboxError, SandboxUnavailable
from saem.lib.sandbox.inside import frames, linux
from saem.lib.sandbox.jobs import Outcome, Role
from saem.lib.sandbox.local import LocalSandbox

_MOST_CONNECTIONS = 128
_BACKLOG = 64


def serve(socket_path: Path, *, with_parent: bool = False, **options: Any) -> None:
    """Serve until SIGTERM or SIGINT. `options` are those of `LocalSandbox`.

    `with_parent` asks the kernel to end the daemon when the thread that started it ends. Raises SandboxUnavailable
    when another daemon already serves this socket, OSError when the socket cannot be made.
    """
    if with_parent:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
    listener = _listen(socket_path)
    try:
        with LocalSandbox(**options) as sandbox:
            Server(listener, sandbox).run()
    finally:
        listener.close()
        socket_path.unlink(missing_ok=True)


def _listen(path: Path) -> socket.socket:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear_the_way(path)
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o177)
    try:
        listener.bind(str(path))
    except OSError:
        listener.close()
        raise
    finally:
        os.umask(before)
    listener.listen(_BACKLOG)
    return listener


def _clear_the_way(path: Path) -> None:
    """A socket file that nobody answers on is what a killed daemon left."""
    if not path.exists():
        return
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            path.unlink(missing_ok=True)
            return
    raise SandboxUnavailable(f"another sandbox daemon serves {path}")


def _wake_only(_number: int, _frame: FrameType | None) -> None:
    """A handler must exist for the wake-up descriptor to be written."""


class Server:
    """Accepts connections and answers each in a thread of its own, one request after the other."""

    def __init__(self, listener: socket.socket, sandbox: LocalSandbox) -> None:
        self._listener = listener
        self._sandbox = sandbox
        self._free = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._wake_out, self._wake_in = socket.socketpair()

    def run(self) -> None:
        """Accept until asked to stop."""
        # The kernel may hand a signal to any thread, which would not wake this one: the descriptor does.
        self._wake_in.setblocking(False)
        wakes_before = signal.set_wakeup_fd(self._wake_in.fileno(), warn_on_full_buffer=False)
        before = {number: signal.signal(number, _wake_only) for number in (signal.SIGTERM, signal.SIGINT)}
        threading.Thread(target=self._warm_up, daemon=True, name="sandbox-warm-up").start()
        accepting = threading.Thread(target=self._accept, daemon=True, name="sandbox-accept")
        accepting.start()
        try:
            self._wake_out.recv(1)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(wakes_before)
            self._wake_in.close()
            self._wake_out.close()

    def _warm_up(self) -> None:
        # A failure is told again, with its reason, to whoever asks for a run.
        with suppress(SandboxError):
            self._sandbox.warm_up(Role.STUDENT, Role.CHECKER)

    def _accept(self) -> None:
        while True:
            self._free.acquire()
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        try:
            with connection, suppress(OSError, frames.FrameError):
                while (request := frames.receive(connection, wire.CAPS)) is not None:
                    frames.send(connection, *self._reply(request))
        finally:
            self._free.release()

    def _reply(self, request: frames.Frame) -> tuple[Mapping[str, Any], list[bytes]]:
        try:
            outcome = self._do(request)
        except SandboxError as error:
            return {"error": type(error).__name__, "text": str(error)}, []
        except (KeyError, TypeError, ValueError) as error:
            return {"error": "JobRefused", "text": f"not a request: {error!r}"}, []
        if outcome is None:
            return {"done": True}, []
        header, blobs = wire.pack_outcome(outcome)
        return {"outcome": header}, blobs

    def _do(self, request: frames.Frame) -> Outcome | None:
        header = request.header
        match header["do"]:
            case "run":
                job = wire.unpack_job(header["job"], request.blobs)
                return self._sandbox.run(job, role=Role(header["role"]))
            case "session":
                return self._run_in_session(header, request.blobs)
            case "close":
                self._sandbox.close_session(str(header["key"]))
                return None
        raise ValueError(header["do"])

    def _run_in_session(self, header: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Outcome:
        own = len(header["job"]["files"])
        job = wire.unpack_job(header["job"], blobs[:own])
        prelude = header["prelude"] and wire.unpack_job(header["prelude"], blobs[own:])
        return self._sandbox.run_in_session(str(header["key"]), job, prelude=prelude or None)
