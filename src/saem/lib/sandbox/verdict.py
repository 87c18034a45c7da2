"""From what was seen of a run to what is said about it. Everything a cell claims is only a claim."""

import os
import signal

from saem.lib.sandbox import displays
from saem.lib.sandbox.cells import Cell, Exit
from saem.lib.sandbox.jobs import Fault, Job, Outcome, Status
from saem.lib.sandbox.watch import Reason, Sighting

_STOPPED = {Reason.TIME: Status.TIMEOUT, Reason.OUTPUT: Status.OUTPUT, Reason.DISK: Status.OUTPUT}
_NEARLY_ALL = 0.9


def outcome(
    seen: Sighting, ended: Exit | None, cell: Cell, job: Job, *, files: dict[str, bytes], total_s: float, fresh: bool
) -> Outcome:
    """Put together the outcome; `total_s` is all the time the caller waited."""
    fault = displays.fault_from(seen.frame) if seen.frame else None
    status, exit_code = _judge(seen, ended, cell, job, fault)
    own_s = _own_seconds(seen)
    return Outcome(
        status=status,
        exit_code=exit_code,
        stdout=seen.stdout.decode("utf-8", "replace"),
        stderr=seen.stderr.decode("utf-8", "replace"),
        wall_ms=round(total_s * 1e3, 3),
        cpu_ms=round(_cpu_seconds(seen, ended) * 1e3, 3),
        overhead_ms=round(max(0.0, total_s - own_s) * 1e3, 3),
        isolation=cell.rung,
        files=files,
        displays=displays.displays_from(seen.frame) if seen.frame else (),
        fault=fault,
        fresh=fresh,
    )


def _cpu_seconds(seen: Sighting, ended: Exit | None) -> float:
    return max(0.0, ended.cpu_s - seen.cpu_before_s) if ended else seen.cpu_s


def _own_seconds(seen: Sighting) -> float:
    """The job's own compute: what the harness measured, but never more than we waited."""
    claimed = seen.frame.header.get("own_ms") if seen.frame else None
    if isinstance(claimed, int | float) and 0 <= claimed <= seen.wall_s * 1e3:
        return claimed / 1e3
    return seen.wall_s


def _judge(seen: Sighting, ended: Exit | None, cell: Cell, job: Job, fault: Fault | None) -> tuple[Status, int | None]:
    if seen.reason in _STOPPED:
        return _STOPPED[seen.reason], None
    if seen.frame is not None:
        return _judge_claim(seen.frame.header, fault)
    assert ended is not None
    if os.WIFEXITED(ended.status):
        code = os.WEXITSTATUS(ended.status)
        return (Status.OK if code == 0 else Status.ERROR), code
    number = os.WTERMSIG(ended.status)
    return _judge_signal(number, seen, ended, cell, job), -number


def _judge_claim(header: dict[str, object], fault: Fault | None) -> tuple[Status, int | None]:
    raw = header.get("exit_code")
    code = raw & 0xFF if type(raw) is int else 1
    claimed = header.get("fault")
    if isinstance(claimed, dict) and claimed.get("memory") is True:
        return Status.MEMORY, code
    return (Status.OK if code == 0 and fault is None else Status.ERROR), code


def _judge_signal(number: int, seen: Sighting, ended: Exit, cell: Cell, job: Job) -> Status:
    if number == signal.SIGXCPU or _cpu_seconds(seen, ended) >= job.limits.cpu_s:
        return Status.TIMEOUT
    killed_for_memory = cell.group is not None and cell.group.ran_out()
    # Native code that is refused memory often aborts instead of raising; its peak gives it away.
    if killed_for_memory or ended.peak_kb >= job.limits.memory_mb * 1024 * _NEARLY_ALL:
        return Status.MEMORY
    return Status.SIGNAL
