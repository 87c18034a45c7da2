"""Keeps sketches as a file: a ZIP of plain arrays (NumPy's npz) and one JSON text."""

import json
import os
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from saem.lib.similarity.errors import FileError, SettingsError
from saem.lib.similarity.fingerprints import Settings
from saem.lib.similarity.sketches import Sketch

# Raise it where symbols, hashes or arrays change: fingerprints of two formats have nothing in common.
FORMAT = "saem-similarity-1"
MOST_BYTES = 2**31
_PLACE = 5
# What a damaged ZIP, array or JSON raises depends on the place of the damage.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, MemoryError),
    *(KeyError, TypeError, ValueError, IndexError, SettingsError),
)

Arrays = dict[str, NDArray[Any]]


def write(path: Path, settings: Settings, sketches: Sequence[Sketch]) -> None:
    about = {
        "format": FORMAT,
        "gram": settings.gram,
        "window": settings.window,
        "works": [[each.id, each.owner, each.tokens, each.is_cut, each.broken, len(each.hashes)] for each in sketches],
    }
    arrays: Arrays = {
        "about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8),
        "hashes": np.concatenate([np.empty(0, np.uint64), *(each.hashes for each in sketches)]),
        "places": np.concatenate([np.empty((0, _PLACE), np.uint32), *(each.places for each in sketches)]),
    }
    # A reader sees the old file or the new one, never a part.
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            np.savez_compressed(file, allow_pickle=False, **arrays)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def read(path: Path) -> tuple[Settings, tuple[Sketch, ...]]:
    """Raises FileError; OSError where there is no file to read."""
    try:
        arrays = _arrays(path)
        about = json.loads(arrays["about"].tobytes())
        if about["format"] != FORMAT:
            raise FileError(f"format {about['format']}")
        return Settings(gram=about["gram"], window=about["window"]), _sketches(about["works"], arrays)
    except _DAMAGE as error:
        raise FileError(f"{path.name}: {error}") from error


def _arrays(path: Path) -> Arrays:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise FileError("too large")
    with np.load(path, allow_pickle=False) as file:
        arrays = {name: file[name] for name in ("about", "hashes", "places")}
    hashes, places = arrays["hashes"], arrays["places"]
    if hashes.dtype != np.uint64 or places.dtype != np.uint32 or places.shape != (len(hashes), _PLACE):
        raise FileError("arrays of other shapes")
    return arrays


def _sketches(works: Sequence[Sequence[Any]], arrays: Arrays) -> tuple[Sketch, ...]:
    ends = np.cumsum([0, *(int(work[-1]) for work in works)])
    if ends[-1] != len(arrays["hashes"]) or any(work[-1] < 0 for work in works):
        raise FileError("numbers that do not fit together")
    return tuple(
        Sketch(
            str(name), str(owner), int(tokens), arrays["hashes"][start:stop], arrays["places"][start:stop],
            bool(is_cut), tuple(int(cell) for cell in broken),
        )
        for (name, owner, tokens, is_cut, broken, _), start, stop in zip(works, ends[:-1], ends[1:], strict=True)
    )  # fmt: skip
