"""Packs what `prepare.py` wrote into one file, since nobody outside knows its names. Sent as text behind it."""

import json
from pathlib import Path

FOLDERS = ("public", "hidden")
PACKED = "saem-prepared"


def pack(folder: Path) -> None:
    """Every regular file below the folders: a line of JSON with names and sizes, then the bytes."""
    found = [
        path
        for name in FOLDERS
        for path in sorted((folder / name).rglob("*"))
        if path.is_file() and not path.is_symlink()
    ]
    sizes = [[path.relative_to(folder).as_posix(), path.stat().st_size] for path in found]
    with (folder / PACKED).open("wb") as packed:
        packed.write(json.dumps(sizes).encode() + b"\n")
        for path in found:
            packed.write(path.read_bytes())
