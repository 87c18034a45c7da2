"""A zygote's memory lies together, and in huge pages where the kernel has them."""

import subprocess
import sys
from pathlib import Path

import pytest

MEGABYTE = 1 << 20
# In a process of its own: what is reserved stays.
LARGEST = """
import sys
from pathlib import Path
from saem.lib.sandbox.inside import compact
def spans():
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, *_ = line.split()
        if rights == "rw-p":
            start, end = (int(address, 16) for address in span.split("-"))
            yield end - start
compact.reserve(sys.argv[1:])
print(max(spans()))
"""
COLLAPSED = """
import re
from pathlib import Path
from saem.lib.sandbox.inside import compact
def huge():
    return sum(map(int, re.findall(r"AnonHugePages: +(\\d+)", Path("/proc/self/smaps").read_text())))
compact.reserve(["pandas.core"])
before = huge()
compact.collapse()
print(huge() - before)
"""


def printed(program: str, *arguments: str) -> int:
    done = subprocess.run([sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True)
    return int(done.stdout)


def test_the_arenas_of_what_will_be_imported_lie_side_by_side() -> None:
    assert printed(LARGEST, "pandas", "pandas.core", "json") >= 22 * MEGABYTE


def test_nothing_is_taken_for_a_bare_zygote() -> None:
    assert printed(LARGEST, "json") < 16 * MEGABYTE


def test_memory_is_held_in_huge_pages() -> None:
    collapsed_kb = printed(COLLAPSED)
    if not Path("/sys/kernel/mm/transparent_hugepage").exists():
        pytest.skip("this kernel has no huge pages")
    assert collapsed_kb >= 16 * 1024
