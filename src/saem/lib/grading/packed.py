"""Reads files that a cell packed into one: a line of JSON with names and sizes, then the bytes."""

import json
import re

NAME = re.compile(r"\w[\w ./-]*")


def unpack(data: bytes) -> dict[str, bytes] | None:
    """The inverse of `checkers.packing.pack`, believing nothing but the sizes that add up."""
    head, newline, raw = data.partition(b"\n")
    try:
        sizes = json.loads(head)
        files, start = {}, 0
        for name, size in sizes:
            if not NAME.fullmatch(name) or ".." in name or not isinstance(size, int) or size < 0:
                return None
            files[name] = raw[start : start + size]
            start += size
    except (ValueError, TypeError, RecursionError):
        return None
    return files if newline and start == len(raw) else None
