"""Starting a zygote and talking to it: the plans from the strongest isolation down, and the control socket."""

import array
import json
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from saem.lib.sandbox import harness
from saem.lib.sandbox.cells import Cell, Shape
from saem.lib.sandbox.errors import SandboxUnavailable
from saem.lib.sandbox.inside.zygote import REQUEST
from saem.lib.sandbox.jobs import Role
from saem.lib.sandbox.view import View, environment

_START_TIMEOUT_S = 60.0
_LOOK_UP_EVERY_S = 0.1
_STOP_TIMEOUT_S = 2.0
_MESSAGE_CAP = 1 << 16
_RUN_INSIDE = (
    "import sys; sys.path.insert(0, {root!r}); from inside.{module} import main; sys.path.remove({root!r}); main()"
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One way to start: with bubblewrap or bare, as an ordinary user or as whoever we are."""

    namespaces: bool
    user: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Message:
    header: dict[str, Any]
    descriptors: tuple[int, ...] = ()


@dataclass
class Zygote:
    """A running zygote. Used by one thread only: the one that started it."""

    process: subprocess.Popen[bytes]
    control: socket.socket
    plan: Plan
    workroot: Path | None
    modules: tuple[str, ...] = ()
    ordered: list[Shape] = field(default_factory=list)

    def order(self, shape: Shape) -> None:
        """Ask for one cell. Raises OSError when the zygote is gone."""
        self.control.send(REQUEST.pack(shape.several_processes, shape.disk_mb))
        self.ordered.append(shape)

    def receive(self) -> Message | None:
        """The next message; None when the zygote is gone."""
        try:
            data, beside, _, _ = self.control.recvmsg(_MESSAGE_CAP, socket.CMSG_SPACE(16))
        except OSError:
            return None
        if not data:
            return None
        descriptors = array.array("i")
        for _, _, content in beside:
            descriptors.frombytes(content[: len(content) // 4 * 4])
        return Message(header=json.loads(data), descriptors=tuple(descriptors))

    def stop(self) -> None:
        """Close the control socket, which ends it; insist if that does not help."""
        self.control.close()
        try:
            self.process.wait(_STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.workroot is not None:
            remove_tree(self.workroot)


def start(view: View, plan: Plan, preload: Sequence[str], abandoned: Callable[[], bool] = lambda: False) -> Zygote:
    """Start and wait until it is warm, or until nobody wants it any more.

    Raises SandboxUnavailable with what it said when it does not come up.
    """
    bubblewrap = _find_bubblewrap() if plan.namespaces else ""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    workroot = None if plan.namespaces else _make_workroot(plan)
    if _wants_harness(view, preload):
        # Not in the command line, which every list of processes would show.
        ours.send(harness.TEXT.encode())
    argv = _command(view, plan, preload, bubblewrap, control=theirs.fileno(), workroot=workroot)
    with tempfile.TemporaryFile() as complaints:
        try:
            process = subprocess.Popen(
                argv,
                env=environment(),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints,
                pass_fds=(theirs.fileno(),),
            )
        except OSError as error:
            ours.close()
            raise SandboxUnavailable(f"cannot start {argv[0]}: {error}") from error
        finally:
            theirs.close()
        zygote = Zygote(process=process, control=ours, plan=plan, workroot=workroot)
        _wait_until_warm(zygote, complaints.fileno(), abandoned)
    return zygote


def cell_from(zygote: Zygote, message: Message) -> tuple[int, Cell]:
    """The cell a message announces, and the number by which the zygote will announce its end."""
    shape = zygote.ordered.pop(0)
    link, handle = message.descriptors
    cell = Cell(socket.socket(fileno=link), handle, rung="B" if zygote.plan.namespaces else "C", shape=shape)
    return int(message.header["cell"]), cell


def first_cell(zygote: Zygote, shape: Shape) -> tuple[int, Cell]:
    """Fork one cell and wait until it has shut itself in: the only proof that this way of starting works.

    Raises SandboxUnavailable.
    """
    try:
        zygote.order(shape)
    except OSError as error:
        raise SandboxUnavailable(f"the zygote died: {error}") from error
    message = zygote.receive()
    if message is None or "cell" not in message.header:
        raise SandboxUnavailable("the zygote could not fork")
    number, cell = cell_from(zygote, message)
    try:
        cell.wait_until_ready()
    except SandboxUnavailable:
        cell.close()
        raise
    return number, cell


def _wait_until_warm(zygote: Zygote, complaints: int, abandoned: Callable[[], bool]) -> None:
    poller = select.poll()
    poller.register(zygote.control, select.POLLIN)
    deadline = time.monotonic() + _START_TIMEOUT_S
    message = None
    while not abandoned() and time.monotonic() < deadline:
        if poller.poll(_LOOK_UP_EVERY_S * 1e3):
            message = zygote.receive()
            break
    if message is None or "ready" not in message.header:
        zygote.process.kill()
        zygote.stop()
        said = os.pread(complaints, 2000, 0).decode(errors="replace").strip()
        raise SandboxUnavailable(said or "the zygote did not start")
    zygote.modules = tuple(message.header["modules"])


def _command(
    view: View, plan: Plan, preload: Sequence[str], bubblewrap: str, *, control: int, workroot: Path | None
) -> list[str]:
    config = {
        "namespaces": plan.namespaces,
        "readable": view.readable,
        "paths": view.library_path,
        "fonts": view.fonts_path,
        "covers_tmp": view.covers_tmp,
        "workroot": str(workroot or ""),
        # The checker's own library is found before landlock closes the folder above it.
        "preload": [*(["saem.lib"] if view.library_path else []), *preload],
        "harness": [harness.MODULE, harness.SHOWN_AS] if _wants_harness(view, preload) else None,
    }
    run = _RUN_INSIDE.format(root=view.harness_root, module="zygote")
    argv = [view.interpreter.executable, "-s", "-P", "-B", "-c", run, str(control), json.dumps(config)]
    if plan.namespaces:
        argv = [*view.bubblewrap(bubblewrap), *argv]
        if plan.user is None:
            return argv
    entry = {"argv": argv, "user": plan.user, "reveal": view.sources(), "bare": not plan.namespaces}
    enter = _RUN_INSIDE.format(root=str(Path(__file__).parent), module="enter")
    return [sys.executable, "-I", "-S", "-B", "-c", enter, json.dumps(entry)]


def _wants_harness(view: View, preload: Sequence[str]) -> bool:
    """A student's zygote does; a bare one is for a single run and shall start at once."""
    return view.role == Role.STUDENT and bool(preload)


def _find_bubblewrap() -> str:
    found = shutil.which("bwrap")
    if found is None:
        raise SandboxUnavailable("bubblewrap (bwrap) is not installed")
    return found


def _make_workroot(plan: Plan) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="saem-cells-"))
    if plan.user is not None:
        os.chown(folder, *plan.user)
    return folder


def remove_tree(folder: Path) -> None:
    """Remove what a job left behind, however deep it nested its folders."""
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(["/bin/rm", "-rf", "--", str(folder)], check=False, timeout=60, capture_output=True)
