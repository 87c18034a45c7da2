"""The Linux calls that Python 3.11 lacks, through libc."""

import ctypes
import os
import struct
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long

CLONE_NEWNS = 0x0002_0000
CLONE_NEWUSER = 0x1000_0000
CLONE_NEWPID = 0x2000_0000
CLONE_NEWNET = 0x4000_0000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE, MS_SLAVE = 1 << 5, 1 << 12, 1 << 14, 1 << 18, 1 << 19

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP = 1, 4, 22
PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 24, 36, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
SECCOMP_MODE_FILTER = 2

# System calls newer than 2019 have the same number on every architecture.
NR_OPENAT2 = 437
NR_LANDLOCK_CREATE, NR_LANDLOCK_ADD, NR_LANDLOCK_RESTRICT = 444, 445, 446

RESOLVE_NO_XDEV, RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS, RESOLVE_BENEATH = 1, 2, 4, 8
STAY_BENEATH = RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH

_MADV_POPULATE_WRITE, _MADV_COLLAPSE = 23, 25

_CAPABILITY_VERSION_3 = 0x2008_0522
_LAST_CAPABILITY = 63


class _FilterProgram(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """Call by number; integers are passed as C longs, everything else as ctypes converts it."""
    converted = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_libc.syscall(ctypes.c_long(number), *converted), f"syscall {number}")


def unshare(flags: int) -> None:
    _checked(_libc.unshare(flags), "unshare")


def setns(fd: int, kind: int) -> None:
    _checked(_libc.setns(fd, kind), "setns")


def prctl(option: int, *arguments: int) -> None:
    padded = (*arguments, 0, 0, 0, 0)[:4]
    _checked(_libc.prctl(option, *map(ctypes.c_ulong, padded)), f"prctl {option}")


def mount(source: str | None, target: str, kind: str | None, flags: int = 0, data: str | None = None) -> None:
    texts = [None if text is None else os.fsencode(text) for text in (source, target, kind, data)]
    result = _libc.mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])
    _checked(result, f"mount {target}")


def drop_capabilities() -> None:
    """Give up every capability, for this process and whatever it may execute."""
    for capability in range(_LAST_CAPABILITY + 1):
        if _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0) < 0:
            break
    _libc.prctl(PR_CAP_AMBIENT, ctypes.c_ulong(PR_CAP_AMBIENT_CLEAR_ALL), 0, 0, 0)
    header = struct.pack("Ii", _CAPABILITY_VERSION_3, 0)
    _checked(_libc.capset(header, bytes(24)), "capset")


def load_filter(program: bytes) -> None:
    """Confine this thread with a seccomp program (classic BPF, eight bytes an instruction)."""
    buffer = ctypes.create_string_buffer(program, len(program))
    packed = _FilterProgram(len(program) // 8, ctypes.addressof(buffer))
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(packed))


def open_beneath(folder: int, path: str, flags: int, *, resolve: int = STAY_BENEATH) -> int:
    """Open below a folder descriptor without following any link out of it, or any link at all (openat2)."""
    how = struct.pack("QQQ", flags | os.O_CLOEXEC, 0, resolve)
    return syscall(NR_OPENAT2, folder, os.fsencode(path), how, len(how))


def populate_for_writing(start: int, length: int) -> None:
    """Fault in this range of memory as a write would. Raises OSError (the range is gone, or Linux < 5.14)."""
    _madvise(start, length, _MADV_POPULATE_WRITE)


def collapse(start: int, length: int) -> None:
    """Hold this range of memory in huge pages. Raises OSError (it is too small or not all there, or Linux < 6.1)."""
    _madvise(start, length, _MADV_COLLAPSE)


def _madvise(start: int, length: int, advice: int) -> None:
    _checked(_libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(length), advice), "madvise")


def map_own_ids(uid: int, gid: int) -> None:
    """Keep the same numbers in a new user namespace; everybody else becomes the overflow id."""
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny")
    (own / "uid_map").write_text(f"{uid} {uid} 1")
    (own / "gid_map").write_text(f"{gid} {gid} 1")
