"""The system-call filter, compiled once by libseccomp in the zygote and loaded by every cell."""

import ctypes
import errno
import os
from collections.abc import Sequence

from . import linux, syscalls

_ACT_ALLOW = 0x7FFF_0000
_ACT_ERRNO = 0x0005_0000
_ACT_KILL_PROCESS = 0x8000_0000
_ATTRIBUTE_BAD_ARCH, _ATTRIBUTE_OPTIMIZE = 2, 8
_BINARY_TREE = 2
_MASKED_EQUAL = 7
_LOW_HALF = 0xFFFF_FFFF

_MAP_SHARED, _MAP_PRIVATE, _MAP_TYPE = 0x01, 0x02, 0x0F
_MAP_ANONYMOUS, _MAP_GROWSDOWN, _MAP_HUGETLB = 0x20, 0x100, 0x4_0000
_CLONE_THREAD = 0x1_0000
_CLONE_NAMESPACES = 0x7E02_0080
_AF_UNIX, _SOCK_STREAM, _SOCK_KIND = 1, 1, 0x0F
_FCNTL_COMMANDS = (0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1032)
_IOCTL_COMMANDS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
_PRCTL_OPTIONS = (3, 15, 16)


class _Compare(ctypes.Structure):
    _fields_ = [
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("mask", ctypes.c_uint64),
        ("value", ctypes.c_uint64),
    ]


Condition = tuple[int, int, int]  # argument number, mask, value the masked argument must have


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    library.seccomp_attr_set.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32]
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p,
        ctypes.c_uint32,
        ctypes.c_int,
        ctypes.c_uint,
        ctypes.POINTER(_Compare),
    ]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    return library


class _Builder:
    def __init__(self) -> None:
        self._library = _library()
        self._context = self._library.seccomp_init(_ACT_ERRNO | errno.EPERM)
        self._check(0 if self._context else -errno.ENOMEM)
        self._check(self._set(_ATTRIBUTE_BAD_ARCH, _ACT_KILL_PROCESS))
        self._set(_ATTRIBUTE_OPTIMIZE, _BINARY_TREE)  # only faster; older libraries lack it

    def _set(self, attribute: int, value: int) -> int:
        return int(self._library.seccomp_attr_set(self._context, attribute, value))

    @staticmethod
    def _check(result: int) -> None:
        if result < 0:
            raise OSError(-result, f"libseccomp: {os.strerror(-result)}")

    def allow(self, name: str, *conditions: Condition) -> None:
        self.add(_ACT_ALLOW, name, conditions)

    def refuse(self, name: str, number: int) -> None:
        self.add(_ACT_ERRNO | number, name, ())

    def add(self, action: int, name: str, conditions: Sequence[Condition]) -> None:
        number = self._library.seccomp_syscall_resolve_name(name.encode())
        if number < 0:
            return
        compares = [_Compare(arg, _MASKED_EQUAL, mask, value) for arg, mask, value in conditions]
        array = (_Compare * len(compares))(*compares)
        self._check(self._library.seccomp_rule_add_array(self._context, action, number, len(compares), array))

    def export(self) -> bytes:
        reading, writing = os.pipe()
        try:
            self._check(self._library.seccomp_export_bpf(self._context, writing))
            return os.read(reading, 1 << 16)
        finally:
            os.close(reading)
            os.close(writing)
            self._library.seccomp_release(self._context)


def compile_filter(*, several_processes: bool) -> bytes:
    """The allow-list as a BPF program. Raises OSError where libseccomp is missing or refuses."""
    builder = _Builder()
    names = syscalls.ALLOWED + (syscalls.SEVERAL_PROCESSES.split() if several_processes else [])
    for name in names:
        builder.allow(name)
    for name in syscalls.UNKNOWN:
        builder.refuse(name, errno.ENOSYS)
    _allow_memory_that_limits_count(builder)
    _allow_cloning(builder, several_processes=several_processes)
    _allow_chosen_commands(builder)
    if not several_processes:
        builder.allow("prlimit64", (0, _LOW_HALF, 0))
    return builder.export()


def _allow_memory_that_limits_count(builder: _Builder) -> None:
    # RLIMIT_DATA counts neither shared anonymous memory nor mappings that grow downwards, so neither exists.
    special = _MAP_GROWSDOWN | _MAP_HUGETLB
    builder.allow("mmap", (3, _MAP_TYPE | special, _MAP_PRIVATE))
    builder.allow("mmap", (3, _MAP_TYPE | special | _MAP_ANONYMOUS, _MAP_SHARED))


def _allow_cloning(builder: _Builder, *, several_processes: bool) -> None:
    if several_processes:
        builder.allow("clone", (0, _CLONE_NAMESPACES, 0))
    else:
        builder.allow("clone", (0, _CLONE_NAMESPACES | _CLONE_THREAD, _CLONE_THREAD))


def _allow_chosen_commands(builder: _Builder) -> None:
    # Comparing the low half only: the kernel ignores the upper half of these arguments too.
    for command in _FCNTL_COMMANDS:
        builder.allow("fcntl", (1, _LOW_HALF, command))
    for command in _IOCTL_COMMANDS:
        builder.allow("ioctl", (1, _LOW_HALF, command))
    for option in _PRCTL_OPTIONS:
        builder.allow("prctl", (0, _LOW_HALF, option))
    builder.allow("socketpair", (0, _LOW_HALF, _AF_UNIX), (1, _SOCK_KIND, _SOCK_STREAM))
    builder.allow("sendto", (4, 0xFFFF_FFFF_FFFF_FFFF, 0))


def load(program: bytes) -> None:
    """Confine this process. Needs no_new_privs."""
    linux.load_filter(program)
