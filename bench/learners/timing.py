"""CPU seconds of this process and the children it has waited for."""

import os
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def cpu_seconds() -> float:
    """User and system time so far."""
    return sum(os.times()[:4])


def timed(work: Callable[[], Result]) -> tuple[float, float, Result]:
    """CPU seconds, wall seconds and what the work returned. CPU time is the kernel's, in steps finer than a tick."""
    cpu, wall = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - cpu, time.perf_counter() - wall, result
