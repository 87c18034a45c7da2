"""CPU seconds of this process and all it started, dead children included."""

import os
from collections import defaultdict
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat behind the name: parent, and user and system time of itself and of its reaped children.
PARENT, TIMES = 1, slice(11, 15)


def cpu_seconds_of_tree(root: int | None = None) -> float:
    """Sum over the tree below `root` (this process), in seconds."""
    children: dict[int, list[int]] = defaultdict(list)
    used: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children[int(fields[PARENT])].append(int(folder.name))
        used[int(folder.name)] = sum(map(int, fields[TIMES])) / TICK
    total, left = 0.0, [root or os.getpid()]
    while left:
        process = left.pop()
        total += used.get(process, 0.0)
        left += children[process]
    return total
