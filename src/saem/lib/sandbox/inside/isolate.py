"""How one cell shuts itself in, in the order that works: namespaces, folders, capabilities, landlock, limits."""

import gc
import os
import resource
import secrets
from dataclasses import dataclass
from pathlib import Path

from . import landlock, linux

BOX = "/box"
_QUIET = linux.MS_NOSUID | linux.MS_NODEV
_MEGABYTE = 1 << 20
_SHARED_MEMORY = "size=16m,nr_inodes=64,mode=700"
_MOST_FILES = 2000
_MOST_OPEN = 64
_MOST_THREADS = 32
# Without a user namespace the kernel counts all processes of the user together; stacks still count as memory.
_MOST_THREADS_OF_ALL = 2048
_MOST_PENDING = 256
_STACK = 8 * _MEGABYTE
_RESERVE = 16 * _MEGABYTE
# Address space bounds page tables, which RLIMIT_DATA does not count. It must stay close to the data limit: once a
# process is near it, the kernel no longer checks the data limit when a read-only mapping is made writable.
_SPARE_ADDRESS_SPACE = 256 * _MEGABYTE

_OWN_MAPS = "/proc/self/maps"
SYSTEM_PATHS = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/etc/localtime",
    "/etc/alternatives",
    "/dev/urandom",
    "/dev/random",
    _OWN_MAPS,
)


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the zygote knows about the place it lives in; the same for each of its cells."""

    namespaces: bool
    readable: tuple[str, ...]
    workroot: str
    covers_tmp: bool
    base_data: int
    base_address_space: int
    touched: bytes


def enter_namespaces(*, disk_mb: int, covers_tmp: bool) -> str:
    """Own user and mount namespace with private folders and no /proc; returns the working folder."""
    uid, gid = os.getuid(), os.getgid()
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # or the id maps would belong to somebody else
    linux.unshare(linux.CLONE_NEWUSER | linux.CLONE_NEWNS)
    linux.map_own_ids(uid, gid)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)
    linux.mount(None, "/", None, linux.MS_REC | linux.MS_SLAVE)
    size = f"size={disk_mb}m,nr_inodes={_MOST_FILES},mode=700"
    linux.mount("tmpfs", BOX, "tmpfs", _QUIET, size)
    Path(BOX, "tmp").mkdir(mode=0o700)
    if covers_tmp:
        linux.mount(f"{BOX}/tmp", "/tmp", None, linux.MS_BIND)
    linux.mount("tmpfs", "/dev/shm", "tmpfs", _QUIET | linux.MS_NOEXEC, _SHARED_MEMORY)
    _cover_proc()
    return BOX


def _cover_proc() -> None:
    """Nothing of /proc but one empty file, which thread pool libraries insist on reading."""
    linux.mount("tmpfs", "/proc", "tmpfs", _QUIET | linux.MS_NOEXEC, "size=4k,nr_inodes=3")
    maps = Path(_OWN_MAPS)
    maps.parent.mkdir()
    maps.touch()
    linux.mount(None, "/proc", None, _QUIET | linux.MS_NOEXEC | linux.MS_REMOUNT | linux.MS_RDONLY)


def make_plain_folder(workroot: str) -> str:
    """Without mount namespaces the working folder is a real one; landlock keeps the cell inside it."""
    folder = Path(workroot, secrets.token_hex(8))
    folder.mkdir(mode=0o700)
    (folder / "tmp").mkdir(mode=0o700)
    return str(folder)


def give_up_privileges(folder: str, around: Surroundings) -> None:
    """No capabilities, no way to gain any, and only the paths a lesson needs."""
    linux.drop_capabilities()
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    writable = [folder, "/dev/null"]
    if around.namespaces:
        writable.append("/dev/shm")
        if around.covers_tmp:
            writable.append("/tmp")
    landlock.restrict((*SYSTEM_PATHS, *around.readable), writable)


def set_fixed_limits() -> None:
    """The limits that no job changes."""
    for kind, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, _MOST_PENDING),
        (resource.RLIMIT_STACK, _STACK),
    ):
        resource.setrlimit(kind, (value, value))


def limit_open_files() -> None:
    """After the folder was handed over: the kernel counts what all cells of a user have handed over and nobody has yet
    taken, and refuses more than the sender itself may open.
    """
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN, _MOST_OPEN))


def set_job_limits(limits: dict[str, float], around: Surroundings) -> None:
    """The limits a job brings. Later runs of a session may only stay or go lower: hard limits never rise."""
    memory = int(limits["memory_mb"]) * _MEGABYTE
    processes = int(limits["processes"])
    _lower(resource.RLIMIT_DATA, around.base_data + memory, reserve=_RESERVE)
    _lower(resource.RLIMIT_AS, around.base_address_space + memory + _SPARE_ADDRESS_SPACE)
    _lower(resource.RLIMIT_FSIZE, int(limits["file_mb"]) * _MEGABYTE)
    threads = _MOST_THREADS if around.namespaces else _MOST_THREADS_OF_ALL
    _lower(resource.RLIMIT_NPROC, processes if processes > 1 else threads)
    if limits["cpu_rlimit_s"]:
        seconds = int(limits["cpu_rlimit_s"])
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


def _lower(kind: int, value: int, *, reserve: int = 0) -> None:
    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        hard = value + reserve
    resource.setrlimit(kind, (min(value, hard), min(value + reserve, hard)))


def open_reserve() -> None:
    """Let a job that ran out of memory still describe its error."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))


def settle() -> None:
    """Touch now the pages that the first line of a job would otherwise fault in, while nobody waits."""
    namespace: dict[str, object] = {}
    code = "import json\nclass A:\n    def f(self):\n        return [str(i) for i in range(40)]\njson.dumps(A().f())\n"
    exec(compile(code, "<settle>", "exec"), namespace)
    gc.collect(0)
