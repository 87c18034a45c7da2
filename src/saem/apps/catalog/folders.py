"""Versions unpacked into folders of this machine's cache, each once, and read into programs."""

import io
import shutil
import tempfile
import threading
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404

from saem.apps.catalog.models import Artifact
from saem.errors import SaemError
from saem.lib import content

PROGRAMS_KEPT = 32
# Reading a program takes a while: threads that want the same one wait for the first.
_reading = threading.Lock()
_EPOCH = (1980, 1, 1, 0, 0, 0)


def folder_of(content_hash: str) -> Path:
    """The unpacked folder of a version, whose content is what the version is named by.

    Another process may unpack it at the same moment: one of the two wins.
    """
    folder = settings.HOME / "cache" / "versions" / content_hash.replace(":", "-")
    if not folder.is_dir():
        _unpack(content_hash, folder)
    return Path(folder)


def _unpack(content_hash: str, folder: Path) -> None:
    rows = Artifact.objects.filter(version__content_hash=content_hash, kind=Artifact.Kind.FOLDER)
    row = rows.values_list("data", "version__program__slug").first()
    if row is None:
        raise Http404
    data, slug = row
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix="unpacking-", dir=folder.parent))
    try:
        # A program's folder bears its name, and is checked for it.
        content.unpack(bytes(data), aside / slug)
        if content.content_hash(aside / slug) != content_hash:
            raise SaemError("catalog.version_changed", status=500)
        aside.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def program(content_hash: str) -> content.Program:
    with _reading:
        return _program(content_hash)


@lru_cache(maxsize=PROGRAMS_KEPT)
def _program(content_hash: str) -> content.Program:
    loaded = content.load(root_of(content_hash))
    if loaded.program is None:
        raise SaemError("catalog.version_unreadable", status=500)
    return loaded.program


def root_of(content_hash: str) -> Path:
    """The program's own folder inside the unpacked one."""
    return next(path for path in folder_of(content_hash).iterdir() if path.is_dir())


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Named bytes as one archive, the same for the same files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def unzip(data: bytes) -> Mapping[str, bytes]:
    """Read back what `zip_of` made; these bytes never came from outside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
