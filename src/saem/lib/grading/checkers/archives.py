"""Opens a zip that anybody may have sent. Runs in the checker's cell; what comes out is named and counted bytes."""

import json
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from .reasons import Reason, reason, short

PACKED = "saem-archive"
MOST_FILES = 50
LONGEST_NAME = 100
# Numbers and words only: formats whose readers run no code of the file's.
KINDS = (".py", ".npz", ".npy", ".json", ".csv", ".txt")
PICKLES = (".pkl", ".pickle", ".joblib", ".sav", ".pt", ".pth", ".ckpt", ".h5", ".dill", ".model", ".bin")
# How pickles of every protocol begin; a zip of them (as PyTorch saves) has a `data.pkl` inside.
PICKLE_STARTS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"(dp", b"(lp")
LEFT_BEHIND = ("__MACOSX", "__pycache__", ".DS_Store", "Thumbs.db")


class RefusedError(Exception):
    """The archive is not taken; `reason` says why."""

    def __init__(self, found: Reason) -> None:
        super().__init__(str(found))
        self.reason = found


def open_archive(task: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Write the files, packed as one, to `PACKED`; or the reason why not."""
    try:
        with zipfile.ZipFile(folder / task["archive"]) as archive:
            files = _without_wrapper(_read(archive, task["max_bytes"]))
    except RefusedError as error:
        return {"reasons": [error.reason]}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return {"reasons": [reason("zip_broken")]}
    if task["main"] not in files:
        return {"reasons": [reason("zip_without_model", name=task["main"], found=[short(name) for name in files][:10])]}
    sizes = json.dumps([[name, len(data)] for name, data in files.items()]).encode()
    (folder / PACKED).write_bytes(sizes + b"\n" + b"".join(files.values()))
    return {"reasons": []}


def _read(archive: zipfile.ZipFile, most_bytes: int) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_left_behind(entry.filename)]
    if len(entries) > MOST_FILES:
        raise RefusedError(reason("zip_too_many", limit=MOST_FILES, found=len(entries)))
    files: dict[str, bytes] = {}
    left = most_bytes
    for entry in entries:
        name = _safe_name(entry)
        if name.casefold() in {known.casefold() for known in files}:
            raise RefusedError(reason("zip_name", name=short(name)))
        # What really comes out is counted: the size that a zip declares is only a claim.
        with archive.open(entry) as member:
            files[name] = member.read(left + 1)
        left -= len(files[name])
        if left < 0:
            raise RefusedError(reason("zip_too_large", limit_mb=most_bytes // 2**20))
        _refuse_pickle(name, files[name])
    return files


def _is_left_behind(name: str) -> bool:
    return any(part in LEFT_BEHIND for part in name.split("/"))


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name, suffix = entry.filename, PurePosixPath(entry.filename).suffix.lower()
    if suffix in PICKLES:
        raise RefusedError(reason("zip_pickle", name=short(name)))
    plain = all(part not in ("", ".", "..") for part in name.split("/")) and len(name) <= LONGEST_NAME
    marked = any(mark in name for mark in ("\\", ":", "\0")) or not name.isprintable()
    linked = stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG)
    if not plain or marked or linked:
        raise RefusedError(reason("zip_name", name=short(name)))
    if suffix not in KINDS:
        raise RefusedError(reason("zip_kind", name=short(name), known=list(KINDS)))
    return name


def _refuse_pickle(name: str, data: bytes) -> None:
    if data.startswith(PICKLE_STARTS):
        raise RefusedError(reason("zip_pickle", name=short(name)))


def _without_wrapper(files: dict[str, bytes]) -> dict[str, bytes]:
    """People zip the folder, not what is in it."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1 and not any(name in tops for name in files):
        return {name.partition("/")[2]: data for name, data in files.items()}
    return files
