"""One cell: isolates itself, waits for a job, runs it, says what happened. The host decides when it dies."""

import atexit
import gc
import os
import random
import signal
import socket
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from . import frames, isolate, linux, runner, seccomp, touched

_JOB_CAPS = frames.Caps(header=64 << 20, blobs=1 << 30)
_LINK = 3  # where the socket to the host lives, right behind stdin, stdout and stderr
_SEED_RANGE = 1 << 32
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC


def live(link: socket.socket, around: isolate.Surroundings, program: bytes, *, disk_mb: int) -> None:
    """Become a cell; never returns."""
    os.setsid()
    if not around.namespaces:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    link = _keep_only(link)
    try:
        folder = _shut_in(around, disk_mb)
        _clean_process(folder, namespaces=around.namespaces)
        seccomp.load(program)
        _settle()
    except BaseException as error:
        frames.send(link, {"failed": repr(error)})
        raise
    work = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    frames.send(link, {"folder": folder}, descriptors=(work,))
    os.close(work)
    isolate.limit_open_files()
    _serve(link, around, folder)


def _keep_only(link: socket.socket) -> socket.socket:
    """Leave nothing of the zygote open but stderr, and the link on a known number."""
    if link.fileno() != _LINK:
        os.dup2(link.fileno(), _LINK)
        link.detach()
        link = socket.socket(fileno=_LINK)
    os.closerange(_LINK + 1, 1 << 16)
    return link


def _shut_in(around: isolate.Surroundings, disk_mb: int) -> str:
    if around.namespaces:
        folder = isolate.enter_namespaces(disk_mb=disk_mb, covers_tmp=around.covers_tmp)
    else:
        folder = isolate.make_plain_folder(around.workroot)
    os.chdir(folder)
    isolate.give_up_privileges(folder, around)
    isolate.set_fixed_limits()
    return folder


def _clean_process(folder: str, *, namespaces: bool) -> None:
    temporary = f"{folder}/tmp"
    os.environ.update(HOME=folder, TMPDIR=temporary, MPLCONFIGDIR=temporary)
    if not namespaces:
        os.environ["PWD"] = folder
    quiet = os.open("/dev/null", os.O_RDONLY)
    os.dup2(quiet, 0)
    os.close(quiet)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path[:] = [folder, *filter(None, sys.path)]
    atexit._clear()  # noqa: SLF001 -- what the zygote registered is not the job's to run


def _settle() -> None:
    """Do now what every job begins with: its pages are copied, and what it needs is at hand, while nobody waits."""
    # Pipes until the job brings its own: a stream asks its descriptor once whether it can seek.
    reading, writing = os.pipe()
    _connect_output((os.dup(writing), writing))
    os.close(reading)
    runner.connect_streams()
    _seed(0)
    isolate.settle()


def _serve(link: socket.socket, around: isolate.Surroundings, folder: str) -> None:
    namespace = runner.fresh_namespace()
    gc.enable()
    while True:
        frame = frames.receive(link, _JOB_CAPS)
        if frame is None:
            os._exit(0)
        job = frame.header
        if "next" in job:
            touched.own(around.touched)
            continue
        if frame.descriptors:
            _connect_output(frame.descriptors)
        refused = _lay_files(folder, job["files"], frame.blobs)
        frames.send(link, {"started": not refused, "refused": refused})
        if refused:
            continue
        isolate.set_job_limits(job["limits"], around)
        _seed(job["seed"])
        sys.argv = [job["sources"][0]["name"] if job["sources"] else "", *job["argv"]]
        report, images = _run(job, namespace)
        frames.send(link, report, images)


def _connect_output(descriptors: tuple[int, ...]) -> None:
    for number, descriptor in zip((1, 2), descriptors, strict=True):
        os.dup2(descriptor, number)
        os.close(descriptor)


def _lay_files(folder: str, names: list[str], blobs: tuple[bytes, ...]) -> str:
    """Write the job's files; returns why not, or nothing."""
    made: set[str] = set()
    try:
        for name, data in zip(names, blobs, strict=True):
            path = f"{folder}/{name}"
            parent = os.path.dirname(path)
            if parent not in made:
                os.makedirs(parent, exist_ok=True)
                made.add(parent)
            _write(path, data)
    except OSError as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _write(path: str, data: bytes) -> None:
    try:
        descriptor = os.open(path, _NEW_FILE, 0o666)
    except FileExistsError:
        # Whatever an earlier run left there, a link perhaps, is replaced and not followed.
        os.unlink(path)
        descriptor = os.open(path, _NEW_FILE, 0o666)
    with open(descriptor, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]


def _seed(seed: int | None) -> None:
    random.seed(seed)
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(None if seed is None else seed % _SEED_RANGE)
    torch = sys.modules.get("torch")
    if torch is not None and seed is not None:
        torch.manual_seed(seed)


def _run(job: dict[str, Any], namespace: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    start = time.perf_counter()
    ending = runner.run_sources(job["sources"], namespace)
    if job["last"]:
        _finish_like_python()
    runner.flush()
    own_ms = (time.perf_counter() - start) * 1e3
    return ending.report(own_ms), ending.images


def _finish_like_python() -> None:
    # A script that started threads or registered exit handlers expects them to be waited for.
    with suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001
    with suppress(BaseException):
        atexit._run_exitfuncs()  # noqa: SLF001  # what a plain interpreter would run at its end
