"""Learning which pages a rehearsal writes to, and copying them ahead."""

import ctypes
import mmap
import os
import struct
from collections.abc import Callable

import pytest

from saem.lib.sandbox.inside import touched

MEGABYTE = 1 << 20
PAGE = os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(autouse=True)
def every_page_is_learnt(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork of a large test process writes to thousands of pages of its own, which would use up what may be learnt."""
    monkeypatch.setattr(touched, "_MOST_PAGES", 1 << 24)


def in_a_fork(claim: Callable[[], bool]) -> bool:
    child = os.fork()
    if child == 0:
        os._exit(0 if claim() else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def ranges_of(data: bytes) -> list[tuple[int, int]]:
    return list(struct.iter_unpack("=QQ", data))


def exclusive_pages() -> set[int]:
    return set(touched._pages(touched._PRESENT | touched._EXCLUSIVE))


def test_learns_the_pages_that_a_rehearsal_writes_to() -> None:
    data = bytearray(os.urandom(4 * MEGABYTE))

    def write() -> None:
        data[: 2 * MEGABYTE] = bytes(2 * MEGABYTE)

    learnt = ranges_of(touched.learn(write))
    first = ctypes.addressof(ctypes.c_char.from_buffer(data))
    half = range(first // PAGE + 1, first // PAGE + 2 * MEGABYTE // PAGE)
    pages = {page // PAGE for start, length in learnt for page in range(start, start + length, PAGE)}
    assert pages.issuperset(half), "written to"
    assert pages.isdisjoint(range(half.stop + 1, half.stop + len(half) - 1)), "left alone"
    assert data[0:64] != bytes(64), "the rehearsal happened in a fork"


def test_a_rehearsal_that_fails_teaches_nothing_and_harms_nobody() -> None:
    assert touched.learn(lambda: 1 // 0) == b""


def test_copies_the_ranges_ahead() -> None:
    data = bytearray(os.urandom(4 * MEGABYTE))

    def write() -> None:
        data[:: PAGE // 2] = bytes(len(data) // (PAGE // 2))

    learnt = touched.learn(write)
    first = ctypes.addressof(ctypes.c_char.from_buffer(data)) // PAGE
    pages = {page for start, length in ranges_of(learnt) for page in range(start, start + length, PAGE)}
    # What else was written to may be freed by then.
    wanted = {page for page in pages if first < page // PAGE < first + len(data) // PAGE}

    def copied() -> bool:
        before = len(wanted & exclusive_pages())
        touched.own(learnt)
        return before < len(wanted) / 2 and wanted <= exclusive_pages()

    assert len(wanted) * PAGE > 3 * MEGABYTE
    assert in_a_fork(copied)


def test_ranges_that_are_gone_are_passed_over() -> None:
    length = 64 * PAGE
    spaces = [mmap.mmap(-1, length, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS) for _ in range(3)]
    starts = [ctypes.addressof(ctypes.c_char.from_buffer(space)) for space in spaces]
    for space in spaces:
        space.write(bytes(length))
    spaces[1].close()

    def copied() -> bool:
        left = {starts[place] + offset for place in (0, 2) for offset in range(0, length, PAGE)}
        before = left & exclusive_pages()
        touched.own(b"".join(struct.pack("=QQ", start, length) for start in starts))
        return not before and left <= exclusive_pages()

    assert in_a_fork(copied)
