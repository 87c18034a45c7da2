"""One job on one cell: send, watch, kill if need be, read back, judge."""

import math
import os
import time
from collections.abc import Mapping
from typing import Any

from saem.lib.sandbox import box, verdict
from saem.lib.sandbox.cells import Cell
from saem.lib.sandbox.errors import JobRefused, SandboxUnavailable
from saem.lib.sandbox.inside import frames
from saem.lib.sandbox.jobs import Job, Outcome
from saem.lib.sandbox.watch import Reason, Sighting, Watch

_SEND_TIMEOUT_S = 20.0
_EXIT_TIMEOUT_S = 10.0
# Pages of the interpreter that a job touches are copied and counted too; they are not the job's to pay for.
_UNSHARED_MB = 64
_MOST_BYTES = 512 << 20


class NeverStarted(SandboxUnavailable):
    """The cell was gone before the job began, so trying again is safe."""


def check(job: Job) -> None:
    """Raises JobRefused for a job that no cell could run."""
    for name in (*job.files, *job.collect):
        box.check_name(name)
    if sum(map(len, job.files.values())) > _MOST_BYTES:
        raise JobRefused("the files are too large")


def run(cell: Cell, job: Job, *, started_at: float, last: bool, fresh: bool = True) -> Outcome:
    """Run and report. The cell is left as it is: killing and burying is the caller's business.

    Raises NeverStarted, SandboxUnavailable (the zygote died under it) or JobRefused (its files do not fit).
    """
    seen = _send_and_watch(cell, job, last=last)
    if seen.refused:
        raise JobRefused(f"the files could not be laid: {seen.refused}")
    ended = None
    if seen.reason is Reason.DIED:
        ended = cell.wait_for_exit(_EXIT_TIMEOUT_S)
        if ended is None:
            raise SandboxUnavailable("the zygote died") if seen.started else NeverStarted("the zygote died")
    caps = {"file_cap": job.limits.file_mb << 20, "total_cap": job.limits.disk_mb << 20}
    files = box.collect(cell.folder, job.collect, **caps)
    total = time.perf_counter() - started_at
    return verdict.outcome(seen, ended, cell, job, files=files, total_s=total, fresh=fresh)


def _send_and_watch(cell: Cell, job: Job, *, last: bool) -> Sighting:
    if cell.group is not None:
        cell.group.limit(job.limits.memory_mb + _UNSHARED_MB)
    theirs = _connect_output(cell)
    watch = Watch(cell, job.limits)
    try:
        cell.link.settimeout(_SEND_TIMEOUT_S)
        frames.send(cell.link, _header(job, cell, last=last), tuple(job.files.values()), theirs)
        cell.link.setblocking(False)
    except OSError as error:
        raise NeverStarted(f"the cell was gone: {error}") from error
    finally:
        for descriptor in theirs:
            os.close(descriptor)
    return watch.until_over()


def _connect_output(cell: Cell) -> tuple[int, ...]:
    """Pipes for stdout and stderr on the first run; what a session printed between runs is thrown away."""
    if cell.outputs is not None:
        for descriptor in cell.outputs:
            _throw_away(descriptor)
        return ()
    pipes = [os.pipe2(os.O_CLOEXEC) for _ in range(2)]
    cell.outputs = (pipes[0][0], pipes[1][0])
    for descriptor in cell.outputs:
        os.set_blocking(descriptor, False)
    return tuple(writing for _, writing in pipes)


def _throw_away(descriptor: int) -> None:
    try:
        os.read(descriptor, 1 << 20)
    except BlockingIOError:
        return


def _header(job: Job, cell: Cell, *, last: bool) -> Mapping[str, Any]:
    limits = job.limits
    return {
        "sources": [{"name": s.name, "code": s.code, "display": s.display} for s in job.sources],
        "files": list(job.files),
        "limits": {
            "memory_mb": limits.memory_mb,
            "file_mb": limits.file_mb,
            # Without a process namespace nothing would end the children with their parent.
            "processes": 1 if cell.rung == "C" else limits.processes,
            # CPU time adds up over a session's life; there the host's own clock decides alone.
            "cpu_rlimit_s": math.ceil(limits.cpu_s) + 1 if last else 0,
        },
        "seed": job.seed,
        "argv": list(job.argv),
        "last": last,
    }
