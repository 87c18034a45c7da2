"""What lies beside a task in one file, since to lay and to read twenty costs a cell more than to compare them."""

import json
from collections.abc import Mapping
from pathlib import Path

BUNDLE = "bundle"


def pack(files: Mapping[str, bytes]) -> bytes:
    """A line of JSON with names and sizes, then the bytes."""
    sizes = [[name, len(data)] for name, data in files.items()]
    return b"".join((json.dumps(sizes).encode(), b"\n", *files.values()))


def read_bundle(folder: Path) -> dict[str, bytes]:
    """The files by name; what is in them may come from a stranger, the line before them is the host's."""
    sizes, _, raw = (folder / BUNDLE).read_bytes().partition(b"\n")
    files: dict[str, bytes] = {}
    start = 0
    for name, size in json.loads(sizes):
        files[name] = raw[start : start + size]
        start += size
    return files
