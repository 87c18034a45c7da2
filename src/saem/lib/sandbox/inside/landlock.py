"""A second fence behind the namespaces, and the first one where there are none (landlock, kernel ≥ 5.13)."""

import os
import struct
from collections.abc import Iterable
from pathlib import Path

from . import linux

_CREATE_VERSION = 1
_RULE_PATH_BENEATH = 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK, _TRUNCATE, _IOCTL_DEV = 1 << 6, 1 << 11, 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_BOTH_TCP = 3
_BOTH_SCOPES = 3
# Version of the interface → how many file-system rights it knows.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_RIGHTS = 16
NETWORK_ABI, SCOPES_ABI = 4, 6


def version() -> int:
    """The kernel's landlock interface; 0 where there is none."""
    try:
        return linux.syscall(linux.NR_LANDLOCK_CREATE, None, 0, _CREATE_VERSION)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str]) -> int:
    """Leave only these paths, no TCP, no abstract sockets and no signals outwards; returns the version used.

    Needs no_new_privs. Paths that do not exist are skipped.
    """
    abi = version()
    if abi == 0:
        return 0
    handled = (1 << _RIGHTS.get(abi, _ALL_RIGHTS)) - 1
    ruleset = _create(abi, handled)
    for path in readable:
        _allow(ruleset, path, _READ & handled)
    for path in writable:
        _allow(ruleset, path, handled & ~(_MAKE_CHAR | _MAKE_BLOCK))
    linux.syscall(linux.NR_LANDLOCK_RESTRICT, ruleset, 0)
    os.close(ruleset)
    return abi


def _create(abi: int, handled: int) -> int:
    network = _BOTH_TCP if abi >= NETWORK_ABI else 0
    scopes = _BOTH_SCOPES if abi >= SCOPES_ABI else 0
    fields = 1 + (abi >= NETWORK_ABI) + (abi >= SCOPES_ABI)
    attributes = struct.pack("QQQ", handled, network, scopes)[: 8 * fields]
    return linux.syscall(linux.NR_LANDLOCK_CREATE, attributes, len(attributes), 0)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        target = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    if not Path(path).is_dir():
        rights &= _ON_FILES
    rule = struct.pack("=Qi", rights, target)
    linux.syscall(linux.NR_LANDLOCK_ADD, ruleset, _RULE_PATH_BENEATH, rule, 0)
    os.close(target)
