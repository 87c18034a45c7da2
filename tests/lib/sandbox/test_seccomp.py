"""The allow-list: every name is a real call, on one of our architectures at least."""

import ctypes

import pytest

from saem.lib.sandbox.inside import seccomp, syscalls

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
DANGEROUS = [
    "ptrace",
    "mount",
    "unshare",
    "setns",
    "bpf",
    "keyctl",
    "io_uring_setup",
    "userfaultfd",
    "process_vm_writev",
    "pidfd_getfd",
    "chroot",
    "socket",
    "connect",
    "bind",
    "memfd_create",
    "shmget",
    "open_by_handle_at",
    "perf_event_open",
    "setuid",
    "personality",
    "splice",
    "vmsplice",
    "mlock",
    "setxattr",
    "execveat",
    "name_to_handle_at",
]


def number(name: str, architecture: str) -> int:
    return ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name_arch(ARCHITECTURES[architecture], name.encode())


@pytest.mark.parametrize("name", [*syscalls.ALLOWED, *syscalls.SEVERAL_PROCESSES.split()])
def test_every_allowed_name_exists(name: str) -> None:
    assert any(number(name, architecture) >= 0 for architecture in ARCHITECTURES)


@pytest.mark.parametrize("architecture", ARCHITECTURES)
def test_what_python_cannot_live_without(architecture: str) -> None:
    needed = [
        "read",
        "write",
        "openat",
        "close",
        "mprotect",
        "munmap",
        "brk",
        "futex",
        "exit_group",
        "rt_sigaction",
        "clock_gettime",
        "newfstatat",
    ]
    allowed = {number(name, architecture) for name in syscalls.ALLOWED}
    assert all(number(name, architecture) in allowed for name in needed)


def test_nothing_dangerous_slipped_in() -> None:
    assert not set(DANGEROUS) & set(syscalls.ALLOWED)
    assert len(set(syscalls.ALLOWED)) == len(syscalls.ALLOWED)


@pytest.mark.parametrize("several", [False, True])
def test_program_is_one_the_kernel_takes(several: bool) -> None:
    program = seccomp.compile_filter(several_processes=several)
    assert len(program) % 8 == 0
    assert 100 < len(program) // 8 < 4096
