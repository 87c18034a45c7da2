"""Data sources: from a line in program.yaml to a CSV that is the same bytes on every machine.

A new kind is one module with `names` and `read`, and one line in KINDS.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from saem.lib.content.codes import Code
from saem.lib.content.errors import SourceError
from saem.lib.content.model import DataSource
from saem.lib.content.problems import near
from saem.lib.content.sources import local, scikit, vega, web
from saem.lib.content.sources.mirrors import from_mirrors
from saem.lib.content.sources.reading import OpenUrl, Reading
from saem.lib.content.sources.tables import Table, check_fingerprint

__all__ = ["KINDS", "Kind", "fetch"]


@dataclass(frozen=True)
class Kind:
    """`names` lists what may stand behind the colon; an empty list leaves it to `read`."""

    read: Callable[[DataSource, Reading], Table]
    names: Callable[[], tuple[str, ...]]


KINDS: Mapping[str, Kind] = {
    "sklearn": Kind(scikit.read, scikit.names),
    "vega": Kind(vega.read, vega.names),
    "url": Kind(web.read, web.names),
    "file": Kind(local.read, local.names),
}


def fetch(
    source: DataSource,
    *,
    cache: Path,
    allow_download: bool,
    mirrors: Sequence[Path] = (),
    open_url: OpenUrl = web.open_https,
) -> bytes:
    """The source as CSV: UTF-8, commas, line feeds, a header; the same bytes whenever the data are the same.

    cache: folder for downloads, made where it is missing. mirrors: folders with copies laid down by hand.
    Raises SourceError, whose code and params say what is wrong; a fingerprint that does not match is one.
    """
    reading = Reading(cache=cache, allow_download=allow_download, mirrors=mirrors, open_url=open_url)
    copy, complaint = from_mirrors(source, reading)
    if copy is not None:
        return copy.to_csv()
    try:
        table = _kind(source).read(source, reading)
    except SourceError as error:
        raise complaint or error from error
    if source.fingerprint is not None:
        check_fingerprint(table, source.fingerprint)
    return table.to_csv()


def _kind(source: DataSource) -> Kind:
    kind = KINDS.get(source.kind)
    if kind is None:
        raise SourceError(Code.UNKNOWN_SOURCE_KIND, source=source.source, **near(source.kind, KINDS))
    known = kind.names()
    if known and source.rest not in known:
        raise SourceError(Code.UNKNOWN_SOURCE_NAME, source=source.source, **near(source.rest, known))
    return kind
