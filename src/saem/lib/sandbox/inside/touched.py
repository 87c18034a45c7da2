"""Copies in advance the memory that every job is going to write to, while nobody waits.

A fork shares all pages until one side writes, and Python writes wherever it counts a reference: a first lesson pays for
some thousand page faults. Which pages those are is learnt once, from a rehearsal in a fork of its own.
"""

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from . import linux

_PAGE = os.sysconf("SC_PAGE_SIZE")
# Bits of an entry of /proc/PID/pagemap (Documentation/admin-guide/mm/pagemap.rst).
_ENTRY = struct.Struct("=Q")
_PRESENT, _EXCLUSIVE = 1 << 63, 1 << 56
_RANGE = struct.Struct("=QQ")
# More would be the data of the rehearsal, and idle cells hold what is copied.
_MOST_PAGES = 1920


def learn(rehearse: Callable[[], object]) -> bytes:
    """The ranges that `rehearse` writes to and a fork shares with us, as `own` takes them; empty where unknown."""
    ours = set(_pages(_PRESENT))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _rehearse_and_tell(rehearse, writing)
    os.close(writing)
    with open(reading, "rb") as told:
        data = told.read()
    os.waitpid(child, 0)
    touched = sorted(ours.intersection(page for (page,) in _ENTRY.iter_unpack(data)))
    return b"".join(_RANGE.pack(start, length) for start, length in _ranges(touched[:_MOST_PAGES]))


def _rehearse_and_tell(rehearse: Callable[[], object], writing: int) -> None:
    try:
        rehearse()
        with open(writing, "wb") as tell:
            tell.writelines(map(_ENTRY.pack, list(_pages(_PRESENT | _EXCLUSIVE))))
    finally:
        os._exit(0)


def _pages(wanted: int) -> Iterator[int]:
    """Addresses of this process's writable private pages whose entries have all the wanted bits."""
    with suppress(OSError):
        pagemap = os.open("/proc/self/pagemap", os.O_RDONLY | os.O_CLOEXEC)
        for line in Path("/proc/self/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if rights == "rw-p":
                start, end = (int(address, 16) // _PAGE for address in span.split("-"))
                entries = os.pread(pagemap, (end - start) * _ENTRY.size, start * _ENTRY.size)
                for place, (entry,) in enumerate(_ENTRY.iter_unpack(entries)):
                    if entry & wanted == wanted:
                        yield (start + place) * _PAGE
        os.close(pagemap)


def _ranges(pages: list[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring pages together, as start and length in bytes."""
    start = end = 0
    for page in pages:
        if page != end:
            if end:
                yield start, end - start
            start = page
        end = page + _PAGE
    if end:
        yield start, end - start


def own(ranges: bytes) -> None:
    """Copy those of these ranges that still exist. A kernel that cannot leaves them to be copied one by one, later."""
    for start, length in _RANGE.iter_unpack(ranges):
        with suppress(OSError):
            linux.populate_for_writing(start, length)
