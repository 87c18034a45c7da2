"""Where a page stands in its program, and so what its links mean."""

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from saem.lib.content.drawings import Drawing
from saem.lib.content.files import is_asset
from saem.lib.content.model import ASSET


class Kind(StrEnum):
    OUTSIDE = "outside"
    STEP = "step"
    NO_STEP = "no_step"
    ANCHOR = "anchor"
    FILE = "file"
    NO_FILE = "no_file"
    PRIVATE = "private"
    SCHEME = "scheme"


@dataclass(frozen=True)
class Target:
    kind: Kind
    address: str
    """What the rendered page says: an address, a placeholder, or "" where there is nothing to point at."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """`steps` are "lesson:first-look", "project:rain"; `drawings` are the SVG files, by name, that stand in pages."""

    file: str
    language: str
    files: Container[str]
    steps: Container[str] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return posixpath.dirname(self.file)

    def target(self, href: str) -> Target:
        scheme = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", href)
        if href.startswith("//"):
            return Target(Kind.OUTSIDE, f"https:{href}")
        if scheme is not None:
            return self._with_scheme(scheme[1].lower(), href)
        if href.startswith("#"):
            return Target(Kind.ANCHOR, href)
        return self._file(unquote(href))

    def drawing(self, target: Target) -> Drawing | None:
        return self.drawings.get(target.address.removeprefix(ASSET))

    def _with_scheme(self, scheme: str, href: str) -> Target:
        if scheme in ("http", "https", "mailto"):
            return Target(Kind.OUTSIDE, href)
        if scheme in ("lesson", "project"):
            return Target(Kind.STEP, href) if href in self.steps else Target(Kind.NO_STEP, "")
        return Target(Kind.SCHEME, "")

    def _file(self, href: str) -> Target:
        path = posixpath.normpath(posixpath.join(self.folder, href.partition("#")[0]))
        if path not in self.files:
            return Target(Kind.NO_FILE, "")
        if not is_asset(path):
            return Target(Kind.PRIVATE, "")
        return Target(Kind.FILE, ASSET + path)
