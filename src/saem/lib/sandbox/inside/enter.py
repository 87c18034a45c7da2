"""The last steps outside: become an ordinary user, then turn into bubblewrap or straight into the zygote.

A separate program, because a server with threads must not run Python between fork and exec.
"""

import json
import os
import signal
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import linux

CANNOT_DROP = 77


def reveal(paths: Iterable[str]) -> None:
    """Make these paths reachable for others inside a private mount namespace, and hide what lies beside them.

    An interpreter below a closed folder (/root, a home) stays usable without opening that folder to anybody.
    """
    behind = {path: _closed_ancestor(Path(path)) for path in paths}
    if not any(behind.values()):
        return
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_PRIVATE)
    closed: dict[str, list[tuple[str, int]]] = {}
    for path, barrier in behind.items():
        if barrier is not None:
            closed.setdefault(barrier, []).append((path, os.open(path, os.O_PATH)))
    for barrier, held in closed.items():
        linux.mount("tmpfs", barrier, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=64k,mode=755")
        for path, descriptor in held:
            _make_place(Path(path), descriptor)
            linux.mount(f"/proc/self/fd/{descriptor}", path, None, linux.MS_BIND | linux.MS_REC)
            os.close(descriptor)


def _closed_ancestor(path: Path) -> str | None:
    for folder in reversed(path.parents):
        if not folder.stat().st_mode & stat.S_IXOTH:
            return str(folder)
    return None


def _make_place(path: Path, descriptor: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        path.mkdir(exist_ok=True, mode=0o755)
    else:
        path.touch(mode=0o644)


def become(uid: int, gid: int) -> None:
    """Stop being root for good."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def main() -> None:
    """Entry point: argv holds a JSON plan from the host."""
    plan: dict[str, Any] = json.loads(sys.argv[1])
    os.umask(0o022)
    if plan["bare"]:
        with suppress(OSError):
            linux.unshare(linux.CLONE_NEWNET)
    if plan["user"]:
        try:
            reveal(plan["reveal"])
            become(*plan["user"])
        except OSError as error:
            sys.stderr.write(f"cannot become an ordinary user: {error}\n")
            sys.exit(CANNOT_DROP)
    if plan["bare"]:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.execv(plan["argv"][0], plan["argv"])  # noqa: S606 -- no shell is the point
