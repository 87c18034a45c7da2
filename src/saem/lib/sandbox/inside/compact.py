"""Keeps a zygote's memory together: a fork copies, and an exit gives back, one entry for each of its pages.

Small objects live in arenas of a megabyte that Python asks for one by one, so that they end up between libraries. Taken
all at once they lie side by side, and the kernel can hold them in pages of two megabytes, of which a fork copies one
entry instead of 512. A cell that writes still copies no more than the four kilobytes that it touches.
"""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from . import linux

_HUGE_PAGE = 2 << 20
# About how many megabytes of small objects a library makes. What is taken and not needed stays with the zygote.
_SMALL_OBJECTS_MB = {"numpy": 4, "pandas": 22, "sklearn": 28, "matplotlib": 20}
# An arena of one megabyte has 64 pools, a pool 36 blocks of this size; to keep one in a thousand keeps every arena.
_BLOCK_BYTES, _BLOCKS_IN_A_MEGABYTE, _KEEP_ONE_IN = 400, 64 * 36, 1000

_kept: list[bytes] = []


def reserve(modules: Iterable[str]) -> None:
    """Take the arenas for these modules' small objects at once; to be called before anything is imported."""
    libraries = {name.partition(".")[0] for name in modules}
    count = sum(_SMALL_OBJECTS_MB.get(name, 0) for name in libraries) * _BLOCKS_IN_A_MEGABYTE
    # A list that grew would move, and leave holes between the arenas.
    blocks = [b""] * count
    for place in range(count):
        blocks[place] = bytes(_BLOCK_BYTES)
    _kept.extend(blocks[::_KEEP_ONE_IN])


def collapse() -> None:
    """Hold writable memory in huge pages where it fills them. A kernel that cannot (Linux < 6.1) leaves it as it is."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, _, _, _, *name = line.split()
        if rights == "rw-p" and name in ([], ["[heap]"]):
            start, end = (int(address, 16) for address in span.split("-"))
            for place in range(-(-start // _HUGE_PAGE) * _HUGE_PAGE, end - _HUGE_PAGE + 1, _HUGE_PAGE):
                with suppress(OSError):
                    linux.collapse(place, _HUGE_PAGE)
