"""A program's folder as one hash and as one zip, and back again without trusting the zip."""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from saem.lib.content.codes import Code
from saem.lib.content.errors import ArchiveError
from saem.lib.content.files import MAX_FILE_BYTES, belongs, walk

MAX_FILES = 2000
MAX_TOTAL_BYTES = 100 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_PERMISSIONS = (stat.S_IFREG | 0o644) << 16


def content_hash(folder: Path) -> str:
    """As "sha256:<hex>", over the names and bytes of every file that belongs; nothing else about them counts."""
    digest = hashlib.sha256(b"saem content 1\n")
    for name, data in _belonging(folder):
        # Lengths go first, so that no name can pass for the beginning of a file.
        for part in (name.encode(), data):
            digest.update(len(part).to_bytes(8, "big") + part)
    return f"sha256:{digest.hexdigest()}"


def pack(folder: Path) -> bytes:
    """A zip that is the same bytes for the same content, on every machine."""
    return zipped(_belonging(folder))


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The same of files by name, in their order."""
    packed = io.BytesIO()
    # Stored, not deflated: what deflate makes of a file differs from one zlib to the next.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = _PERMISSIONS
            entry.create_system = 3
            archive.writestr(entry, data)
    return packed.getvalue()


def _belonging(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Links are left out: `load` reports them, and they mean something else on another machine."""
    yield from ((name, path.read_bytes()) for name, path in walk(folder) if path.is_file() and not path.is_symlink())


def unpack(data: bytes, folder: Path) -> None:
    """Writes the files of a zip below `folder`, which must be empty or not there yet.

    A zip of one folder that holds everything gives that folder's content. Nothing is written unless every
    entry is sound. Raises ArchiveError.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(Code.ARCHIVE_TARGET, folder=folder.name)
    for name, content in unzipped(data).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a zip by name, every one of them sound. Raises ArchiveError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = _read(archive)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise ArchiveError(Code.ARCHIVE_BROKEN, detail=str(error)) from error
    return _without_wrapper(files)


def _read(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_FILES:
        raise ArchiveError(Code.ARCHIVE_TOO_MANY, limit=MAX_FILES)
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for entry in entries:
        name = _safe_name(entry)
        if not all(belongs(part) for part in name.split("/")):
            continue
        if name.casefold() in seen:
            raise ArchiveError(Code.ARCHIVE_TWICE, name=name)
        seen.add(name.casefold())
        files[name] = _content(archive, entry)
        total += len(files[name])
        if total > MAX_TOTAL_BYTES:
            raise ArchiveError(Code.ARCHIVE_TOO_LARGE, name=name, limit=MAX_TOTAL_BYTES // 1024 // 1024)
    _refuse_file_as_folder(files)
    return files


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Counts what really comes out: the size a zip declares is only a claim."""
    with archive.open(entry) as member:
        content = member.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise ArchiveError(Code.ARCHIVE_TOO_LARGE, name=entry.filename, limit=MAX_FILE_BYTES // 1024 // 1024)
    return content


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename
    if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
        raise ArchiveError(Code.ARCHIVE_LINK, name=name)
    parts = name.split("/")
    unsafe = any(part in ("", ".", "..") for part in parts) or any(mark in name for mark in ("\\", ":", "\0"))
    if unsafe or PurePosixPath(name).is_absolute() or not name.isprintable() or len(name) > 200:  # noqa: PLR2004  # one limit, here only
        raise ArchiveError(Code.ARCHIVE_NAME, name=ascii(name)[:80])
    return name


def _refuse_file_as_folder(files: dict[str, bytes]) -> None:
    folded = {name.casefold() for name in files}
    for name in files:
        for parent in PurePosixPath(name.casefold()).parents:
            if str(parent) in folded:
                raise ArchiveError(Code.ARCHIVE_TWICE, name=name)


def _without_wrapper(files: dict[str, bytes]) -> dict[str, bytes]:
    """People zip the folder, not what is in it."""
    tops = {name.partition("/")[0] for name in files}
    if len(tops) == 1 and not any(name in tops for name in files):
        return {name.partition("/")[2]: content for name, content in files.items()}
    return files
