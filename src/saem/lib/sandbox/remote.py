"""The daemon's client: the same seam as a local sandbox, over its Unix socket."""

import os
import socket
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from saem.lib.sandbox import errors, wire
from saem.lib.sandbox.errors import SandboxError, SandboxUnavailable
from saem.lib.sandbox.inside import frames
from saem.lib.sandbox.jobs import Job, Outcome, Role

_CONNECT_TIMEOUT_S = 5.0
# A job may wait for a cell, and for a zygote that is just starting, before its own time begins.
_QUEUE_TIMEOUT_S = 180.0
_MOST_IDLE = 8
_ERRORS: dict[str, type[SandboxError]] = {
    kind.__name__: kind
    for kind in (errors.FlavourMissing, errors.IsolationTooWeak, errors.JobRefused, errors.SandboxUnavailable)
}


class RemoteSandbox:
    """Talks to the sandbox daemon; connects when first used and again after the daemon was restarted."""

    def __init__(self, socket_path: Path | str) -> None:
        self._path = str(socket_path)
        self._lock = threading.Lock()
        self._idle: list[socket.socket] = []
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, job: Job, *, role: Role = Role.STUDENT) -> Outcome:
        """See `Sandbox.run`."""
        header, blobs = wire.pack_job(job)
        return self._outcome({"do": "run", "role": role.value, "job": header}, blobs, job.limits.wall_s)

    def run_in_session(self, key: str, job: Job, *, prelude: Job | None = None) -> Outcome:
        """See `Sandbox.run_in_session`."""
        header, blobs = wire.pack_job(job)
        request = {"do": "session", "key": key, "job": header, "prelude": None}
        wall_s = job.limits.wall_s
        if prelude is not None:
            request["prelude"], before = wire.pack_job(prelude)
            blobs = blobs + before
            wall_s += prelude.limits.wall_s
        return self._outcome(request, blobs, wall_s)

    def close_session(self, key: str) -> None:
        """See `Sandbox.close_session`."""
        self._ask({"do": "close", "key": key}, [], 0.0)

    def close(self) -> None:
        """Let go of the connections; the daemon lives on."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _outcome(self, request: Mapping[str, Any], blobs: Sequence[bytes], wall_s: float) -> Outcome:
        reply = self._ask(request, blobs, wall_s)
        try:
            return wire.unpack_outcome(reply.header["outcome"], reply.blobs)
        except (KeyError, TypeError, ValueError) as error:
            raise SandboxUnavailable(f"the sandbox daemon speaks another version: {error!r}") from error

    def _ask(self, request: Mapping[str, Any], blobs: Sequence[bytes], wall_s: float) -> frames.Frame:
        connection, used_before = self._connection()
        try:
            reply = _exchange(connection, request, blobs, wall_s)
        except (OSError, frames.FrameError) as error:
            connection.close()
            if used_before and not isinstance(error, TimeoutError):
                # The daemon was restarted since: what is left over from it is useless, and nothing ran.
                self.close()
                return self._ask(request, blobs, wall_s)
            raise SandboxUnavailable(f"the sandbox daemon did not answer: {error}") from error
        self._keep(connection)
        if "error" in reply.header:
            kind = _ERRORS.get(reply.header["error"], SandboxUnavailable)
            raise kind(reply.header["text"])
        return reply

    def _connection(self) -> tuple[socket.socket, bool]:
        with self._lock:
            if self._owner != os.getpid():
                # Forked: these connections are our parent's.
                self._owner, self._idle = os.getpid(), []
            if self._idle:
                return self._idle.pop(), True
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(_CONNECT_TIMEOUT_S)
        try:
            connection.connect(self._path)
        except OSError as error:
            connection.close()
            raise SandboxUnavailable(f"no sandbox daemon at {self._path}: {error.strerror}") from error
        return connection, False

    def _keep(self, connection: socket.socket) -> None:
        with self._lock:
            if len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()


def _exchange(
    connection: socket.socket, request: Mapping[str, Any], blobs: Sequence[bytes], wall_s: float
) -> frames.Frame:
    connection.settimeout(wall_s + _QUEUE_TIMEOUT_S)
    frames.send(connection, request, blobs)
    reply = frames.receive(connection, wire.CAPS)
    if reply is None:
        raise ConnectionResetError("it closed the connection")
    return reply
