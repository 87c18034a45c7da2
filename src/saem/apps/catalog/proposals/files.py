"""Files of versions and revisions: digests by name, and the bytes behind them."""

import hashlib
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path

from saem.apps.catalog import folders
from saem.apps.catalog.models import Version
from saem.apps.catalog.proposals.models import Blob, VersionFiles
from saem.errors import SaemError
from saem.lib import content
from saem.lib.content import ArchiveError
from saem.lib.content.files import walk

MAIN = "program.yaml"
MOST_BYTES = 30 * 2**20

Digests = Mapping[str, str]
Files = Mapping[str, bytes]


def keep(files: Files) -> dict[str, str]:
    """Store what is not stored yet; digests by name."""
    named = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    known = set(Blob.objects.filter(digest__in=set(named.values())).values_list("digest", flat=True))
    new = {named[name]: data for name, data in files.items() if named[name] not in known}
    Blob.objects.bulk_create([Blob(digest=digest, data=data) for digest, data in new.items()], ignore_conflicts=True)
    return named


def bytes_of(files: Digests, names: Collection[str] | None = None) -> dict[str, bytes]:
    """The bytes of all files, or of those of these names that are there."""
    wanted = {name: digest for name, digest in files.items() if names is None or name in names}
    data = dict(Blob.objects.filter(digest__in=set(wanted.values())).values_list("digest", "data"))
    return {name: bytes(data[digest]) for name, digest in wanted.items()}


def digests_of(version: Version) -> dict[str, str]:
    """A version's files; the first proposal on it stores them."""
    known = VersionFiles.objects.filter(version=version).first()
    if known is None:
        files = keep(read_folder(folders.root_of(version.content_hash)))
        known, _is_new = VersionFiles.objects.get_or_create(version=version, defaults={"files": files})
    return dict(known.files)


def read_folder(folder: Path) -> dict[str, bytes]:
    """What belongs to a program of a folder that may be believed: unpacked, or the author's own."""
    found = ((name, path) for name, path in walk(folder) if path.is_file() and not path.is_symlink())
    return {name: path.read_bytes() for name, path in found}


def write_folder(files: Files, folder: Path) -> None:
    """Lay files into an empty folder, as if they had come as an archive. Raises ArchiveError."""
    content.unpack(folders.zip_of(files), folder)


def sound(files: Files) -> dict[str, bytes]:
    """The files, if they can be the folder of a program. Raises SaemError with the archive's own code."""
    return read_archive(folders.zip_of(files))


def read_archive(data: bytes) -> dict[str, bytes]:
    """The files of a zip that somebody has sent. Raises SaemError."""
    with tempfile.TemporaryDirectory(prefix="saem-archive-") as place:
        try:
            content.unpack(data, Path(place) / "program")
        except ArchiveError as error:
            raise SaemError(error.code, status=422, **error.params) from error
        except OSError as error:
            # A name that this file system does not take; the check of names would refuse it, too.
            raise SaemError("proposal.file_names", status=422) from error
        files = read_folder(Path(place) / "program")
    if MAIN not in files:
        raise SaemError("proposal.no_program_file", status=422)
    return files


def archive_of(files: Digests) -> bytes:
    return folders.zip_of(bytes_of(files))


def changed_names(before: Digests, after: Digests) -> list[str]:
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
