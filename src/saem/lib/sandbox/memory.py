"""Exact memory limits through control groups: version 2 where delegated, version 1 where writable."""

import os
import secrets
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

_MEGABYTE = 1 << 20
_PREFIX = "saem-"
_EMPTY_TIMEOUT_S = 2.0


class MemoryGroup:
    """One cell's control group; counts what the cell touches from the moment it is attached.

    `kind` is whom it is lent to.
    """

    def __init__(self, folder: Path, kind: str = "") -> None:
        self.folder = folder
        self.kind = kind
        self._version_2 = (folder / "memory.max").exists()
        self._limit_mb = 0
        self._kills_before = 0

    def attach(self, pid: int) -> None:
        """Take the process in, and count kills from here on: to do it at each run would cost the run."""
        (self.folder / "cgroup.procs").write_text(str(pid))
        self._kills_before = self._kills()

    def limit(self, megabytes: int) -> None:
        """Set the ceiling."""
        if megabytes == self._limit_mb:
            return
        size = str(megabytes * _MEGABYTE)
        if self._version_2:
            (self.folder / "memory.max").write_text(size)
            self._try_write("memory.swap.max", "0")
            self._try_write("memory.oom.group", "1")
        else:
            self._try_write("memory.memsw.limit_in_bytes", "-1")
            (self.folder / "memory.limit_in_bytes").write_text(size)
            self._try_write("memory.memsw.limit_in_bytes", size)
        self._limit_mb = megabytes

    def _try_write(self, name: str, text: str) -> None:
        with suppress(OSError):
            (self.folder / name).write_text(text)

    def ran_out(self) -> bool:
        """Whether the kernel killed something here since `attach`."""
        return self._kills() > self._kills_before

    def _kills(self) -> int:
        report = self.folder / ("memory.events" if self._version_2 else "memory.oom_control")
        with suppress(OSError):
            for line in report.read_text().splitlines():
                name, _, value = line.partition(" ")
                if name == "oom_kill":
                    return int(value)
        return 0


class MemoryGroups:
    """Groups to lend to cells, below one folder of our own.

    A returned group is lent again, to its own kind: jobs of one kind mostly have one limit, and it costs four writes to
    set another.
    """

    def __init__(self, parent: Path) -> None:
        _remove_leftovers(parent)
        self._folder = parent / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(3)}"
        self._folder.mkdir()
        self._free: dict[str, list[MemoryGroup]] = defaultdict(list)
        self._all: list[MemoryGroup] = []
        self._enable_below()

    def _enable_below(self) -> None:
        control = self._folder / "cgroup.subtree_control"
        if control.exists():
            control.write_text("+memory")

    def take(self, kind: str = "") -> MemoryGroup:
        """Raises OSError when no group can be made."""
        if self._free[kind]:
            return self._free[kind].pop()
        folder = self._folder / str(len(self._all))
        folder.mkdir()
        group = MemoryGroup(folder, kind)
        self._all.append(group)
        return group

    def give_back(self, group: MemoryGroup) -> None:
        self._free[group.kind].append(group)

    def close(self) -> None:
        deadline = time.monotonic() + _EMPTY_TIMEOUT_S
        for folder in (*(group.folder for group in self._all), self._folder):
            while not _remove(folder) and time.monotonic() < deadline:
                time.sleep(0.005)  # a dying process still counts


def _remove(folder: Path) -> bool:
    try:
        folder.rmdir()
    except OSError:
        return False
    return True


def _remove_leftovers(parent: Path) -> None:
    """A killed server could not tidy up; its groups are empty by now."""
    for folder in parent.glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if not pid.isdigit() or Path("/proc", pid).exists():
            continue
        for path in (*folder.iterdir(), folder):
            if path.is_dir():
                _remove(path)


def find_parent() -> Path | None:
    """Our own control group, if we may make groups with a memory limit below it."""
    for mount, version_2 in _mounts():
        folder = _own_folder(mount, version_2=version_2)
        if folder is None or not os.access(folder, os.W_OK):
            continue
        if not version_2 or _delegate(folder):
            return folder
    return None


def _mounts() -> list[tuple[Path, bool]]:
    found = []
    for line in Path("/proc/self/mounts").read_text().splitlines():
        _, place, kind, options, *_ = line.split()
        if kind == "cgroup2":
            found.append((Path(place), True))
        elif kind == "cgroup" and "memory" in options.split(","):
            found.append((Path(place), False))
    return found


def _own_folder(mount: Path, *, version_2: bool) -> Path | None:
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        number, controllers, path = line.split(":", 2)
        if (version_2 and number == "0") or (not version_2 and "memory" in controllers.split(",")):
            own = mount / path.lstrip("/")
            # In a container the path may be the host's; then the mount itself is ours.
            return own if own.is_dir() else mount
    return None


def _delegate(folder: Path) -> bool:
    """Whether groups below may limit memory (version 2 says so in two files)."""
    control = folder / "cgroup.subtree_control"
    try:
        if "memory" not in (folder / "cgroup.controllers").read_text().split():
            return False
        if "memory" not in control.read_text().split():
            _enable(control)
    except OSError:
        return False
    return True


def _enable(control: Path) -> None:
    try:
        control.write_text("+memory")
    except OSError:
        # A group with processes of its own may not limit its children: step aside. Only ourselves, never others.
        aside = control.parent / f"{_PREFIX}host"
        aside.mkdir(exist_ok=True)
        (aside / "cgroup.procs").write_text(str(os.getpid()))
        control.write_text("+memory")
