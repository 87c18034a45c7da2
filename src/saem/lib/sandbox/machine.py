"""How much this machine can take: the defaults for pools, from memory and processors."""

import os
from pathlib import Path

_MB_PER_RUN = 512
_MB_PER_IDLE_CELL = 64
_MOST_WARM = 16
_MOST_SESSIONS = 256


def free_megabytes() -> int:
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) // 1024
    return _MB_PER_RUN


def runs_at_once() -> int:
    """One job a processor, as long as each may use its memory."""
    return max(1, min(len(os.sched_getaffinity(0)), free_megabytes() // _MB_PER_RUN))


def warm_cells() -> int:
    """Enough that a burst finds one waiting: three for each job that may run at once."""
    return max(1, min(3 * runs_at_once(), free_megabytes() // _MB_PER_IDLE_CELL, _MOST_WARM))


def sessions() -> int:
    return max(4, min(free_megabytes() // (2 * _MB_PER_IDLE_CELL), _MOST_SESSIONS))
