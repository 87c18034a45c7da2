"""Files of a program that readers are sent: pictures and hand-outs, never answers."""

from pathlib import PurePosixPath

from django.http import Http404, HttpResponse

from saem.apps.catalog import folders
from saem.apps.catalog.models import Version
from saem.apps.catalog.queries import program_of

CONTENT_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".pdf": "application/pdf",
}
FOREVER = "private, max-age=31536000, immutable"
SHORTLY = "private, max-age=300"
# Begins the part of an address that names the version; no file of a program begins so.
_MARK = "@"
# A picture may be opened by itself: then nothing in it may run or load.
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def asset(version: Version, path: str) -> HttpResponse:
    """One file that the program lists for its readers; any other path does not exist."""
    name = _without_mark(path)
    if name not in program_of(version).assets:
        raise Http404
    data = (folders.root_of(version.content_hash) / name).read_bytes()
    # Only an address that names the version may be kept: a cohort can be moved to another version.
    return sent(name, data, keep=FOREVER if path != name else SHORTLY)


def sent(name: str, data: bytes, *, keep: str) -> HttpResponse:
    """A file as browsers are given it; `keep` says for how long they may."""
    suffix = PurePosixPath(name).suffix.lower()
    response = HttpResponse(data, content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"))
    response.headers["Cache-Control"] = keep
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    if suffix not in CONTENT_TYPES:
        response.headers["Content-Disposition"] = "attachment"
    return response


def asset_prefix(version: Version, address: str) -> str:
    """How addresses of the version's files begin, below `address`."""
    return f"{address}{_MARK}{version.short_hash}/"


def _without_mark(path: str) -> str:
    return path.partition("/")[2] if path.startswith(_MARK) else path
