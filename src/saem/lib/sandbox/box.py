"""Reading what a job left behind: through the folder's descriptor, never by path, never through a link."""

import os
import stat
from collections.abc import Iterable
from contextlib import suppress

from saem.lib.sandbox.errors import JobRefused
from saem.lib.sandbox.inside import linux

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_NOCTTY
_NAME_CAP = 200
_DEPTH_CAP = 8
_BEYOND_COUNTING = 1 << 62


def check_name(name: str) -> None:
    """Raises JobRefused unless the name is a plain relative path."""
    parts = name.split("/")
    plain = len(name) <= _NAME_CAP and len(parts) <= _DEPTH_CAP and "\0" not in name
    if not plain or any(part in ("", ".", "..") for part in parts):
        raise JobRefused(f"not a plain file name: {name!r}")


def collect(folder: int, names: Iterable[str], *, file_cap: int, total_cap: int) -> dict[str, bytes]:
    """The named files that exist, are regular and fit the caps (bytes)."""
    found: dict[str, bytes] = {}
    left = total_cap
    for name in names:
        # Most names that are asked for do not exist; to learn that is cheaper than to open with care.
        if not os.access(name, os.F_OK, dir_fd=folder, follow_symlinks=False):
            continue
        with suppress(OSError):
            data = _read(folder, name, min(file_cap, left))
            if data is not None:
                found[name] = data
                left -= len(data)
    return found


def _read(folder: int, name: str, cap: int) -> bytes | None:
    descriptor = linux.open_beneath(folder, name, _FLAGS)
    try:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode) or about.st_size > cap:
            return None
        return _read_exactly(descriptor, about.st_size)
    finally:
        os.close(descriptor)


def _read_exactly(descriptor: int, size: int) -> bytes:
    """So many bytes, or fewer where a living process has cut the file. A file object would cost three times as much."""
    chunks = []
    while size > 0 and (chunk := os.read(descriptor, size)):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def used_bytes(folder: int, *, most_entries: int) -> int:
    """Disk used below a folder; one too large or too deep to count is infinitely large."""
    try:
        return _count_bytes(folder, most_entries)
    except RecursionError:
        return _BEYOND_COUNTING


def _count_bytes(folder: int, most_entries: int) -> int:
    total = entries = 0
    for _, folders, files, descriptor in os.fwalk(".", dir_fd=folder, follow_symlinks=False):
        entries += len(folders) + len(files)
        if entries > most_entries:
            return _BEYOND_COUNTING
        for name in files:
            with suppress(OSError):
                total += os.stat(name, dir_fd=descriptor, follow_symlinks=False).st_blocks * 512
    return total
