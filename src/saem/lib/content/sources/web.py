"""`url`: a file at an official address, fetched once over https and kept by the hash of its address."""

import hashlib
import http.client
import os
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.sources.reading import OpenUrl, Reading, read_raw
from saem.lib.content.sources.tables import Table, check_fingerprint

MAX_DOWNLOAD = 50 * 1024 * 1024
SOCKET_SECONDS = 20
DEADLINE_SECONDS = 180
_PIECE = 256 * 1024


def names() -> tuple[str, ...]:
    return ()


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    """A redirect may not lead out of https."""

    def redirect_request(self, *args: Any) -> Any:
        _require_https(str(args[-1]))
        return super().redirect_request(*args)


def _require_https(url: str) -> None:
    if urlsplit(url).scheme != "https" or not urlsplit(url).hostname:
        raise SourceError(Code.SOURCE_NOT_HTTPS, url=url)


def open_https(url: str) -> IO[bytes]:
    request = urllib.request.Request(url, headers={"User-Agent": "Saem"})  # noqa: S310 (https, by _require_https)
    opened: IO[bytes] = urllib.request.build_opener(_HttpsOnly).open(request, timeout=SOCKET_SECONDS)
    return opened


def read(source: DataSource, reading: Reading) -> Table:
    url = source.url or ""
    _require_https(url)
    kept = reading.cache / (hashlib.sha256(url.encode()).hexdigest()[:40] + ".data")
    if kept.is_file():
        return read_raw(kept.read_bytes(), source)
    name = " / ".join(mirror_names(source))
    if not reading.allow_download:
        raise SourceError(Code.SOURCE_OFFLINE, url=url, name=name)
    data = _download(url, reading.open_url, name=name)
    table = read_raw(data, source)
    # Kept only once it is known to be what the program means; else every later try would meet the wrong file.
    if source.fingerprint is not None:
        check_fingerprint(table, source.fingerprint)
    _keep(kept, data)
    return table


def mirror_names(source: DataSource) -> tuple[str, ...]:
    """File names an operator may give the file: the declared one, or the last part of the address."""
    last = urlsplit(source.url or "").path.rpartition("/")[2]
    return tuple(name for name in (source.mirror_name, last) if name)


def _download(url: str, open_url: OpenUrl, *, name: str) -> bytes:
    began, data = time.monotonic(), bytearray()
    try:
        with open_url(url) as stream:
            while piece := stream.read(_PIECE):
                data += piece
                if len(data) > MAX_DOWNLOAD:
                    raise SourceError(Code.SOURCE_TOO_LARGE, limit=MAX_DOWNLOAD // 1024 // 1024)
                if time.monotonic() - began > DEADLINE_SECONDS:
                    raise TimeoutError(DEADLINE_SECONDS)
    except (OSError, http.client.HTTPException, ValueError) as error:
        host = urlsplit(url).hostname
        raise SourceError(Code.SOURCE_UNREACHABLE, url=url, host=host, detail=_detail(error), name=name) from error
    return bytes(data)


def _detail(error: Exception) -> str:
    """What the network said, without the number that only a C library knows."""
    reason = getattr(error, "reason", None) or getattr(error, "code", None) or type(error).__name__
    return str(getattr(reason, "strerror", None) or reason)


def _keep(path: Path, data: bytes) -> None:
    """Whole or not at all: two workers may fetch the same file at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as partial:
        partial.write(data)
    os.replace(partial.name, path)  # noqa: PTH105  # the name is a text here
